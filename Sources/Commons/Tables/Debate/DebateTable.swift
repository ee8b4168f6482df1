import District
import Record
import Store

/// What is said in debates, who reported what, and what moderators did.
enum DebateTable {
    static let migration = Migration(
        "commons.debate.001",
        [
            """
            CREATE TABLE commons_debate_comments (
                item TEXT PRIMARY KEY, subject TEXT NOT NULL, parent TEXT, depth BIGINT NOT NULL, stance TEXT NOT NULL)
            """,
            "CREATE INDEX commons_debate_comments_subject ON commons_debate_comments (subject)",
            """
            CREATE TABLE commons_debate_reports (
                item TEXT NOT NULL, person TEXT NOT NULL, rule TEXT NOT NULL, note TEXT, at BIGINT NOT NULL,
                PRIMARY KEY (item, person))
            """,
            """
            CREATE TABLE commons_debate_cases (
                id TEXT PRIMARY KEY, item TEXT NOT NULL, rule TEXT NOT NULL, reason TEXT NOT NULL, moderator TEXT,
                hidden BIGINT NOT NULL, appeal TEXT, appealed BIGINT, restored BIGINT, decision TEXT, decided BIGINT)
            """,
            "CREATE INDEX commons_debate_cases_item ON commons_debate_cases (item, hidden)",
            "CREATE INDEX commons_debate_cases_open ON commons_debate_cases (decided, appealed)",
        ])

    static let projection = Projection(
        tables: ["commons_debate_comments", "commons_debate_reports", "commons_debate_cases"],
        types: [CommentEvents.written] + TextEvents.all
    ) { event, payload, writer in
        let id = payload["text"]?.text ?? ""
        let at = SQLValue.integer(event.observed.microseconds)
        switch event.type {
        case CommentEvents.written:
            try writer.execute(
                "INSERT INTO commons_debate_comments (item, subject, parent, depth, stance) VALUES (?, ?, ?, ?, ?)",
                [
                    .text(id), .text(payload["proposal"]?.text ?? payload["process"]?.text ?? ""),
                    .optional(payload["parent"]?.text), .integer(payload["depth"]?.integer ?? 0),
                    .text(payload["position"]?.text ?? ""),
                ])
        case TextEvents.reported:
            // Of somebody who was forgotten nobody knows any more who reported what.
            guard let person = payload["person"]?.text else { return }
            try writer.execute(
                """
                INSERT INTO commons_debate_reports (item, person, rule, note, at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (item, person) DO NOTHING
                """,
                [
                    .text(id), .text(person), .text(payload["rule"]?.text ?? ""),
                    .optional(payload["note"]?.text), at,
                ])
        case TextEvents.hidden:
            try settle(id, writer)
            try writer.execute(
                "INSERT INTO commons_debate_cases (id, item, rule, reason, moderator, hidden) VALUES (?, ?, ?, ?, ?, ?)",
                [
                    .text(event.id.description), .text(id), .text(payload["rule"]?.text ?? ""),
                    .text(payload["reason"]?.text ?? ""), .optional(payload["moderator"]?.text), at,
                ])
        case TextEvents.appealed:
            try last(id, "appeal = ?, appealed = ?", [.optional(payload["why"]?.text), at], writer)
        case TextEvents.decided:
            try last(
                id, "restored = ?, decision = ?, decided = ?",
                [.flag(payload["restored"] == true), .text(payload["reason"]?.text ?? ""), at], writer)
        default: try settle(id, writer)
        }
    }

    /// Once a moderator has looked, what readers reported before is done with.
    private static func settle(_ id: String, _ writer: any Writer) throws {
        try writer.execute("DELETE FROM commons_debate_reports WHERE item = ?", [.text(id)])
    }

    private static func last(_ id: String, _ columns: String, _ values: [SQLValue], _ writer: any Writer) throws {
        guard
            let row = try writer.first(
                "SELECT id FROM commons_debate_cases WHERE item = ? ORDER BY hidden DESC, id DESC LIMIT 1", [.text(id)])
        else { return }
        try writer.execute(
            "UPDATE commons_debate_cases SET \(columns) WHERE id = ?", values + [.text(try row.text("id"))])
    }

    private static let joined = "commons_debate_comments c JOIN commons_texts t ON t.id = c.item"

    /// The order of a debate on a proposal or a process, without what is said in it.
    static func order(on subject: String, in reader: any Reader) throws -> DebateOrder {
        DebateOrder(
            try reader.query(
                "SELECT c.item, c.parent, t.state FROM \(joined) WHERE c.subject = ? ORDER BY t.written, t.id",
                [.text(subject)]
            ).map { row in
                DebateOrder.Entry(
                    id: try row.text("item"), parent: try row.optionalText("parent"),
                    isShown: try row.text("state") == CivicText.State.shown.rawValue)
            })
    }

