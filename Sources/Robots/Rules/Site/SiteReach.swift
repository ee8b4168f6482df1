import Record

/// What is wrong with where vehicles could get to: told from the compiled ways.
struct SiteReach {
    private let site: CompiledSite
    /// The nodes that can be driven to from each node, and from which it can be driven to.
    private let next: [[Int32]], before: [[Int32]]

    /// - Parameter isOneWayRefused: one-way edges are named already, so nodes that they cut off are not named again.
    static func faults(of site: CompiledSite, isOneWayRefused: Bool) -> [SiteFault] {
        let reach = SiteReach(site)
        let alone = reach.alone()
        let lonely = Set(alone.map(\.place.id))
        guard !site.roadmap.refuges.isEmpty else {
            // What else is wrong is said at once: without a refuge nothing of it follows from that.
            return [
                SiteFault(
                    place: .init(list: .site, id: site.plan.id), rule: .refuge,
                    words: Words(
                        "대피·대기·충전 지점이 하나도 없습니다. 로봇이 비켜설 곳을 그려 주세요.",
                        "There is no escape, parking or charger. Draw where vehicles can stand aside."))
            ] + alone + reach.deadEnds()
        }
        let cutOff = reach.cutOff().filter { !lonely.contains($0.place.id) }
        let named = Set(cutOff.map(\.place.id)).union(lonely)
        let others = reach.trapped().filter { !named.contains($0.place.id) } + reach.deadEnds()
        return alone + (isOneWayRefused ? others.filter { $0.rule != .trapped } : cutOff + others)
    }

    /// Nodes that no way leads to or from, though nothing closes them.
    private func alone() -> [SiteFault] {
        let closed = Set(0..<Int32(site.plan.nodes.count)).subtracting(open)
        let drawn = Set(site.plan.edges.flatMap { [$0.from, $0.to] })
        return (0..<Int32(site.plan.nodes.count)).filter {
            next[Int($0)].isEmpty && before[Int($0)].isEmpty && !closed.contains($0)
                && !drawn.contains(site.name($0))
        }.map {
            let place = named($0)
            return fault(
                site.spots[$0].kind == .way ? .trapped : .unreachable, $0,
                Words("\(place.ko): 어느 길에도 이어져 있지 않습니다.", "\(place.en): no way leads to it."))
        }
    }

    private init(_ site: CompiledSite) {
        self.site = site
        next = site.roadmap.next
        var before = [[Int32]](repeating: [], count: next.count)
        for from in next.indices {
            for to in next[from] { before[Int(to)].append(Int32(from)) }
        }
        self.before = before
    }

    /// Drawn nodes that stand in no closed area.
    private var open: [Int32] {
        let closed = site.areas.filter { $0.zone.rule == .blocked }.reduce(into: Set<Int32>()) {
            $0.formUnion($1.nodes)
        }
        return (0..<Int32(site.plan.nodes.count)).filter { !closed.contains($0) }
    }

    /// Stations, chargers and waiting places outside the part of the site where vehicles go round: the largest set of
    /// nodes that has a refuge and whose nodes all reach each other.
    private func cutOff() -> [SiteFault] {
        var (core, seen): (Set<Int32>, Set<Int32>) = ([], [])
        for refuge in site.roadmap.refuges.sorted() where !seen.contains(refuge) {
            let round = reached([refuge], by: next).intersection(reached([refuge], by: before))
            seen.formUnion(round)
            if round.count > core.count { core = round }
        }
        return (0..<Int32(site.plan.nodes.count)).filter { site.spots[$0].kind != .way && !core.contains($0) }.map {
            let place = named($0)
            return fault(
                .unreachable, $0,
                Words("\(place.ko)에 갔다가 돌아올 수 없습니다.", "\(place.en) cannot be reached and left again."))
        }
    }

    /// Nodes from which no refuge can be reached.
    private func trapped() -> [SiteFault] {
        let safe = reached(Array(site.roadmap.refuges), by: before)
        return open.filter { !safe.contains($0) }.map {
            let place = named($0)
            return fault(
                .trapped, $0,
                Words(
                    "\(place.ko)에서는 대피·대기·충전 지점으로 갈 수 없습니다.",
                    "From \(place.en) no escape, parking or charger can be reached."))
        }
    }

    /// A branch is the nodes from one with a single neighbour up to where ways part. It must end at a station or a refuge,
    /// and where it ends at a station no other place of work or waiting may stand in it: whoever is at the end could not
    /// leave while somebody stands before it.
    private func deadEnds() -> [SiteFault] {
        let around = next.indices.map { Set(next[$0]).union(before[$0]) }
        var faults: [SiteFault] = []
        for end in open where around[Int(end)].count == 1 {
            let kind = site.spots[end].kind
            let place = named(end)
            if kind == .way {
                faults.append(
                    fault(
                        .deadEnd, end,
                        Words(
                            "\(place.ko): 막다른 길입니다. 길을 잇거나 끝을 대피 지점으로 바꿔 주세요.",
                            "\(place.en): a dead end. Join it, or make its end an escape.")))
                continue
            }
            guard kind == .station, let other = alsoWaiting(from: end, around) else { continue }
            let before = named(other)
            faults.append(
                fault(
                    .deadEnd, end,
                    Words(
                        "\(place.ko): 막다른 길 안쪽이라 \(before.ko)에 로봇이 서면 나오지 못합니다. 사이에 대피 지점을 두어 주세요.",
                        """
                        \(place.en): it lies at a dead end behind \(before.en), so a vehicle there shuts it in. Put an \
                        escape between them.
                        """)))
        }
        return faults
    }

    /// The first place of work or waiting in the branch that ends at a node, before ways part.
    private func alsoWaiting(from end: Int32, _ around: [Set<Int32>]) -> Int32? {
        var (last, here) = (end, around[Int(end)].first ?? end)
        // A site that is nothing but one line has no branch: whoever is alone in it shuts nobody in.
        while around[Int(here)].count == 2 {
            if site.spots[here].kind != .way { return here }
            guard let following = around[Int(here)].subtracting([last]).first else { return nil }
            (last, here) = (here, following)
        }
        return nil
    }

    /// What people call a node: a drawn one by its name, one that cuts an edge by where the edge begins.
    private func named(_ number: Int32) -> Words {
        if Int(number) < site.plan.nodes.count { return site.plan.place(of: site.plan.nodes[Int(number)]) }
        return Words("지점 ‘\(site.name(number))’", "node “\(site.name(number))”")
    }

    private func reached(_ starts: [Int32], by ways: [[Int32]]) -> Set<Int32> {
        var (seen, waiting) = (Set(starts), starts)
        while let node = waiting.popLast() {
            for other in ways[Int(node)] where seen.insert(other).inserted { waiting.append(other) }
        }
        return seen
    }

    private func fault(_ rule: SiteFault.Rule, _ node: Int32, _ words: Words) -> SiteFault {
        SiteFault(place: .init(list: .nodes, id: site.name(node)), rule: rule, words: words)
    }
}
