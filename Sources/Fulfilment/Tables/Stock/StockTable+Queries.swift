import District
import Record
import Store

extension StockTable {
    /// The lots of an item in a centre, with what is free of each.
    static func lots(of item: String, in centre: String, for tenant: some Tenancy, in reader: any Reader) throws
        -> [LotStock]
    {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT * FROM fulfilment_lot_stock WHERE centre = ? AND item = ? AND available > 0 AND \(own.sql)
            ORDER BY received, lot
            """, [.text(centre), .text(item)] + own.arguments
        ).map(lot)
    }

    /// A lot, wherever it lies.
    static func lots(named name: String, of item: String, for tenant: some Tenancy, in reader: any Reader) throws
        -> [LotStock]
    {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM fulfilment_lot_stock WHERE item = ? AND lot = ? AND \(own.sql) ORDER BY centre",
            [.text(item), .text(name)] + own.arguments
        ).map(lot)
    }

    /// What lies in a centre, by location.
    static func held(
        in centre: String, item: String? = nil, lot: String? = nil, location: String? = nil, for tenant: some Tenancy,
        limit: Int = 10_000, in reader: any Reader
    ) throws -> [Held] {
        let own = tenant.condition(column: "scope")
        var (conditions, arguments): ([String], [SQLValue]) = (["centre = ?"], [.text(centre)])
        for (column, value) in [("item", item), ("lot", lot), ("location", location)] {
            guard let value else { continue }
            conditions.append("\(column) = ?")
            arguments.append(.text(value))
        }
        return try reader.query(
            """
            SELECT * FROM fulfilment_stock WHERE \(conditions.joined(separator: " AND ")) AND \(own.sql)
            ORDER BY location, item, lot, status LIMIT \(limit)
            """, arguments + own.arguments
        ).map { row in
            Held(
                centre: try row.text("centre"),
                spot: Spot(
                    location: try row.text("location"),
                    status: StockStatus(rawValue: try row.text("status")) ?? .quarantine),
                item: try row.text("item"), lot: try row.text("lot"), quantity: try row.integer("quantity"),
                since: Timestamp(microseconds: try row.integer("since")))
        }
    }

    /// What is promised to orders of a lot, the latest order first: who loses theirs first when there is too little.
    static func promises(
        of item: String, lot: String, in centre: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [Reserved] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT * FROM fulfilment_reservations WHERE centre = ? AND item = ? AND lot = ? AND \(own.sql)
            ORDER BY orders DESC, line
            """, [.text(centre), .text(item), .text(lot)] + own.arguments
        ).map(reserved)
    }

    /// What is promised to an order.
    static func promises(to order: String, for tenant: some Tenancy, in reader: any Reader) throws -> [Reserved] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM fulfilment_reservations WHERE orders = ? AND \(own.sql) ORDER BY line, lot",
            [.text(order)] + own.arguments
        ).map(reserved)
    }

    static func lot(_ row: Row) throws -> LotStock {
        LotStock(
            scope: Scope(try row.text("scope")) ?? .zone, centre: try row.text("centre"), item: try row.text("item"),
            lot: try row.text("lot"),
            available: try row.integer("available"), reserved: try row.integer("reserved"),
            expiry: try row.optionalInteger("expiry").map { Timestamp(microseconds: $0) },
            received: Timestamp(microseconds: try row.integer("received")))
    }

    private static func reserved(_ row: Row) throws -> Reserved {
        Reserved(
            order: try row.text("orders"), line: try row.integer("line"), centre: try row.text("centre"),
            item: try row.text("item"), lot: try row.text("lot"), quantity: try row.integer("quantity"))
    }
}
