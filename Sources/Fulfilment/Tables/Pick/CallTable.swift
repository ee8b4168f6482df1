import District
import Record
import Store

/// Pickers who called the lead, until the lead came.
enum CallTable {
    static let called = "fulfilment.lead.called"
    static let came = "fulfilment.lead.came"

    static let migration = Migration(
        "fulfilment.lead.001",
        [
            """
            CREATE TABLE fulfilment_lead_calls (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, centre TEXT NOT NULL, person TEXT NOT NULL,
                place TEXT NOT NULL, at BIGINT NOT NULL)
            """,
            "CREATE INDEX fulfilment_lead_calls_centre ON fulfilment_lead_calls (scope, at)",
        ])

    static let projection = Projection(tables: ["fulfilment_lead_calls"], types: [called, came]) {
        event, payload, writer in
        guard event.type == called else {
            try writer.execute("DELETE FROM fulfilment_lead_calls WHERE id = ?", [.text(event.stream)])
            return
        }
        try writer.execute(
            "INSERT INTO fulfilment_lead_calls (id, scope, centre, person, place, at) VALUES (?, ?, ?, ?, ?, ?)",
            [
                .text(event.stream), .text(event.scope.text), .text(payload["centre"]?.text ?? ""),
                .text(payload["person"]?.text ?? ""), .text(payload["place"]?.text ?? ""),
                .integer(event.observed.microseconds),
            ])
    }

    struct Call: Sendable, Hashable {
        let id: String
        let scope: Scope
        let person: String
        let place: String
        let at: Timestamp
    }

    /// Who still waits for the lead, the longest first.
    static func open(for tenant: some Tenancy, in reader: any Reader) throws -> [Call] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM fulfilment_lead_calls WHERE \(own.sql) ORDER BY at, id LIMIT 100", own.arguments
        ).compactMap { row in
            guard let scope = Scope(try row.text("scope")) else { return nil }
            return Call(
                id: try row.text("id"), scope: scope, person: try row.text("person"), place: try row.text("place"),
                at: Timestamp(microseconds: try row.integer("at")))
        }
    }
}
