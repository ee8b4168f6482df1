import District
import Record
import Store

extension OrderTable {
    /// Where an item stands in several lines of an order, nobody can tell the pieces in its tote apart: those that are in the
    /// house are shared out by what each line is promised, so that each line adds up.
    static func spread(_ order: String, _ writer: any Writer) throws {
        let several = try writer.query(
            "SELECT item FROM fulfilment_order_lines WHERE orders = ? GROUP BY item HAVING COUNT(*) > 1 ORDER BY item",
            [.text(order)]
        ).map { try $0.text("item") }
        for item in several {
            let lines = try writer.query(
                """
                SELECT line, reserved, picked, packed, shipped FROM fulfilment_order_lines
                WHERE orders = ? AND item = ? ORDER BY line
                """, [.text(order), .text(item)])
            let shares = Spread.shares(
                try lines.map {
                    Spread.Line(
                        reserved: try $0.integer("reserved"), picked: try $0.integer("picked"),
                        packed: try $0.integer("packed"), shipped: try $0.integer("shipped"))
                })
            for (row, share) in zip(lines, shares) {
                guard try share.picked != row.integer("picked") || share.packed != row.integer("packed") else {
                    continue
                }
                try writer.execute(
                    "UPDATE fulfilment_order_lines SET picked = ?, packed = ? WHERE orders = ? AND line = ?",
                    [
                        .integer(share.picked), .integer(share.packed), .text(order),
                        .integer(try row.integer("line")),
                    ])
            }
        }
    }
}

/// How pieces of an item that stands in several lines of an order are shared out among them.
enum Spread {
    /// The figures of a line.
    struct Line: Sendable, Hashable {
        /// What it is promised and has not left.
        var reserved: Int64
        var picked: Int64
        var packed: Int64
        var shipped: Int64
    }

    /// The same pieces, a line's own first; what goes beyond all promises stays with the first that has room for none.
    static func shares(_ lines: [Line]) -> [Line] {
        let shipped = lines.reduce(0) { $0 + $1.shipped }
        let picked = filled(lines.reduce(0) { $0 + $1.picked } - shipped, into: lines.map(\.reserved))
        let packed = filled(lines.reduce(0) { $0 + $1.packed } - shipped, into: picked)
        return lines.indices.map { index in
            var line = lines[index]
            line.picked = line.shipped + picked[index]
            line.packed = line.shipped + packed[index]
            return line
        }
    }

    private static func filled(_ pieces: Int64, into room: [Int64]) -> [Int64] {
        var left = pieces
        var filled = room.map { room in
            let some = max(0, min(left, room))
            left -= some
            return some
        }
        if left != 0, !filled.isEmpty { filled[0] += left }
        return filled
    }
}
