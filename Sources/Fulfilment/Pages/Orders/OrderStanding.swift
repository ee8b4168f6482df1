import District
import Record
import Web

/// Where an order stands, in sentences: what was done last, by whom and with how much, and what comes next. It is what a
/// person reads after each step.
struct OrderStanding {
    let visit: Visit
    let order: Order
    let lines: [OrderLine]
    let boxes: [ParcelTable.Box]
    let story: [Event]
    let terms: CentreTerms?
    let returns: ReturnTerms
    /// The names of who did what stands in the story.
    let names: [String: String]
    /// Who took it, where somebody wrote that down and whoever asks may see it.
    var taker = ""

    var json: JSON {
        var members: [String: JSON] = ["done": .string(done), "next": .string(next.text)]
        if let href = next.href { members["href"] = .string(href) }
        return .object(members)
    }

    private var view: OrderView { OrderView(visit: visit) }

    private func say(_ key: String, _ values: [String: String] = [:]) -> String {
        values.reduce(visit.word(key)) { $0.replacing("{\($1.key)}", with: $1.value) }
    }

    private func name(_ author: Author) -> String { names[author.text] ?? visit.authorName(author) }

    private func last(_ type: String) -> Event? { story.last { $0.type == type } }

    private var pieces: String { Show.count(lines.reduce(0) { $0 + $1.quantity - $1.refused }) }

    private var done: String {
        switch order.state {
        case .placed:
            return say("standing_placed", ["n": pieces, "due": view.when(order.due)])
        case .released:
            let picked = lines.reduce(0) { $0 + $1.picked }
            return say("standing_released", ["n": Show.count(picked), "of": pieces])
        case .picked: return say("standing_picked", ["n": pieces])
        case .packed:
            return say(
                "standing_packed",
                [
                    "boxes": "\(boxes.count { $0.state != .gone })",
                    "by": last(StockEvent.packed).map { name($0.author) } ?? "–",
                ])
        case .shipped:
            return say(
                "standing_shipped",
                [
                    "boxes": "\(boxes.count { $0.state == .gone })", "way": view.delivery(order, terms),
                    "at": view.when(order.shipped),
                    "by": last(StockEvent.shipped).map { name($0.author) } ?? "–",
                ])
        case .delivered, .settled: return delivered
        case .cancelled: return say("standing_cancelled")
        }
    }

    private var delivered: String {
        let sent = Show.count(lines.reduce(0) { $0 + $1.shipped })
        guard let handed = last(ShipEvents.handedOut) else {
            return say(
                "standing_delivered",
                [
                    "n": sent, "at": view.when(order.delivered),
                    "by": last(OrderEvents.delivered).map { name($0.author) } ?? "–",
                ])
        }
        let proof = handed.payload["proof"]?.text.flatMap { PickUpProof(rawValue: $0) }
        let who = taker.isEmpty ? "" : say("standing_taker", ["who": taker])
        return say(
            "standing_handed",
            [
                "boxes": "\(handed.payload["parcels"]?.elements?.count ?? 0)", "n": sent,
                "at": view.when(order.delivered), "by": name(handed.author),
                "proof": proof?.words[visit.language] ?? "–",
            ]) + who
    }

    private var next: (text: String, href: String?) {
        switch order.state {
        case _ where order.isHeld: return (say("standing_next_held"), nil)
        case .placed: return (say("standing_next_placed", ["ship": view.when(order.ship)]), nil)
        case .released: return (say("standing_next_released"), "/fulfilment/pick")
        case .picked: return (say("standing_next_picked"), "/fulfilment/pack/\(order.id.dropFirst(6))")
        case .packed:
            switch order.delivery {
            case .carrier: return (say("standing_next_carrier"), "/fulfilment/ship")
            case .robot: return (say("standing_next_robot"), "/fulfilment/ship")
            case .counter: return (say("standing_next_counter"), "/fulfilment/ship")
            }
        case .shipped: return (say("standing_next_shipped"), nil)
        case .delivered, .settled:
            guard let at = order.delivered else { return ("", nil) }
            return (
                say(
                    "standing_next_delivered",
                    [
                        "unwanted": returns.last(.unwanted, delivered: at).description,
                        "wrong": returns.last(.faulty, delivered: at).description,
                    ]), "/fulfilment/returns"
            )
        case .cancelled: return (say("standing_next_cancelled"), nil)
        }
    }
}
