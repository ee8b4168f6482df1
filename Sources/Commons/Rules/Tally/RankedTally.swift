/// Instant run-off: each ballot counts for the best of its options that is still in; the option with the fewest leaves, until one
/// has more than half of the ballots that still count.
///
/// Whoever is last alike leaves by what went before: the one that had fewer in the latest round in which they differed; where
/// they never differed, the higher identifier leaves. The rule is public before the first ballot.
enum RankedTally {
    struct Round: Sendable, Hashable {
        /// Ballots of each option that was still in, by its place.
        let votes: [Int: Int]
        /// Ballots that name nobody who was still in.
        let exhausted: Int
        /// Who left; nil in the last round.
        let out: Int?
        /// Whether others had as few, so that earlier rounds or the identifier decided.
        let wasTied: Bool
    }

    struct Outcome: Sendable, Hashable {
        let rounds: [Round]
        /// Nil where no ballot names anybody.
        let winner: Int?
    }

    /// - Parameters:
    ///   - options: identifiers.
    ///   - ballots: places of options, the best first, with how many ballots say so; a place counts at its first mention.
    static func count(options: [String], ballots: [(ranking: [Int], count: Int)]) -> Outcome {
        var (left, rounds) = (Set(options.indices), [Round]())
        while true {
            var (votes, exhausted) = (Dictionary(uniqueKeysWithValues: left.map { ($0, 0) }), 0)
            for ballot in ballots {
                if let best = ballot.ranking.first(where: left.contains) {
                    votes[best, default: 0] += ballot.count
                } else {
                    exhausted += ballot.count
                }
            }
            let counted = votes.values.reduce(0, +)
            let first = votes.max { ($0.value, options[$1.key]) < ($1.value, options[$0.key]) }
            guard counted > 0, let first else { return Outcome(rounds: rounds, winner: nil) }
            if first.value * 2 > counted || left.count == 1 {
                rounds.append(Round(votes: votes, exhausted: exhausted, out: nil, wasTied: false))
                return Outcome(rounds: rounds, winner: first.key)
            }
            let fewest = votes.values.min() ?? 0
            let last = left.filter { votes[$0] == fewest }
            let out = loser(of: last, before: rounds, options)
            rounds.append(Round(votes: votes, exhausted: exhausted, out: out, wasTied: last.count > 1))
            left.remove(out)
        }
    }

    private static func loser(of last: Set<Int>, before rounds: [Round], _ options: [String]) -> Int {
        var last = last
        for round in rounds.reversed() where last.count > 1 {
            let fewest = last.compactMap { round.votes[$0] }.min()
            last = last.filter { round.votes[$0] == fewest }
        }
        return last.max { options[$0] < options[$1] } ?? 0
    }
}
