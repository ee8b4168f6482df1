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

    /// A lot in every centre where anything of it lies, in whatever state; with nothing available where it never was good.
    static func owners(of name: String, of item: String, for tenant: some Tenancy, in reader: any Reader) throws
        -> [LotStock]
    {
        let own = tenant.condition(column: "s.scope")
        return try reader.query(
            """
            SELECT DISTINCT s.scope, s.centre, s.item, s.lot, COALESCE(l.available, 0) AS available,
                COALESCE(l.reserved, 0) AS reserved, l.expiry, COALESCE(l.received, 0) AS received
            FROM fulfilment_stock s LEFT JOIN fulfilment_lot_stock l
                ON l.scope = s.scope AND l.centre = s.centre AND l.item = s.item AND l.lot = s.lot
            WHERE s.item = ? AND s.lot = ? AND \(own.sql) ORDER BY s.centre, s.scope
            """, [.text(item), .text(name)] + own.arguments
        ).map(lot)
    }

    /// Whose lots of this name are known, and whether they are kept back (why), with or without stock.
    static func known(
        _ name: String, of item: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [(scope: Scope, held: String?)] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT scope, held FROM fulfilment_lots WHERE item = ? AND lot = ? AND \(own.sql) ORDER BY scope",
            [.text(item), .text(name)] + own.arguments
        ).compactMap { row in
            Scope(try row.text("scope")).map { ($0, try? row.optionalText("held")) }
        }
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
        ).map(Held.init)
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

    /// What is promised to orders of a lot, in the order in which promises end where some of it is lost.
    static func endable(
        of item: String, lot: String, in centre: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [Reserved] {
        let (open, inHand) = try split(of: item, lot: lot, in: centre, for: tenant, in: reader)
        return open + inHand
    }

    /// What is promised to orders of a lot: what still lies on a shelf, and what lies in their totes and parcels.
    static func split(
        of item: String, lot: String, in centre: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> (open: [Reserved], inHand: [Reserved]) {
        let promises = try promises(of: item, lot: lot, in: centre, for: tenant, in: reader)
        var inHand: [String: Int64] = [:]
        for order in Set(promises.map(\.order)) {
            inHand[order] = try ParcelTable.inHand(of: order, in: centre, for: tenant, in: reader)
                .filter { $0.item == item && $0.lot == lot }.reduce(0) { $0 + $1.quantity }
        }
        return Quarantine.split(promises, inHand: inHand)
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

extension Held {
    /// A row of `fulfilment_stock`; a state that nobody knows is kept back.
    init(_ row: Row) throws {
        self.init(
            centre: try row.text("centre"),
            spot: Spot(
                location: try row.text("location"),
                status: StockStatus(rawValue: try row.text("status")) ?? .quarantine),
            item: try row.text("item"), lot: try row.text("lot"), quantity: try row.integer("quantity"),
            since: Timestamp(microseconds: try row.integer("since")))
    }
}
