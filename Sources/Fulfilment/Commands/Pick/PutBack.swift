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
            help: Words("취소된 주문의 바구니를 비워 위치에 되돌립니다.", "Empties the tote of a cancelled order into a place."),
            fields: [ChangeOrder.order, GoodsAsk.place],
            permission: GoodsAsk.permission(name, StartPicking.roles), surfaces: [.web, .http])
    ) { ask, tables in
        let order = try ChangeOrder.find(ask, tables)
        let place = try GoodsAsk.place(ask, in: order.centre, tables)
        try GoodsAsk.demandOpen(place)
        let tote = Tote.location(of: order.id)
        let held = try StockTable.held(in: order.centre, location: tote, for: try ask.tenant, in: tables)
        guard order.state == .cancelled, !held.isEmpty else {
            throw Refusal(
                .conflict, "back.nothing", Words("되돌려 놓을 것이 없습니다.", "There is nothing to be put back."))
        }
        let moves = held.map {
            Move(
                $0.item, lot: $0.lot, $0.quantity, from: $0.spot,
                to: Spot(location: place.id, status: $0.spot.status))
        }
        return [
            StockEvent(
                StockEvent.relocated, centre: order.centre, step: "storing", moves: moves, place: place.id,
                papers: [.init(type: "po", reference: order.id)]
            ).draft(stream: order.id, scope: order.scope)
        ]
    }
}
