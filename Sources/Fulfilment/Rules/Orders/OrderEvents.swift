import District
import Record

/// The events of an order's life.
enum OrderEvents {
    static let centre = "fulfilment.centre.set"
    static let placed = OrderPlaced.type
    static let promised = OrderPromised.type
    static let cancelled = "fulfilment.order.cancelled"
    static let readdressed = "fulfilment.order.readdressed"
    static let held = "fulfilment.order.held"
    static let resumed = "fulfilment.order.resumed"
    static let delivered = OrderDelivered.type
    static let settled = "fulfilment.order.settled"

    static let all = [placed, promised, cancelled, readdressed, held, resumed, delivered, settled]

    /// Something was ordered and promised.
    static func placed(_ order: Order, _ intake: Intake, for recipient: Recipient, subject: PersonID) -> Draft {
        var payload: [String: JSON] = [
            "centre": .string(order.centre), "number": .string(order.number),
            "channel": .string(order.channel.rawValue), "partial": .bool(order.isPartial),
            "delivery": ["kind": .string(order.delivery.kind), "name": .string(order.delivery.name)],
            "goods": .decimal(order.goods), "fee": .decimal(order.fee),
            "lines": .array(
                intake.lines.map { line in
                    var members: [String: JSON] = [
                        "line": .decimal(line.line), "item": .string(line.item.code), "name": .string(line.item.name),
                        "quantity": .decimal(line.quantity), "stock": .decimal(line.stock),
                    ]
                    if line.waiting > 0 { members["waiting"] = .decimal(line.waiting) }
                    if line.refused > 0 { members["refused"] = .decimal(line.refused) }
                    if let price = line.item.price { members["price"] = .decimal(price) }
                    return .object(members)
                }),
        ]
        if !order.reference.isEmpty { payload["reference"] = .string(order.reference) }
        if order.isUrgent { payload["urgent"] = true }
        if let ship = order.ship { payload["ship"] = .string(ship.description) }
        if let due = order.due { payload["due"] = .string(due.description) }
        var personal: [String: JSON] = ["code": .string(recipient.code)]
        for (key, value) in [
            ("name", recipient.name), ("phone", recipient.phone), ("address", recipient.address),
            ("note", recipient.note), ("person", recipient.person ?? ""),
        ] where !value.isEmpty { personal[key] = .string(value) }
        return Draft(
            placed, stream: order.id, scope: order.scope, payload: payload,
            personal: ["recipient": PersonalContent(of: subject, .object(personal))])
    }

    /// Another time is promised, and why.
    /// - Parameters:
    ///   - promise: nil while nobody knows when.
    ///   - waiting: the lines that wait now, with how much more they wait for (less, where below zero).
    static func promised(
        _ order: Order, _ promise: Promise?, _ cause: Promise.Cause, items: String, waiting: [Int64: Int64] = [:],
        words: Words? = nil
    ) -> Draft {
        let words = words ?? cause.words(items)
        var payload: [String: JSON] = [
            "centre": .string(order.centre), "number": .string(order.number), "why": .string(cause.rawValue),
            "ko": .string(words.ko), "en": .string(words.en),
        ]
        if let promise {
            payload["ship"] = .string(promise.ship.description)
            payload["due"] = .string(promise.due.description)
        }
        if !waiting.isEmpty {
            payload["waiting"] = .array(
                waiting.sorted { $0.key < $1.key }.map { ["line": .decimal($0.key), "more": .decimal($0.value)] })
        }
        return Draft(promised, stream: order.id, scope: order.scope, payload: payload)
    }
}
