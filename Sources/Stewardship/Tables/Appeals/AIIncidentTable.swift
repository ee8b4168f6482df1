import District
import Record
import Store

/// Incidents with uses of AI: the zone's rows.
enum AIIncidentTable {
    static let migration = Migration(
        "stewardship.incidents.001",
        [
            """
            CREATE TABLE stewardship_incidents (
                id TEXT PRIMARY KEY, use TEXT NOT NULL, harm TEXT NOT NULL, text TEXT, happened BIGINT NOT NULL,
                reported BIGINT NOT NULL, closed BIGINT, measures TEXT)
            """,
            "CREATE INDEX stewardship_incidents_use ON stewardship_incidents (use, closed)",
        ])

    static let projection = Projection(
        tables: ["stewardship_incidents"], types: [AppealEvents.reported, AppealEvents.closed]
    ) { event, payload, writer in
        let id = String(event.stream.dropFirst("ai-incident/".count))
        guard event.type == AppealEvents.reported else {
            try writer.execute(
                "UPDATE stewardship_incidents SET closed = ?, measures = ? WHERE id = ?",
                [.integer(event.recorded.microseconds), .optional(payload["measures"]?.text), .text(id)])
            return
        }
        let happened = payload["happened"]?.text.flatMap { KoreanDay($0) } ?? KoreanDay(event.recorded)
        try writer.execute(
            """
            INSERT INTO stewardship_incidents (id, use, harm, text, happened, reported) VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                .text(id), .text(payload["use"]?.text ?? ""), .text(payload["harm"]?.text ?? ""),
                .optional(payload["text"]?.text), .integer(happened.number), .integer(event.recorded.microseconds),
            ])
    }

    static func find(_ id: String, in reader: any Reader) throws -> AIIncident? {
        try reader.first("SELECT * FROM stewardship_incidents WHERE id = ?", [.text(id)]).map(incident)
    }

    /// All incidents, the open ones first; `use` limits them to one.
    static func list(of use: String? = nil, in reader: any Reader) throws -> [AIIncident] {
        try reader.query(
            """
            SELECT * FROM stewardship_incidents\(use == nil ? "" : " WHERE use = ?")
            ORDER BY CASE WHEN closed IS NULL THEN 0 ELSE 1 END, reported DESC, id LIMIT 100
            """, use.map { [.text($0)] } ?? []
        ).map(incident)
    }

    /// How many there were, and how many of them are open.
    static func counts(of use: String? = nil, in reader: any Reader) throws -> (all: Int64, open: Int64) {
        let row = try reader.first(
            "SELECT COUNT(*) AS many, COUNT(closed) AS closed FROM stewardship_incidents\(use == nil ? "" : " WHERE use = ?")",
            use.map { [.text($0)] } ?? [])
        guard let row else { return (0, 0) }
        let all = try row.integer("many")
        return (all, all - (try row.integer("closed")))
    }

    private static func incident(_ row: Row) throws -> AIIncident {
        AIIncident(
            id: try row.text("id"), use: try row.text("use"),
            harm: AIIncident.Harm(rawValue: try row.text("harm")) ?? .none, text: try row.optionalText("text"),
            happened: KoreanDay(number: try row.integer("happened")),
            reported: Timestamp(microseconds: try row.integer("reported")),
            closed: try row.optionalInteger("closed").map { Timestamp(microseconds: $0) },
            measures: try row.optionalText("measures"))
    }
}
