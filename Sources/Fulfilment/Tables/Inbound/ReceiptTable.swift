import District
import Record
import Store

/// What was taken in, one row a receipt: what was entered wrongly can be found and taken back.
enum ReceiptTable {
    static let migration = Migration(
        "fulfilment.inbound.002",
        [
            """
            CREATE TABLE fulfilment_receipts (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, centre TEXT NOT NULL, inbound TEXT NOT NULL,
                line BIGINT NOT NULL, item TEXT NOT NULL, lot TEXT NOT NULL, good BIGINT NOT NULL,
                damaged BIGINT NOT NULL, moves TEXT NOT NULL, at BIGINT NOT NULL, author TEXT NOT NULL,
                corrected BIGINT NOT NULL, instead TEXT)
            """,
            "CREATE INDEX fulfilment_receipts_inbound ON fulfilment_receipts (scope, inbound)",
            "CREATE INDEX fulfilment_receipts_instead ON fulfilment_receipts (instead)",
        ])

    static let projection = Projection(
        tables: ["fulfilment_receipts"], types: [StockEvent.received, StockEvent.takenBack]
    ) { event, payload, writer in
        guard event.type == StockEvent.received else {
            try writer.execute(
                "UPDATE fulfilment_receipts SET corrected = 1 WHERE id = ?",
                [.text(payload["receipt"]?["id"]?.text ?? "")])
            return
        }
        guard let receipt = payload["receipt"] else { return }
        try writer.execute(
            """
            INSERT INTO fulfilment_receipts (id, scope, centre, inbound, line, item, lot, good, damaged, moves, at,
                author, corrected, instead) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)
            """,
            [
                .text(event.id.description), .text(event.scope.text), .text(payload["centre"]?.text ?? ""),
                .text(payload["inbound"]?.text ?? ""), .integer(receipt["line"]?.integer ?? 0),
                .text(receipt["item"]?.text ?? ""), .text(receipt["lot"]?.text ?? ""),
                .integer(receipt["good"]?.integer ?? 0), .integer(receipt["damaged"]?.integer ?? 0),
                .text((payload["moves"] ?? .array([])).canonicalText), .integer(event.observed.microseconds),
                .text(event.author.text), .optional(payload["instead"]?.text),
            ])
    }

    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> Receipt? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM fulfilment_receipts WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).map(receipt)
    }

    /// What was taken in instead of a receipt that was wrong; nil where nothing was.
    static func instead(of id: String, in reader: any Reader) throws -> String? {
        try reader.first("SELECT id FROM fulfilment_receipts WHERE instead = ?", [.text(id)])?.text("id")
    }

    /// The receipts of a delivery, the latest first.
    static func list(of inbound: String, for tenant: some Tenancy, in reader: any Reader) throws -> [Receipt] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM fulfilment_receipts WHERE inbound = ? AND \(own.sql) ORDER BY at DESC, corrected, id DESC LIMIT 500",
            [.text(inbound)] + own.arguments
        ).map(receipt)
    }

    private static func receipt(_ row: Row) throws -> Receipt {
        Receipt(
            id: try row.text("id"), scope: Scope(try row.text("scope")) ?? .zone, centre: try row.text("centre"),
            inbound: try row.text("inbound"), line: try row.integer("line"), item: try row.text("item"),
            lot: try row.text("lot"), good: try row.integer("good"), damaged: try row.integer("damaged"),
            moves: (try JSON(parsing: row.text("moves")).elements ?? []).compactMap { Move($0) },
            at: Timestamp(microseconds: try row.integer("at")), author: try row.text("author"),
            isCorrected: try row.integer("corrected") != 0, instead: try row.optionalText("instead"))
    }
}
