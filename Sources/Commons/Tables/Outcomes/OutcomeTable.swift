import District
import Record
import Store

/// What became of what was accepted: for everybody, for years.
enum OutcomeTable {
    static let promised = "commons.outcome.promised"
    static let reported = "commons.outcome.reported"
    static let slipped = "commons.outcome.slipped"
    static let ended = "commons.outcome.ended"

    static let migration = Migration(
        "commons.outcomes.001",
        [
            """
            CREATE TABLE commons_outcomes_items (
                id TEXT PRIMARY KEY, title TEXT NOT NULL, summary TEXT NOT NULL, vote TEXT NOT NULL, choice TEXT NOT NULL,
                proposal TEXT NOT NULL, planned BIGINT NOT NULL, spent BIGINT NOT NULL, percent BIGINT NOT NULL, due TEXT,
                first_due TEXT, state TEXT NOT NULL, changed BIGINT NOT NULL, is_sample BIGINT NOT NULL)
            """,
            "CREATE INDEX commons_outcomes_items_changed ON commons_outcomes_items (changed, id)",
            """
            CREATE TABLE commons_outcomes_news (
                event TEXT PRIMARY KEY, item TEXT NOT NULL, kind TEXT NOT NULL, said TEXT NOT NULL, percent BIGINT,
                spent BIGINT, due TEXT, at BIGINT NOT NULL)
            """,
            "CREATE INDEX commons_outcomes_news_item ON commons_outcomes_news (item, at)",
            "CREATE INDEX commons_outcomes_news_at ON commons_outcomes_news (at)",
        ])

    static let projection = Projection(
        tables: ["commons_outcomes_items", "commons_outcomes_news"], types: [promised, reported, slipped, ended]
    ) { event, payload, writer in
        let id = String(event.stream.dropFirst("outcome/".count))
        func text(_ key: String) -> String { payload[key]?.text ?? "" }
        let (percent, spent) = (payload["percent"]?.integer, payload["spent"]?.integer)
        let due = payload["due"]?.text
        let at = SQLValue.integer(event.observed.microseconds)
        switch event.type {
        case promised:
            try writer.execute(
                """
                INSERT INTO commons_outcomes_items
                    (id, title, summary, vote, choice, proposal, planned, spent, percent, due, first_due, state, changed, is_sample)
                VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?, 'going', ?, ?)
                """,
                [
                    .text(id), .text(text("title")), .text(text("summary")), .text(text("vote")), .text(text("option")),
                    .text(text("proposal")), .integer(payload["planned"]?.integer ?? 0), .optional(due), .optional(due),
                    at,
                    .flag(payload["sample"]?.bool ?? false),
                ])
        case reported:
            try writer.execute(
                "UPDATE commons_outcomes_items SET percent = ?, spent = ?, changed = ? WHERE id = ?",
                [.integer(percent ?? 0), .integer(spent ?? 0), at, .text(id)])
        case slipped:
            try writer.execute(
                """
                UPDATE commons_outcomes_items SET due = ?, first_due = COALESCE(first_due, ?), changed = ? WHERE id = ?
                """, [.optional(due), .optional(due), at, .text(id)])
        default:
            try writer.execute(
                """
                UPDATE commons_outcomes_items SET state = ?, percent = CASE WHEN ? = 'done' THEN 100 ELSE percent END, changed = ?
                WHERE id = ?
                """, [.text(text("state")), .text(text("state")), at, .text(id)])
        }
        try writer.execute(
            "INSERT INTO commons_outcomes_news (event, item, kind, said, percent, spent, due, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                .text(event.id.description), .text(id), .text(event.type), .text(text("said")), .optional(percent),
                .optional(spent), .optional(due), at,
            ])
    }

    struct Item: Sendable, Hashable {
        let id: String, title: String, summary: String, vote: String, option: String, proposal: String
        let planned: Int, spent: Int, percent: Int
        /// `2027-05-31`; nil where none was said.
        let due: String?
        /// What was said first.
        let firstDue: String?
        /// `going`, `done` or `dropped`.
        let state: String
        let changed: Timestamp
        let isSample: Bool
    }

    struct News: Sendable, Hashable {
        let event: String, item: String, kind: String, said: String
        let percent: Int?, spent: Int?
        let due: String?
        let at: Timestamp
    }

    /// What is going on first, then what is over; the latest change first.
    static func items(in reader: any Reader) throws -> [Item] {
        try reader.query(
            "SELECT * FROM commons_outcomes_items ORDER BY CASE WHEN state = 'going' THEN 0 ELSE 1 END, changed DESC, id LIMIT 1000"
        ).map(item)
    }

    static func item(_ id: String, in reader: any Reader) throws -> Item? {
        try reader.first("SELECT * FROM commons_outcomes_items WHERE id = ?", [.text(id)]).map(item)
    }

    /// The news of one, or of all, the latest first.
    static func news(of item: String? = nil, limit: Int = 100, in reader: any Reader) throws -> [News] {
        try reader.query(
            """
            SELECT * FROM commons_outcomes_news\(item == nil ? "" : " WHERE item = ?") ORDER BY at DESC, event DESC LIMIT ?
            """, (item.map { [.text($0)] } ?? []) + [.integer(Int64(limit))]
        ).map { row in
            News(
                event: try row.text("event"), item: try row.text("item"), kind: try row.text("kind"),
                said: try row.text("said"), percent: try row.optionalInteger("percent").map(Int.init),
                spent: try row.optionalInteger("spent").map(Int.init), due: try row.optionalText("due"),
                at: Timestamp(microseconds: try row.integer("at")))
        }
    }

    private static func item(_ row: Row) throws -> Item {
        Item(
            id: try row.text("id"), title: try row.text("title"), summary: try row.text("summary"),
            vote: try row.text("vote"), option: try row.text("choice"), proposal: try row.text("proposal"),
            planned: Int(try row.integer("planned")), spent: Int(try row.integer("spent")),
            percent: Int(try row.integer("percent")), due: try row.optionalText("due"),
            firstDue: try row.optionalText("first_due"), state: try row.text("state"),
            changed: Timestamp(microseconds: try row.integer("changed")), isSample: try row.flag("is_sample"))
    }
}
