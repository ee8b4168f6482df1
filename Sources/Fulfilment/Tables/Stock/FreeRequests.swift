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

    static let projection = Projection(
        tables: ["fulfilment_free_requests"],
        types: [opened, "district.request.signed", "district.request.refused"]
    ) { event, payload, writer in
        let id = payload["request"]?.text ?? ""
        guard event.type == opened else {
            try writer.execute("DELETE FROM fulfilment_free_requests WHERE id = ?", [.text(id)])
            return
        }
        guard payload["command"]?.text == FreeLot.form.name, let values = payload["values"] else { return }
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
