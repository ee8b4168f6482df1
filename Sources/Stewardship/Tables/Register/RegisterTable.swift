import District
import Record
import Store

/// The register: a row for each use of AI, and how its acts turned out. It is the zone's and public but for who owns and
/// who signed; no firm has rows here.
enum RegisterTable {
    static let migration = Migration(
        "stewardship.register.001",
        [
            """
            CREATE TABLE stewardship_uses (
                id TEXT PRIMARY KEY, state TEXT NOT NULL, tier TEXT, name TEXT NOT NULL, owner TEXT NOT NULL,
                until BIGINT, review BIGINT, is_expired BIGINT NOT NULL, doc TEXT NOT NULL)
            """,
            "CREATE INDEX stewardship_uses_until ON stewardship_uses (is_expired, until)",
            """
            CREATE TABLE stewardship_use_verdicts (
                use TEXT NOT NULL, verdict TEXT NOT NULL, times BIGINT NOT NULL, PRIMARY KEY (use, verdict))
            """,
        ])

    static let projection = Projection(tables: ["stewardship_uses"], types: UseEvents.all) { event, payload, writer in
        let use = payload["use"]?.text ?? ""
        if var entry = try find(use, in: writer) {
            entry.apply(event)
            try keep(entry, in: writer)
        } else if let entry = RegisterEntry(event) {
            try keep(entry, in: writer)
        }
    }

    static let verdicts = Projection(
        tables: ["stewardship_use_verdicts"], types: [AIUseJudged.type]
    ) { event, _, writer in
        guard let judged = AIUseJudged(event) else { return }
        try writer.execute(
            """
            INSERT INTO stewardship_use_verdicts (use, verdict, times) VALUES (?, ?, 1)
            ON CONFLICT (use, verdict) DO UPDATE SET times = stewardship_use_verdicts.times + 1
            """, [.text(judged.use), .text(judged.verdict.rawValue)])
    }

    static func find(_ use: String, in reader: any Reader) throws -> RegisterEntry? {
        try reader.first("SELECT doc FROM stewardship_uses WHERE id = ?", [.text(use)]).flatMap(entry)
    }

    /// Every entry, by its identifier.
    static func all(in reader: any Reader) throws -> [RegisterEntry] {
        try reader.query("SELECT doc FROM stewardship_uses ORDER BY id").compactMap(entry)
    }

    /// Those whose permit came to its end and of which nobody was told.
    static func ended(by now: Timestamp, in reader: any Reader) throws -> [RegisterEntry] {
        try reader.query(
            "SELECT doc FROM stewardship_uses WHERE is_expired = 0 AND until <= ? ORDER BY id",
            [.integer(now.microseconds)]
        ).compactMap(entry)
    }

    /// How often the acts of a use turned out how.
    static func verdicts(of use: String, in reader: any Reader) throws -> [AIUseJudged.Verdict: Int64] {
        var counts: [AIUseJudged.Verdict: Int64] = [:]
        for row in try reader.query(
            "SELECT verdict, times FROM stewardship_use_verdicts WHERE use = ?", [.text(use)])
        {
            guard let verdict = AIUseJudged.Verdict(rawValue: try row.text("verdict")) else { continue }
            counts[verdict] = try row.integer("times")
        }
        return counts
    }

    private static func entry(_ row: Row) throws -> RegisterEntry? {
        RegisterEntry(try JSON(parsing: try row.text("doc")))
    }

    private static func keep(_ entry: RegisterEntry, in writer: any Writer) throws {
        try writer.execute(
            """
            INSERT INTO stewardship_uses (id, state, tier, name, owner, until, review, is_expired, doc)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET state = excluded.state, tier = excluded.tier, name = excluded.name,
                owner = excluded.owner, until = excluded.until, review = excluded.review,
                is_expired = excluded.is_expired, doc = excluded.doc
            """,
            [
                .text(entry.id), .text(entry.state.rawValue), .optional(entry.tier?.rawValue),
                .text(entry.fields["name"] ?? ""), .text(entry.fields["owner"] ?? ""),
                .optional(entry.permit?.until.microseconds), .optional(entry.review?.microseconds),
                .flag(entry.isExpired), .text(entry.json.canonicalText),
            ])
    }
}
