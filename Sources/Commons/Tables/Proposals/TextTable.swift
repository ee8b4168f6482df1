import District
import Record
import Store

/// The events of what people write. Payload: `text`, `kind`, `process`, `proposal` where it belongs to one, `state`, `findings`;
/// in the vault `content` with title, body and the name shown.
enum TextEvents {
    static let released = "commons.text.released"
    static let hidden = "commons.text.hidden"
    static let reported = "commons.text.reported"
    static let appealed = "commons.text.appealed"
    static let decided = "commons.text.appeal-decided"
    static let withdrawn = "commons.text.withdrawn"
    static let all = [released, hidden, reported, appealed, decided, withdrawn]
}

/// All that people wrote, each text once with its state: proposals, amendments, comments.
enum TextTable {
    static let migration = Migration(
        "commons.proposals.001",
        [
            """
            CREATE TABLE commons_texts (
                id TEXT PRIMARY KEY, kind TEXT NOT NULL, process TEXT NOT NULL, proposal TEXT, author TEXT NOT NULL,
                name TEXT, title TEXT NOT NULL, body TEXT, state TEXT NOT NULL, findings TEXT NOT NULL,
                written BIGINT NOT NULL, is_synthetic BIGINT NOT NULL)
            """,
            "CREATE INDEX commons_texts_process ON commons_texts (process, kind, written)",
            "CREATE INDEX commons_texts_author ON commons_texts (author, written)",
            "CREATE INDEX commons_texts_state ON commons_texts (state, written)",
        ])

    static let projection = Projection(
        tables: ["commons_texts"],
        types: [ProposalEvents.made, ProposalEvents.revised, AmendmentEvents.made, CommentEvents.written]
            + TextEvents.all
    ) { event, payload, writer in
        let id = payload["text"]?.text ?? ""
        func state(_ state: CivicText.State) throws {
            try writer.execute(
                "UPDATE commons_texts SET state = ? WHERE id = ?", [.text(state.rawValue), .text(id)])
        }
        switch event.type {
        case ProposalEvents.revised:
            try writer.execute(
                "UPDATE commons_texts SET title = ?, body = ? WHERE id = ?",
                [
                    .text(payload["content"]?["title"]?.text ?? ""), .optional(payload["content"]?["body"]?.text),
                    .text(id),
                ])
            if let findings = payload["findings"]?.elements {
                try writer.execute(
                    "UPDATE commons_texts SET state = ?, findings = ? WHERE id = ?",
                    [
                        .text(CivicText.State.waiting.rawValue),
                        .text(findings.compactMap(\.text).joined(separator: " ")), .text(id),
                    ])
            }
        case TextEvents.released: try state(.shown)
        case TextEvents.hidden: try state(.hidden)
        case TextEvents.decided: if payload["restored"] == true { try state(.shown) }
        case TextEvents.withdrawn: try state(.withdrawn)
        case TextEvents.reported, TextEvents.appealed: break
        default: try insert(id, event, payload, writer)
        }
    }

    private static func insert(_ id: String, _ event: Event, _ payload: [String: JSON], _ writer: any Writer) throws {
        let content = payload["content"]
        let findings = payload["findings"]?.elements?.compactMap(\.text) ?? []
        try writer.execute(
            """
            INSERT INTO commons_texts
                (id, kind, process, proposal, author, name, title, body, state, findings, written, is_synthetic)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(id), .text(payload["kind"]?.text ?? ""), .text(payload["process"]?.text ?? ""),
                .optional(payload["proposal"]?.text), .text(payload["author"]?.text ?? ""),
                .optional(content?["name"]?.text), .text(content?["title"]?.text ?? ""),
                .optional(content?["body"]?.text), .text(payload["state"]?.text ?? ""),
                .text(findings.joined(separator: " ")), .integer(event.observed.microseconds),
                .flag(payload["synthetic"] == true),
            ])
    }

    static func find(_ id: String, in reader: any Reader) throws -> CivicText? {
        try reader.first("SELECT * FROM commons_texts WHERE id = ?", [.text(id)]).map(text)
    }

    /// What is in a state, the oldest first: a moderator's queue.
    static func texts(in state: CivicText.State, limit: Int, in reader: any Reader) throws -> [CivicText] {
        try reader.query(
            "SELECT * FROM commons_texts WHERE state = ? ORDER BY written, id LIMIT ?",
            [.text(state.rawValue), .integer(Int64(limit))]
        ).map(text)
    }

    /// What is known of whoever writes, for the rule that decides whether it may appear at once.
    static func author(_ person: PersonID, at now: Timestamp, in reader: any Reader) throws -> SpamRule.Author {
        let known = try reader.query(
            "SELECT state, COUNT(*) AS many, MIN(written) AS first FROM commons_texts WHERE author = ? GROUP BY state",
            [.text(person.rawValue)])
        func many(_ state: CivicText.State) throws -> Int {
            try known.reduce(0) { try $1.text("state") == state.rawValue ? Int(try $1.integer("many")) : $0 }
        }
        let first = try known.map { try $0.integer("first") }.min()
        // A text that is written anew counts like a new one; one that an amendment brought was counted with it.
        let times = try [
            "SELECT written FROM commons_texts WHERE author = ? AND written > ? ORDER BY written DESC LIMIT 100",
            """
            SELECT at AS written FROM commons_proposal_texts WHERE author = ? AND at > ? AND version > 1
            AND amendment IS NULL ORDER BY at DESC LIMIT 100
            """,
        ].flatMap {
            try reader.query($0, [.text(person.rawValue), .integer(now.advanced(bySeconds: -86_400).microseconds)])
        }.map { Timestamp(microseconds: try $0.integer("written")) }
        return SpamRule.Author(
            days: first.map { Int(now.seconds(since: Timestamp(microseconds: $0)) / 86_400) } ?? 0,
            kept: try many(.shown), hidden: try many(.hidden), times: times)
    }

    /// The latest texts of a process that may be the same as one of so many letters, as they are compared: what is far longer or
    /// shorter is not, and need not be looked at.
    static func profiles(of process: String, near length: Int, in reader: any Reader) throws -> [TextProfile] {
        try CivicText.Kind.allCases.flatMap { kind in
            try reader.query(
                """
                SELECT title, body FROM commons_texts WHERE process = ? AND kind = ?
                AND LENGTH(title) + LENGTH(COALESCE(body, '')) BETWEEN ? AND ? ORDER BY written DESC LIMIT 50
                """,
                [
                    .text(process), .text(kind.rawValue), .integer(Int64(length * 6 / 10)),
                    .integer(Int64(length * 17 / 10)),
                ])
        }.map { TextProfile(try $0.text("title") + "\n" + (try $0.optionalText("body") ?? "")) }
    }

    static func text(_ row: Row) throws -> CivicText {
        CivicText(
            id: try row.text("id"), kind: CivicText.Kind(rawValue: try row.text("kind")) ?? .comment,
            process: try row.text("process"), proposal: try row.optionalText("proposal"),
            author: PersonID(try row.text("author")), name: try row.optionalText("name"), title: try row.text("title"),
            body: try row.optionalText("body"), state: CivicText.State(rawValue: try row.text("state")) ?? .waiting,
            findings: try row.text("findings").split(separator: " ").compactMap {
                SpamRule.Finding(rawValue: String($0))
            },
            written: Timestamp(microseconds: try row.integer("written")), isSynthetic: try row.flag("is_synthetic"))
    }
}
