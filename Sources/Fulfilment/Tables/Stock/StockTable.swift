import District
import Record
import Store

/// Stock, out of moves and of nothing else: what lies where, what of it is promised. The schema itself refuses that a
/// quantity falls below zero, and that more is promised than lies there in good state.
enum StockTable {
    static let migration = Migration(
        "fulfilment.stock.001",
        [
            """
            CREATE TABLE fulfilment_stock (
                scope TEXT NOT NULL, centre TEXT NOT NULL, location TEXT NOT NULL, item TEXT NOT NULL,
                lot TEXT NOT NULL, status TEXT NOT NULL, quantity BIGINT NOT NULL CHECK (quantity > 0),
                since BIGINT NOT NULL, PRIMARY KEY (scope, location, item, lot, status))
            """,
            "CREATE INDEX fulfilment_stock_item ON fulfilment_stock (scope, centre, item, lot)",
            """
            CREATE TABLE fulfilment_lot_stock (
                scope TEXT NOT NULL, centre TEXT NOT NULL, item TEXT NOT NULL, lot TEXT NOT NULL,
                available BIGINT NOT NULL CHECK (available >= 0), reserved BIGINT NOT NULL,
                received BIGINT NOT NULL, expiry BIGINT, PRIMARY KEY (scope, centre, item, lot),
                CHECK (reserved >= 0 AND reserved <= available))
            """,
            "CREATE INDEX fulfilment_lot_stock_lot ON fulfilment_lot_stock (scope, item, lot)",
            """
            CREATE TABLE fulfilment_reservations (
                scope TEXT NOT NULL, centre TEXT NOT NULL, orders TEXT NOT NULL, line BIGINT NOT NULL,
                item TEXT NOT NULL, lot TEXT NOT NULL, quantity BIGINT NOT NULL CHECK (quantity > 0),
                PRIMARY KEY (orders, line, lot))
            """,
            "CREATE INDEX fulfilment_reservations_lot ON fulfilment_reservations (scope, centre, item, lot)",
            """
            CREATE TABLE fulfilment_serials (
                scope TEXT NOT NULL, item TEXT NOT NULL, serial TEXT NOT NULL, lot TEXT NOT NULL,
                location TEXT, status TEXT, PRIMARY KEY (scope, item, serial))
            """,
            """
            CREATE TABLE fulfilment_lots (
                scope TEXT NOT NULL, item TEXT NOT NULL, lot TEXT NOT NULL, expiry BIGINT, made BIGINT,
                held TEXT, PRIMARY KEY (scope, item, lot))
            """,
        ])

    /// Stock that is promised to an order: `order`, `centre`, `shares` [{ line, item, lot, quantity }].
    static let reserved = "fulfilment.stock.reserved"
    /// Stock that no longer is, with `why`: shipped, cancelled, quarantined, short, expired, moved.
    static let unreserved = "fulfilment.stock.unreserved"
    /// A lot becomes known: `item`, `lot`, `expiry`, `made`.
    static let opened = "fulfilment.lot.opened"
    /// A lot is kept back wherever it is, and whatever of it still comes: `item`, `lot`, `reason`.
    static let held = "fulfilment.lot.held"
    /// It no longer is.
    static let released = "fulfilment.lot.released"

    static let projection = Projection(
        tables: [
            "fulfilment_stock", "fulfilment_lot_stock", "fulfilment_reservations", "fulfilment_serials",
            "fulfilment_lots",
        ], types: StockEvent.types + [reserved, unreserved, opened, held, released]
    ) { event, payload, writer in
        let scope = event.scope.text
        switch event.type {
        case reserved: try reserve(payload, scope, writer)
        case unreserved: try unreserve(payload, scope, writer)
        case opened: try open(payload, scope, writer)
        case held, released: try hold(event.type == held ? payload["reason"]?.text : nil, payload, scope, writer)
        default:
            guard let change = StockEvent(event.type, payload) else { return }
            for move in change.moves { try apply(move, of: change.centre, scope, event.observed, writer) }
        }
    }

    // MARK: - Moves

