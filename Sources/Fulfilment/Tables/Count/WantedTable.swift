import District
import Record
import Store

/// Places that somebody should count, for a picker did not find what should lie there; what was not found is kept back
/// until then.
enum WantedTable {
    static let migration = Migration(
        "fulfilment.count.002",
        [
            """
            CREATE TABLE fulfilment_count_wanted (
                scope TEXT NOT NULL, centre TEXT NOT NULL, place TEXT NOT NULL, item TEXT NOT NULL, lot TEXT NOT NULL,
                missing BIGINT NOT NULL, since BIGINT NOT NULL, PRIMARY KEY (scope, place, item, lot))
            """,
            "CREATE INDEX fulfilment_count_wanted_centre ON fulfilment_count_wanted (scope, centre, since)",
            """
            CREATE TABLE fulfilment_count_moves (
                count TEXT NOT NULL, item TEXT NOT NULL, lot TEXT NOT NULL, net BIGINT NOT NULL, low BIGINT NOT NULL,
                high BIGINT NOT NULL, PRIMARY KEY (count, item, lot))
            """,
        ])

    static let projection = Projection(
        tables: ["fulfilment_count_wanted"], types: [TourEvents.countWanted, CountTable.settled]
    ) { event, payload, writer in
        let (scope, place) = (event.scope.text, payload["place"]?.text ?? "")
        guard event.type == TourEvents.countWanted else {
            // A count answers what was wanted when it was settled, and nothing that came up since.
            for answered in payload["answered"]?.elements ?? [] {
                let key: [SQLValue] = [
                    .text(scope), .text(place), .text(answered["item"]?.text ?? ""),
                    .text(answered["lot"]?.text ?? ""),
                ]
                let missing = SQLValue.integer(answered["missing"]?.integer ?? 0)
                try writer.execute(
                    """
                    DELETE FROM fulfilment_count_wanted WHERE scope = ? AND place = ? AND item = ? AND lot = ?
                        AND missing <= ?
                    """, key + [missing])
                try writer.execute(
                    """
                    UPDATE fulfilment_count_wanted SET missing = missing - ?
                    WHERE scope = ? AND place = ? AND item = ? AND lot = ?
                    """, [missing] + key)
            }
            return
        }
        try writer.execute(
            """
            INSERT INTO fulfilment_count_wanted (scope, centre, place, item, lot, missing, since)
            VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (scope, place, item, lot) DO UPDATE
            SET missing = fulfilment_count_wanted.missing + excluded.missing
            """,
            [
                .text(scope), .text(payload["centre"]?.text ?? ""), .text(place), .text(payload["item"]?.text ?? ""),
                .text(payload["lot"]?.text ?? ""), .integer(payload["missing"]?.integer ?? 0),
                .integer(event.observed.microseconds),
            ])
    }

    /// A count that is wanted.
    struct Wanted: Sendable, Hashable {
        let place: String
        let item: String
        let lot: String
        /// How much was not found.
        let missing: Int64
        let since: Timestamp

        var json: JSON { ["item": .string(item), "lot": .string(lot), "missing": .decimal(missing)] }
    }

    /// What is wanted in a centre, or of one place; the oldest first.
    static func list(
        in centre: String, place: String? = nil, for tenant: some Tenancy, limit: Int = 200, in reader: any Reader
    ) throws -> [Wanted] {
        let own = tenant.condition(column: "scope")
        let at = place == nil ? "" : " AND place = ?"
        return try reader.query(
            """
            SELECT * FROM fulfilment_count_wanted WHERE centre = ?\(at) AND \(own.sql)
            ORDER BY since, place, item, lot LIMIT \(limit)
            """, [.text(centre)] + (place.map { [.text($0)] } ?? []) + own.arguments
        ).map { row in
            Wanted(
                place: try row.text("place"), item: try row.text("item"), lot: try row.text("lot"),
                missing: try row.integer("missing"), since: Timestamp(microseconds: try row.integer("since")))
        }
    }

    /// How much of a lot was not found, by place.
    static func missing(
        of item: String, lot: String, in centre: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [String: Int64] {
        Dictionary(
            try list(in: centre, for: tenant, limit: 10_000, in: reader).filter { $0.item == item && $0.lot == lot }
                .map { ($0.place, $0.missing) }, uniquingKeysWith: +)
    }
}

/// What moved at a place while it was being counted: nobody knows whether it was counted before or after.
enum CountMoves {
    static let projection = Projection(
        tables: ["fulfilment_count_moves"], types: StockEvent.types
    ) { event, payload, writer in
        guard let change = StockEvent(event.type, payload) else { return }
        let places = Set(change.moves.flatMap { [$0.from?.location, $0.to?.location] }.compactMap { $0 })
            .filter { !$0.hasPrefix(Spot.container) }
        for place in places.sorted() {
            let counts = try writer.query(
                """
                SELECT id FROM fulfilment_counts WHERE scope = ? AND centre = ? AND place = ? AND state = 'open'
                """, [.text(event.scope.text), .text(change.centre), .text(place)])
            for count in counts {
                for move in change.moves {
                    let net =
                        (move.to?.location == place ? move.quantity : 0)
                        - (move.from?.location == place ? move.quantity : 0)
                    guard net != 0 else { continue }
                    try add(net, of: move, to: try count.text("id"), writer)
                }
            }
        }
    }

    private static func add(_ net: Int64, of move: Move, to count: String, _ writer: any Writer) throws {
        let key: [SQLValue] = [.text(count), .text(move.item), .text(move.lot)]
        let before = try writer.first(
            "SELECT * FROM fulfilment_count_moves WHERE count = ? AND item = ? AND lot = ?", key)
        let sum = (try before?.integer("net") ?? 0) + net
        let (low, high) = (
            min(try before?.integer("low") ?? 0, sum), max(try before?.integer("high") ?? 0, sum)
        )
        try writer.execute(
            """
            INSERT INTO fulfilment_count_moves (count, item, lot, net, low, high) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (count, item, lot) DO UPDATE SET net = excluded.net, low = excluded.low, high = excluded.high
            """, key + [.integer(sum), .integer(low), .integer(high)])
    }

    /// So much moved of a lot: what it came to in the end, the least and the most it was in between.
    struct Moved: Sendable, Hashable {
        let item: String
        let lot: String
        let net: Int64
        let low: Int64
        let high: Int64

        /// Between what the books said while the place was being counted.
        /// - Parameter book: what they say now.
        func range(book: Int64) -> ClosedRange<Int64> { (book - net + low)...(book - net + high) }
    }

    static func of(_ count: String, in reader: any Reader) throws -> [Moved] {
        try reader.query(
            "SELECT * FROM fulfilment_count_moves WHERE count = ? ORDER BY item, lot", [.text(count)]
        ).map { row in
            Moved(
                item: try row.text("item"), lot: try row.text("lot"), net: try row.integer("net"),
                low: try row.integer("low"), high: try row.integer("high"))
        }
    }
}
