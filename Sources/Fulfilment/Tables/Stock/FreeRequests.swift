import District
import Record
import Store

/// Requests to let a lot go that wait for a second person: the frame keeps them; here is what the list of quarantine says.
enum FreeRequests {
    private static let opened = "district.request.opened"

    static let migration = Migration(
        "fulfilment.stock.003",
        [
            """
            CREATE TABLE fulfilment_free_requests (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, item TEXT NOT NULL, lot TEXT NOT NULL, note TEXT NOT NULL,
                author TEXT NOT NULL, at BIGINT NOT NULL)
            """,
            "CREATE INDEX fulfilment_free_requests_at ON fulfilment_free_requests (scope, at)",
        ])

    /// Requests that somebody else refused: whoever asked is told.
    static let refusals = Migration(
        "fulfilment.stock.004",
        [
            """
            CREATE TABLE fulfilment_free_refused (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, item TEXT NOT NULL, lot TEXT NOT NULL, author TEXT NOT NULL,
                refuser TEXT NOT NULL, why TEXT NOT NULL, at BIGINT NOT NULL)
            """,
            "CREATE INDEX fulfilment_free_refused_author ON fulfilment_free_refused (author, at)",
        ])

    static let projection = Projection(
        tables: ["fulfilment_free_requests", "fulfilment_free_refused"],
        types: [opened, "district.request.signed", "district.request.refused"]
    ) { event, payload, writer in
        let id = payload["request"]?.text ?? ""
        guard event.type == opened else {
            if event.type == "district.request.refused", payload["own"]?.bool != true {
                try writer.execute(
                    """
                    INSERT INTO fulfilment_free_refused (id, scope, item, lot, author, refuser, why, at)
                    SELECT id, scope, item, lot, author, ?, ?, ? FROM fulfilment_free_requests WHERE id = ?
                    """,
                    [
                        .text(event.author.text), .text(payload["why"]?.text ?? ""),
                        .integer(event.observed.microseconds), .text(id),
                    ])
            }
            try writer.execute("DELETE FROM fulfilment_free_requests WHERE id = ?", [.text(id)])
            return
        }
        guard payload["command"]?.text == FreeLot.form.name, let values = payload["values"] else { return }
        // Who asks again has read the refusal.
        try writer.execute(
            "DELETE FROM fulfilment_free_refused WHERE item = ? AND lot = ? AND author = ? AND scope = ?",
            [
                .text(values["item"]?.text ?? ""), .text(values["lot"]?.text ?? ""), .text(event.author.text),
                .text(event.scope.text),
            ])
        try writer.execute(
            """
            INSERT INTO fulfilment_free_requests (id, scope, item, lot, note, author, at) VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(id), .text(event.scope.text), .text(values["item"]?.text ?? ""),
                .text(values["lot"]?.text ?? ""), .text(values["note"]?.text ?? ""), .text(event.author.text),
                .integer(event.observed.microseconds),
            ])
    }

    /// A request that waits.
    struct Waiting: Sendable, Hashable {
        let id: String
        let item: String
        let lot: String
        /// What was found.
        let note: String
        /// Who asked, as events name an author.
        let author: String
        let at: Timestamp
    }

    /// A request that was refused.
    struct Refused: Sendable, Hashable {
        let item: String
        let lot: String
        /// Who refused it, as events name an author.
        let refuser: String
        let why: String
        let at: Timestamp
    }

    /// For how long whoever asked is told of a refusal, in seconds.
    static let told = 14 * 86_400.0

    /// What of somebody's requests was refused within two weeks and not asked for again, the latest first.
    static func refused(
        of author: Author, at now: Timestamp, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [Refused] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT * FROM fulfilment_free_refused WHERE author = ? AND at > ? AND \(own.sql)
            ORDER BY at DESC, id LIMIT 50
            """,
            [.text(author.text), .integer(now.advanced(bySeconds: -told).microseconds)] + own.arguments
        ).map { row in
            Refused(
                item: try row.text("item"), lot: try row.text("lot"), refuser: try row.text("refuser"),
                why: try row.text("why"), at: Timestamp(microseconds: try row.integer("at")))
        }
    }

    /// The requests that wait, the oldest first.
    static func list(for tenant: some Tenancy, in reader: any Reader) throws -> [Waiting] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM fulfilment_free_requests WHERE \(own.sql) ORDER BY at, id LIMIT 200", own.arguments
        ).map { row in
            Waiting(
                id: try row.text("id"), item: try row.text("item"), lot: try row.text("lot"),
                note: try row.text("note"), author: try row.text("author"),
                at: Timestamp(microseconds: try row.integer("at")))
        }
    }
}
