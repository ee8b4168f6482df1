import Access
import District
import Record
import Store

/// A place is closed while picks go there: they are planned anew, and no tour waits for it.
enum ClosedPlaces {
    static let reaction = Reaction(
        "fulfilment.replan-picks", to: Place.closed,
        yields: [
            TourEvents.replanned, StockTable.unreserved, StockTable.reserved, OrderEvents.promised,
        ]
    ) { event, tables in
        guard let owner = CentreTable.Centre.owner(event.scope), let place = event.payload["place"]?.text,
            let centre = event.payload["centre"]?.text,
            let terms = try CentreTable.find(centre, for: owner, in: tables)?.terms
        else { return [] }
        let tasks = try TourTable.openTasks(in: centre, place: place, for: owner, in: tables)
        guard !tasks.isEmpty else { return [] }
        return try Replan(
            terms: terms, owner: owner, scope: event.scope, now: event.observed, cause: .closed
        ).drafts(tasks.map { ($0, $0.left) }, tables)
    }
}
