import District
import Record
import Web

/// Orders as pages show them.
struct OrderView {
    let visit: Visit

    func state(_ order: Order) -> JSON {
        let kind =
            switch order.state {
            case .delivered, .settled: "ok"
            case .cancelled: "off"
            case .placed where order.due == nil: "danger"
            case .placed where order.isHeld: "warn"
            default: "info"
            }
        let key = order.state == .placed && order.isHeld ? "held" : order.state.rawValue
        return Show.badge(kind, visit.word("orders_state_\(key)"))
    }

    /// A time of a promise in words: the day and the hour, in Korea.
    func when(_ moment: Timestamp?) -> String {
        guard let moment else { return visit.word("orders_due_unknown") }
        return "\(KoreanDay(moment)) \(OrderView.clock(moment))"
    }

    /// A time as the wall says it, in few signs: the hour today, and the day before it otherwise.
    func soon(_ moment: Timestamp?, at now: Timestamp) -> String {
        guard let moment else { return visit.word("orders_due_unknown") }
        let (day, hour) = (KoreanDay(moment), Self.clock(moment))
        if day == KoreanDay(now) { return hour }
        return day == KoreanDay(now) + 1
            ? "\(visit.word("wall_tomorrow")) \(hour)" : "\(day.description.dropFirst(5)) \(hour)"
    }

    /// `16:00`, in Korea.
    static func clock(_ moment: Timestamp) -> String {
        let seconds = moment.seconds(since: KoreanDay(moment).start)
        let minutes = Int(seconds / 60)
        let (hour, minute) = (minutes / 60, minutes % 60)
        return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
    }

    func won(_ amount: Int64?) -> String {
        guard let amount else { return visit.word("orders_unknown") }
        return visit.language == .ko ? "\(Show.count(amount))원" : "₩\(Show.count(amount))"
    }

    /// How it comes, in words.
    func delivery(_ order: Order, _ terms: CentreTerms?) -> String {
        switch order.delivery {
        case .carrier(let id): terms?.carrier(id)?.name[visit.language] ?? id
        case .robot(let node):
            "\(visit.word("orders_robot")) → "
                + (terms?.robots?.stops.first { $0.node == node }?.name[visit.language] ?? node)
        case .counter: visit.word("orders_counter")
        }
    }

    func line(_ line: OrderLine) -> JSON {
        var notes: [String] = []
        if line.waiting > 0 { notes.append("\(visit.word("orders_line_waiting")) \(line.waiting)") }
        if line.refused > 0 { notes.append("\(visit.word("orders_line_refused")) \(line.refused)") }
        if line.returned > 0 { notes.append("\(visit.word("orders_line_returned")) \(line.returned)") }
        return [
            "line": .string("\(line.line)"), "item": .string(line.item), "name": .string(line.name),
            "quantity": .string(Show.count(line.quantity)), "reserved": .string(Show.count(line.reserved)),
            "picked": .string(Show.count(line.picked)), "packed": .string(Show.count(line.packed)),
            "shipped": .string(Show.count(line.shipped)), "price": .string(won(line.price.map { $0 * line.quantity })),
            "note": .string(notes.joined(separator: ", ")),
        ]
    }

    /// A move of a promise: when it was made, to when, and why; the trace for those who may see it.
    func moved(_ moved: OrderTable.Moved, isStaff: Bool) -> JSON {
        var members: [String: JSON] = [
            "at": Show.time(moved.at, visit.language), "due": .string(when(moved.due)),
            "words": .string(moved.words[visit.language]),
        ]
        if isStaff { members["trace"] = .string("/trace/\(moved.correlation)") }
        return .object(members)
    }

    /// The steps that an order goes through, with the one that it stands at.
    func course(_ order: Order) -> [JSON] {
        guard order.state != .cancelled else { return [] }
        let names = ["placed", "released", "packed", "shipped", "delivered"]
        let at =
            switch order.state {
            case .placed: 0
            case .released, .picked: 1
            case .packed: 2
            case .shipped: 3
            default: 5
            }
        return names.enumerated().map { index, name in
            var step: [String: JSON] = ["label": .string(visit.word("orders_step_\(name)"))]
            if index < at { step["over"] = .string(visit.word("orders_step_over")) }
            if index == at { step["now"] = .string(visit.word("orders_step_now")) }
            return .object(step)
        }
    }
}
