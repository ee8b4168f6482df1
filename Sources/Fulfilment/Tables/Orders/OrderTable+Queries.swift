import District
import Record
import Store

extension OrderTable {
    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> Order? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM fulfilment_orders WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).flatMap(order)
    }

    /// By what people call it; where nothing is called so, by what the one who ordered calls it.
    /// - Throws: ``Refusal`` where several orders are called so: none of them is meant for sure.
    static func find(called name: String, for tenant: some Tenancy, in reader: any Reader) throws -> Order? {
        if let order = try find(name, for: tenant, in: reader) { return order }
        let own = tenant.condition(column: "scope")
        for (column, said) in [("number", OrderNumber.read(name)), ("reference", name)] where !said.isEmpty {
            let found = try reader.query(
                "SELECT * FROM fulfilment_orders WHERE \(column) = ? AND \(own.sql) ORDER BY placed DESC LIMIT 5",
                [.text(said)] + own.arguments
            ).compactMap(order)
            guard found.count < 2 else { throw OrderRefusals.several(found) }
            if let only = found.first { return only }
        }
        return nil
    }

    /// The order that a channel's customer placed under a number of their own before, unless it was cancelled.
    static func placed(
        under reference: String, by channel: Order.Channel, client: String, for tenant: some Tenancy,
        in reader: any Reader
    ) throws -> Order? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            """
            SELECT * FROM fulfilment_orders WHERE reference = ? AND channel = ? AND client IN (?, '')
            AND state <> 'cancelled' AND \(own.sql) ORDER BY placed LIMIT 1
            """, [.text(reference), .text(channel.rawValue), .text(client)] + own.arguments
        ).flatMap(order)
    }

    /// Which program placed an order; empty where none did.
    static func client(of order: String, in reader: any Reader) throws -> String? {
        try reader.first("SELECT client FROM fulfilment_orders WHERE id = ?", [.text(order)])?.text("client")
    }

    /// The code of the order that is called so, where somebody knows the last figures of its telephone number as well: of
    /// whosever firm it is. Nil where none fits, or more than one.
    static func code(called number: String, phone said: String, in reader: any Reader) throws -> String? {
        let rows = try reader.query(
            """
            SELECT p.phone, p.code FROM fulfilment_orders o JOIN fulfilment_order_people p ON p.orders = o.id
            WHERE o.number = ? ORDER BY o.placed DESC LIMIT 5
            """, [.text(OrderNumber.read(number))])
        let fitting = try rows.compactMap { row -> String? in
            var recipient = Recipient()
            recipient.phone = try row.optionalText("phone") ?? ""
            return try PickUpProof.isPhone(said, of: recipient) ? row.optionalText("code") : nil
        }
        return fitting.count == 1 ? fitting.first : nil
    }

    /// Whoever holds the code may see this one order, and no other.
    static func find(code: String, in reader: any Reader) throws -> Order? {
        guard code.utf8.count >= 20 else { return nil }
        return try reader.first(
            """
            SELECT o.* FROM fulfilment_orders o JOIN fulfilment_order_people p ON p.orders = o.id WHERE p.code = ?
            """, [.text(code)]
        ).flatMap(order)
    }

    /// What somebody ordered in their own name, the latest first.
    static func orders(of own: OwnRowsOf, limit: Int = 5, in reader: any Reader) throws -> [Order] {
        try reader.query(
            """
            SELECT o.* FROM fulfilment_orders o JOIN fulfilment_order_people p ON p.orders = o.id
            WHERE p.person = ? ORDER BY o.placed DESC LIMIT ?
            """, [.text(own.person.rawValue), .integer(Int64(limit))]
        ).compactMap(order)
    }

    /// Whose own orders are asked for: the person who asks, and nobody else.
    struct OwnRowsOf: Sendable {
        let person: PersonID
    }

    static func page(
        in centre: String?, states: [Order.State], containing words: String = "", order by: String = "ship",
        limit: Int = 50, offset: Int = 0, for tenant: some Tenancy, in reader: any Reader
    ) throws -> Listing<Order> {
        let own = tenant.condition(column: "scope")
        var (source, arguments) = ("fulfilment_orders WHERE \(own.sql)", own.arguments)
        if let centre {
            source += " AND centre = ?"
            arguments.append(.text(centre))
        }
        if !states.isEmpty {
            source += " AND state IN (\(states.map { "'\($0.rawValue)'" }.joined(separator: ", ")))"
        }
        if !words.isEmpty {
            source += " AND (lower(number) LIKE ? ESCAPE '!' OR lower(reference) LIKE ? ESCAPE '!')"
            arguments += [.pattern(containing: words), .pattern(containing: words)]
        }
        let listing = try reader.listing(
            "*", from: source, arguments, order: "\(by), id", limit: limit, offset: offset, order)
        return Listing(rows: listing.rows.compactMap { $0 }, total: listing.total)
    }

    /// Orders that may be released: something promised lies in no tote yet, and what may not come in parts is all there. Those
    /// that wait for goods, or for a person, do not stand before them.
    ///
    /// Urgent ones first, then by the cut-off they must make, then as they came in: each part is read along its index, for
    /// hundreds of thousands may wait.
    static func releasable(
        in centre: CentreTable.Centre, limit: Int, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [Order] {
        let own = tenant.condition(column: "o.scope")
        var found: [Order] = []
        for (urgent, ship) in [(1, "NOT NULL"), (1, "NULL"), (0, "NOT NULL"), (0, "NULL")] where found.count < limit {
            found += try reader.query(
                """
                SELECT o.* FROM fulfilment_orders o
                WHERE o.scope = ? AND o.centre = ? AND o.state = 'placed' AND o.urgent = \(urgent)
                    AND o.ship IS \(ship) AND o.held = 0
                    AND (SELECT SUM(l.reserved - l.picked + l.shipped) FROM fulfilment_order_lines l
                        WHERE l.orders = o.id) > 0
                    AND (o.partial = 1 OR NOT EXISTS (SELECT 1 FROM fulfilment_order_lines l
                        WHERE l.orders = o.id AND l.waiting > 0))
                    AND \(own.sql)
                ORDER BY o.ship, o.placed, o.id LIMIT \(limit - found.count)
                """, [.text(centre.scope.text), .text(centre.terms.centre)] + own.arguments
            ).compactMap(order)
        }
        return found
    }

    static func lines(of order: String, for tenant: some Tenancy, in reader: any Reader) throws -> [OrderLine] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM fulfilment_order_lines WHERE orders = ? AND \(own.sql) ORDER BY line",
            [.text(order)] + own.arguments
        ).map(line)
    }

    /// Lines that wait for an item, those who ordered first before those who ordered later; urgent ones first.
    static func waiting(
        for item: String, in centre: String, limit: Int = 500, offset: Int = 0, for tenant: some Tenancy,
        in reader: any Reader
    ) throws -> [OrderLine] {
        let own = tenant.condition(column: "l.scope")
        return try reader.query(
            """
            SELECT l.* FROM fulfilment_order_lines l JOIN fulfilment_orders o ON o.id = l.orders
            WHERE l.centre = ? AND l.item = ? AND l.waiting > 0 AND \(own.sql)
            ORDER BY o.urgent DESC, o.placed, o.id, l.line LIMIT \(limit) OFFSET \(offset)
            """, [.text(centre), .text(item)] + own.arguments
        ).map(line)
    }

    /// What orders of a centre wait for, item by item.
    static func itemsAwaited(
        in centre: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [String] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT DISTINCT item FROM fulfilment_order_lines WHERE centre = ? AND waiting > 0 AND \(own.sql)
            ORDER BY item
            """, [.text(centre)] + own.arguments
        ).map { try $0.text("item") }
    }

    static func recipient(of order: String, for tenant: some Tenancy, in reader: any Reader) throws -> Recipient? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM fulfilment_order_people WHERE orders = ? AND \(own.sql)", [.text(order)] + own.arguments
        ).map { row in
            Recipient(
                name: try row.optionalText("name") ?? "", phone: try row.optionalText("phone") ?? "",
                address: try row.optionalText("address") ?? "", note: try row.optionalText("note") ?? "",
                person: try row.optionalText("person"), code: try row.optionalText("code") ?? "")
        }
    }

    /// How often a robot was sent with it.
    static func attempts(of order: String, for tenant: some Tenancy, in reader: any Reader) throws -> Int64 {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT attempts FROM fulfilment_orders WHERE id = ? AND \(own.sql)", [.text(order)] + own.arguments
        )?.integer("attempts") ?? 0
    }

    /// A promise that was made after the first one.
    struct Moved: Sendable, Hashable {
        let at: Timestamp
        let due: Timestamp?
        let why: Promise.Cause
        let words: Words
        /// What its trace is found by.
        let correlation: String
    }

    static func promises(of order: String, for tenant: some Tenancy, in reader: any Reader) throws -> [Moved] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM fulfilment_order_promises WHERE orders = ? AND \(own.sql) ORDER BY number",
            [.text(order)] + own.arguments
        ).map { row in
            Moved(
                at: Timestamp(microseconds: try row.integer("at")),
                due: try row.optionalInteger("due").map { Timestamp(microseconds: $0) },
                why: Promise.Cause(rawValue: try row.text("why")) ?? .person,
                words: Words(try row.text("ko"), try row.text("en")), correlation: try row.text("correlation"))
        }
    }

    /// How many lines leave on each day from a day on.
    static func load(
        of centre: String, from day: KoreanDay, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [Int64: Int64] {
        let own = tenant.condition(column: "scope")
        let rows = try reader.query(
            "SELECT day, lines FROM fulfilment_order_days WHERE centre = ? AND day >= ? AND day <= ? AND \(own.sql)",
            [.text(centre), .integer(day.number), .integer(day.number + Promise.horizon)] + own.arguments)
        return Dictionary(
            try rows.map { (try $0.integer("day"), try $0.integer("lines")) }, uniquingKeysWith: +)
    }

    /// The lots of several items at once, for an intake.
    static func lots(
        of items: [String], in centre: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [String: [LotStock]] {
        guard !items.isEmpty else { return [:] }
        let own = tenant.condition(column: "scope")
        let marks = items.map { _ in "?" }.joined(separator: ", ")
        let rows = try reader.query(
            """
            SELECT * FROM fulfilment_lot_stock WHERE centre = ? AND item IN (\(marks)) AND available > reserved
            AND \(own.sql)
            """, [.text(centre)] + items.map { .text($0) } + own.arguments)
        return Dictionary(grouping: try rows.map(StockTable.lot), by: \.item)
    }

    /// What orders wait for of an item.
    static func waited(
        for items: [String], in centre: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [String: Int64] {
        guard !items.isEmpty else { return [:] }
        let own = tenant.condition(column: "scope")
        let marks = items.map { _ in "?" }.joined(separator: ", ")
        let rows = try reader.query(
            """
            SELECT item, SUM(waiting) AS n FROM fulfilment_order_lines WHERE centre = ? AND item IN (\(marks))
            AND waiting > 0 AND \(own.sql) GROUP BY item
            """, [.text(centre)] + items.map { .text($0) } + own.arguments)
        return Dictionary(uniqueKeysWithValues: try rows.map { (try $0.text("item"), try $0.integer("n")) })
    }

    static func order(_ row: Row) throws -> Order? {
        guard let scope = Scope(try row.text("scope")),
            let delivery = Order.Delivery(kind: try row.text("delivery"), name: try row.text("carrier"))
        else { return nil }
        func moment(_ column: String) throws -> Timestamp? {
            try row.optionalInteger(column).map { Timestamp(microseconds: $0) }
        }
        return Order(
            id: try row.text("id"), scope: scope, centre: try row.text("centre"), number: try row.text("number"),
            channel: Order.Channel(rawValue: try row.text("channel")) ?? .api, reference: try row.text("reference"),
            state: Order.State(rawValue: try row.text("state")) ?? .placed, isHeld: try row.flag("held"),
            isPartial: try row.flag("partial"), isUrgent: try row.flag("urgent"), delivery: delivery,
            placed: Timestamp(microseconds: try row.integer("placed")), ship: try moment("ship"),
            due: try moment("due"), firstDue: try moment("first_due"), goods: try row.integer("goods"),
            fee: try row.integer("fee"), shipped: try moment("shipped"), delivered: try moment("delivered"))
    }

    private static func line(_ row: Row) throws -> OrderLine {
        OrderLine(
            order: try row.text("orders"), line: try row.integer("line"), item: try row.text("item"),
            name: try row.text("name"), price: try row.optionalInteger("price"), quantity: try row.integer("quantity"),
            reserved: try row.integer("reserved"), waiting: try row.integer("waiting"),
            refused: try row.integer("refused"), picked: try row.integer("picked"), packed: try row.integer("packed"),
            shipped: try row.integer("shipped"), returned: try row.integer("returned"))
    }
}
