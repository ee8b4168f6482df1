import Access
import District
import Record
import Store

/// Goods that are broken, past their day or kept back are destroyed: two people, for they never come back.
enum ScrapGoods {
    static let name = "fulfilment.goods.scrap"

    static let form = Form(
        name, title: Words("폐기", "Scrap goods"),
        help: Words(
            "파손되거나 기한이 지난 물건을 폐기합니다. 다른 사람이 한 번 더 확인해야 합니다.",
            "Destroys what is broken or past its day, once a second person has confirmed."),
        fields: [
            GoodsAsk.item, GoodsAsk.lot, GoodsAsk.quantity, StoreGoods.from(),
            Field(
                "status", Words("상태", "State"),
                .choice([
                    .init("damaged", Words("파손", "Damaged")), .init("expired", Words("기한 지남", "Expired")),
                    .init("quarantine", Words("격리", "Quarantine")), .init("returned", Words("반품", "Returned")),
                    .init("available", Words("정상(기한 지남)", "Good, but past its day")),
                ])),
            Field("why", Words("사유", "Reason"), .text(maximum: 200)),
        ], permission: GoodsAsk.permission(name, GoodsAsk.floor), confirmation: .secondPerson([.operator, .executive]))

    static let command = Command(form) { ask, tables in
        let tenant = try ask.tenant
        let place = try GoodsAsk.place(ask, field: "from", tables)
        let item = try GoodsAsk.item(ask, tables)
        let (lot, quantity) = (ask.values.text("lot"), ask.values.integer("quantity") ?? 0)
        let status = StockStatus(rawValue: ask.values.text("status")) ?? .damaged
        let scope = try PlaceTable.scope(of: place.id, for: tenant, in: tables) ?? .zone
        let spot = Spot(location: place.id, status: status)
        guard try FloorStock.quantity(item.code, lot: lot, spot, in: place.centre, for: tenant, in: tables) >= quantity
        else { throw StockRefusal.tooLittle(item.code, at: place.name) }
        let serials =
            item.hasSerials ? try FloorStock.serials(of: item.code, lot: lot, spot, for: tenant, in: tables) : []
        guard !item.hasSerials || Int64(serials.count) == quantity else {
            throw GoodsAsk.conflict(
                "store.serials", "quantity",
                Words("일련번호로 관리하는 상품은 한 위치의 것을 모두 처리합니다.", "What has serial numbers is scrapped all at once."))
        }
        var drafts: [Draft] = []
        var extra: [String: JSON] = ["why": .string(ask.values.text("why"))]
        if let person = ask.cosigner { extra["cosigner"] = .string(person.rawValue) }
        if status == .available {
            let expiry = try FloorStock.expiry(of: item.code, lot: lot, for: tenant, in: tables)
            guard let expiry, expiry <= ask.now else {
                throw GoodsAsk.conflict(
                    "scrap.good", "status",
                    Words(
                        "기한이 남은 정상 재고는 폐기할 수 없습니다. 먼저 격리해 주세요.",
                        "Good stock is not scrapped. Please quarantine it first."))
            }
            let ended = try StockEnd.ended(item.code, lot: lot, losing: quantity, in: place.centre, ask, tables)
            drafts = StockEnd.drafts(ended, .expired, in: place.centre, scope: scope)
            extra["orders"] = .array(Set(ended.map(\.order)).sorted().map { .string($0) })
        }
        drafts.append(
            StockEvent(
                StockEvent.scrapped, centre: place.centre, step: "destroying",
                moves: [Move(item.code, lot: lot, quantity, from: spot, serials: serials)]
            ).draft(stream: "place/\(place.id)", scope: scope, extra: extra))
        return drafts
    }
}
