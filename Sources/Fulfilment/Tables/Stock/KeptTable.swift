import District
import Record
import Store

/// Why goods are kept back, since when and by whom: what the list of quarantine says beside what lies there.
enum KeptTable {
    static let migration = Migration(
        "fulfilment.stock.002",
        [
            """
            CREATE TABLE fulfilment_kept (
                scope TEXT NOT NULL, centre TEXT NOT NULL, location TEXT NOT NULL, item TEXT NOT NULL,
                lot TEXT NOT NULL, reason TEXT NOT NULL, note TEXT NOT NULL, author TEXT NOT NULL, at BIGINT NOT NULL,
                PRIMARY KEY (scope, location, item, lot))
            """,
            "CREATE INDEX fulfilment_kept_lot ON fulfilment_kept (scope, item, lot)",
        ])

    static let projection = Projection(
        tables: ["fulfilment_kept"], types: StockEvent.types + [StockTable.held]
    ) { event, payload, writer in
        guard event.type != StockTable.held else {
            // What of the lot was kept back already is kept back for this now.
            try writer.execute(
                "UPDATE fulfilment_kept SET reason = ?, note = '', author = ?, at = ? WHERE scope = ? AND item = ? AND lot = ?",
                [
                    .text(payload["reason"]?.text ?? KeptWhy.other.rawValue), .text(event.author.text),
                    .integer(event.observed.microseconds), .text(event.scope.text),
                    .text(payload["item"]?.text ?? ""), .text(payload["lot"]?.text ?? ""),
                ])
            return
        }
        guard let change = StockEvent(event.type, payload) else { return }
        for move in change.moves where move.to?.status == .quarantine {
            guard let to = move.to else { continue }
            if move.from?.status == .quarantine, event.type != StockEvent.checked {
                try carry(move, to: to.location, event.scope.text, writer)
            } else {
                try write(
                    KeptWhy(event.type, payload), payload["note"]?.text ?? payload["why"]?.text ?? "", move,
                    to.location, change.centre, event, writer)
            }
        }
        // What is gone takes its reason with it; the stock itself was written before.
        for move in change.moves {
            guard let from = move.from, from.status == .quarantine else { continue }
            try writer.execute(
                """
                DELETE FROM fulfilment_kept WHERE scope = ? AND location = ? AND item = ? AND lot = ? AND NOT EXISTS (
                    SELECT 1 FROM fulfilment_stock s WHERE s.scope = fulfilment_kept.scope
                        AND s.location = fulfilment_kept.location AND s.item = fulfilment_kept.item
                        AND s.lot = fulfilment_kept.lot AND s.status = 'quarantine' AND s.quantity > 0)
                """,
                [.text(event.scope.text), .text(from.location), .text(move.item), .text(move.lot)])
        }
    }

    private static func write(
        _ why: KeptWhy, _ note: String, _ move: Move, _ location: String, _ centre: String, _ event: Event,
        _ writer: any Writer
    ) throws {
        try writer.execute(
            """
            INSERT INTO fulfilment_kept (scope, centre, location, item, lot, reason, note, author, at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (scope, location, item, lot) DO UPDATE
            SET reason = excluded.reason, note = excluded.note, author = excluded.author, at = excluded.at
            """,
            [
                .text(event.scope.text), .text(centre), .text(location), .text(move.item), .text(move.lot),
                .text(why.rawValue), .text(note), .text(event.author.text), .integer(event.observed.microseconds),
            ])
    }

    /// Goods that are carried elsewhere take their reason with them.
    private static func carry(_ move: Move, to location: String, _ scope: String, _ writer: any Writer) throws {
        guard let from = move.from, from.location != location else { return }
        try writer.execute(
            """
            INSERT INTO fulfilment_kept (scope, centre, location, item, lot, reason, note, author, at)
            SELECT scope, centre, ?, item, lot, reason, note, author, at FROM fulfilment_kept
            WHERE scope = ? AND location = ? AND item = ? AND lot = ? ON CONFLICT (scope, location, item, lot) DO NOTHING
            """,
            [.text(location), .text(scope), .text(from.location), .text(move.item), .text(move.lot)])
    }

    /// Something that is kept back.
    struct Kept: Sendable, Hashable {
        let held: Held
        let why: KeptWhy
        let note: String
        /// Who kept it back, as events name an author; empty where nobody knows.
        let author: String
        let at: Timestamp
    }

    /// What is kept back in a centre, the oldest first.
    static func list(
        in centre: String, for tenant: some Tenancy, limit: Int = 500, in reader: any Reader
    ) throws -> [Kept] {
        let own = tenant.condition(column: "s.scope")
        return try reader.query(
            """
            SELECT s.*, k.reason, k.note, k.author, COALESCE(k.at, s.since) AS kept FROM fulfilment_stock s
            LEFT JOIN fulfilment_kept k
                ON k.scope = s.scope AND k.location = s.location AND k.item = s.item AND k.lot = s.lot
            WHERE s.centre = ? AND s.status = 'quarantine' AND \(own.sql)
            ORDER BY kept, s.item, s.lot, s.location LIMIT \(limit)
            """, [.text(centre)] + own.arguments
        ).map { row in
            Kept(
                held: try Held(row), why: try row.optionalText("reason").flatMap { KeptWhy(rawValue: $0) } ?? .other,
                note: try row.optionalText("note") ?? "", author: try row.optionalText("author") ?? "",
                at: Timestamp(microseconds: try row.integer("kept")))
        }
    }
}
