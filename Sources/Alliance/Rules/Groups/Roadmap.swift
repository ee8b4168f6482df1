import Record

/// Milestones and what they need of each other: what is late, what it pushes, and how much is done.
///
/// When a milestone may be expected follows from three days: it is not before its own due day, an open one is not in the
/// past, and it comes after all that it needs and the work that then remains. What needs something that was given up can
/// not be told: unknown, and so is whatever needs it.
struct Roadmap: Sendable {
    /// The milestones by identifier.
    let milestones: [String: Milestone]

    init(_ milestones: [Milestone]) {
        self.milestones = Dictionary(milestones.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
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
        var seen: Set<String> = []
        func way(from at: String, _ path: [String]) -> [String]? {
            if at == id { return path }
            guard seen.insert(at).inserted else { return nil }
            for next in milestones[at]?.needs ?? [] {
                if let found = way(from: next, path + [next]) { return found }
            }
            return nil
        }
        for need in needs {
            if let found = way(from: need, [id, need]) { return found }
        }
        return nil
    }

    /// When each may be expected, seen from a day; what cannot be told, and what was given up, is not in it.
    /// - Parameter inTime: a milestone that is taken to keep its due day, to see what its lateness does.
    func expected(on today: KoreanDay, taking inTime: String? = nil) -> [String: KoreanDay] {
        var known: [String: KoreanDay?] = [:]
        func day(_ id: String, _ depth: Int) -> KoreanDay? {
            if let day = known[id] { return day }
            guard let milestone = milestones[id], depth <= milestones.count else { return nil }
            let found: KoreanDay?
            switch milestone.state {
            case .reached: found = milestone.ended ?? milestone.due
            case .dropped: found = nil
            case .open:
                if id == inTime {
                    found = milestone.due
                } else {
                    let needs = milestone.needs.map { day($0, depth + 1) }
                    let known = needs.compactMap { $0 }
                    // Where it is due later than today, today decides nothing.
                    found =
                        known.count < needs.count
                        ? nil : (known.map { $0 + milestone.work } + [milestone.due, today]).max()
                }
            }
            known[id] = .some(found)
            return found
        }
        var expected: [String: KoreanDay] = [:]
        for id in milestones.keys { expected[id] = day(id, 0) }
        return expected
    }

    /// What a milestone's lateness pushes: everything after it that would be earlier if it had been in time, the nearest
    /// first.
    func pushed(by id: String, on today: KoreanDay) -> [Push] {
        guard let late = milestones[id], late.isLate(on: today) else { return [] }
        let (now, inTime) = (expected(on: today), expected(on: today, taking: id))
        return milestones.values.compactMap { milestone -> Push? in
            guard milestone.id != id, milestone.state == .open, let then = now[milestone.id],
                let otherwise = inTime[milestone.id], otherwise < then
            else { return nil }
            return Push(milestone: milestone.id, days: then.number - otherwise.number, expected: then)
        }.sorted { ($0.expected, $0.milestone) < ($1.expected, $1.milestone) }
    }

    /// The open milestones that need one, directly or through others.
    func dependents(of id: String) -> Set<String> {
        var (found, edge): (Set<String>, [String]) = ([], [id])
        while let at = edge.popLast() {
            for milestone in milestones.values
            where milestone.state == .open && milestone.needs.contains(at) && found.insert(milestone.id).inserted {
                edge.append(milestone.id)
            }
        }
        return found
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
    func done(of group: String) -> Int? {
        let own = milestones.values.filter { $0.group == group && $0.state != .dropped }
        guard !own.isEmpty else { return nil }
        return own.count { $0.state == .reached } * 100 / own.count
    }
}
