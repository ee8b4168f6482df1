import District
import Record
import Store

/// Stock as people look for it: what lies where, joined with what it is called, filtered and sorted in the database.
enum StockView {
    /// A row of stock with its names.
    struct Line: Sendable, Hashable {
        let item: String
        let name: String
        let lot: String
        let place: String
        /// What people call the place; its identifier where it is a container.
        let placeName: String
        let status: StockStatus
        let quantity: Int64
        let expiry: Timestamp?
        let since: Timestamp
    }

    /// Which rows.
    enum Filter: Sendable, Hashable {
        case all
        /// What may be used only until then, or no longer.
        case expiring(Timestamp)
        /// What is kept back, broken, past its day or returned.
        case held
        case item(String)
        case place(String)
    }

    /// What rows can be sorted by, as the address names it.
    static let orders = [
        "item": "s.item", "lot": "s.lot", "place": "COALESCE(p.sequence, 999999999), p.name", "quantity": "s.quantity",
        "expiry": "COALESCE(l.expiry, 9000000000000000000)",
    ]

    static func page(
        _ filter: Filter, in centre: String, containing words: String = "", sort: String = "item",
        descending: Bool = false, limit: Int, offset: Int = 0, for tenant: some Tenancy, in reader: any Reader
    ) throws -> Listing<Line> {
        let own = tenant.condition(column: "s.scope")
        var (conditions, arguments): ([String], [SQLValue]) = (
            ["s.centre = ?", own.sql], [.text(centre)] + own.arguments
        )
        switch filter {
        case .all: break
        case .expiring(let until):
            conditions.append("l.expiry <= ?")
            arguments.append(.integer(until.microseconds))
        case .held: conditions.append("s.status <> 'available'")
        case .item(let code):
            conditions.append("s.item = ?")
            arguments.append(.text(code))
        case .place(let id):
            conditions.append("s.location = ?")
            arguments.append(.text(id))
        }
        if !words.isEmpty {
            conditions.append(
                "(i.words LIKE ? ESCAPE '!' OR LOWER(s.lot) LIKE ? ESCAPE '!' OR LOWER(p.name) LIKE ? ESCAPE '!')")
            arguments += Array(repeating: .pattern(containing: words.lowercased()), count: 3)
        }
        let order = orders[sort] ?? "s.item"
        return try reader.listing(
            """
            s.item, s.lot, s.location, s.status, s.quantity, s.since, COALESCE(i.name, s.item) AS name,
            COALESCE(p.name, s.location) AS place, l.expiry AS expiry
            """,
            from: """
                fulfilment_stock s LEFT JOIN fulfilment_items i ON i.scope = s.scope AND i.code = s.item
                LEFT JOIN fulfilment_places p ON p.id = s.location
                LEFT JOIN fulfilment_lots l ON l.scope = s.scope AND l.item = s.item AND l.lot = s.lot
                WHERE \(conditions.joined(separator: " AND "))
                """, arguments,
            order: "\(order)\(descending ? " DESC" : ""), s.item, s.lot, s.location, s.status", limit: limit,
            offset: offset
        ) { row in
            Line(
                item: try row.text("item"), name: try row.text("name"), lot: try row.text("lot"),
                place: try row.text("location"), placeName: try row.text("place"),
                status: StockStatus(rawValue: try row.text("status")) ?? .quarantine,
                quantity: try row.integer("quantity"),
                expiry: try row.optionalInteger("expiry").map { Timestamp(microseconds: $0) },
                since: Timestamp(microseconds: try row.integer("since")))
        }
    }

    /// What of an item is in good state, and what of that is promised.
    static func sums(
        of item: String, in centre: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> (available: Int64, reserved: Int64) {
        let lots = try StockTable.lots(of: item, in: centre, for: tenant, in: reader)
        return (lots.reduce(0) { $0 + $1.available }, lots.reduce(0) { $0 + $1.reserved })
    }
}
