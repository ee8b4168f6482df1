import Access
import District
import Record
import Store

/// Some of what a work order asks for was made: its parts are used up and the product comes to be, in one event.
enum MakeGoods {
    static let name = "fulfilment.work.make"

    static let form = Form(
        name, title: Words("유통가공 완료", "Goods were made"),
        help: Words(
            "만든 수량을 적으면 든 것이 먼저 만료되는 것부터 빠집니다.",
            "How many were made; parts are used up, what expires first before the rest."),
        fields: [
            OpenWork.work, Field("quantity", Words("만든 수량", "Made"), .integer(1...1_000_000, unit: nil)),
            GoodsAsk.lot, ReceiveGoods.expiry,
        ], permission: GoodsAsk.permission(name, GoodsAsk.floor), after: "/fulfilment/work")

    static let command = Command(form) { ask, tables in
        let work = try find(ask, tables)
        let quantity = ask.values.integer("quantity") ?? 0
        guard quantity <= work.quantity - work.made else {
            throw GoodsAsk.invalid(
                "work.too-many", "quantity",
                Words("남은 수량은 \(work.quantity - work.made)개입니다.", "\(work.quantity - work.made) are left to make."))
        }
        let item = try GoodsAsk.item(work.item, field: "work", for: ask.tenant, tables)
        let lot = ask.values.text("lot")
        guard item.hasLots == !lot.isEmpty else {
            throw GoodsAsk.invalid(
                "work.lot", "lot",
                item.hasLots
                    ? Words("만든 상품의 로트를 적어 주세요.", "Please name the lot of what was made.")
                    : Words("로트로 관리하지 않는 상품입니다.", "It is not kept by lots."))
        }
        let (taken, soonest) = try parts(of: work, quantity, ask, tables)
        let expiry = try expiry(ask, item, lot, soonest, tables)
        var drafts: [Draft] = []
        if !lot.isEmpty {
            var payload: [String: JSON] = [
                "item": .string(item.code), "lot": .string(lot), "made": .string(ask.now.description),
            ]
            if let expiry { payload["expiry"] = .string(expiry.description) }
            drafts.append(
                Draft(StockTable.opened, stream: "lot/\(item.code)/\(lot)", scope: work.scope, payload: payload))
        }
        let made = Move(item.code, lot: lot, quantity, to: Spot(location: work.place))
        drafts.append(
            StockEvent(
                StockEvent.consumed, centre: work.centre, step: work.kind == .relabel ? "encoding" : "assembling",
                moves: taken + [made], place: work.place,
                papers: [.init(type: "prodorder", reference: "work/\(work.id)")]
            ).draft(
                stream: "work/\(work.id)", scope: work.scope,
                extra: ["work": .string(work.id), "made": .decimal(quantity)]))
        return drafts
    }

    /// The work order that is meant, which is open.
    static func find(_ ask: Ask, _ tables: any Reader) throws -> WorkOrder {
        guard let work = try WorkTable.find(ask.values.text("work"), for: ask.tenant, in: tables) else {
            throw Refusal(.notFound, "work.unknown", Words("그런 작업 지시가 없습니다.", "There is no such work order."))
        }
        guard work.isOpen else {
            throw GoodsAsk.conflict("work.closed", "work", Words("끝난 작업 지시입니다.", "This work order is finished."))
        }
        return work
    }

    /// What is used up, and when the first of it expires.
    private static func parts(
        of work: WorkOrder, _ quantity: Int64, _ ask: Ask, _ tables: any Reader
    ) throws -> ([Move], Timestamp?) {
        let tenant = try ask.tenant
        let places = Dictionary(
            try PlaceTable.list(in: work.centre, kinds: [.work, .pick, .reserve], for: tenant, in: tables)
                .filter { !$0.isClosed }.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        var (moves, soonest) = ([Move](), Timestamp?.none)
        for part in work.parts {
            let lots = try StockTable.lots(of: part.item, in: work.centre, for: tenant, in: tables)
            let taken = WorkOrder.taken(
                part.quantity * quantity, from: lots,
                held: try StockTable.held(in: work.centre, item: part.item, for: tenant, in: tables), usable: ask.now,
                tasked: try TourTable.openTasks(in: work.centre, item: part.item, for: tenant, in: tables)
            ) { location in
                // What stands on the bench first, then as pickers come by.
                places[location].map { $0.kind == .work ? -1 : $0.sequence }
            }
            guard let taken else {
                throw GoodsAsk.conflict(
                    "work.parts-missing", "quantity",
                    Words(
                        "주문에 약속되지 않은 \(part.item)이(가) 모자랍니다.",
                        "There is too little of \(part.item) that is not promised to orders."))
            }
            moves += taken
            for move in taken {
                let expiry = lots.first { $0.lot == move.lot }?.expiry
                soonest = [soonest, expiry].compactMap { $0 }.min()
            }
        }
        return (moves, soonest)
    }

    /// A product lasts no longer than the first of its parts.
    private static func expiry(
        _ ask: Ask, _ item: Item, _ lot: String, _ soonest: Timestamp?, _ tables: any Reader
    ) throws -> Timestamp? {
        guard !lot.isEmpty else { return nil }
        let known = try FloorStock.expiry(of: item.code, lot: lot, for: ask.tenant, in: tables)
        let day = ask.values.text("expiry")
        let said = day.isEmpty ? known ?? soonest : try ReceiveGoods.end(of: day, "expiry")
        if let known, known != said {
            throw GoodsAsk.conflict(
                "inbound.expiry", "expiry",
                Words("이 로트는 사용 기한이 다르게 등록되어 있습니다.", "This lot is known with another use-by day."))
        }
        if let soonest, let said, said > soonest {
            throw GoodsAsk.conflict(
                "work.expiry", "expiry",
                Words("든 것보다 사용 기한이 길 수 없습니다.", "It cannot last longer than what it is made of."))
        }
        guard said != nil || item.shelfLife == nil else {
            throw GoodsAsk.invalid(
                "inbound.expiry-needed", "expiry", Words("사용 기한을 입력해 주세요.", "Please enter the use-by day."))
        }
        return said
    }
}
