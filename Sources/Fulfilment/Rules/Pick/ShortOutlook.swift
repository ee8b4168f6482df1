import District
import Record

/// What a shortage would do, before it is done: read off the very events that it would yield.
struct ShortOutlook: Sendable, Hashable {
    /// How many go into the tote.
    var taken: Int64 = 0
    /// How many the books have there are kept back until somebody has counted, and how many are booked as broken.
    var kept: Int64 = 0
    var damaged: Int64 = 0
    /// From where else the order's rest is taken: the place, and how many.
    var elsewhere: [Part] = []
    /// How many of this order are promised anew: of another lot, or for another day.
    var again: Int64 = 0
    /// How many other orders lose something or are picked elsewhere.
    var others = 0
    /// Whether the place is closed.
    var isClosed = false

    struct Part: Sendable, Hashable {
        let place: String
        let quantity: Int64
    }

    /// - Parameter order: the order whose pick it is.
    init(_ drafts: [Draft], for order: String) {
        var touched: Set<String> = []
        for draft in drafts {
            switch draft.type {
            case StockEvent.picked:
                taken += draft.payload["lines"]?.elements?.first?["quantity"]?.integer ?? 0
            case StockEvent.quarantined:
                for move in (draft.payload["moves"]?.elements ?? []).compactMap({ Move($0) }) {
                    if move.to?.status == .damaged { damaged += move.quantity } else { kept += move.quantity }
                }
            case TourEvents.replanned:
                for add in draft.payload["adds"]?.elements ?? [] {
                    guard let whose = add["order"]?.text else { continue }
                    touched.insert(whose)
                    guard whose == order, let place = add["place"]?.text else { continue }
                    elsewhere.append(Part(place: place, quantity: add["quantity"]?.integer ?? 0))
                }
            case StockTable.unreserved:
                touched.insert(draft.stream)
                guard draft.stream == order else { continue }
                again += Reserved.shares(draft.payload).reduce(0) { $0 + $1.quantity }
            case Place.closed: isClosed = true
            default: continue
            }
        }
        others = touched.subtracting([order]).count
    }
}