    /// Comments by their identifiers; of those that there are.
    static func comments(_ ids: [String], in reader: any Reader) throws -> [String: Comment] {
        guard !ids.isEmpty else { return [:] }
        let found = try reader.query(
            "SELECT * FROM \(joined) WHERE c.item IN (\(ids.map { _ in "?" }.joined(separator: ", ")))",
            ids.map { .text($0) }
        ).map(comment)
        return Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// A page of a debate, each comment with its answers after it, and with those that they answer.
    /// - Parameter number: from 1; the last page, which has the newest, where none is asked for.
    static func page(_ number: Int? = nil, on subject: String, in reader: any Reader) throws -> DebatePage {
        let order = try order(on: subject, in: reader)
        let number = min(max(number ?? order.pages, 1), order.pages)
        let entries = order.page(number)
        let found = try comments(Set(entries.flatMap { [$0.id, $0.parent ?? $0.id] }).sorted(), in: reader)
        return DebatePage(
            order: order, number: number, comments: entries.compactMap { found[$0.id] }, known: found)
    }

    static func find(_ id: String, in reader: any Reader) throws -> Comment? {
        try reader.first("SELECT * FROM \(joined) WHERE c.item = ?", [.text(id)]).map(comment)
    }

    private static func comment(_ row: Row) throws -> Comment {
        Comment(
            text: try TextTable.text(row), parent: try row.optionalText("parent"), depth: Int(try row.integer("depth")),
            position: Comment.Position(rawValue: try row.text("stance")) ?? .neutral)
    }

    /// What was done to a text; nil where nothing was.
    static func moderation(of id: String, in reader: any Reader) throws -> ModerationCase? {
        try reader.first(
            "SELECT * FROM commons_debate_cases WHERE item = ? ORDER BY hidden DESC, id DESC LIMIT 1", [.text(id)]
        ).map { row in
            func moment(_ column: String) throws -> Timestamp? {
                try row.optionalInteger(column).map { Timestamp(microseconds: $0) }
            }
            return ModerationCase(
                rule: try row.text("rule"), reason: try row.text("reason"),
                moderator: try row.optionalText("moderator").map { PersonID($0) },
                hidden: Timestamp(microseconds: try row.integer("hidden")), appeal: try row.optionalText("appeal"),
                appealed: try moment("appealed"), restored: try row.optionalInteger("restored").map { $0 != 0 },
                decision: try row.optionalText("decision"), decided: try moment("decided"))
        }
    }

    /// The texts against whose hiding somebody appeals, the oldest appeal first.
    static func appeals(in reader: any Reader) throws -> [CivicText] {
        try reader.query(
            """
            SELECT t.* FROM commons_debate_cases k JOIN commons_texts t ON t.id = k.item
            WHERE k.decided IS NULL AND k.appealed IS NOT NULL ORDER BY k.appealed, k.id LIMIT 100
            """
        ).map(TextTable.text)
    }

    /// What readers reported of texts that are shown: by which rules, how often, the most reported first.
    static func reported(in reader: any Reader) throws -> [(text: CivicText, reports: [Report])] {
        let rows = try reader.query(
            """
            SELECT t.*, r.rule AS report_rule, r.note AS report_note FROM commons_debate_reports r
            JOIN commons_texts t ON t.id = r.item WHERE t.state = 'shown' ORDER BY r.at, r.person LIMIT 500
            """)
        var (order, found): ([String], [String: (text: CivicText, reports: [Report])]) = ([], [:])
        for row in rows {
            let text = try TextTable.text(row)
            if found[text.id] == nil { order.append(text.id) }
            found[text.id, default: (text, [])].reports.append(
                Report(rule: try row.text("report_rule"), note: try row.optionalText("report_note")))
        }
        return order.compactMap { found[$0] }.enumerated()
            .sorted { ($1.element.reports.count, $0.offset) < ($0.element.reports.count, $1.offset) }.map(\.element)
    }

    /// How many texts wait for a moderator: doubtful ones, appeals and reported ones.
    static func waiting(in reader: any Reader) throws -> Int {
        let counts = [
            "SELECT COUNT(*) AS many FROM commons_texts WHERE state = 'waiting'",
            "SELECT COUNT(*) AS many FROM commons_debate_cases WHERE decided IS NULL AND appealed IS NOT NULL",
            "SELECT COUNT(DISTINCT item) AS many FROM commons_debate_reports",
        ]
        return try counts.reduce(0) { $0 + Int(try reader.first($1)?.integer("many") ?? 0) }
    }

    /// Whether somebody has reported a text that no moderator has looked at since.
    static func hasReported(_ person: PersonID, _ id: String, in reader: any Reader) throws -> Bool {
        try reader.first(
            "SELECT 1 AS one FROM commons_debate_reports WHERE item = ? AND person = ?",
            [.text(id), .text(person.rawValue)]) != nil
    }

    /// What somebody wrote that is not simply shown, the latest first.
    static func held(of person: PersonID, in reader: any Reader) throws -> [CivicText] {
        try reader.query(
            """
            SELECT * FROM commons_texts WHERE author = ? AND state IN ('waiting', 'hidden')
            ORDER BY written DESC LIMIT 50
            """, [.text(person.rawValue)]
        ).map(TextTable.text)
    }
}

/// What a reader says is wrong with a text.
struct Report: Sendable, Hashable {
    let rule: String
    let note: String?
}