    private static func apply(
        _ move: Move, of centre: String, _ scope: String, _ at: Timestamp, _ writer: any Writer
    ) throws {
        // Goods in good state that stay in the centre stay promised: only the difference touches the lot.
        let leaves = move.from?.status == .available && move.to?.status != .available
        let comes = move.to?.status == .available && move.from?.status != .available
        if let from = move.from { try take(move, from: from, scope, writer) }
        if leaves { try lot(move, by: -move.quantity, of: centre, scope, at, writer) }
        if comes {
            guard try !isHeld(move, scope, writer) else { throw StockRefusal.held(move.item, lot: move.lot) }
            try lot(move, by: move.quantity, of: centre, scope, at, writer)
        }
        if let to = move.to { try put(move, to: to, of: centre, scope, at, writer) }
        for serial in move.serials {
            try writer.execute(
                """
                INSERT INTO fulfilment_serials (scope, item, serial, lot, location, status) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (scope, item, serial) DO UPDATE SET lot = excluded.lot, location = excluded.location,
                    status = excluded.status
                """,
                [
                    .text(scope), .text(move.item), .text(serial), .text(move.lot),
                    move.to.map { .text($0.location) } ?? .null, move.to.map { .text($0.status.rawValue) } ?? .null,
                ])
        }
    }

    private static func take(_ move: Move, from spot: Spot, _ scope: String, _ writer: any Writer) throws {
        let key: [SQLValue] = [
            .text(scope), .text(spot.location), .text(move.item), .text(move.lot), .text(spot.status.rawValue),
        ]
        let condition = "scope = ? AND location = ? AND item = ? AND lot = ? AND status = ?"
        let less = try writer.execute(
            "UPDATE fulfilment_stock SET quantity = quantity - ? WHERE \(condition) AND quantity > ?",
            [.integer(move.quantity)] + key + [.integer(move.quantity)])
        guard less == 0 else { return }
        let gone = try writer.execute(
            "DELETE FROM fulfilment_stock WHERE \(condition) AND quantity = ?", key + [.integer(move.quantity)])
        guard gone == 1 else { throw StockRefusal.tooLittle(move.item, at: spot.location) }
    }

    private static func put(
        _ move: Move, to spot: Spot, of centre: String, _ scope: String, _ at: Timestamp, _ writer: any Writer
    ) throws {
        try writer.execute(
            """
            INSERT INTO fulfilment_stock (scope, centre, location, item, lot, status, quantity, since)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (scope, location, item, lot, status) DO UPDATE
            SET quantity = fulfilment_stock.quantity + excluded.quantity
            """,
            [
                .text(scope), .text(centre), .text(spot.location), .text(move.item), .text(move.lot),
                .text(spot.status.rawValue), .integer(move.quantity), .integer(at.microseconds),
            ])
    }

    private static func lot(
        _ move: Move, by quantity: Int64, of centre: String, _ scope: String, _ at: Timestamp, _ writer: any Writer
    ) throws {
        let key: [SQLValue] = [.text(scope), .text(centre), .text(move.item), .text(move.lot)]
        guard quantity > 0 else {
            let done = try writer.execute(
                """
                UPDATE fulfilment_lot_stock SET available = available + ?
                WHERE scope = ? AND centre = ? AND item = ? AND lot = ? AND available + ? >= reserved
                """, [.integer(quantity)] + key + [.integer(quantity)])
            guard done == 1 else { throw StockRefusal.promised(move.item, lot: move.lot) }
            return
        }
        try writer.execute(
            """
            INSERT INTO fulfilment_lot_stock (scope, centre, item, lot, available, reserved, received, expiry)
            VALUES (?, ?, ?, ?, ?, 0, ?,
                (SELECT expiry FROM fulfilment_lots WHERE scope = ? AND item = ? AND lot = ?))
            ON CONFLICT (scope, centre, item, lot) DO UPDATE
            SET available = fulfilment_lot_stock.available + excluded.available
            """,
            key + [.integer(quantity), .integer(at.microseconds), .text(scope), .text(move.item), .text(move.lot)])
    }

