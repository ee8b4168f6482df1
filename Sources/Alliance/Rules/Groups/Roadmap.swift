import Record

/// Milestones and what they need of each other: what is late, what it pushes, and how much is done.
///
/// When a milestone may be expected follows from three days: it is not before its own due day, an open one is not in the
/// past, and it comes after all that it needs and the work that then remains. What needs something that was given up can
/// not be told: unknown, and so is whatever needs it.
struct Roadmap: Sendable {
    /// The milestones by identifier.
    let milestones: [String: Milestone]
    /// Their identifiers, each after all that it needs; what would need itself is not in it.
    private let order: [String]

    init(_ milestones: [Milestone]) {
        let known = Dictionary(milestones.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var waits = known.mapValues { $0.needs.count { known[$0] != nil } }
        var waiting: [String: [String]] = [:]
        for milestone in known.values {
            for need in milestone.needs { waiting[need, default: []].append(milestone.id) }
        }
        var order = waits.filter { $0.value == 0 }.map(\.key)
        var at = 0
        while at < order.count {
            for next in waiting[order[at]] ?? [] {
                waits[next, default: 0] -= 1
                if waits[next] == 0 { order.append(next) }
            }
            at += 1
        }
        (self.milestones, self.order) = (known, order)
    }

    /// A milestone that a late one delays, and until when.
    struct Push: Sendable, Hashable {
        let milestone: String
        /// By how many days later it is expected than if the late one had been in time.
        let days: Int64
        /// When it is expected now.
        let expected: KoreanDay
    }

    /// A step of the critical chain.
    struct Link: Sendable, Hashable {
        let milestone: String
        let expected: KoreanDay
        /// How many days it may still slip before the next step is delayed; nil for the last.
        let slack: Int64?
    }

    /// The way by which a milestone would come to need itself, if it needed these; nil where it would not.
    func cycle(from id: String, needing needs: [String]) -> [String]? {
        var (edge, from): ([String], [String: String]) = ([], [:])
        for need in needs where from[need] == nil {
            from[need] = ""
            edge.append(need)
        }
        var at = 0
        while at < edge.count {
            let here = edge[at]
            at += 1
            guard here != id else {
                var way = [here]
                while let before = way.last.flatMap({ from[$0] }), !before.isEmpty { way.append(before) }
                return [id] + way.reversed()
            }
            for next in milestones[here]?.needs ?? [] where from[next] == nil {
                from[next] = here
                edge.append(next)
            }
        }
        return nil
    }

    /// When each may be expected, seen from a day; what cannot be told, and what was given up, is not in it.
    /// - Parameter inTime: a milestone that is taken to keep its due day, to see what its lateness does.
    func expected(on today: KoreanDay, taking inTime: String? = nil) -> [String: KoreanDay] {
        var expected: [String: KoreanDay] = [:]
        for id in order {
            guard let milestone = milestones[id] else { continue }
            switch milestone.state {
            case .reached: expected[id] = milestone.ended ?? milestone.due
            case .dropped: break
            case .open where id == inTime: expected[id] = milestone.due
            case .open:
                let needs = milestone.needs.compactMap { expected[$0] }
                guard needs.count == milestone.needs.count else { continue }
                // Where it is due later than today, today decides nothing.
                expected[id] = (needs.map { $0 + milestone.work } + [milestone.due, today]).max()
            }
        }
        return expected
    }

    /// What a milestone's lateness pushes: everything after it that would be earlier if it had been in time, the nearest
    /// first.
    /// - Parameter known: when each may be expected, where that was worked out before.
    func pushed(by id: String, on today: KoreanDay, from known: [String: KoreanDay]? = nil) -> [Push] {
        guard let late = milestones[id], late.isLate(on: today) else { return [] }
        let (now, inTime) = (known ?? expected(on: today), expected(on: today, taking: id))
        return milestones.values.compactMap { milestone -> Push? in
            guard milestone.id != id, milestone.state == .open, let then = now[milestone.id],
                let otherwise = inTime[milestone.id], otherwise < then
            else { return nil }
            return Push(milestone: milestone.id, days: then.number - otherwise.number, expected: then)
        }.sorted { ($0.expected, $0.milestone) < ($1.expected, $1.milestone) }
    }

    /// The open milestones that need one, directly or through others.
    func dependents(of id: String) -> Set<String> {
        var found: Set<String> = [id]
        for next in order {
            guard let milestone = milestones[next], milestone.state == .open else { continue }
            if milestone.needs.contains(where: found.contains) { found.insert(next) }
        }
        return found.subtracting([id])
    }

    /// The chain that decides when the last of a group's milestones comes: from it back along whatever leaves least
    /// slack. Empty where nothing open can be told.
    func chain(of group: String, on today: KoreanDay) -> [Link] {
        let expected = expected(on: today)
        let open = milestones.values.filter { $0.group == group && $0.state == .open }
        guard
            var at = open.filter({ expected[$0.id] != nil })
                .max(by: { (expected[$0.id] ?? $0.due, $0.id) < (expected[$1.id] ?? $1.due, $1.id) })
        else { return [] }
        var links = [Link(milestone: at.id, expected: expected[at.id] ?? at.due, slack: nil)]
        while links.count <= milestones.count {
            let begins = (expected[at.id] ?? at.due) - at.work
            let needs = at.needs.compactMap { milestones[$0] }.filter { $0.state == .open }
            guard
                let next = needs.max(by: { (expected[$0.id] ?? $0.due, $0.id) < (expected[$1.id] ?? $1.due, $1.id) }),
                let day = expected[next.id]
            else { break }
            links.append(Link(milestone: next.id, expected: day, slack: begins.number - day.number))
            at = next
        }
        return links.reversed()
    }

    /// How much of a group's roadmap is reached, in whole per cent of what was not given up; nil where there is nothing.
    func done(of group: String) -> Int? { Self.done(milestones.values.filter { $0.group == group }) }

    /// The same of milestones.
    static func done(_ milestones: [Milestone]) -> Int? {
        let kept = milestones.filter { $0.state != .dropped }
        guard !kept.isEmpty else { return nil }
        return kept.count { $0.state == .reached } * 100 / kept.count
    }
}
