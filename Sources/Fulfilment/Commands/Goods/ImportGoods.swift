import Access
import District
import Record
import Store
import Twin

/// Takes in a list of items, places or opening stock: good rows are done, bad ones are named, and neither keeps the other.
enum ImportGoods {
    static let name = "fulfilment.goods.import"
    static let imported = "fulfilment.goods.imported"

    static let form = Form(
        name, title: Words("CSV로 가져오기", "Import by CSV"),
        help: Words(
            "상품, 위치, 재고 목록을 CSV(UTF-8)로 가져옵니다. 잘못된 줄은 이유와 함께 알려 드리고 나머지는 가져옵니다.",
            "Items, places or stock as CSV (UTF-8). Bad rows are named with why; the others are taken."),
        fields: [
            GoodsAsk.centre,
            Field(
                "kind", Words("무엇을", "What"),
                .choice([
                    .init("items", Words("상품", "Items")), .init("places", Words("위치", "Places")),
                    .init("stock", Words("재고", "Stock")),
                ])), Field("list", Words("목록(CSV)", "List (CSV)"), .longText(maximum: 1_000_000)),
        ], permission: GoodsAsk.permission(name, GoodsAsk.leads), surfaces: [.http, .cli])

    static let command = Command(form) { ask, tables in
        let centre = try GoodsAsk.centre(ask, tables)
        let plan = try Plan(
            ask.values.text("list"), GoodsListing.Kind(rawValue: ask.values.text("kind")) ?? .items, centre,
            for: ask.tenant, tables)
        guard plan.taken > 0 else {
            throw Refusal(
                .invalid, "list.nothing", Words("가져올 수 있는 줄이 없습니다.", "No row can be taken."), faults: plan.faults)
        }
        let report = Draft(
            imported, stream: "goods-import/\(Identifier(at: ask.now))", scope: centre.scope,
            payload: [
                "kind": .string(ask.values.text("kind")), "taken": .number(Double(plan.taken)),
                "refused": .array(
                    plan.faults.prefix(GoodsListing.most).map {
                        [
                            "line": .number(Double($0.line ?? 0)), "field": .string($0.field), "rule": .string($0.rule),
                        ]
                    }),
            ])
        return plan.drafts + [report]
    }

    /// What a list would do, for a look before it is done.
    struct Plan {
        private(set) var drafts: [Draft] = []
        private(set) var taken = 0
        private(set) var faults: [Refusal.Fault] = []

        init(
            _ text: String, _ kind: GoodsListing.Kind, _ centre: GoodsAsk.Centre, for tenant: Tenant,
            _ tables: any Reader
        ) throws {
            var list = try GoodsListing(CommaText.text(Array(text.utf8)), kind)
            var (seen, zones): (Set<String>, Set<String>) = ([], [])
            for row in list.rows {
                do {
                    switch kind {
                    case .items:
                        let values = try ImportGoods.checked(row.values, RegisterItem.form, centre)
                        let item = try RegisterItem.item(values.members)
                        let draft = try RegisterItem.draft(item, scope: centre.scope)
                        try Self.demandNew(item.code, "code", &seen)
                        drafts.append(draft)
                    case .places:
                        let values = try ImportGoods.checked(row.values, RegisterPlace.form, centre)
                        let place = try RegisterPlace.place(values.members, in: centre.id)
                        try Self.demandNew(place.name, "name", &seen)
                        // A zone comes with the first of its places.
                        drafts += try RegisterPlace.drafts([place], centre, for: tenant, tables).filter {
                            $0.payload["kind"]?.text != "area" || zones.insert($0.stream).inserted
                        }
                    case .stock: drafts += try ImportGoods.stock(row.values, centre, for: tenant, tables)
                    }
                    taken += 1
                } catch let refusal as Refusal {
                    let fault = refusal.faults.first
                    list.fault(
                        row.line, fault?.field ?? "row", fault?.rule ?? refusal.code, fault?.words ?? refusal.words)
                } catch let error as TwinError {
                    list.fault(row.line, error.field, error.rule.rawValue, error.words)
                }
            }
            faults = list.faults.sorted { ($0.line ?? 0) < ($1.line ?? 0) }
        }

        private static func demandNew(_ key: String, _ field: String, _ seen: inout Set<String>) throws(Refusal) {
            guard seen.insert(key).inserted else {
                throw GoodsAsk.invalid("list.twice", field, Words("목록에 두 번 있습니다.", "It stands in the list twice."))
            }
        }
    }

    /// A row held against the form of the command that would do the same.
    private static func checked(
        _ values: [String: JSON], _ form: Form, _ centre: GoodsAsk.Centre
    ) throws(Refusal) -> FormValues {
        try form.check(values.merging(["centre": .string(centre.id)]) { $1 })
    }

    /// Opening stock: it comes to be where the list says it lies.
    private static func stock(
        _ values: [String: JSON], _ centre: GoodsAsk.Centre, for tenant: Tenant, _ tables: any Reader
    ) throws -> [Draft] {
        let item = try GoodsAsk.item(values["item"]?.text ?? "", for: tenant, tables)
        let place = try GoodsAsk.place(values["place"]?.text ?? "", in: centre.id, for: tenant, tables)
        guard let quantity = values["quantity"]?.integer, (1...1_000_000_000).contains(quantity) else {
            throw GoodsAsk.invalid("list.quantity", "quantity", Words("수량이 아닙니다.", "It is no quantity."))
        }
        let lot = values["lot"]?.text ?? ""
        guard item.hasLots == !lot.isEmpty, !item.hasSerials else {
            throw GoodsAsk.invalid(
                "list.lot", "lot",
                Words("로트나 일련번호 관리가 상품 정보와 다릅니다.", "Lots or serial numbers are not as the item says."))
        }
        guard place.isStorage, place.climate == item.climate, item.hazard.map(place.hazards.contains) ?? true else {
            throw GoodsAsk.invalid("list.place", "place", Words("이 상품을 둘 수 없는 위치입니다.", "It may not lie there."))
        }
        var drafts: [Draft] = []
        if !lot.isEmpty {
            let known = try FloorStock.expiry(of: item.code, lot: lot, for: tenant, in: tables)
            let said = try values["expiry"]?.text.map { try ReceiveGoods.end(of: $0, "expiry") }
            guard known == nil || said == nil || known == said, item.shelfLife == nil || (known ?? said) != nil else {
                throw GoodsAsk.invalid(
                    "list.expiry", "expiry", Words("사용 기한이 없거나 다르게 등록되어 있습니다.", "The use-by day is missing or another.")
                )
            }
            var payload: [String: JSON] = ["item": .string(item.code), "lot": .string(lot)]
            if let expiry = known ?? said { payload["expiry"] = .string(expiry.description) }
            drafts.append(
                Draft(StockTable.opened, stream: "lot/\(item.code)/\(lot)", scope: centre.scope, payload: payload))
        }
        drafts.append(
            StockEvent(
                StockEvent.received, centre: centre.id, step: "stocking",
                moves: [Move(item.code, lot: lot, quantity, to: Spot(location: place.id))], place: place.id
            ).draft(stream: "place/\(place.id)", scope: centre.scope))
        return drafts
    }
}
