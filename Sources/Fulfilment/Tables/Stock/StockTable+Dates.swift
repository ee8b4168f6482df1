import District
import Record
import Store

extension StockTable {
    /// Lots of which something still counts as good, though their date has come.
    static func expired(
        at now: Timestamp, in centre: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [LotStock] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT * FROM fulfilment_lot_stock WHERE centre = ? AND available > 0 AND expiry <= ? AND \(own.sql)
            ORDER BY item, lot
            """, [.text(centre), .integer(now.microseconds)] + own.arguments
        ).map(lot)
    }

    /// A promise of a lot that has a date, with when it is to be where it goes; nil while nobody knows.
    struct Dated: Sendable, Hashable {
        let promise: Reserved
        let expiry: Timestamp
        let due: Timestamp?
    }

    /// What of lots with a date is promised to orders that are in the house.
    static func dated(
        in centre: String, lot: ShelfLife.Lot?, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [Dated] {
        let own = tenant.condition(column: "r.scope")
        let one = lot == nil ? "" : " AND r.item = ? AND r.lot = ?"
        return try reader.query(
            """
            SELECT r.orders, r.line, r.centre, r.item, r.lot, r.quantity, l.expiry, o.due FROM fulfilment_reservations r
            JOIN fulfilment_lot_stock l
                ON l.scope = r.scope AND l.centre = r.centre AND l.item = r.item AND l.lot = r.lot
            JOIN fulfilment_orders o ON o.id = r.orders
            WHERE r.centre = ? AND l.expiry IS NOT NULL AND o.state IN ('placed', 'released', 'picked')\(one)
                AND \(own.sql) ORDER BY r.orders, r.line
            """, [.text(centre)] + (lot.map { [.text($0.item), .text($0.lot)] } ?? []) + own.arguments
        ).map { row in
            Dated(
                promise: Reserved(
                    order: try row.text("orders"), line: try row.integer("line"), centre: try row.text("centre"),
                    item: try row.text("item"), lot: try row.text("lot"), quantity: try row.integer("quantity")),
                expiry: Timestamp(microseconds: try row.integer("expiry")),
                due: try row.optionalInteger("due").map { Timestamp(microseconds: $0) })
        }
    }
}
