/// Options by the points they were given: approval is one point each.
enum PointTally {
    struct Place: Sendable, Hashable {
        let option: Int
        let points: Int
        /// How many ballots gave it any.
        let ballots: Int
        /// Whether it is among those chosen.
        let isChosen: Bool
        /// Whether another had as many points and as many ballots, so that the identifier decided between chosen and not.
        let wasTied: Bool
    }

    /// The most points come first, then the most ballots, then the lower identifier.
    /// - Parameter seats: how many options are chosen; those without points never are.
    static func count(options: [String], ballots: [(points: [Int: Int], count: Int)], seats: Int) -> [Place] {
        var (points, voters) = ([Int](repeating: 0, count: options.count), [Int](repeating: 0, count: options.count))
        for ballot in ballots {
            for (option, given) in ballot.points where given > 0 {
                points[option] += given * ballot.count
                voters[option] += ballot.count
            }
        }
        let order = options.indices.sorted {
            (points[$1], voters[$1], options[$0]) < (points[$0], voters[$0], options[$1])
        }
        let chosen = order.prefix(seats).filter { points[$0] > 0 }
        let (lowest, next) = (chosen.last, order.dropFirst(chosen.count).first)
        let edge = lowest.flatMap { low in
            next.flatMap { (points[low], voters[low]) == (points[$0], voters[$0]) ? (points[low], voters[low]) : nil }
        }
        return order.map { option in
            Place(
                option: option, points: points[option], ballots: voters[option], isChosen: chosen.contains(option),
                wasTied: edge.map { $0 == (points[option], voters[option]) } ?? false)
        }
    }
}
