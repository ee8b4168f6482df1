import Access
import District
import Record
import Store
import Twin

/// What all commands about goods share: who may, and whose centre, place and item are meant.
enum GoodsAsk {
    /// Who does the floor's work.
    static let floor: Set<Role> = [.worker, .operator]
    /// Who describes goods and places, and decides about them.
    static let leads: Set<Role> = [.operator, .executive]
    /// Who looks.
    static let readers: Set<Role> = [
        .worker, .operator, .executive, .safetyManager, .zoneOfficer, .administrator,
    ]

    static func permission(_ command: String, _ roles: Set<Role>) -> Permission {
        .roles(roles).orToken("command:\(command)")
    }

    static let centre = Field(
        "centre", Words("물류센터", "Centre"),
        .reference(kind: "fulfilment-centre", source: "/api/v1/fulfilment/choices/centre"))
    static let item = Field(
        "item", Words("상품", "Item"), .reference(kind: "fulfilment-item", source: "/api/v1/fulfilment/choices/item"),
        help: Words("코드나 바코드", "Its code or barcode"))
    static let place = Field(
        "place", Words("위치", "Place"), .reference(kind: "stock-place", source: "/api/v1/fulfilment/choices/place"),
        help: Words("위치 라벨을 스캔하세요.", "Scan the label of the place."))
    static let lot = Field("lot", Words("로트", "Lot"), .text(maximum: 40), required: false)
    static let quantity = Field("quantity", Words("수량", "Quantity"), .integer(1...1_000_000_000, unit: nil))

    /// A centre and whose it is.
    struct Centre {
        let id: String
        let scope: Scope
    }

    /// The centre that a field names, a thing of one firm that whoever asks works for.
    static func centre(_ ask: Ask, field: String = "centre", _ tables: any Reader) throws -> Centre {
        try centre(ask.values.text(field), field: field, for: ask.tenant, tables)
    }

    static func centre(
        _ id: String, field: String = "centre", for tenant: some Tenancy, _ tables: any Reader
    ) throws -> Centre {
        let words = Words("그런 물류센터가 없습니다.", "There is no such centre.")
        guard let thing = try Things.find(ThingID(id), for: tenant, in: tables), thing.retired == nil,
            case .firm(let firm) = thing.scope, tenant.firm.map({ $0 == firm }) ?? true
        else {
            throw Refusal(.notFound, "centre.unknown", of: field, "known", words)
        }
        return Centre(id: id, scope: thing.scope)
    }

    /// The item that a field names.
    static func item(_ ask: Ask, field: String = "item", _ tables: any Reader) throws -> Item {
        try item(ask.values.text(field), field: field, for: ask.tenant, tables)
    }

    static func item(
        _ said: String, field: String = "item", for tenant: some Tenancy, _ tables: any Reader
    ) throws -> Item {
        guard let item = try ItemTable.meant(said, for: tenant, in: tables) else {
            let words = Words("등록되지 않은 상품입니다: \(said)", "This item is not registered: \(said)")
            throw Refusal(.notFound, "item.unknown", of: field, "known", words)
        }
        return item
    }

    /// The place that a field names, by its label or its thing.
    static func place(_ ask: Ask, field: String = "place", in centre: String? = nil, _ tables: any Reader) throws
        -> Place
    {
        try place(ask.values.text(field), field: field, in: centre, for: ask.tenant, tables)
    }

    static func place(
        _ said: String, field: String = "place", in centre: String?, for tenant: some Tenancy, _ tables: any Reader
    ) throws -> Place {
        guard let place = try PlaceTable.meant(said, in: centre, for: tenant, in: tables) else {
            let words = Words("그런 위치가 없습니다: \(said)", "There is no such place: \(said)")
            throw Refusal(.notFound, "place.unknown", of: field, "known", words)
        }
        return place
    }

    /// Refuses to put to or take from a place that is closed.
    static func demandOpen(_ place: Place, field: String = "place") throws(Refusal) {
        guard place.isClosed else { return }
        let words = Words("\(place.name) 위치는 지금 닫혀 있습니다.", "\(place.name) is closed now.")
        throw Refusal(.conflict, "place.closed", of: field, "open", words)
    }

    /// Something is wrong with what was entered in one field.
    static func invalid(_ code: String, _ field: String, _ words: Words) -> Refusal {
        refusal(.invalid, code, field, words)
    }

    /// Things do not allow now what one field asks for.
    static func conflict(_ code: String, _ field: String, _ words: Words) -> Refusal {
        refusal(.conflict, code, field, words)
    }

    private static func refusal(_ kind: Refusal.Kind, _ code: String, _ field: String, _ words: Words) -> Refusal {
        Refusal(kind, code, of: field, words)
    }
}
