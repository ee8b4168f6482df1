import District
import Record
import Store

/// What an owner asks of a centre, each figure with the numbers it is made of.
struct OwnerFigures: Sendable {
    /// What stock cost, as far as that is known, in won; of how many pieces, and how many more nobody gave a cost of.
    var value: Int64
    var priced: Int64
    var unpriced: Int64
    /// Orders delivered in the last 30 days.
    var orders: OrderFigures
    /// Lines of the counts settled in the last 30 days, and those of them that the books had right.
    var accuracy: (right: Int64, lines: Int64, counts: Int64)
    /// What the centre costs in a month; nil where nobody said.
    var costs: CentreCosts?
    /// Orders that left in the last 30 days, and how many of those days the centre has taken orders.
    var shipped: Int64
    var open: Double
    /// Today.
    var day: Settlement

    /// From so many orders on, the cost of one says something.
    static let enough: Int64 = 30

    /// What one order cost, in won: the month's costs for the days it was open, by the orders that left; nil where nobody said
    /// what it costs, or too few left.
    var costPerOrder: Int64? {
        guard let costs, shipped >= Self.enough else { return nil }
        return Int64(Double(costs.sum) * min(Self.days, max(1, open)) / Self.days / Double(shipped))
    }

    /// How orders that were delivered kept their word.
    struct OrderFigures: Sendable, Hashable {
        var all: Int64 = 0
        /// At the first time that was promised, or before.
        var inTime: Int64 = 0
        /// Nothing of them refused or owing.
        var inFull: Int64 = 0
        /// Nothing of them sent back.
        var kept: Int64 = 0
        /// All three.
        var perfect: Int64 = 0
        /// Of whom the promise was moved.
        var moved: Int64 = 0
    }

    /// Figures look back over so many days.
    static let days = 30.0

    static func read(
        _ centre: String, _ fees: ChannelFees, at now: Timestamp, for tenant: some Tenancy, in reader: any Reader
    ) throws -> OwnerFigures {
        let own = tenant.condition(column: "scope")
        let since = SQLValue.integer(now.advanced(bySeconds: -days * 86_400).microseconds)
        let (value, priced, unpriced) = try stock(centre, for: tenant, in: reader)
        let shipped = try reader.first(
            "SELECT COUNT(*) AS n FROM fulfilment_orders WHERE centre = ? AND shipped >= ? AND \(own.sql)",
            [.text(centre), since] + own.arguments)
        let first = try reader.first(
            "SELECT MIN(placed) AS n FROM fulfilment_orders WHERE centre = ? AND \(own.sql)",
            [.text(centre)] + own.arguments
        ).flatMap { try $0.optionalInteger("n") }.map { Timestamp(microseconds: $0) }
        return OwnerFigures(
            value: value, priced: priced, unpriced: unpriced,
            orders: try orders(centre, since, for: tenant, in: reader),
            accuracy: try accuracy(centre, since, for: tenant, in: reader),
            costs: try CostTable.find(centre, for: tenant, in: reader), shipped: try shipped?.integer("n") ?? 0,
            open: first.map { now.seconds(since: $0) / 86_400 } ?? 0,
            day: try SaleTable.day(KoreanDay(now), in: centre, fees, for: tenant, in: reader))
    }

    private static func stock(
        _ centre: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> (value: Int64, priced: Int64, unpriced: Int64) {
        let own = tenant.condition(column: "scope")
        let stock = try reader.query(
            "SELECT item, SUM(quantity) AS n FROM fulfilment_stock WHERE centre = ? AND \(own.sql) GROUP BY item",
            [.text(centre)] + own.arguments)
        let costs = try ItemTable.several(stock.map { try $0.text("item") }, for: tenant, in: reader)
        var (value, priced, unpriced) = (Int64(0), Int64(0), Int64(0))
        for row in stock {
            let quantity = Int64(try row.real("n"))
            guard let cost = costs[try row.text("item")]?.cost else {
                unpriced += quantity
                continue
            }
            priced += quantity
            value = Won.sum([value, Won.of(cost, quantity)])
        }
        return (value, priced, unpriced)
    }

    private static func orders(
        _ centre: String, _ since: SQLValue, for tenant: some Tenancy, in reader: any Reader
    ) throws -> OrderFigures {
        let own = tenant.condition(column: "o.scope")
        let rows = try reader.query(
            """
            SELECT o.promises, o.delivered, o.first_due,
                (SELECT SUM(refused + waiting) FROM fulfilment_order_lines l WHERE l.orders = o.id) AS lacking,
                (SELECT SUM(returned) FROM fulfilment_order_lines l WHERE l.orders = o.id) AS returned
            FROM fulfilment_orders o WHERE o.centre = ? AND o.delivered >= ? AND \(own.sql)
            """, [.text(centre), since] + own.arguments)
        var figures = OrderFigures()
        for row in rows {
            let due = try row.optionalInteger("first_due")
            // What was promised for no day was not kept in time.
            let inTime = try due.map { try row.integer("delivered") <= $0 } ?? false
            let inFull = try row.optionalReal("lacking") ?? 0 == 0
            let kept = try row.optionalReal("returned") ?? 0 == 0
            figures.all += 1
            figures.inTime += inTime ? 1 : 0
            figures.inFull += inFull ? 1 : 0
            figures.kept += kept ? 1 : 0
            figures.perfect += inTime && inFull && kept ? 1 : 0
            figures.moved += try row.integer("promises") > 0 ? 1 : 0
        }
        return figures
    }

    private static func accuracy(
        _ centre: String, _ since: SQLValue, for tenant: some Tenancy, in reader: any Reader
    ) throws -> (right: Int64, lines: Int64, counts: Int64) {
        let own = tenant.condition(column: "scope")
        let rows = try reader.query(
            """
            SELECT variances FROM fulfilment_counts WHERE centre = ? AND state = 'settled' AND changed >= ?
                AND \(own.sql)
            """, [.text(centre), since] + own.arguments)
        var found: (right: Int64, lines: Int64, counts: Int64) = (0, 0, Int64(rows.count))
        for row in rows {
            let lines = (try JSON(parsing: row.text("variances")).elements ?? []).compactMap { Variance($0) }
            found.lines += Int64(lines.count)
            found.right += Int64(lines.count { $0.difference == 0 })
        }
        return found
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

    /// How many orders left each stage since a moment, as far as tours, parcels and hand-overs tell.
    static func left(
        since moment: Timestamp, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [Order.State: Int64] {
        let (own, at) = (tenant.condition(column: "t.scope"), SQLValue.integer(moment.microseconds))
        func count(_ sql: String) throws -> Int64 {
            try reader.first("\(sql) AND \(own.sql)", [at] + own.arguments)?.integer("n") ?? 0
        }
        let tasks = "fulfilment_tours t JOIN fulfilment_pick_tasks k ON k.tour = t.id"
        return [
            .placed: try count("SELECT COUNT(DISTINCT k.orders) AS n FROM \(tasks) WHERE t.planned >= ?"),
            .released: try count("SELECT COUNT(DISTINCT k.orders) AS n FROM \(tasks) WHERE t.done >= ?"),
            .picked: try count("SELECT COUNT(DISTINCT t.orders) AS n FROM fulfilment_parcels t WHERE t.packed >= ?"),
            .packed: try count("SELECT COUNT(*) AS n FROM fulfilment_orders t WHERE t.shipped >= ?"),
        ]
    }
}
