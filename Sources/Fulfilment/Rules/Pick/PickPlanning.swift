import District
import Record
import Store

/// Picks for what is promised, out of places that are open.
enum PickPlanning {
    /// The floor as far as some items are concerned.
    static func floor(
        of items: [String], in centre: String, for tenant: some Tenancy, _ tables: any Reader
    ) throws -> PickFloor {
        var (held, tasked) = ([Held](), [PickTask]())
        for item in items {
            held += try StockTable.held(in: centre, item: item, for: tenant, in: tables)
            tasked += try TourTable.openTasks(in: centre, item: item, for: tenant, in: tables)
        }
        // Only the places where something of it lies: a centre has thousands of others.
        let places = try PlaceTable.several(
            Set(held.map(\.spot.location)).filter { !$0.hasPrefix("container/") }.sorted(), for: tenant, in: tables)
        return PickFloor(held, tasked: tasked, places: places)
    }

    /// Picks that are added to a tour; less than what is promised where its goods lie nowhere a picker goes.
    /// - Parameters:
    ///   - avoided: a place that is not gone to.
    ///   - freed: picks that are dropped in the same breath: what they were to take is free again.
    static func tasks(
        for shares: [Reserved], names: [Int64: String], in centre: String, tour: String, except avoided: String? = nil,
        for tenant: some Tenancy, _ tables: any Reader
    ) throws -> [PickTask] {
        var floor = try floor(of: Array(Set(shares.map(\.item))).sorted(), in: centre, for: tenant, tables)
        let known = try ItemTable.several(Array(Set(shares.map(\.item))).sorted(), for: tenant, in: tables)
        var next = try TourTable.next(in: tour, for: tenant, in: tables)
        var tasks: [PickTask] = []
        for share in shares {
            for (place, quantity) in floor.take(share.quantity, of: share.item, lot: share.lot, except: avoided) {
                tasks.append(
                    PickTask(
                        task: next, order: share.order, line: share.line, item: share.item,
                        name: names[share.line] ?? known[share.item]?.name ?? share.item, lot: share.lot,
                        quantity: quantity, place: place.id, sequence: Int64(place.sequence), tour: tour))
                next += 1
            }
        }
        return tasks
    }
}
