import District
import Record
import Store

/// The serial numbers of pieces that are handled one by one: whoever takes some of several says which.
enum Serials {
    static let field = Field(
        "serials", Words("일련번호", "Serial numbers"), .longText(maximum: 20_000), required: false,
        help: Words("일련번호 상품이면 하나씩 스캔하세요.", "Scanned one by one, where the item has them."))

    static func read(_ text: String) -> [String] {
        text.split { $0.isWhitespace || $0 == "," }.map { Scanned(String($0))?.serial ?? String($0) }
    }

    /// The numbers that are taken out of a spot: as many as pieces, different ones, all of which lie there.
    /// - Throws: ``Refusal`` that names the field.
    static func taken(
        _ said: [String], of item: Item, lot: String, _ quantity: Int64, from spot: Spot, field: String = "serials",
        for tenant: some Tenancy, _ tables: any Reader
    ) throws -> [String] {
        guard item.hasSerials else { return [] }
        let there = try FloorStock.serials(of: item.code, lot: lot, spot, for: tenant, in: tables)
        // All that lie there need no naming.
        if said.isEmpty, Int64(there.count) == quantity { return there }
        guard Int64(said.count) == quantity, Set(said).count == said.count else { throw wanted(quantity, field) }
        let known = Set(there)
        if let other = said.first(where: { !known.contains($0) }) {
            throw GoodsAsk.invalid(
                "serials.other", field,
                Words("여기에 없는 일련번호입니다: \(other)", "This serial number does not lie here: \(other)"))
        }
        return said
    }

    static func wanted(_ quantity: Int64, _ field: String) -> Refusal {
        GoodsAsk.invalid(
            "serials.wanted", field,
            Words("일련번호를 수량(\(quantity))만큼 하나씩 스캔해 주세요.", "Please scan \(quantity) different serial numbers."))
    }
}
