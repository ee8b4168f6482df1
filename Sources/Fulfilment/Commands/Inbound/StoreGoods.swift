import Access
import District
import Record
import Store

/// Goods are put away; whoever does it confirms by scanning the place. Another place than the proposed one needs a reason,
/// and a place that may not take them is refused with why.
struct StoreGoods {
    let segregation: Segregation

    static let name = "fulfilment.goods.store"
    static let status = Field(
        "status", Words("상태", "State"),
        .choice([
            .init("available", Words("정상", "Good")), .init("quarantine", Words("격리", "Quarantine")),
            .init("damaged", Words("파손", "Damaged")), .init("expired", Words("기한 지남", "Expired")),
        ]), required: false)
    static let reason = Field(
        "reason", Words("다른 위치를 고른 사유", "Why another place"), .text(maximum: 200), required: false)

    static func from(required: Bool = true) -> Field {
        Field(
            "from", Words("지금 있는 곳", "Lies at"),
            .reference(kind: "stock-place", source: "/api/v1/fulfilment/choices/place"), required: required)
    }

    var command: Command {
        Command(
            Form(
                Self.name, title: Words("적치", "Put away"),
                help: Words("물건을 보관할 위치에 놓고 위치 라벨을 스캔합니다.", "Put goods into a place and scan its label."),
                fields: [
                    GoodsAsk.item, GoodsAsk.lot, GoodsAsk.quantity, Self.from(), GoodsAsk.place, Self.status,
                    Self.reason,
                ], permission: GoodsAsk.permission(Self.name, GoodsAsk.floor),
                surfaces: [.web, .http, .cli, .mcp], after: "/fulfilment/putaway")
        ) { ask, tables in
            let move = try Asked(ask, tables)
            // What was kept back and let go again lies where nobody picks.
            let isFreed = move.from.kind == .quarantine && move.status == .available
            guard isFreed || [.dock, .staging, .returns, .work].contains(move.from.kind) else {
                throw GoodsAsk.conflict(
                    "store.from", "from",
                    Words("이미 보관된 물건은 ‘위치 이동’으로 옮깁니다.", "What is stored already is moved by “Move goods”."))
            }
            let putaway = try judge(move, ask, tables)
            try Self.demandFree(move, ask, tables)
            let (proposals, _) = putaway.judged()
            guard let best = proposals.first, let chosen = proposals.first(where: { $0.place.id == move.to.id }) else {
                throw Self.forbidden(move, putaway)
            }
            guard move.quantity <= chosen.holds else { throw Self.tooMuch(chosen) }
            let reason = ask.values.text("reason")
            guard chosen.place.id == best.place.id || !reason.isEmpty else {
                throw GoodsAsk.invalid(
                    "store.reason", "reason",
                    Words(
                        "제안한 위치는 \(best.place.name)입니다. 다른 위치에 두려면 사유를 적어 주세요.",
                        "The proposed place is \(best.place.name). Please say why another one."))
            }
            var extra: [String: JSON] = ["proposed": .string(best.place.id)]
            if !reason.isEmpty { extra["reason"] = .string(reason) }
            return [try move.draft(StockEvent.stored, step: "storing", extra)]
        }
    }

    func judge(_ move: Asked, _ ask: Ask, _ tables: any Reader) throws -> Putaway {
        try FloorStock.putaway(
            move.item, lot: move.lot, move.quantity, move.status, in: move.to.centre, segregation, for: ask.tenant,
            in: tables)
    }

    /// Goods that wait to be checked are not carried away under other names.
    static func demandFree(_ move: Asked, _ ask: Ask, _ tables: any Reader) throws {
        guard move.status == .quarantine else { return }
        let checks = try CheckTable.list(at: move.to.centre, for: ask.tenant, limit: 10_000, in: tables)
        guard
            !checks.contains(where: { $0.location == move.from.id && $0.item == move.item.code && $0.lot == move.lot })
        else {
            throw GoodsAsk.conflict(
                "store.unchecked", "item", Words("아직 입고 검사를 하지 않은 로트입니다.", "This lot waits to be checked."))
        }
    }

