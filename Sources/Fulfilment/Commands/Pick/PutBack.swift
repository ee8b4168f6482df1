import Access
import District
import Record
import Store

/// What was picked for an order that is no more goes back to a place.
enum PutBack {
    static let name = "fulfilment.pick.back"

    static let command = Command(
        Form(
            name, title: Words("되돌려 놓기", "Put back"),
            help: Words(
                "취소된 주문의 바구니를 비우거나, 주문의 것이 아닌 물건을 위치에 되돌립니다.",
                "Empties the tote of a cancelled order into a place, or takes out what is not the order's."),
            fields: [ChangeOrder.order, GoodsAsk.place],
            permission: GoodsAsk.permission(name, StartPicking.roles), surfaces: [.web, .http])
    ) { ask, tables in
        let order = try ChangeOrder.find(ask, tables)
        let place = try GoodsAsk.place(ask, in: order.centre, tables)
        try GoodsAsk.demandOpen(place)
        let tote = Tote.location(of: order.id)
        let held = try StockTable.held(in: order.centre, location: tote, for: try ask.tenant, in: tables)
        let moves = try Self.surplus(held, order, for: try ask.tenant, tables).map {
            Move(
                $0.item, lot: $0.lot, $0.quantity, from: $0.spot,
                to: Spot(location: place.id, status: $0.spot.status))
        }
        guard !moves.isEmpty else {
            throw Refusal(
                .conflict, "back.nothing", Words("되돌려 놓을 것이 없습니다.", "There is nothing to be put back."))
        }
        return [
            StockEvent(
                StockEvent.relocated, centre: order.centre, step: "storing", moves: moves, place: place.id,
                papers: [.init(type: "po", reference: order.id)]
            ).draft(stream: order.id, scope: order.scope)
        ]
    }

    /// What lies in a tote that its order has no right to: all of it once it is cancelled, else what is in no good state, and
    /// what goes beyond its promises.
    private static func surplus(
        _ held: [Held], _ order: Order, for tenant: Tenant, _ tables: any Reader
    ) throws -> [Held] {
        guard order.state != .cancelled else { return held }
        var right = Dictionary(
            try StockTable.promises(to: order.id, for: tenant, in: tables).map { ([$0.item, $0.lot], $0.quantity) },
            uniquingKeysWith: +)
        return held.compactMap { held in
            guard held.spot.status == .available else { return held }
            let kept = min(held.quantity, right[[held.item, held.lot]] ?? 0)
            right[[held.item, held.lot], default: 0] -= kept
            guard held.quantity > kept else { return nil }
            return Held(
                centre: held.centre, spot: held.spot, item: held.item, lot: held.lot, quantity: held.quantity - kept,
                since: held.since)
        }
    }
}
