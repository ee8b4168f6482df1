import District
import Record
import Store

/// What an owner asks of a centre.
struct OwnerFigures: Sendable {
    /// What stock cost, as far as that is known, in won; how many pieces of it nobody gave a cost of.
    var value: Int64
    var unpriced: Int64
    /// Orders delivered in the last 30 days; in time, in full and with nothing sent back; with a promise that moved.
    var orders: Int64
    var perfect: Int64
    var moved: Int64
    /// Counts that found what the books said, of all.
    var accuracy: (of: Int64, all: Int64)
    /// Today.
    var day: Settlement

    static func read(
        _ centre: String, _ fees: ChannelFees, at now: Timestamp, for tenant: some Tenancy, in reader: any Reader
    ) throws -> OwnerFigures {
        let own = tenant.condition(column: "scope")
        let arguments: [SQLValue] = [.text(centre)] + own.arguments
        let stock = try reader.query(
            "SELECT item, SUM(quantity) AS n FROM fulfilment_stock WHERE centre = ? AND \(own.sql) GROUP BY item",
            arguments)
        let costs = try ItemTable.several(stock.map { try $0.text("item") }, for: tenant, in: reader)
        var (value, unpriced) = (Int64(0), Int64(0))
        for row in stock {
            let quantity = Int64(try row.real("n"))
            guard let cost = costs[try row.text("item")]?.cost else {
                unpriced += quantity
                continue
            }
            value = Won.sum([value, Won.of(cost, quantity)])
        }
        let since = now.advanced(bySeconds: -30 * 86_400)
        let of = tenant.condition(column: "o.scope")
        let rows = try reader.query(
            """
            SELECT o.promises, o.delivered, o.first_due,
                (SELECT SUM(refused + waiting + returned) FROM fulfilment_order_lines l WHERE l.orders = o.id) AS lost
            FROM fulfilment_orders o WHERE o.centre = ? AND o.delivered >= ? AND \(of.sql)
            """, [.text(centre), .integer(since.microseconds)] + of.arguments)
        let perfect = try rows.filter { row in
            guard let due = try row.optionalInteger("first_due"), let at = try row.optionalInteger("delivered") else {
                return false
            }
            let lost = try row.optionalReal("lost") ?? 0
            return at <= due && lost == 0
        }
        return OwnerFigures(
            value: value, unpriced: unpriced, orders: Int64(rows.count), perfect: Int64(perfect.count),
            moved: Int64(try rows.filter { try $0.integer("promises") > 0 }.count),
            accuracy: try accuracy(of: centre, since: since, for: tenant, in: reader),
            day: try SaleTable.day(KoreanDay(now), in: centre, fees, for: tenant, in: reader))
    }

    /// How many places that were counted held what the books said, of all that were.
    private static func accuracy(
        of centre: String, since: Timestamp, for tenant: some Tenancy, in reader: any Reader
    ) throws -> (of: Int64, all: Int64) {
        let own = tenant.condition(column: "scope")
        let counts = try reader.query(
            """
            SELECT variances FROM fulfilment_counts WHERE centre = ? AND state = 'settled' AND changed >= ?
            AND \(own.sql)
            """, [.text(centre), .integer(since.microseconds)] + own.arguments
        ).map { try JSON(parsing: try $0.text("variances")).elements ?? [] }
        let right = counts.count { $0.allSatisfy { $0["book"]?.integer == $0["counted"]?.integer } }
        return (Int64(right), Int64(counts.count))
    }
}

extension OrderTable {
    /// How many orders are in each stage.
    static func stages(for tenant: some Tenancy, in reader: any Reader) throws -> [Order.State: Int64] {
        let own = tenant.condition(column: "scope")
        let rows = try reader.query(
            """
            SELECT state, COUNT(*) AS n FROM fulfilment_orders
            WHERE state IN ('placed', 'released', 'picked', 'packed') AND \(own.sql) GROUP BY state
            """, own.arguments)
        var stages: [Order.State: Int64] = [:]
        for row in rows {
            guard let state = Order.State(rawValue: try row.text("state")) else { continue }
            stages[state] = try row.integer("n")
        }
        return stages
    }
}
