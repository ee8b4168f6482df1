import District
import Record

/// Why an order is not taken, or not changed.
enum OrderRefusals {
    /// A number that nobody can be called by.
    static var phone: Refusal {
        about(
            .invalid, "order.phone", "phone",
            Words(
                "전화번호를 확인해 주세요. 예: 010-1234-5678", "Please check the telephone number, such as 010-1234-5678."))
    }

    static let unknown = Refusal(.notFound, "order.unknown", Words("그런 주문이 없습니다.", "There is no such order."))

    /// More than one order is called so.
    static func several(_ orders: [Order]) -> Refusal {
        let which = orders.map { "\($0.number) (\(KoreanDay($0.placed)), \($0.id.dropFirst(6)))" }.joined(
            separator: ", ")
        return about(
            .conflict, "order.several", "order",
            Words(
                "같은 이름의 주문이 여럿입니다. 주문 목록에서 하나를 골라 주세요: \(which)",
                "Several orders are called so. Please choose one from the list of orders: \(which)"))
    }

    /// The number of the one who orders stands for another order already: sent twice it would be delivered twice.
    static func taken(_ reference: String, by first: Order) -> Refusal {
        about(
            .conflict, "order.reference", "reference",
            Words(
                "\(reference) 번호로 받은 주문이 이미 있습니다: \(first.number). 같은 주문이면 다시 보내지 않아도 되고, 바꾸려면 그 주문을 취소한 뒤 보내 주세요.",
                "\(reference) is the order \(first.number) already. If it is the same one, nothing is left to do; to change it, cancel that one first."
            ))
    }

    /// Its sum is more than anybody orders: a barcode was read into the quantity.
    static let amount = about(
        .invalid, "order.amount", "lines",
        Words("주문 금액이 너무 큽니다. 수량을 확인해 주세요.", "The sum is too large: please check the quantities."))

    static func centre(_ id: String) -> Refusal {
        about(
            .notFound, "order.centre", "centre",
            Words("주문을 받는 물류센터가 아닙니다: \(id)", "This is no centre that takes orders: \(id)"))
    }

    static let empty = about(
        .invalid, "order.empty", "lines", Words("주문할 상품을 하나 이상 골라 주세요.", "Please choose at least one item."))

    static func short(_ faults: [Refusal.Fault], isPartial: Bool) -> Refusal {
        Refusal(
            .conflict, "order.short",
            isPartial
                ? Words("지금 주문하실 수 있는 수량이 없습니다.", "Nothing of it can be promised now.")
                : Words(
                    "모두 약속할 수 없어 주문을 받지 않았습니다. 수량을 줄이거나 나누어 받기를 골라 주세요.",
                    "Not all of it can be promised, so the order was not taken. Ask for less, or let it come in parts."),
            faults: faults)
    }

    static let noDay = Refusal(
        .conflict, "order.no-day",
        Words("45일 안에 내보낼 수 있는 날이 없습니다.", "There is no day within 45 days on which it could leave."))

    static func delivery(_ words: Words) -> Refusal { about(.invalid, "order.delivery", "carrier", words) }

    static let noAddress = about(
        .invalid, "order.address", "address", Words("받는 주소를 적어 주세요.", "Please say where it goes."))

    static func tooFar(_ state: Order.State) -> Refusal {
        Refusal(
            .conflict, "order.too-late",
            Words(
                "이미 \(state.words.ko) 주문이라 바꿀 수 없습니다.", "The order is already \(state.words.en): it cannot be changed.")
        )
    }

    /// What somebody holds does not leave.
    static func held(_ order: Order, field: String) -> Refusal {
        about(
            .conflict, "order.held", field,
            Words(
                "보류한 주문이라 내보낼 수 없습니다. 보류를 해제해 주세요: \(order.number)",
                "Order \(order.number) is held and does not leave. Please resume it first."))
    }

    static func about(_ kind: Refusal.Kind, _ code: String, _ field: String, _ words: Words) -> Refusal {
        Refusal(kind, code, of: field, words)
    }
}

extension Order.State {
    /// What people call it.
    var words: Words {
        switch self {
        case .placed: Words("접수된", "placed")
        case .released: Words("피킹 중인", "being picked")
        case .picked: Words("피킹이 끝난", "picked")
        case .packed: Words("포장된", "packed")
        case .shipped: Words("출고된", "shipped")
        case .delivered: Words("배달된", "delivered")
        case .settled: Words("정산된", "settled")
        case .cancelled: Words("취소된", "cancelled")
        }
    }
}
