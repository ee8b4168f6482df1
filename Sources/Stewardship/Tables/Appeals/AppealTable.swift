import District
import Record
import Store

/// Appeals, and what became of them. They are nobody's rows but their senders', who hold a code; staff of the zone see all.
enum AppealTable {
    static let migration = Migration(
        "stewardship.appeals.001",
        [
            """
            CREATE TABLE stewardship_appeals (
                code TEXT PRIMARY KEY, use TEXT, wish TEXT NOT NULL, text TEXT, contact TEXT,
                submitted BIGINT NOT NULL, due BIGINT NOT NULL, answered BIGINT, outcome TEXT, answer TEXT)
            """,
            "CREATE INDEX stewardship_appeals_open ON stewardship_appeals (answered, due)",
            "CREATE INDEX stewardship_appeals_use ON stewardship_appeals (use)",
        ])

    /// Since then the column `code` holds the name of the stream, which opens nothing, and `secret` the hash of the code;
    /// of appeals of before the name is the code, and `secret` is empty.
    static let secrets = Migration(
        "stewardship.appeals.002",
        [
            "ALTER TABLE stewardship_appeals ADD COLUMN secret TEXT",
            "CREATE INDEX stewardship_appeals_secret ON stewardship_appeals (secret)",
        ])

    static let projection = Projection(
        tables: ["stewardship_appeals"], types: [AppealEvents.submitted, AppealEvents.answered]
    ) { event, payload, writer in
        let id = Appeal.id(event.stream)
        guard event.type == AppealEvents.submitted else {
            try writer.execute(
                "UPDATE stewardship_appeals SET answered = ?, outcome = ?, answer = ? WHERE code = ?",
                [
                    .integer(event.recorded.microseconds), .optional(payload["outcome"]?.text),
                    .optional(payload["answer"]?.text), .text(id),
                ])
            return
        }
        let due = payload["due"]?.text.flatMap { KoreanDay($0) } ?? KoreanDay(event.recorded)
        try writer.execute(
            """
            INSERT INTO stewardship_appeals (code, use, wish, text, contact, submitted, due, secret)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(id), .optional(payload["use"]?.text), .text(payload["wish"]?.text ?? ""),
                .optional(payload["text"]?.text), .optional(payload["contact"]?.text),
                .integer(event.recorded.microseconds), .integer(due.number), .optional(payload["code_hash"]?.text),
            ])
    }

    /// An appeal, for whoever holds its code.
    static func find(code: String, in reader: any Reader) throws -> Appeal? {
        try reader.first(
            "SELECT * FROM stewardship_appeals WHERE secret = ? OR (secret IS NULL AND code = ?)",
            [.text(Appeal.hash(code)), .text(code)]
        ).map(appeal)
    }

    /// An appeal by its identifier, for those who serve the zone.
    static func find(id: String, in reader: any Reader) throws -> Appeal? {
        try reader.first("SELECT * FROM stewardship_appeals WHERE code = ?", [.text(id)]).map(appeal)
    }

    /// All appeals, those that wait first and among them the earliest due.
    static func page(limit: Int, offset: Int, in reader: any Reader) throws -> Listing<Appeal> {
        try reader.listing(
            "*", from: "stewardship_appeals", [],
            order:
                "CASE WHEN answered IS NULL THEN 0 ELSE 1 END, CASE WHEN answered IS NULL THEN due ELSE -answered END, code",
            limit: limit, offset: offset, appeal)
    }

    /// How many there are: in all, answered, upheld at least in part, and overdue on a day.
    struct Counts: Sendable, Hashable {
        var all: Int64 = 0, answered: Int64 = 0, upheld: Int64 = 0, overdue: Int64 = 0

        var waiting: Int64 { all - answered }
    }

    /// The counts of one use; of all appeals where `use` is nil.
    static func counts(of use: String? = nil, on day: KoreanDay, in reader: any Reader) throws -> Counts {
        let row = try reader.first(
            """
            SELECT COUNT(*) AS many, COUNT(answered) AS answered,
                SUM(CASE WHEN outcome IN ('upheld', 'partly') THEN 1 ELSE 0 END) AS upheld,
                SUM(CASE WHEN answered IS NULL AND due < ? THEN 1 ELSE 0 END) AS overdue
            FROM stewardship_appeals\(use == nil ? "" : " WHERE use = ?")
            """, [.integer(day.number)] + (use.map { [.text($0)] } ?? []))
        guard let row else { return Counts() }
        return Counts(
            all: try row.integer("many"), answered: try row.integer("answered"),
            upheld: try row.optionalInteger("upheld") ?? 0, overdue: try row.optionalInteger("overdue") ?? 0)
    }

    private static func appeal(_ row: Row) throws -> Appeal {
        Appeal(
            id: try row.text("code"), use: try row.optionalText("use"),
            wish: Appeal.Wish(rawValue: try row.text("wish")) ?? .explain, text: try row.optionalText("text"),
            contact: try row.optionalText("contact"),
            submitted: Timestamp(microseconds: try row.integer("submitted")),
            due: KoreanDay(number: try row.integer("due")),
            answered: try row.optionalInteger("answered").map { Timestamp(microseconds: $0) },
            outcome: try row.optionalText("outcome").flatMap { Appeal.Outcome(rawValue: $0) },
            answer: try row.optionalText("answer"))
    }
}
