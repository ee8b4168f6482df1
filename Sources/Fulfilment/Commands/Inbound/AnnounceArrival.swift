import Access
import District
import Record
import Store

/// A supplier says what will come and when (ASN): from then on it is expected supply.
enum AnnounceArrival {
    static let name = "fulfilment.inbound.announce"

    static let form = Form(
        name, title: Words("입고 예정 등록", "Announce a delivery"),
        help: Words(
            "공급처가 알린 품목과 수량, 로트, 도착일을 등록합니다.", "What a supplier says will come: items, lots, quantities, when."),
        fields: [
            GoodsAsk.centre, Field("supplier", Words("공급처", "Supplier"), .text(maximum: 80)),
            Field("reference", Words("납품서 번호", "Despatch advice"), .text(maximum: 40), required: false),
            Field("due", Words("도착 예정", "Due"), .moment),
            Field(
                "lines", Words("품목", "Lines"),
                .list(
                    [
                        GoodsAsk.item, Field("quantity", Words("수량", "Quantity"), .integer(1...10_000_000, unit: nil)),
                        GoodsAsk.lot, ReceiveGoods.expiry,
                        Field("sscc", Words("팔레트 코드(SSCC)", "Pallet (SSCC)"), .text(maximum: 26), required: false),
                    ], maximum: 200)),
        ], permission: GoodsAsk.permission(name, [.operator, .executive, .worker]), after: "/fulfilment/receive")

    static let command = Command(form) { ask, tables in
        let centre = try GoodsAsk.centre(ask, tables)
        let given = ask.values["lines"]?.elements ?? []
        guard !given.isEmpty else {
            throw GoodsAsk.invalid("inbound.empty", "lines", Words("품목을 한 줄 이상 적어 주세요.", "Please give a line."))
        }
        let lines = try given.enumerated().map { index, line in
            try Self.line(line, index, for: ask.tenant, tables)
        }
        let id = Identifier(at: ask.now).description
        return [
            Draft(
                Arrival.announced, stream: Arrival.stream + id, scope: centre.scope,
                payload: [
                    "inbound": .string(id), "centre": .string(centre.id),
                    "supplier": .string(ask.values.text("supplier")),
                    "reference": .string(ask.values.text("reference")),
                    "due": .string((ask.values.moment("due") ?? ask.now).description), "lines": .array(lines),
                ])
        ]
    }

    private static func line(_ line: JSON, _ index: Int, for tenant: Tenant, _ tables: any Reader) throws -> JSON {
        let place = "lines[\(index)]"
        let item = try GoodsAsk.item(line["item"]?.text ?? "", field: "\(place).item", for: tenant, tables)
        var members: [String: JSON] = [
            "line": .number(Double(index + 1)), "item": .string(item.code),
            "quantity": .decimal(line["quantity"]?.integer ?? 0),
        ]
        if let lot = line["lot"]?.text {
            guard item.hasLots else { throw ReceiveGoods.noLots("\(place).lot") }
            members["lot"] = .string(lot)
        }
        if let day = line["expiry"]?.text {
            members["expiry"] = .string(try ReceiveGoods.end(of: day, "\(place).expiry").description)
        }
        if let sscc = line["sscc"]?.text {
            guard let code = GTIN.sscc(scanned: sscc) else {
                throw GoodsAsk.invalid(
                    "inbound.sscc", "\(place).sscc",
                    Words("SSCC의 자릿수나 검증 숫자가 맞지 않습니다.", "This SSCC's length or check figure is wrong."))
            }
            members["sscc"] = .string(code)
        }
        return .object(members)
    }
}
