/// Which orders are picked together on one tour, so that pickers walk as little as possible.
///
/// A first plan by savings (Clarke and Wright 1964, applied to batches), then simulated annealing over orders that move, change
/// places one for one or two for one, or go round three batches, always with the exact length of every tour.
struct Batching: Sendable {
    /// A tour's orders.
    struct Batch: Sendable, Hashable {
        /// The places of the orders in the list that was given, ascending.
        let orders: [Int]
        /// How many items they are.
        let items: Int
        /// How long their exact tour is, in units of the hall.
        let length: Int
    }

    /// What a plan may cost.
    struct Budget: Sendable {
        /// How many exchanges are tried at most; the same number gives the same plan wherever it runs.
        var steps: Int
        /// How much of the time is used up, 0 to 1, asked now and then; at 1 the search ends. A plan that ends so is not the same
        /// everywhere.
        var used: @Sendable () -> Double = { 0 }

        /// Enough for a hall's wave while somebody waits: well under a second in a release build.
        static let quick = Budget(steps: 200_000)
    }

    /// The batches, the shortest tour last.
    let batches: [Batch]
    /// How long all tours are together.
    let length: Int
    /// How long they were by savings alone.
    let seed: Int
    /// How long they would be with a tour for each order.
    let single: Int
    /// How many exchanges were tried.
    let steps: Int
    /// Whether time ended the search before its steps were done.
    let isCut: Bool
    /// Orders, by their places, that are more than a cart takes: each is a batch of its own and has to be split by a person.
    let oversized: [Int]
    /// Orders, by their places, with something where nobody can come to now: they are in no batch.
    let withheld: [Int]

    /// Plans batches.
    /// - Parameters:
    ///   - orders: what is to be picked.
    ///   - hall: where, and which of its aisles are closed.
    ///   - capacity: how many items a cart takes.
    ///   - budget: how long to search.
    ///   - seed: what the search's chances come from.
    static func plan(
        _ orders: [PickOrder], _ hall: PickHall, capacity: Int, budget: Budget = .quick, seed: UInt64 = 1
    ) -> Batching {
        let withheld = orders.indices.filter { !orders[$0].stops.allSatisfy(hall.reaches) }
        let chosen = orders.indices.filter { orders[$0].stops.allSatisfy(hall.reaches) }
        let fitting = chosen.filter { orders[$0].items <= capacity }
        let oversized = chosen.filter { orders[$0].items > capacity }
        let search = BatchSearch(fitting.map { orders[$0] }, hall, capacity: capacity, seed: seed)
        search.begin()
        let begun = search.length
        let cut = search.improve(budget)
        var batches = search.batches.map { members in
            let places = members.map { fitting[$0] }.sorted()
            return Batch(
                orders: places, items: places.reduce(0) { $0 + orders[$1].items },
                length: Tour.length(places.flatMap { orders[$0].stops }, hall))
        }
        let alone = oversized.map {
            Batch(orders: [$0], items: orders[$0].items, length: Tour.length(orders[$0].stops, hall))
        }
        let single = chosen.reduce(0) { $0 + Tour.length(orders[$1].stops, hall) }
        let extra = alone.reduce(0) { $0 + $1.length }
        batches = (batches + alone).sorted { ($1.length, $0.orders[0]) < ($0.length, $1.orders[0]) }
        return Batching(
            batches: batches, length: batches.reduce(0) { $0 + $1.length }, seed: begun + extra, single: single,
            steps: search.steps, isCut: cut, oversized: oversized, withheld: withheld)
    }
}
