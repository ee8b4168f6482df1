/// Which orders are picked at which stations, and which shelves come when, so that each shelf that is brought serves many orders:
/// with robot shelves this choice matters most.
///
/// A plan and a simulation at once: stations open orders by a rule, always the shelf comes that serves most of what is open, all
/// that it has of it is taken.
struct Stations: Sendable, Hashable {
    /// A shelf that comes to a station.
    struct Visit: Sendable, Hashable {
        let station: Int
        let shelf: String
        /// When it is there, in seconds from the beginning.
        let at: Int
        /// What is taken: the order, the item and how many.
        let picks: [Pick]
    }

    struct Pick: Sendable, Hashable {
        let order: String
        let item: String
        let count: Int
    }

    /// The station of each order.
    let station: [String: Int]
    let visits: [Visit]
    /// When each order was done.
    let done: [String: Int]
    /// Orders of which something is on no shelf, with what is missing of them.
    let short: [String: [String: Int]]
    /// Orders done after they were due.
    let late: [String]

    /// Pieces taken a visit: the more, the fewer ways of robots.
    var pileOn: Double {
        let picks = visits.reduce(0) { $0 + $1.picks.reduce(0) { $0 + $1.count } }
        return visits.isEmpty ? 0 : Double(picks) / Double(visits.count)
    }

    /// Plans all orders.
    /// - Parameters:
    ///   - orders: in the order in which they came.
    ///   - shelves: what lies on each.
    static func plan(
        _ orders: [StationOrder], _ shelves: [StationShelf], _ work: StationWork = StationWork(),
        rule: StationWork.Rule = .shared
    ) -> Stations {
        var floor = StationFloor(orders, shelves, work, rule)
        while floor.step() {}
        return floor.result
    }
}
