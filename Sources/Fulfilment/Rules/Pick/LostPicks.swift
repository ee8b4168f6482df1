import Access
import District
import Record
import Store

/// Less lies at a place than is to be picked there: a count found less, what lay there is kept back, or was destroyed. What
/// is not there cannot be protected for anybody, so the latest orders' picks go elsewhere, with their cause.
enum LostPicks {
    /// What may leave fewer pieces at a place than pickers are on the way to.
    static let reactions = [
        StockEvent.counted, StockEvent.quarantined, StockEvent.scrapped, StockEvent.relocated,
    ].map { type in
        Reaction(
            "fulfilment.lost-picks.\(type.split(separator: ".").last ?? "")", to: type,
            yields: [TourEvents.replanned, StockTable.unreserved, StockTable.reserved, OrderEvents.promised]
        ) { event, tables in
            guard let owner = CentreTable.Centre.owner(event.scope), let change = StockEvent(event.type, event.payload),
                let terms = try CentreTable.find(change.centre, for: owner, in: tables)?.terms
            else { return [] }
            let parts = try places(change.moves).flatMap {
                try lost(at: $0, change.moves, in: change.centre, for: owner, tables)
            }
            guard !parts.isEmpty else { return [] }
            return try Replan(
                terms: terms, owner: owner, scope: event.scope, now: event.observed, cause: cause(event.type)
            ).drafts(parts, tables)
        }
    }

    private static func cause(_ type: String) -> Promise.Cause {
        type == StockEvent.quarantined ? .quarantined : .short
    }

    /// The places that lost good pieces.
    private static func places(_ moves: [Move]) -> [String] {
        Set(moves.compactMap { $0.from }.filter { $0.status == .available }.map(\.location))
            .filter { !$0.hasPrefix(Spot.container) }.sorted()
    }

    /// The picks at a place that what lies there is no longer enough for.
    private static func lost(
        at place: String, _ moves: [Move], in centre: String, for owner: Tenant, _ tables: any Reader
    ) throws -> [(task: PickTask, quantity: Int64)] {
        let goods = Set(
            moves.filter { $0.from == Spot(location: place) }.map { PickFloor.Key(item: $0.item, lot: $0.lot) })
        let tasks = try TourTable.openTasks(in: centre, place: place, for: owner, in: tables)
        return try goods.sorted { ($0.item, $0.lot) < ($1.item, $1.lot) }.flatMap { key in
            let lies = try FloorStock.quantity(
                key.item, lot: key.lot, Spot(location: place), in: centre, for: owner, in: tables)
            return uncovered(tasks.filter { $0.item == key.item && $0.lot == key.lot }, by: lies)
        }
    }

    /// What of picks so many pieces are not enough for: who ordered first is served first.
    static func uncovered(_ tasks: [PickTask], by pieces: Int64) -> [(task: PickTask, quantity: Int64)] {
        var left = pieces
        return tasks.sorted { ($0.order, $0.line, $0.tour, $0.task) < ($1.order, $1.line, $1.tour, $1.task) }
            .compactMap { task in
                let served = min(left, task.left)
                left -= served
                return task.left > served ? (task, task.left - served) : nil
            }
    }
}
