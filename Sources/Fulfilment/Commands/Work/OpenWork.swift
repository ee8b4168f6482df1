import Access
import District
import Record
import Store

/// Something is to be made out of other goods: how many, and what each takes.
enum OpenWork {
    static let name = "fulfilment.work.open"
    static let work = Field(
        "work", Words("작업 지시", "Work order"),
        .reference(kind: "fulfilment-work", source: nil))

    static let form = Form(
        name, title: Words("유통가공 지시", "Order work on goods"),
        help: Words(
            "세트 구성, 라벨 교체, 조립을 지시합니다. 하나에 무엇이 몇 개 드는지 적습니다.", "Kits, new labels or assembly: what one piece takes."),
        fields: [
            Field(
                "kind", Words("작업", "Work"), .choice(WorkOrder.Kind.allCases.map { .init($0.rawValue, $0.words) })),
            Field(
                "place", Words("작업대", "Workbench"),
                .reference(kind: "stock-place", source: "/api/v1/fulfilment/choices/place")),
            Field(
                "item", Words("만들 상품", "What is made"),
                .reference(kind: "fulfilment-item", source: "/api/v1/fulfilment/choices/item")),
            Field("quantity", Words("만들 수량", "How many"), .integer(1...1_000_000, unit: nil)),
            Field(
                "parts", Words("하나에 드는 것", "What one takes"),
                .list(
                    [GoodsAsk.item, Field("quantity", Words("수량", "Quantity"), .integer(1...1_000_000, unit: nil))],
                    maximum: 50)),
        ], permission: GoodsAsk.permission(name, GoodsAsk.leads), after: "/fulfilment/work")

    static let command = Command(form) { ask, tables in
        let place = try GoodsAsk.place(ask, tables)
        guard place.kind == .work else {
            throw GoodsAsk.conflict("work.place", "place", Words("작업대가 아닙니다.", "It is no workbench."))
        }
        let made = try GoodsAsk.item(ask, tables)
        var parts: [WorkOrder.Part] = []
        for (index, part) in (ask.values["parts"]?.elements ?? []).enumerated() {
            let field = "parts[\(index)].item"
            let item = try GoodsAsk.item(part["item"]?.text ?? "", field: field, for: ask.tenant, tables)
            guard item.code != made.code, !parts.contains(where: { $0.item == item.code }) else {
                throw GoodsAsk.invalid(
                    "work.parts", field,
                    Words("같은 상품이 두 번 있거나 만들 상품과 같습니다.", "It stands there twice, or is what is made."))
            }
            try demandNumberless(item, field)
            parts.append(WorkOrder.Part(item: item.code, quantity: part["quantity"]?.integer ?? 1))
        }
        try demandNumberless(made, "item")
        guard !parts.isEmpty else {
            throw GoodsAsk.invalid("work.empty", "parts", Words("드는 것을 적어 주세요.", "Please say what it takes."))
        }
        let id = Identifier(at: ask.now).description
        let scope = try PlaceTable.scope(of: place.id, for: ask.tenant, in: tables) ?? .zone
        return [
            Draft(
                WorkOrder.opened, stream: "work/\(id)", scope: scope,
                payload: [
                    "work": .string(id), "centre": .string(place.centre), "place": .string(place.id),
                    "kind": .string(ask.values.text("kind")), "item": .string(made.code),
                    "quantity": .decimal(ask.values.integer("quantity") ?? 0), "parts": .array(parts.map(\.json)),
                ])
        ]
    }

    /// Which numbered piece went into which product would have to be asked piece by piece; that is not done here.
    private static func demandNumberless(_ item: Item, _ field: String) throws(Refusal) {
        guard !item.hasSerials else {
            throw GoodsAsk.conflict(
                "work.serials", field,
                Words("일련번호로 관리하는 상품은 유통가공할 수 없습니다.", "What is kept by serial numbers cannot be worked on."))
        }
    }
}

/// A work order is not gone on with.
enum CancelWork {
    static let name = "fulfilment.work.cancel"

    static let command = Command(
        Form(
            name, title: Words("유통가공 취소", "Cancel work"), help: Words("남은 작업을 하지 않습니다.", "What is left is not made."),
            fields: [OpenWork.work, Field("why", Words("사유", "Reason"), .text(maximum: 200))],
            permission: GoodsAsk.permission(name, GoodsAsk.leads), after: "/fulfilment/work")
    ) { ask, tables in
        let work = try MakeGoods.find(ask, tables)
        return [
            Draft(
                WorkOrder.cancelled, stream: "work/\(work.id)", scope: work.scope,
                payload: ["work": .string(work.id), "why": .string(ask.values.text("why"))])
        ]
    }
}
