extension EqualShares {
    /// How often each ballot may be given more, at the least, before a count can come to anything else.
    ///
    /// Where everybody paid in full for every project, each was had at its lowest price (cost / gain of all). With more for each
    /// ballot they are again, at the same prices and in the same order, until another project comes between. None does before those
    /// who want it have its cost together: what they are given, less what they paid before the first round whose price is not
    /// below the project's own lowest. Up to there nothing need be counted.
    /// - Parameters:
    ///   - count: which left something that is wanted.
    ///   - step: how much more is given at a time.
    func steady(_ count: Count, upTo most: Int, by step: Double) -> Int {
        let rounds = count.rounds.filter { $0.supporters > 0 }
        guard step > 0, rounds.allSatisfy({ $0.paidInFull == $0.supporters }) else { return 0 }
        let chosen = Set(count.projects)
        // The lowest at the end, to be taken from there as rounds come.
        var open = market.open(election).filter { !chosen.contains($0.project) }.sorted { $0.floor > $1.floor }
        var paid = [Double](repeating: 0, count: market.counts.count)
        var least = Double.infinity
        func take(_ project: Int) {
            let (given, many) = market.supporters(of: project).reduce((0.0, 0.0)) { sum, supporter in
                let count = Double(supporter.count)
                return (sum.0 + count * paid[Int(supporter.group)], sum.1 + count)
            }
            least = min(least, (Double(election.projects[project].cost) + given) / many)
        }
        for round in rounds {
            while let next = open.last, next.floor <= round.price * (1 + Self.near) { take(open.removeLast().project) }
            for supporter in market.supporters(of: round.project) {
                paid[Int(supporter.group)] += round.price * Double(supporter.gain)
            }
        }
        for project in open { take(project.project) }
        // Rounding must not pass over the raise itself.
        let share = Double(election.limit) / Double(election.ballots)
        return Int(max(0, min(Double(most), ((least * (1 - Self.near) - share) / step).rounded(.down))))
    }

    /// How near figures of money may lie, as a part of them, to be taken for the same.
    private static let near = 1e-9
}