    private static func open(_ payload: [String: JSON], _ scope: String, _ writer: any Writer) throws {
        guard let item = payload["item"]?.text, let lot = payload["lot"]?.text else { return }
        let expiry = payload["expiry"]?.text.flatMap { Timestamp(iso8601: $0) }.map {
            SQLValue.integer($0.microseconds)
        }
        let made = payload["made"]?.text.flatMap { Timestamp(iso8601: $0) }.map { SQLValue.integer($0.microseconds) }
        try writer.execute(
            """
            INSERT INTO fulfilment_lots (scope, item, lot, expiry, made) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (scope, item, lot) DO UPDATE SET expiry = excluded.expiry, made = excluded.made
            """, [.text(scope), .text(item), .text(lot), expiry ?? .null, made ?? .null])
        try writer.execute(
            "UPDATE fulfilment_lot_stock SET expiry = ? WHERE scope = ? AND item = ? AND lot = ?",
            [expiry ?? .null, .text(scope), .text(item), .text(lot)])
    }

    private static func hold(
        _ reason: String?, _ payload: [String: JSON], _ scope: String, _ writer: any Writer
    ) throws {
        guard let item = payload["item"]?.text, let lot = payload["lot"]?.text else { return }
        try writer.execute(
            """
            INSERT INTO fulfilment_lots (scope, item, lot, held) VALUES (?, ?, ?, ?)
            ON CONFLICT (scope, item, lot) DO UPDATE SET held = excluded.held
            """, [.text(scope), .text(item), .text(lot), .optional(reason)])
    }

    /// Whether the lot is kept back: then none of it gets into good state, by whatever way it comes.
    private static func isHeld(_ move: Move, _ scope: String, _ writer: any Writer) throws -> Bool {
        guard !move.lot.isEmpty else { return false }
        return try writer.first(
            "SELECT 1 AS held FROM fulfilment_lots WHERE scope = ? AND item = ? AND lot = ? AND held IS NOT NULL",
            [.text(scope), .text(move.item), .text(move.lot)]) != nil
    }

    // MARK: - Promises

    private static func reserve(_ payload: [String: JSON], _ scope: String, _ writer: any Writer) throws {
        for share in Reserved.shares(payload) {
            let done = try writer.execute(
                """
                UPDATE fulfilment_lot_stock SET reserved = reserved + ?
                WHERE scope = ? AND centre = ? AND item = ? AND lot = ? AND reserved + ? <= available
                """,
                [
                    .integer(share.quantity), .text(scope), .text(share.centre), .text(share.item), .text(share.lot),
                    .integer(share.quantity),
                ])
            guard done == 1 else { throw StockRefusal.sold(share.item) }
            try writer.execute(
                """
                INSERT INTO fulfilment_reservations (scope, centre, orders, line, item, lot, quantity)
                VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (orders, line, lot) DO UPDATE
                SET quantity = fulfilment_reservations.quantity + excluded.quantity
                """,
                [
                    .text(scope), .text(share.centre), .text(share.order), .integer(share.line), .text(share.item),
                    .text(share.lot), .integer(share.quantity),
                ])
        }
    }

    private static func unreserve(_ payload: [String: JSON], _ scope: String, _ writer: any Writer) throws {
        for share in Reserved.shares(payload) {
            let key: [SQLValue] = [.text(share.order), .integer(share.line), .text(share.lot)]
            let less = try writer.execute(
                """
                UPDATE fulfilment_reservations SET quantity = quantity - ?
                WHERE orders = ? AND line = ? AND lot = ? AND quantity > ?
                """, [.integer(share.quantity)] + key + [.integer(share.quantity)])
            if less == 0 {
                let gone = try writer.execute(
                    "DELETE FROM fulfilment_reservations WHERE orders = ? AND line = ? AND lot = ? AND quantity = ?",
                    key + [.integer(share.quantity)])
                guard gone == 1 else { throw StockRefusal.unpromised(share.order) }
            }
            try writer.execute(
                """
                UPDATE fulfilment_lot_stock SET reserved = reserved - ?
                WHERE scope = ? AND centre = ? AND item = ? AND lot = ?
                """,
                [
                    .integer(share.quantity), .text(scope), .text(share.centre), .text(share.item), .text(share.lot),
                ])
        }
    }
}