    /// Why goods may not be put into a place; nil where they may.
    static func refusal(
        of place: Place, _ item: Item, lot: String, _ quantity: Int64, _ status: StockStatus,
        _ segregation: Segregation, field: String = "place", for tenant: some Tenancy, _ tables: any Reader
    ) throws -> Refusal? {
        let putaway = try FloorStock.putaway(
            item, lot: lot, quantity, status, in: place.centre, segregation, for: tenant, in: tables)
        if let why = putaway.refusal(of: place) { return GoodsAsk.conflict("store.\(why.code)", field, why.why) }
        guard let chosen = putaway.proposal(at: place.id) else {
            return GoodsAsk.conflict("store.place", field, Words("둘 수 없는 위치입니다.", "It may not lie there."))
        }
        return quantity <= chosen.holds ? nil : tooMuch(chosen)
    }

    static func forbidden(_ move: Asked, _ putaway: Putaway) -> Refusal {
        let why = putaway.refusal(of: move.to)
        return GoodsAsk.conflict(
            "store.\(why?.code ?? "place")", "place", why?.why ?? Words("둘 수 없는 위치입니다.", "It may not lie there."))
    }

    static func tooMuch(_ chosen: Putaway.Proposal) -> Refusal {
        GoodsAsk.conflict(
            "store.full", "quantity",
            Words("\(chosen.place.name)에는 \(chosen.holds)개까지 들어갑니다.", "\(chosen.place.name) takes \(chosen.holds)."))
    }

    /// What is asked to be carried from one place to another.
    struct Asked {
        let item: Item
        let lot: String
        let quantity: Int64
        let status: StockStatus
        let from: Place
        let to: Place
        let scope: Scope
        /// The numbered pieces, where the item has numbers: all that lie there, for nobody says which of them.
        let serials: [String]

        init(_ ask: Ask, _ tables: any Reader) throws {
            let tenant = try ask.tenant
            from = try GoodsAsk.place(ask, field: "from", tables)
            to = try GoodsAsk.place(ask, in: from.centre, tables)
            item = try GoodsAsk.item(ask, tables)
            lot = ask.values.text("lot")
            quantity = ask.values.integer("quantity") ?? 0
            status = StockStatus(rawValue: ask.values.text("status")) ?? .available
            scope = try PlaceTable.scope(of: from.id, for: tenant, in: tables) ?? .zone
            guard from.id != to.id else {
                throw GoodsAsk.invalid("store.same", "place", Words("같은 위치입니다.", "It lies there already."))
            }
            try GoodsAsk.demandOpen(from, field: "from")
            let spot = Spot(location: from.id, status: status)
            let held = try FloorStock.quantity(item.code, lot: lot, spot, in: from.centre, for: tenant, in: tables)
            guard held >= quantity else { throw StockRefusal.tooLittle(item.code, at: from.name) }
            serials =
                item.hasSerials
                ? try FloorStock.serials(of: item.code, lot: lot, spot, for: tenant, in: tables) : []
            guard !item.hasSerials || Int64(serials.count) == quantity else {
                throw GoodsAsk.conflict(
                    "store.serials", "quantity",
                    Words("일련번호로 관리하는 상품은 한 위치의 것을 모두 옮깁니다.", "What has serial numbers is moved all at once."))
            }
        }

        /// The event that carries them.
        func draft(_ type: String, step: String, _ extra: [String: JSON], papers: [StockEvent.Paper] = []) throws
            -> Draft
        {
            StockEvent(
                type, centre: from.centre, step: step,
                moves: [
                    Move(
                        item.code, lot: lot, quantity, from: Spot(location: from.id, status: status),
                        to: Spot(location: to.id, status: status), serials: serials)
                ], papers: papers
            ).draft(stream: "place/\(to.id)", scope: scope, extra: extra)
        }
    }
}
