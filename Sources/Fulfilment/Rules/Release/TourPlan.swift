import Record

/// Which picks are walked together, and in which order: batches that save way, and the shortest tour of each.
enum TourPlan {
    /// So many pieces and so many orders a cart takes.
    static let pieces = 60
    static let orders = 12
    /// How long batches are searched for: within the transaction that releases, so briefly.
    static let budget = Batching.Budget(steps: 4000)

    /// Tours with their picks, each for one packing station, so that its totes are carried there together.
    static func tours(_ tasks: [PickTask], places: [Place], stations: [String: String]) -> [[PickTask]] {
        let byStation = Dictionary(grouping: tasks) { stations[$0.order] ?? "" }
        return byStation.keys.sorted().flatMap { tours(byStation[$0] ?? [], places: places) }
    }

    /// Tours with their picks, in the order of the way, numbered from 1.
    static func tours(_ tasks: [PickTask], places: [Place]) -> [[PickTask]] {
        let known = Dictionary(places.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var (order, byOrder) = ([String](), [String: [PickTask]]())
        for task in tasks {
            if byOrder[task.order] == nil { order.append(task.order) }
            byOrder[task.order, default: []].append(task)
        }
        let hall = PickHall(places)
        let picks = order.map { id in
            let mine = byOrder[id] ?? []
            return PickOrder(
                id, stops: mine.compactMap { known[$0.place].flatMap { PickStop($0) } },
                items: Int(mine.reduce(0) { $0 + $1.quantity }))
        }
        var batches: [[String]]
        if let hall, order.count > 1 {
            let plan = Batching.plan(picks, hall, capacity: pieces, budget: budget)
            batches = plan.batches.map { $0.orders.map { order[$0] } } + plan.withheld.map { [order[$0]] }
        } else {
            batches = order.map { [$0] }
        }
        batches = batches.flatMap { batch in
            stride(from: 0, to: batch.count, by: orders).map { Array(batch[$0..<min($0 + orders, batch.count)]) }
        }
        return batches.map { batch in
            let mine = batch.flatMap { byOrder[$0] ?? [] }
            return walked(mine, known, hall)
        }
    }

    /// The picks in the order of the shortest way; what lies in no aisle comes as places are numbered, after it.
    static func walked(_ tasks: [PickTask], _ places: [String: Place], _ hall: PickHall?) -> [PickTask] {
        let stops = tasks.compactMap { places[$0.place].flatMap { PickStop($0) } }
        let way = hall.map { Tour.exact(stops, $0).stops } ?? []
        let rank = Dictionary(way.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        func key(_ task: PickTask) -> (Int, Int, String, String) {
            let place = places[task.place]
            let stop = place.flatMap { PickStop($0) }
            return (
                stop.flatMap { rank[$0] } ?? Int.max, place?.sequence ?? Int.max, task.place,
                "\(task.order) \(task.line)"
            )
        }
        return tasks.sorted { key($0) < key($1) }.enumerated().map { index, task in
            var task = task
            task.task = Int64(index + 1)
            task.sequence = Int64((index + 1) * 10)
            return task
        }
    }
}
