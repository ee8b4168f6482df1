import Access
import District
import Record
import Store

/// How conversations ended, for the figures: nothing that was said is in it.
enum EndingTable {
    static let migration = Migration(
        "citizen.desk.002",
        [
            """
            CREATE TABLE citizen_endings (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, ended BIGINT NOT NULL, outcome TEXT NOT NULL, intent TEXT,
                turns BIGINT NOT NULL, channel TEXT NOT NULL, language TEXT NOT NULL, age_group TEXT)
            """,
            "CREATE INDEX citizen_endings_ended ON citizen_endings (ended)",
        ])

    static let projection = Projection(
        tables: ["citizen_endings"], types: [DeskEvents.served, DeskEvents.ended]
    ) { event, payload, transaction in
        // What was done is counted at once; how it ended takes its place.
        let id =
            event.type == DeskEvents.served
            ? event.stream.replacing("dialogue-served/", with: "dialogue/") : event.stream
        try transaction.execute(
            """
            INSERT INTO citizen_endings (id, scope, ended, outcome, intent, turns, channel, language, age_group)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET ended = excluded.ended, outcome = excluded.outcome,
                intent = excluded.intent, turns = excluded.turns
            """,
            [
                .text(id), .text(event.scope.text), .integer(event.observed.microseconds),
                .text(payload["outcome"]?.text ?? ""), .optional(payload["intent"]?.text),
                .integer(payload["turns"]?.integer ?? 0), .text(payload["channel"]?.text ?? ""),
                .text(payload["language"]?.text ?? "ko"), .optional(payload["age_group"]?.text),
            ])
    }

    /// The endings since a moment, oldest first.
    static func since(_ moment: Timestamp, for tenant: some Tenancy, in reader: any Reader) throws -> [DeskFigures.End]
    {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM citizen_endings WHERE ended >= ? AND \(own.sql) ORDER BY ended, id LIMIT 200000",
            [.integer(moment.microseconds)] + own.arguments
        ).map {
            DeskFigures.End(
                ended: Timestamp(microseconds: try $0.integer("ended")), outcome: try $0.text("outcome"),
                intent: try $0.optionalText("intent"), turns: Int(try $0.integer("turns")),
                channel: try $0.text("channel"), age: try $0.optionalText("age_group"))
        }
    }
}
