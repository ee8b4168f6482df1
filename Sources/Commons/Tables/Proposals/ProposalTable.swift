import District
import Record
import Store

/// Proposals with what became of them, each beside its text; everybody may read them.
enum ProposalTable {
    static let migration = Migration(
        "commons.proposals.002",
        [
            """
            CREATE TABLE commons_proposals (
                item TEXT PRIMARY KEY, latitude DOUBLE PRECISION, longitude DOUBLE PRECISION, cost BIGINT, verdict TEXT,
                verdict_reason TEXT, verdict_cost BIGINT, merged_into TEXT, merge_reason TEXT, supports BIGINT NOT NULL,
                version BIGINT NOT NULL)
            """,
            "CREATE INDEX commons_proposals_merged ON commons_proposals (merged_into)",
            """
            CREATE TABLE commons_proposal_texts (
                item TEXT NOT NULL, version BIGINT NOT NULL, title TEXT NOT NULL, body TEXT, at BIGINT NOT NULL,
                amendment TEXT, PRIMARY KEY (item, version))
            """,
            """
            CREATE TABLE commons_proposal_pictures (
                item TEXT NOT NULL, hash TEXT NOT NULL, about TEXT NOT NULL, at BIGINT NOT NULL,
                PRIMARY KEY (item, hash))
            """,
            "CREATE INDEX commons_proposal_pictures_hash ON commons_proposal_pictures (hash)",
            """
            CREATE TABLE commons_proposal_changes (
                id TEXT PRIMARY KEY, item TEXT NOT NULL, type TEXT NOT NULL, at BIGINT NOT NULL, content TEXT NOT NULL)
            """,
            "CREATE INDEX commons_proposal_changes_item ON commons_proposal_changes (item, at)",
        ])

    /// Beside its text a proposal has a summary in plain words.
    static let plain = Migration(
        "commons.proposals.plain", ["ALTER TABLE commons_proposals ADD COLUMN plain TEXT"])

    static let projection = Projection(
        tables: [
            "commons_proposals", "commons_proposal_texts", "commons_proposal_pictures", "commons_proposal_changes",
        ],
        types: [
            ProposalEvents.made, ProposalEvents.revised, ProposalEvents.merged, ProposalEvents.judged,
            ProposalEvents.pictured, AmendmentEvents.made, AmendmentEvents.accepted, AmendmentEvents.declined,
            TextEvents.hidden, TextEvents.released, TextEvents.decided, TextEvents.withdrawn,
        ]
    ) { event, payload, writer in
        let id = payload["proposal"]?.text ?? ""
        switch event.type {
        case ProposalEvents.made: try insert(id, payload, writer)
        case ProposalEvents.revised:
            try writer.execute(
                "UPDATE commons_proposals SET version = ? WHERE item = ?",
                [.integer(payload["version"]?.integer ?? 1), .text(id)])
            if payload["explained"] == true {
                try writer.execute(
                    "UPDATE commons_proposals SET plain = ?, plain_author = ? WHERE item = ?",
                    [.optional(payload["content"]?["plain"]?.text), .optional(payload["author"]?.text), .text(id)])
            }
        case ProposalEvents.merged:
            try writer.execute(
                "UPDATE commons_proposals SET merged_into = ?, merge_reason = ? WHERE item = ?",
                [.optional(payload["into"]?.text), .optional(payload["reason"]?.text), .text(id)])
        case ProposalEvents.judged:
            try writer.execute(
                "UPDATE commons_proposals SET verdict = ?, verdict_reason = ?, verdict_cost = ? WHERE item = ?",
                [
                    .optional(payload["verdict"]?.text), .optional(payload["reason"]?.text),
                    .optional(payload["cost"]?.integer), .text(id),
                ])
        case ProposalEvents.pictured: try picture(id, event, payload, writer)
        default: break
        }
        if [ProposalEvents.made, ProposalEvents.revised].contains(event.type) { try keep(id, event, payload, writer) }
        // Comments come and go on their own; a proposal's log tells what became of itself and of its amendments.
        guard !id.isEmpty, !event.type.hasPrefix("commons.text.") || payload["kind"]?.text != "comment" else { return }
        // Texts themselves stand in the vault and in their own table; the log says only that they changed.
        let content = payload.filter { !["content", "about", "answer"].contains($0.key) }
        for item in event.type == ProposalEvents.merged ? [id, payload["into"]?.text ?? ""] : [id] {
            try writer.execute(
                "INSERT INTO commons_proposal_changes (id, item, type, at, content) VALUES (?, ?, ?, ?, ?)",
                [
                    .text("\(event.id) \(item)"), .text(item), .text(event.type),
                    .integer(event.observed.microseconds), .text(JSON.object(content).canonicalText),
                ])
        }
    }

    /// A picture of somebody who was forgotten is there no more, and neither are its words.
    private static func picture(_ id: String, _ event: Event, _ payload: [String: JSON], _ writer: any Writer) throws {
        guard let about = payload["about"]?.text else { return }
        try writer.execute(
            """
            INSERT INTO commons_proposal_pictures (item, hash, about, at, author) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (item, hash) DO NOTHING
            """,
            [
                .text(id), .text(payload["hash"]?.text ?? ""), .text(about), .integer(event.observed.microseconds),
                .optional(payload["author"]?.text),
            ])
    }

    private static func insert(_ id: String, _ payload: [String: JSON], _ writer: any Writer) throws {
        try writer.execute(
            """
            INSERT INTO commons_proposals (item, latitude, longitude, cost, plain, plain_author, supports, version)
            VALUES (?, ?, ?, ?, ?, ?, 0, 1)
            """,
            [
                .text(id), .optional(payload["place"]?["latitude"]?.double),
                .optional(payload["place"]?["longitude"]?.double), .optional(payload["cost"]?.integer),
                .optional(payload["content"]?["plain"]?.text), .optional(payload["author"]?.text),
            ])
    }

    /// A text is kept as it was, so that each change can be seen.
    private static func keep(_ id: String, _ event: Event, _ payload: [String: JSON], _ writer: any Writer) throws {
        try writer.execute(
            """
            INSERT INTO commons_proposal_texts (item, version, title, body, at, amendment, author)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(id), .integer(payload["version"]?.integer ?? 1), .text(payload["content"]?["title"]?.text ?? ""),
                .optional(payload["content"]?["body"]?.text), .integer(event.observed.microseconds),
                .optional(payload["amendment"]?.text), .optional(payload["author"]?.text),
            ])
    }
}
