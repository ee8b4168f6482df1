import Access
import District
import Record
import Store

/// Says how many orders a packing station takes at a time.
enum SetStation {
    static let name = "fulfilment.station.set"

    static let command = Command(
        Form(
            name, title: Words("포장대 용량 정하기", "Capacity of a packing station"),
            help: Words(
                "포장대가 한 번에 받을 수 있는 주문 수입니다. 주문을 내보낼 때 이만큼씩 나눕니다.",
                "How many orders a station takes at a time: orders are shared out by it when they are released."),
            fields: [
                GoodsAsk.place, Field("slots", Words("한 번에 받을 주문 수", "Orders at a time"), .integer(1...200, unit: nil)),
            ], permission: GoodsAsk.permission(name, GoodsAsk.leads), surfaces: [.web, .http, .cli],
            after: "/fulfilment/wall")
    ) { ask, tables in
        let place = try GoodsAsk.place(ask, tables)
        guard place.kind == .pack else {
            throw GoodsAsk.conflict("station.kind", "place", Words("포장대가 아닙니다.", "This is no packing station."))
        }
        return [
            Draft(
                StationEvents.set, stream: "place/\(place.id)",
                scope: try PlaceTable.scope(of: place.id, for: try ask.tenant, in: tables) ?? .zone,
                payload: [
                    "place": .string(place.id), "centre": .string(place.centre),
                    "slots": .decimal(ask.values.integer("slots") ?? Int64(PackStation.usual)),
                ])
        ]
    }
}

/// Orders of a station that closes go to others; once one opens again, those that had none go there.
enum StationsAgain {
    static let all = [
        settled("fulfilment.stations-closed", Place.closed, why: "closed"),
        settled("fulfilment.stations-opened", Place.opened, why: "opened"),
    ]

    private static func settled(_ name: String, _ type: String, why: String) -> Reaction {
        Reaction(name, to: type, yields: [StationEvents.assigned]) { event, tables in
            guard let owner = CentreTable.Centre.owner(event.scope), let centre = event.payload["centre"]?.text,
                let id = event.payload["place"]?.text,
                try PlaceTable.find(id, for: owner, in: tables)?.kind == .pack
            else { return [] }
            let changes = StationChoice.settle(
                try StationTable.orders(in: centre, for: owner, in: tables),
                try StationTable.list(in: centre, for: owner, in: tables))
            return changes.isEmpty
                ? [] : [StationEvents.assigned(changes, centre: centre, why: why, scope: event.scope)]
        }
    }
}
