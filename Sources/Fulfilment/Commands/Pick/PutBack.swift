import Access
import District
import Record
import Store

/// What was picked for an order that is no more goes back to a place, and what lies in a tote without being its order's.
struct PutBack {
    let segregation: Segregation

    static let name = "fulfilment.pick.back"

    var command: Command {
        Command(
            Form(
                Self.name, title: Words("되돌려 놓기", "Put back"),
                help: Words(
                    "취소된 주문의 바구니를 비우거나, 주문의 것이 아닌 물건을 위치에 되돌립니다.",
                    "Empties the tote of a cancelled order into a place, or takes out what is not the order's."),
                fields: [ChangeOrder.order] + EmptyContainer.fields,
                permission: GoodsAsk.permission(Self.name, StartPicking.roles), surfaces: [.web, .http])
        ) { ask, tables in
            try EmptyContainer(segregation: segregation).drafts(
                .tote(of: try ChangeOrder.find(ask, tables)), ask, tables)
        }
    }
}
