import District
import Record
import Store

/// The departments' ideas: the zone's, and read by everybody.
enum IdeaTable {
    static let migration = Migration(
        "stewardship.ideas.001",
        [
            """
            CREATE TABLE stewardship_ideas (
                id TEXT PRIMARY KEY, department TEXT NOT NULL, title TEXT NOT NULL, summary TEXT NOT NULL,
                benefit TEXT NOT NULL, state TEXT NOT NULL, use TEXT, reason TEXT, proposed BIGINT NOT NULL,
                changed BIGINT NOT NULL)
            """,
            "CREATE INDEX stewardship_ideas_department ON stewardship_ideas (department, state)",
        ])

    static let projection = Projection(
        tables: ["stewardship_ideas"], types: [Idea.proposedEvent, Idea.advancedEvent, Idea.droppedEvent]
    ) { event, payload, writer in
        let (id, at) = (String(event.stream.dropFirst("idea/".count)), SQLValue.integer(event.recorded.microseconds))
        func text(_ key: String) -> SQLValue { .text(payload[key]?.text ?? "") }
        switch event.type {
        case Idea.proposedEvent:
            try writer.execute(
                """
                INSERT INTO stewardship_ideas (id, department, title, summary, benefit, state, proposed, changed)
                VALUES (?, ?, ?, ?, ?, 'idea', ?, ?)
                """, [.text(id), text("department"), text("title"), text("summary"), text("benefit"), at, at])
        case Idea.advancedEvent:
            try writer.execute(
                "UPDATE stewardship_ideas SET state = ?, use = COALESCE(?, use), changed = ? WHERE id = ?",
                [text("state"), .optional(payload["use"]?.text), at, .text(id)])
        default:
            try writer.execute(
                "UPDATE stewardship_ideas SET state = 'dropped', reason = ?, changed = ? WHERE id = ?",
                [text("reason"), at, .text(id)])
        }
    }

    static func find(_ id: String, in reader: any Reader) throws -> Idea? {
        try reader.first("SELECT * FROM stewardship_ideas WHERE id = ?", [.text(id)]).flatMap(idea)
    }

    /// Every idea, what changed last first.
    static func all(in reader: any Reader) throws -> [Idea] {
        try reader.query("SELECT * FROM stewardship_ideas ORDER BY changed DESC, id LIMIT 1000").compactMap(idea)
    }

    private static func idea(_ row: Row) throws -> Idea? {
        guard let state = Idea.State(rawValue: try row.text("state")) else { return nil }
        return Idea(
            id: try row.text("id"), department: try row.text("department"), title: try row.text("title"),
            summary: try row.text("summary"), benefit: try row.text("benefit"), state: state,
            use: try row.optionalText("use"), reason: try row.optionalText("reason"),
            proposed: Timestamp(microseconds: try row.integer("proposed")),
            changed: Timestamp(microseconds: try row.integer("changed")))
    }
}
