import Access
import District
import Record

/// Says what a centre costs in a month, so that the cost of an order can be told.
enum SetCosts {
    static let name = "fulfilment.cost.set"

    private static func won(_ name: String, _ words: Words) -> Field {
        Field(name, words, .integer(0...1_000_000_000_000, unit: nil))
    }

    static let command = Command(
        Form(
            name, title: Words("한 달 비용 적기", "What the centre costs"),
            help: Words(
                "센터에 한 달 동안 드는 비용입니다. 나간 주문 수로 나누어 주문당 비용을 계산합니다.",
                "What the centre costs in a month; divided by the orders that left, it gives the cost of an order."),
            fields: [
                GoodsAsk.centre, won("people", Words("인건비(원)", "People (won)")),
                won("space", Words("임차료·전기료(원)", "Rent and energy (won)")),
                won("supplies", Words("포장재(원)", "Packing supplies (won)")),
                won("other", Words("그 밖의 비용(원)", "Other (won)")),
            ], permission: GoodsAsk.permission(name, GoodsAsk.leads), surfaces: [.web, .http, .cli],
            after: "/fulfilment/owner")
    ) { ask, tables in
        let centre = try GoodsAsk.centre(ask, tables)
        var payload: [String: JSON] = ["centre": .string(centre.id)]
        for part in ["people", "space", "supplies", "other"] {
            payload[part] = .decimal(ask.values.integer(part) ?? 0)
        }
        return [Draft(CostTable.set, stream: "centre/\(centre.id)", scope: centre.scope, payload: payload)]
    }
}
