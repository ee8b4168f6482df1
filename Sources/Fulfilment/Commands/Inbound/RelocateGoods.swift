import Access
import District
import Record
import Store

/// Goods are moved from one place to another, for whatever reason; what may not lie there is refused all the same.
struct RelocateGoods {
    let segregation: Segregation

    static let name = "fulfilment.goods.relocate"

    var command: Command {
        Command(
            Form(
                Self.name, title: Words("위치 이동", "Move goods"),
                help: Words("재고를 다른 위치로 옮깁니다. 약속한 주문은 그대로입니다.", "Moves stock to another place; promises stay."),
                fields: [
                    GoodsAsk.item, GoodsAsk.lot, GoodsAsk.quantity, StoreGoods.from(), GoodsAsk.place,
                    StoreGoods.status, Field("why", Words("사유", "Reason"), .text(maximum: 200)),
                ], permission: GoodsAsk.permission(Self.name, GoodsAsk.floor),
                surfaces: [.web, .http, .cli, .mcp], after: "/fulfilment/stock")
        ) { ask, tables in
            let move = try StoreGoods.Asked(ask, tables)
            try StoreGoods.demandFree(move, ask, tables)
            try Self.demandUnpicked(move, ask, tables)
            // Through goods-in and the workbench anything may pass; where goods stay, the rules of storing hold.
            if move.to.isStorage || move.to.kind == .quarantine {
                let putaway = try StoreGoods(segregation: segregation).judge(move, ask, tables)
                guard move.status != .available || move.to.kind != .quarantine else {
                    throw GoodsAsk.conflict(
                        "store.quarantine", "place",
                        Words("정상 재고는 먼저 로트를 격리해야 합니다.", "Please quarantine the lot first."))
                }
                guard let chosen = putaway.proposal(at: move.to.id) else {
                    throw StoreGoods.forbidden(move, putaway)
                }
                guard move.quantity <= chosen.holds else { throw StoreGoods.tooMuch(chosen) }
            } else {
                guard [.staging, .dock, .work, .returns].contains(move.to.kind) else {
                    throw GoodsAsk.conflict(
                        "store.kind", "place",
                        Words("피킹·포장·출고 위치로는 주문 작업에서만 옮깁니다.", "Only the work on orders moves goods there."))
                }
                try GoodsAsk.demandOpen(move.to)
            }
            return [try move.draft(StockEvent.relocated, step: "storing", ["why": .string(ask.values.text("why"))])]
        }
    }

    /// What a picker is on the way to stays where it is.
    static func demandUnpicked(_ move: StoreGoods.Asked, _ ask: Ask, _ tables: any Reader) throws {
        guard move.status == .available else { return }
        let tenant = try ask.tenant
        let picks = try TourTable.openTasks(
            in: move.from.centre, item: move.item.code, place: move.from.id, for: tenant, in: tables
        ).filter { $0.lot == move.lot }.reduce(0) { $0 + $1.left }
        guard picks > 0 else { return }
        let held = try FloorStock.quantity(
            move.item.code, lot: move.lot, Spot(location: move.from.id), in: move.from.centre, for: tenant, in: tables)
        guard move.quantity <= held - picks else {
            throw GoodsAsk.conflict(
                "store.picked", "quantity",
                Words(
                    "피킹할 물건 \(picks)개는 그 위치에 두어야 합니다. \(max(0, held - picks))개까지 옮길 수 있습니다.",
                    "\(picks) of them are about to be picked: \(max(0, held - picks)) at most can be moved."))
        }
    }
}
