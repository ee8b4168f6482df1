import Access
import District
import Record
import Store

/// Nothing is put to a place or taken from it until it is opened again.
enum ClosePlace {
    static let name = "fulfilment.place.close"

    static let command = Command(
        Form(
            name, title: Words("위치 닫기", "Close a place"),
            help: Words("점검이나 파손으로 쓸 수 없는 위치를 닫습니다.", "A place that cannot be used for now."),
            fields: [GoodsAsk.place, Field("why", Words("사유", "Reason"), .text(maximum: 200))],
            permission: GoodsAsk.permission(name, [.worker, .operator, .safetyManager, .executive]),
            surfaces: [.web, .http, .cli, .mcp], after: "/fulfilment/places")
    ) { ask, tables in
        let place = try GoodsAsk.place(ask, tables)
        if try PlaceTable.causes(of: place.id, for: ask.tenant, in: tables).contains(PlaceTable.people) {
            try GoodsAsk.demandOpen(place)
        }
        return [try draft(Place.closed, place, ask, tables, ["why": .string(ask.values.text("why"))])]
    }

    /// The event about a place, in its own scope.
    static func draft(
        _ type: String, _ place: Place, _ ask: Ask, _ tables: any Reader, _ extra: [String: JSON] = [:]
    ) throws -> Draft {
        let scope = try PlaceTable.scope(of: place.id, for: ask.tenant, in: tables) ?? .zone
        return Draft(
            type, stream: "place/\(place.id)", scope: scope,
            payload: extra.merging(["place": .string(place.id), "centre": .string(place.centre)]) { $1 })
    }
}

/// A place is in use again.
enum OpenPlace {
    static let name = "fulfilment.place.open"

    static let command = Command(
        Form(
            name, title: Words("위치 열기", "Open a place"),
            help: Words("닫았던 위치를 다시 씁니다.", "A place is in use again."),
            fields: [GoodsAsk.place],
            permission: GoodsAsk.permission(name, [.operator, .safetyManager, .executive]),
            surfaces: [.web, .http, .cli, .mcp], after: "/fulfilment/places")
    ) { ask, tables in
        let place = try GoodsAsk.place(ask, tables)
        guard place.isClosed else {
            throw GoodsAsk.conflict(
                "place.open", "place", Words("이미 열려 있는 위치입니다.", "This place is open already."))
        }
        guard try PlaceTable.causes(of: place.id, for: ask.tenant, in: tables).contains(PlaceTable.people) else {
            throw GoodsAsk.conflict(
                "place.safety", "place",
                Words(
                    "안전 조치로 닫힌 구역입니다. 안전에서 구역을 열면 함께 열립니다.",
                    "Safety has closed its zone: it opens when the zone is opened there."))
        }
        return [try ClosePlace.draft(Place.opened, place, ask, tables)]
    }
}
