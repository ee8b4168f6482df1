import District
import Record
import Store

extension OrderTable {
    /// What the floor does with an order's goods.
    static let followed = [
        TourEvents.planned, TourEvents.replanned, TourEvents.shorted, StockEvent.picked, StockEvent.packed,
        StockEvent.shipped, StockEvent.returned,
        StockEvent.quarantined, StockEvent.relocated, StockEvent.unpacked, StockEvent.setAside, ShipEvents.sent,
    ]

    /// Follows the goods: each event says of which lines how many were moved, under `lines` [{ order, line, quantity }].
    static func follow(_ event: Event, _ payload: [String: JSON], _ writer: any Writer) throws {
        switch event.type {
        case TourEvents.planned:
            for order in payload["orders"]?.elements?.compactMap(\.text) ?? [] {
                try writer.execute(
                    "UPDATE fulfilment_orders SET state = 'released' WHERE id = ? AND state = 'placed'", [.text(order)])
            }
        case TourEvents.shorted:
            if let order = payload["order"]?.text { try settle(order, writer) }
        case TourEvents.replanned:
            let dropped = try (payload["drops"]?.elements ?? []).flatMap { drop in
                try writer.query(
                    "SELECT orders FROM fulfilment_pick_tasks WHERE tour = ? AND task = ?",
                    [.text(event.stream), .integer(drop["task"]?.integer ?? 0)]
                ).map { try $0.text("orders") }
            }
            let added = (payload["adds"]?.elements ?? []).compactMap { $0["order"]?.text }
            for order in Set(dropped + added).sorted() { try settle(order, writer) }
        case ShipEvents.sent:
            try writer.execute(
                "UPDATE fulfilment_orders SET mission = ?, attempts = attempts + 1 WHERE id = ?",
                [.optional(payload["purpose"]?.text), .text(event.stream)])
        case StockEvent.quarantined, StockEvent.relocated: try lose(payload, writer)
        case StockEvent.unpacked, StockEvent.setAside:
            for column in ["packed", "picked"] {
                for line in payload["un\(column)"]?.elements ?? [] {
                    try writer.execute(
                        "UPDATE fulfilment_order_lines SET \(column) = \(column) - ? WHERE orders = ? AND line = ?",
                        [
                            .integer(line["quantity"]?.integer ?? 0), .text(line["order"]?.text ?? ""),
                            .integer(line["line"]?.integer ?? 0),
                        ])
                }
            }
            try settle(event.stream, writer)
        default:
            let column =
                switch event.type {
                case StockEvent.picked: "picked"
                case StockEvent.packed: "packed"
                case StockEvent.shipped: "shipped"
                default: "returned"
                }
            var orders: [String] = []
            for line in payload["lines"]?.elements ?? [] {
                guard let order = line["order"]?.text, let quantity = line["quantity"]?.integer else { continue }
                try writer.execute(
                    "UPDATE fulfilment_order_lines SET \(column) = \(column) + ? WHERE orders = ? AND line = ?",
                    [.integer(quantity), .text(order), .integer(line["line"]?.integer ?? 0)])
                if event.type == StockEvent.shipped {
                    try writer.execute(
                        "UPDATE fulfilment_orders SET shipped = ? WHERE id = ?",
                        [.integer(event.observed.microseconds), .text(order)])
                }
                if !orders.contains(order) { orders.append(order) }
            }
            for order in orders { try settle(order, writer) }
        }
    }

    /// Goods in an order's tote that are kept back, or past their date, are not picked any more.
    private static func lose(_ payload: [String: JSON], _ writer: any Writer) throws {
        for move in (payload["moves"]?.elements ?? []).compactMap({ Move($0) }) {
            guard let from = move.from, from.status == .available, let to = move.to, to.status != .available,
                let order = Tote.order(of: from.location)
            else { continue }
            // An item may stand in several lines.
            var open = move.quantity
            for row in try writer.query(
                "SELECT line, picked - packed AS n FROM fulfilment_order_lines WHERE orders = ? AND item = ? ORDER BY line",
                [.text(order), .text(move.item)])
            {
                let some = min(open, try row.integer("n"))
                guard some > 0 else { continue }
                try writer.execute(
                    "UPDATE fulfilment_order_lines SET picked = picked - ? WHERE orders = ? AND line = ?",
                    [.integer(some), .text(order), .integer(try row.integer("line"))])
                open -= some
            }
            try settle(order, writer)
        }
    }

    /// How far an order is, out of what was done with its pieces.
    static func settle(_ order: String, _ writer: any Writer) throws {
        try spread(order, writer)
        guard
            let sums = try writer.first(
                """
                SELECT SUM(reserved) AS reserved, SUM(waiting) AS waiting, SUM(picked) AS picked, SUM(packed) AS packed,
                    SUM(shipped) AS shipped, SUM(quantity - refused) AS wanted
                FROM fulfilment_order_lines WHERE orders = ?
                """, [.text(order)]), case .integer = sums["picked"]
        else { return }
        let tasks =
            try writer.first(
                "SELECT COUNT(*) AS n FROM fulfilment_pick_tasks WHERE orders = ? AND state = 'open'", [.text(order)]
            )?.integer("n") ?? 0
        let (picked, packed, shipped) = (
            try sums.integer("picked"), try sums.integer("packed"), try sums.integer("shipped")
        )
        let (reserved, waiting) = (try sums.integer("reserved"), try sums.integer("waiting"))
        let isPartial =
            try writer.first("SELECT partial FROM fulfilment_orders WHERE id = ?", [.text(order)])?
            .flag("partial") ?? false
        // What is promised out of stock and in nobody's hands yet.
        let isWhole = reserved <= picked - shipped && waiting == 0
        let state: Order.State =
            if tasks > 0 {
                .released
            } else if picked > packed, isPartial || isWhole {
                .picked
            } else if packed > shipped {
                .packed
            } else if shipped > 0, reserved + waiting == 0, shipped >= (try sums.integer("wanted")) {
                // What was lost a moment ago, and is promised again in the next, has not left.
                .shipped
            } else {
                .placed
            }
        try writer.execute(
            "UPDATE fulfilment_orders SET state = ? WHERE id = ? AND state NOT IN ('cancelled', 'delivered', 'settled')",
            [.text(state.rawValue), .text(order)])
    }
}
