import Access
import District
import Record
import Store
import Web

/// “Where is my order?”: of whoever is signed in their own; of anybody else the one whose code they say.
enum WhereOrder {
    static let inquiry = Inquiry(
        "fulfilment.order.where", title: Words("내 주문이 어디쯤인지", "Where my order is"),
        help: Words(
            "주문이 어느 단계이고 언제 도착하는지, 바뀌었으면 왜인지 알려 드립니다.",
            "Says how far an order is, when it comes, and why that was moved."),
        fields: [ChangeOrder.code], permission: .anyone
    ) { ask, spine in
        let (code, person) = (ask.values.text("code"), ask.caller.person)
        let found = try await spine.district.store.read { reader -> [(Order, OrderTable.Moved?)] in
            let orders: [Order]
            if !code.isEmpty {
                orders = try OrderTable.find(code: code, in: reader).map { [$0] } ?? []
            } else if let person {
                let mine = try OrderTable.orders(of: .init(person: person), in: reader)
                let open = mine.filter { $0.state.isInHouse || $0.state == .shipped }
                orders = open.isEmpty ? Array(mine.prefix(1)) : open
            } else {
                orders = []
            }
            return try orders.map { order in
                let owner = try ChangeOrder.owner(of: order)
                return (order, try OrderTable.promises(of: order.id, for: owner, in: reader).last)
            }
        }
        guard !found.isEmpty else {
            guard code.isEmpty else { throw OrderRefusals.unknown }
            throw OrderRefusals.about(
                .invalid, "order.code", "code",
                Words("주문 페이지 주소의 끝에 있는 코드를 알려 주세요.", "Please say the code at the end of your order's page."))
        }
        let words = found.map { Self.words($0.0, $0.1) }
        return Words(words.map(\.ko).joined(separator: " "), words.map(\.en).joined(separator: " "))
    }

    private static func words(_ order: Order, _ moved: OrderTable.Moved?) -> Words {
        let state = order.state.words
        guard order.state.isInHouse || order.state == .shipped else {
            return Words("주문 \(order.number)은(는) \(state.ko) 주문입니다.", "Order \(order.number) is \(state.en).")
        }
        guard let due = order.due else {
            let why = moved?.words ?? Words("", "")
            return Words(
                "주문 \(order.number)은(는) \(state.ko) 주문이고 도착 예정은 아직 알 수 없습니다. \(why.ko)",
                "Order \(order.number) is \(state.en); when it comes is not known yet. \(why.en)")
        }
        let when = "\(KoreanDay(due)) \(OrderView.clock(due))"
        let why = moved?.words ?? Words("", "")
        return Words(
            "주문 \(order.number)은(는) \(state.ko) 주문이고 \(when)까지 도착할 예정입니다. \(why.ko)",
            "Order \(order.number) is \(state.en) and is promised for \(when). \(why.en)")
    }
}
