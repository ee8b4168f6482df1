import Record

/// What can be told to be wrong with a plan before anybody drives by it: element by element.
struct SiteCheck {
    let plan: SitePlan
    private(set) var faults: [SiteFault] = []
    private let maps: [String: SitePlan.Floor]
    let nodes: [String: SitePlan.Node]

    /// All that is wrong with the elements of a plan, in the plan's order.
    static func faults(of plan: SitePlan) -> [SiteFault] {
        var check = SiteCheck(plan)
        guard check.isBounded() else { return check.faults }
        check.ids()
        check.values()
        for zone in plan.zones { check.check(zone) }
        check.checkLifts()
        for door in plan.doors { check.patience(door.patience, .doors, door.id, door.name) }
        check.checkEdges()
        return check.faults
    }

    /// Whether the ways of a plan can be followed although it has these faults: no doubt is left which node, edge and
    /// floor is meant.
    static func isReadable(despite faults: [SiteFault]) -> Bool {
        let doubts: Set<SiteFault.Rule> = [.size, .id, .duplicate, .map, .coordinates, .footprint, .node, .length]
        return faults.allSatisfy { !doubts.contains($0.rule) }
    }

    private init(_ plan: SitePlan) {
        self.plan = plan
        maps = Dictionary(plan.maps.map { ($0.id, $0) }, uniquingKeysWith: { one, _ in one })
        nodes = Dictionary(plan.nodes.map { ($0.id, $0) }, uniquingKeysWith: { one, _ in one })
    }

    mutating func add(_ rule: SiteFault.Rule, _ list: SiteFault.Place.List, _ id: String, _ words: Words) {
        faults.append(SiteFault(place: .init(list: list, id: id), rule: rule, words: words))
    }

    // MARK: - The whole

    private mutating func isBounded() -> Bool {
        let counts: [(SiteFault.Place.List, Int, Int)] = [
            (.maps, plan.maps.count, SiteLimits.maps), (.nodes, plan.nodes.count, SiteLimits.nodes),
            (.edges, plan.edges.count, SiteLimits.edges), (.zones, plan.zones.count, SiteLimits.zones),
            (.lifts, plan.lifts.count, SiteLimits.lifts), (.doors, plan.doors.count, SiteLimits.doors),
        ]
        for (list, count, most) in counts where count > most {
            add(
                .size, list, plan.id,
                Words(
                    "\(list.words.ko)이(가) \(count)개입니다. \(most)개까지 넣을 수 있습니다.",
                    "There are \(count) \(list.words.en); at most \(most) are possible."))
        }
        guard !plan.maps.isEmpty, !plan.nodes.isEmpty else {
            add(.size, .site, plan.id, Words("층과 지점이 하나 이상 있어야 합니다.", "There must be a floor and a node."))
            return false
        }
        guard SiteLimits.footprint.contains(plan.footprint) else {
            add(
                .footprint, .site, plan.id,
                Words(
                    "로봇 반경은 \(SiteLimits.footprint.lowerBound)–\(SiteLimits.footprint.upperBound) m여야 합니다.",
                    "A vehicle's radius is \(SiteLimits.footprint.lowerBound) to \(SiteLimits.footprint.upperBound) m.")
            )
            return false
        }
        let floor = Dictionary(plan.nodes.map { ($0.id, $0) }, uniquingKeysWith: { one, _ in one })
        let pieces = plan.edges.reduce(0.0) { sum, edge in
            guard let from = floor[edge.from], let to = floor[edge.to], from.map == to.map else { return sum }
            return sum + SiteGeometry.distance(from.point, to.point) / (plan.footprint * 2 * SiteCompiler.diameters)
        }
        // A node that is out of the world is told by its own rule.
        let isInReach = plan.nodes.allSatisfy { max(abs($0.x), abs($0.y)) <= SiteLimits.reach }
        if isInReach, Double(plan.nodes.count) + pieces > Double(SiteLimits.spots) {
            add(
                .size, .site, plan.id,
                Words(
                    "로봇 크기에 견주어 길이 너무 깁니다. 지점 \(SiteLimits.spots)개까지 나눌 수 있습니다.",
                    "The ways are too long for the size of the vehicle: at most \(SiteLimits.spots) nodes are made."))
        }
        return faults.isEmpty
    }

    private mutating func ids() {
        for (list, ids) in plan.ids {
            var seen: Set<String> = []
            for id in ids {
                if !SiteCheck.isID(id) {
                    add(
                        .id, list, id,
                        Words(
                            "\(list.words.ko) ‘\(id.prefix(SiteLimits.text))’: 이름표는 영문·숫자·-_.로 \(SiteLimits.text)자까지입니다.",
                            """
                            \(list.words.en) “\(id.prefix(SiteLimits.text))”: an id has at most \(SiteLimits.text) \
                            letters, digits or -_.
                            """))
                }
                if !seen.insert(id).inserted {
                    add(
                        .duplicate, list, id,
                        Words("\(list.words.ko) ‘\(id)’이(가) 두 번 있습니다.", "\(list.words.en) “\(id)” is there twice."))
                }
            }
        }
    }

