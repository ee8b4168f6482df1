import Access
import District
import Record
import Store

/// An item comes to a firm, or is described anew.
enum RegisterItem {
    static let name = "fulfilment.item.register"

    static let form = Form(
        name, title: Words("상품 등록", "Register an item"),
        help: Words(
            "보관과 포장, 배송에 필요한 정보를 등록합니다. 같은 코드로 다시 등록하면 내용이 바뀝니다.",
            "What must be known to store, pack and ship it. The same code again describes it anew."),
        fields: [
            GoodsAsk.centre,
            Field("code", Words("상품 코드", "Code"), .text(maximum: 40)),
            Field("name", Words("상품명", "Name"), .text(maximum: 120)),
            Field("gtin", Words("바코드(GTIN)", "GTIN"), .text(maximum: 14), required: false),
            Field(
                "unit", Words("단위", "Counted in"),
                .choice(Item.Unit.allCases.map { .init($0.rawValue, $0.words) }), required: false),
            Field("length", Words("길이", "Length"), .integer(0...20_000, unit: "mm"), required: false),
            Field("width", Words("너비", "Width"), .integer(0...20_000, unit: "mm"), required: false),
            Field("height", Words("높이", "Height"), .integer(0...20_000, unit: "mm"), required: false),
            Field("weight", Words("무게", "Weight"), .integer(0...5_000_000, unit: "g"), required: false),
            Field(
                "hazard", Words("위험물 등급(UN)", "Hazard class (UN)"),
                .choice(Item.hazards.map { .init($0, Words($0, $0)) }), required: false,
                help: Words("물질안전보건자료 14번 항목", "Section 14 of the data sheet")),
            Field(
                "climate", Words("보관 온도", "Kept"),
                .choice(Item.Climate.allCases.map { .init($0.rawValue, $0.words) }), required: false),
            Field("shelf_life", Words("사용 기한", "Shelf life"), .integer(1...36_500, unit: "d"), required: false),
            Field(
                "minimum_life", Words("출고 때 남아야 하는 날", "Days left at the customer"), .integer(0...3_650, unit: "d"),
                required: false),
            Field("lots", Words("로트 관리", "Kept by lots"), .flag, required: false),
            Field("serials", Words("일련번호 관리", "Kept by serial numbers"), .flag, required: false),
            Field(
                "velocity", Words("출고 빈도(ABC)", "Picked how often (ABC)"),
                .choice(
                    Item.Velocity.allCases.map {
                        .init($0.rawValue, Words($0.rawValue.uppercased(), $0.rawValue.uppercased()))
                    }), required: false),
            Field("cost", Words("원가", "Cost"), .integer(0...1_000_000_000_000, unit: "KRW"), required: false),
            Field("price", Words("판매가", "Price"), .integer(0...1_000_000_000_000, unit: "KRW"), required: false),
            Field(
                "reorder_point", Words("재주문 시점", "Reorder at"), .integer(0...1_000_000_000, unit: nil), required: false
            ),
            Field(
                "reorder_quantity", Words("재주문 수량", "Reorder how many"), .integer(1...1_000_000_000, unit: nil),
                required: false),
        ], permission: GoodsAsk.permission(name, GoodsAsk.leads), after: "/fulfilment/items")

    static let command = Command(form) { ask, tables in
        let centre = try GoodsAsk.centre(ask, tables)
        return [try draft(try item(ask.values.members), scope: centre.scope)]
    }

    /// The item as it was entered.
    static func item(_ values: [String: JSON]) throws(Refusal) -> Item {
        var values = values
        values["code"] = values["code"]?.text.map { .string($0.uppercased()) }
        guard let item = Item(values) else {
            throw GoodsAsk.invalid("item.name", "name", Words("상품명을 입력해 주세요.", "Please fill in the name."))
        }
        return item
    }

    /// The event, once the item is sound.
    static func draft(_ item: Item, scope: Scope) throws(Refusal) -> Draft {
        try check(item)
        return Draft(ItemTable.registered, stream: Item.stream(item.code, of: scope), scope: scope, payload: item.json)
    }

    /// What an item must be.
    static func check(_ item: Item) throws(Refusal) {
        guard Item.isCode(item.code) else {
            throw GoodsAsk.invalid(
                "item.code", "code",
                Words("코드는 영문 대문자, 숫자, -, _, .로 40자까지입니다.", "A code has capitals, figures, -, _ or dots, at most 40."))
        }
        if let gtin = item.gtin, !GTIN.isSound(gtin) {
            throw GoodsAsk.invalid(
                "item.gtin", "gtin",
                Words(
                    "바코드의 자릿수나 마지막 검증 숫자가 맞지 않습니다.",
                    "The GTIN has a wrong length, or its check figure does not fit."))
        }
        if let hazard = item.hazard, !Item.hazards.contains(hazard) {
            throw GoodsAsk.invalid(
                "item.hazard", "hazard", Words("그런 위험물 등급이 없습니다.", "There is no such hazard class."))
        }
        // A date belongs to a lot: without lots nobody could tell which piece expires when.
        guard item.shelfLife == nil || item.hasLots else {
            throw GoodsAsk.invalid(
                "item.lots", "lots",
                Words("사용 기한이 있는 상품은 로트로 관리해야 합니다.", "What expires must be kept by lots."))
        }
    }
}
