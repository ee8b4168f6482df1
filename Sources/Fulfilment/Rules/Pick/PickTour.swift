import District
import Record

/// One pick: so much of a lot, from a place, for a line of an order.
struct PickTask: Sendable, Hashable {
    /// Its number in the tour, from 1.
    var task: Int64
    var order: String
    var line: Int64
    var item: String
    var name: String
    var lot: String
    var quantity: Int64
    /// The place, a thing.
    var place: String
    /// Where it stands in the tour: lower comes first.
    var sequence: Int64
    var picked: Int64 = 0
    var state = State.open
    /// The tour; empty while it is being planned.
    var tour = ""

    enum State: String, Sendable, Hashable {
        case open, done, dropped
    }

    /// What is still to be picked.
    var left: Int64 { max(0, quantity - picked) }

    /// As events carry it.
    var json: JSON {
        var members: [String: JSON] = [
            "task": .decimal(task), "order": .string(order), "line": .decimal(line), "item": .string(item),
            "name": .string(name), "quantity": .decimal(quantity), "place": .string(place),
            "sequence": .decimal(sequence),
        ]
        if !lot.isEmpty { members["lot"] = .string(lot) }
        return .object(members)
    }
}

/// A walk through the hall on which somebody picks for several orders.
struct PickTour: Sendable, Hashable {
    /// `tour/…`, its stream.
    var id: String
    var scope: Scope
    var centre: String
    var state: State
    /// Who walks it; nil while nobody does.
    var person: String?
    var planned: Timestamp
    /// The earliest cut-off among its orders.
    var ship: Timestamp?

    enum State: String, Sendable, Hashable {
        case open, taken, done
    }
}

/// The tote that an order's goods are picked into: a container, and so a spot.
enum Tote {
    private static let prefix = "container/tote-"

    static func location(of order: String) -> String { prefix + order.replacing("order/", with: "") }

    /// The order whose tote it is; nil where it is none.
    static func order(of location: String) -> String? {
        location.hasPrefix(prefix) ? "order/" + location.dropFirst(prefix.count) : nil
    }
}

/// The events of tours.
enum TourEvents {
    static let planned = "fulfilment.tour.planned"
    static let taken = "fulfilment.tour.taken"
    static let replanned = "fulfilment.tour.replanned"
    /// Whoever walked it does so no more, and anybody may take it: `person`, `by`.
    static let givenBack = "fulfilment.tour.given-back"
    static let shorted = "fulfilment.pick.shorted"
    /// Somebody should count a place: inbound's counts answer it.
    static let countWanted = "fulfilment.count.wanted"

    static func planned(
        _ tasks: [PickTask], tour: String, centre: String, ship: Timestamp?, scope: Scope
    ) -> Draft {
        var payload: [String: JSON] = [
            "centre": .string(centre), "tasks": .array(tasks.map(\.json)),
            "orders": .array(unique(tasks.map(\.order)).map { .string($0) }),
        ]
        if let ship { payload["ship"] = .string(ship.description) }
        return Draft(planned, stream: tour, scope: scope, payload: payload)
    }

    /// Some tasks lose pieces, others are added.
    static func replanned(
        _ tour: String, centre: String, drops: [(task: Int64, quantity: Int64)], adds: [PickTask], why: Promise.Cause,
        scope: Scope
    ) -> Draft {
        Draft(
            replanned, stream: tour, scope: scope,
            payload: [
                "centre": .string(centre), "why": .string(why.rawValue),
                "drops": .array(drops.map { ["task": .decimal($0.task), "quantity": .decimal($0.quantity)] }),
                "adds": .array(adds.map(\.json)),
            ])
    }

    private static func unique(_ texts: [String]) -> [String] {
        var seen = Set<String>()
        return texts.filter { seen.insert($0).inserted }
    }
}
