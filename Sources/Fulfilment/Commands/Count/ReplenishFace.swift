import Access
import District
import Record
import Store

/// An item gets a pick face, with how few should call for more.
enum AssignFace {
    static let name = "fulfilment.face.assign"

    static let command = Command(
        Form(
            name, title: Words("피킹 위치 지정", "Assign a pick face"),
            help: Words(
                "상품을 어느 위치에서 집을지, 몇 개부터 보충할지 정합니다.", "From where an item is picked, and at how few it is refilled."),
            fields: [
                GoodsAsk.item, GoodsAsk.place,
                Field("minimum", Words("보충 시점", "Refill below"), .integer(0...1_000_000, unit: nil)),
                Field(
                    "maximum", Words("채울 수량", "Fill up to"), .integer(0...1_000_000, unit: nil),
                    help: Words("0이면 지정을 없앱니다.", "0 takes the face away.")),
            ], permission: GoodsAsk.permission(name, GoodsAsk.leads), after: "/fulfilment/replenish")
    ) { ask, tables in
        let place = try GoodsAsk.place(ask, tables)
        let item = try GoodsAsk.item(ask, tables)
        guard place.kind == .pick else {
            throw GoodsAsk.conflict("face.kind", "place", Words("피킹 위치가 아닙니다.", "It is no pick place."))
        }
        guard place.climate == item.climate else {
            throw GoodsAsk.conflict(
                "face.climate", "place", Words("보관 온도가 맞지 않는 위치입니다.", "It keeps another temperature."))
        }
        let (minimum, maximum) = (ask.values.integer("minimum") ?? 0, ask.values.integer("maximum") ?? 0)
        guard maximum == 0 || minimum <= maximum else {
            throw GoodsAsk.invalid(
                "face.order", "maximum", Words("채울 수량이 보충 시점보다 적습니다.", "It would be full before it is refilled."))
        }
        let scope = try PlaceTable.scope(of: place.id, for: ask.tenant, in: tables) ?? .zone
        return [
            Draft(
                FaceTable.assigned, stream: "place/\(place.id)", scope: scope,
                payload: [
                    "place": .string(place.id), "centre": .string(place.centre), "item": .string(item.code),
                    "minimum": .decimal(minimum), "maximum": .decimal(maximum),
                ])
        ]
    }
}

/// Goods are brought from reserve to where they are picked, what expires first before the rest.
struct ReplenishFace {
    let segregation: Segregation

    static let name = "fulfilment.goods.replenish"

    var command: Command {
        Command(
            Form(
                Self.name, title: Words("보충", "Replenish"),
                help: Words(
                    "보관 위치에서 피킹 위치로 옮기고 위치 라벨을 스캔합니다.", "Brings goods from reserve to the pick face; scan its label."),
                fields: [
                    GoodsAsk.item, GoodsAsk.lot, GoodsAsk.quantity, StoreGoods.from(), GoodsAsk.place,
                    StoreGoods.reason,
                ], permission: GoodsAsk.permission(Self.name, GoodsAsk.floor), after: "/fulfilment/replenish")
        ) { ask, tables in
            let move = try StoreGoods.Asked(ask, tables)
            guard move.from.kind == .reserve, move.to.kind == .pick else {
                throw GoodsAsk.conflict(
                    "replenish.kind", "place",
                    Words("보충은 보관 위치에서 피킹 위치로 합니다.", "Goods are brought from reserve to a pick place."))
            }
            try RelocateGoods.demandUnpicked(move, ask, tables)
            let putaway = try StoreGoods(segregation: segregation).judge(move, ask, tables)
            guard let chosen = putaway.proposal(at: move.to.id) else {
                throw StoreGoods.forbidden(move, putaway)
            }
            guard move.quantity <= chosen.holds else { throw StoreGoods.tooMuch(chosen) }
            let reason = ask.values.text("reason")
            if reason.isEmpty { try Self.demandFirst(move, ask, tables) }
            return [
                try move.draft(
                    StockEvent.replenished, step: "stocking", reason.isEmpty ? [:] : ["reason": .string(reason)])
            ]
        }
    }

    /// FEFO: nothing that expires sooner may be left behind in reserve.
    private static func demandFirst(_ move: StoreGoods.Asked, _ ask: Ask, _ tables: any Reader) throws {
        let tenant = try ask.tenant
        guard let own = try FloorStock.expiry(of: move.item.code, lot: move.lot, for: tenant, in: tables) else {
            return
        }
        let reserve = Set(
            try PlaceTable.list(in: move.from.centre, kinds: [.reserve], for: tenant, in: tables).map(\.id))
        for held in try StockTable.held(in: move.from.centre, item: move.item.code, for: tenant, in: tables)
        where held.spot.status == .available && reserve.contains(held.spot.location) && held.lot != move.lot {
            let other = try FloorStock.expiry(of: held.item, lot: held.lot, for: tenant, in: tables)
            guard let other, other < own, other > ask.now else { continue }
            throw GoodsAsk.invalid(
                "replenish.fefo", "lot",
                Words(
                    "먼저 만료되는 로트 \(held.lot)부터 보충합니다. 아니면 사유를 적어 주세요.",
                    "Lot \(held.lot) expires first. Please bring that one, or say why not."))
        }
    }
}
