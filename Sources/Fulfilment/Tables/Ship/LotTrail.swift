import District
import Record
import Store

/// Where goods of a lot went that are here no more: with an order, over the counter, into what was made of them; and what
/// of it came back.
enum LotTrail {
    static let migration = Migration(
        "fulfilment.ship.002",
        [
            """
            CREATE TABLE fulfilment_lot_trail (
                event TEXT NOT NULL, part BIGINT NOT NULL, scope TEXT NOT NULL, centre TEXT NOT NULL,
                item TEXT NOT NULL, lot TEXT NOT NULL, way TEXT NOT NULL, paper TEXT NOT NULL, other TEXT NOT NULL,
                other_lot TEXT NOT NULL, quantity BIGINT NOT NULL, serials TEXT NOT NULL, at BIGINT NOT NULL,
                PRIMARY KEY (event, part))
            """,
            "CREATE INDEX fulfilment_lot_trail_lot ON fulfilment_lot_trail (scope, item, lot, at)",
            "CREATE INDEX fulfilment_lot_trail_paper ON fulfilment_lot_trail (paper)",
        ])

    /// How it went.
    enum Way: String, Sendable, Hashable {
        /// Out of the house with an order (`paper`), in a parcel (`other`).
        case shipped
        /// Over the counter, in a sale (`paper`).
        case sold
        /// Used up in work (`paper`); what was made is `other` of `otherLot`.
        case made
        /// Back from an order (`paper`), by a return (`other`).
        case returned
    }

    /// So much of a lot that went one way at once.
    struct Step: Sendable, Hashable {
        let centre: String
        let item: String
        let lot: String
        let way: Way
        let paper: String
        let other: String
        let otherLot: String
        let quantity: Int64
        let serials: [String]
        let at: Timestamp
    }

    static let projection = Projection(
        tables: ["fulfilment_lot_trail"],
        types: [StockEvent.shipped, StockEvent.sold, StockEvent.consumed, StockEvent.returned]
    ) { event, payload, writer in
        guard let change = StockEvent(event.type, payload) else { return }
        let order = change.papers.first { $0.type == "po" }?.reference ?? ""
        var part: Int64 = 0
        func add(_ move: Move, _ way: Way, _ paper: String, _ other: String = "", _ otherLot: String = "") throws {
            part += 1
            try writer.execute(
                """
                INSERT INTO fulfilment_lot_trail (event, part, scope, centre, item, lot, way, paper, other, other_lot,
                    quantity, serials, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .text(event.id.description), .integer(part), .text(event.scope.text), .text(change.centre),
                    .text(move.item), .text(move.lot), .text(way.rawValue), .text(paper), .text(other),
                    .text(otherLot), .integer(move.quantity), .text(move.serials.joined(separator: "\n")),
                    .integer(event.observed.microseconds),
                ])
        }
        switch event.type {
        case StockEvent.shipped:
            for move in change.moves where move.to == nil {
                try add(move, .shipped, order, String(move.from?.location.dropFirst(Spot.container.count) ?? ""))
            }
        case StockEvent.sold:
            for move in change.moves where move.to == nil { try add(move, .sold, event.stream) }
        case StockEvent.returned:
            for move in change.moves where move.from == nil { try add(move, .returned, order, event.stream) }
        default:
            let made = change.moves.filter { $0.from == nil }
            for move in change.moves where move.to == nil {
                for product in made { try add(move, .made, event.stream, product.item, product.lot) }
            }
        }
    }

    /// Every way a lot went, the latest last; all of them, for a customer who is missing is not called.
    static func steps(
        of item: String, lot: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [Step] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT * FROM fulfilment_lot_trail WHERE item = ? AND lot = ? AND \(own.sql)
            ORDER BY at, event, part
            """, [.text(item), .text(lot)] + own.arguments
        ).compactMap(step)
    }

    /// Whose goods of this code and lot went anywhere.
    static func scopes(
        of item: String, lot: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [Scope] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT DISTINCT scope FROM fulfilment_lot_trail WHERE item = ? AND lot = ? AND \(own.sql) ORDER BY scope",
            [.text(item), .text(lot)] + own.arguments
        ).compactMap { Scope(try $0.text("scope")) }
    }

    /// What left with an order, and what of it came back.
    static func steps(of order: String, for tenant: some Tenancy, in reader: any Reader) throws -> [Step] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM fulfilment_lot_trail WHERE paper = ? AND \(own.sql) ORDER BY at, event, part",
            [.text(order)] + own.arguments
        ).compactMap(step)
    }

    private static func step(_ row: Row) throws -> Step? {
        guard let way = Way(rawValue: try row.text("way")) else { return nil }
        return Step(
            centre: try row.text("centre"), item: try row.text("item"), lot: try row.text("lot"), way: way,
            paper: try row.text("paper"), other: try row.text("other"), otherLot: try row.text("other_lot"),
            quantity: try row.integer("quantity"),
            serials: try row.text("serials").split(separator: "\n").map(String.init),
            at: Timestamp(microseconds: try row.integer("at")))
    }
}