    /// Letters, digits, `-`, `_` and `.` of ASCII: what every vehicle takes as an id.
    static func isID(_ text: String) -> Bool {
        (1...SiteLimits.text).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }

    // MARK: - Elements

    private mutating func values() {
        named(plan.name, .site, plan.id)
        for floor in plan.maps { named(floor.name, .maps, floor.id) }
        for node in plan.nodes {
            if let name = node.name {
                named(name, .nodes, node.id)
            } else if node.kind == .station {
                add(
                    .name, .nodes, node.id,
                    Words("작업 지점 ‘\(node.id)’에 이름이 없습니다.", "The station “\(node.id)” has no name that people can say."))
            }
            onMap(node.map, .nodes, node.id, place(node.id))
            within([node.point], .nodes, node.id, place(node.id))
        }
    }

    mutating func named(_ name: Words, _ list: SiteFault.Place.List, _ id: String) {
        guard !(name.ko.isEmpty && name.en.isEmpty), name.ko.count <= SiteLimits.text, name.en.count <= SiteLimits.text
        else {
            return add(
                .name, list, id,
                Words(
                    "\(list.words.ko) ‘\(id)’의 이름은 1–\(SiteLimits.text)자여야 합니다.",
                    "\(list.words.en) “\(id)”: a name has 1 to \(SiteLimits.text) characters."))
        }
    }

    mutating func onMap(_ map: String, _ list: SiteFault.Place.List, _ id: String, _ place: Words) {
        guard maps[map] == nil else { return }
        add(
            .map, list, id,
            Words("\(place.ko): ‘\(map)’ 층이 도면에 없습니다.", "\(place.en): the plan has no floor “\(map)”."))
    }

    mutating func within(_ points: [SitePlan.Point], _ list: SiteFault.Place.List, _ id: String, _ place: Words) {
        let isIn = { (value: Double) in value.isFinite && abs(value) <= SiteLimits.reach }
        guard !points.allSatisfy({ isIn($0.x) && isIn($0.y) }) else { return }
        let most = Int(SiteLimits.reach)
        add(
            .coordinates, list, id,
            Words("\(place.ko): 좌표는 ±\(most) m 안이어야 합니다.", "\(place.en): coordinates stay within ±\(most) m."))
    }

    mutating func patience(_ seconds: Double, _ list: SiteFault.Place.List, _ id: String, _ name: Words) {
        named(name, list, id)
        guard !(seconds > 0 && seconds <= SiteLimits.patience) else { return }
        add(
            .patience, list, id,
            Words(
                "\(name.ko): 기다리는 시간은 0초보다 길고 \(Int(SiteLimits.patience))초 이하여야 합니다.",
                "\(name.en): the wait is above 0 and at most \(Int(SiteLimits.patience)) s."))
    }

    /// What people call a node: its name, else its id; with the floor where there are several.
    func place(_ id: String) -> Words {
        guard let node = nodes[id] else { return Words("‘\(id)’", "“\(id)”") }
        return plan.place(of: node)
    }
}

extension SitePlan {
    /// The ids of each list.
    var ids: [(SiteFault.Place.List, [String])] {
        [
            (.site, [id]), (.maps, maps.map(\.id)), (.nodes, nodes.map(\.id)), (.edges, edges.map(\.id)),
            (.zones, zones.map(\.id)), (.lifts, lifts.map(\.id)), (.doors, doors.map(\.id)),
        ]
    }

    /// What people call a node: its name, else its id; with the floor where there are several.
    func place(of node: Node) -> Words {
        let name = node.name ?? unnamed(node)
        guard maps.count > 1, let floor = maps.first(where: { $0.id == node.map }) else { return name }
        return Words("\(name.ko)(\(floor.name.ko))", "\(name.en) (\(floor.name.en))")
    }
}

extension SitePlan {
    /// A node without a name: by the nearest place of its floor that has one.
    private func unnamed(_ node: Node) -> Words {
        let away = { (other: Node) in SiteGeometry.distance(other.point, node.point) }
        let near = nodes.filter { $0.map == node.map && $0.name != nil }.min { (away($0), $0.id) < (away($1), $1.id) }
        guard let name = near?.name else { return Words("지점 ‘\(node.id)’", "node “\(node.id)”") }
        return Words("\(name.ko) 근처의 지점 ‘\(node.id)’", "node “\(node.id)” by \(name.en)")
    }
}

extension SitePlan.Node {
    /// Where it is on its floor.
    var point: SitePlan.Point { SitePlan.Point(x: x, y: y) }
}

extension SiteFault.Place.List {
    var words: Words {
        switch self {
        case .site: Words("현장", "site")
        case .maps: Words("층", "floor")
        case .nodes: Words("지점", "node")
        case .edges: Words("길", "edge")
        case .zones: Words("구역", "zone")
        case .lifts: Words("승강기", "lift")
        case .doors: Words("문", "door")
        }
    }
}
