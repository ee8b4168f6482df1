import District
import Record
import Store

/// The rules that citizens adopted for robots, and whether they stand on a map. They are public: no query asks on whose behalf.
enum CivicTable {
    /// It stands on the map.
    static let applied = "robots.rule.applied"
    /// It could not be put there.
    static let unapplied = "robots.rule.unapplied"
    /// It is off the map.
    static let lifted = "robots.rule.lifted"

    static let migration = Migration(
        "robots.civic.001",
        [
            """
            CREATE TABLE robots_civic_rules (
                id TEXT PRIMARY KEY, title_ko TEXT NOT NULL, title_en TEXT NOT NULL, kind TEXT NOT NULL, site TEXT NOT NULL,
                area TEXT, speed DOUBLE PRECISION NOT NULL, vote TEXT NOT NULL, obstacle TEXT, since BIGINT NOT NULL)
            """,
            "CREATE INDEX robots_civic_rules_site ON robots_civic_rules (site, id)",
        ])

    static let projection = Projection(
        tables: ["robots_civic_rules"], types: [applied, unapplied, lifted]
    ) { event, payload, writer in
        let id = payload["rule"]?.text ?? ""
        guard event.type != lifted, let title = Words(payload["title"]) else {
            try writer.execute("DELETE FROM robots_civic_rules WHERE id = ?", [.text(id)])
            return
        }
        try writer.execute(
            """
            INSERT INTO robots_civic_rules (id, title_ko, title_en, kind, site, area, speed, vote, obstacle, since)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET obstacle = excluded.obstacle
            """,
            [
                .text(id), .text(title.ko), .text(title.en), .text(payload["kind"]?.text ?? ""),
                .text(payload["site"]?.text ?? ""),
                .optional(payload["area"]?.text.flatMap { $0.isEmpty ? nil : $0 }),
                .real(payload["limit"]?.double ?? 0), .text(payload["vote"]?.text ?? ""),
                .optional(event.type == unapplied ? payload["obstacle"]?.text : nil),
                .integer(event.observed.microseconds),
            ])
    }

    /// What is recorded of a rule: for everybody, as the vote was. The plan that carries it is its firm's.
    static func draft(_ type: String, _ rule: CivicRule) -> Draft {
        var payload = rule.json
        if let obstacle = rule.obstacle {
            payload["obstacle"] = .string(obstacle.rawValue)
            payload["why"] = obstacle.words.json
        }
        return Draft(type, stream: "robot-rule/\(rule.id)", scope: .everyone, payload: payload)
    }

    /// The rules of a site, on its map or not yet.
    static func standing(at site: String, in reader: any Reader) throws -> [CivicRule] {
        try reader.query("SELECT * FROM robots_civic_rules WHERE site = ? ORDER BY id", [.text(site)]).compactMap(rule)
    }

    /// The rules on a site's map.
    static func applied(at site: String, in reader: any Reader) throws -> [CivicRule] {
        try standing(at: site, in: reader).filter { $0.obstacle == nil }
    }

    /// All of them.
    static func all(in reader: any Reader) throws -> [CivicRule] {
        try reader.query("SELECT * FROM robots_civic_rules ORDER BY site, id LIMIT 1000").compactMap(rule)
    }

    static func find(_ id: String, in reader: any Reader) throws -> CivicRule? {
        try reader.first("SELECT * FROM robots_civic_rules WHERE id = ?", [.text(id)]).flatMap(rule)
    }

    private static func rule(_ row: Row) throws -> CivicRule? {
        guard let kind = RuleAdopted.Kind(rawValue: try row.text("kind")) else { return nil }
        return CivicRule(
            id: try row.text("id"), title: Words(try row.text("title_ko"), try row.text("title_en")), kind: kind,
            site: try row.text("site"), area: try row.optionalText("area"), limit: try row.real("speed"),
            vote: try row.text("vote"),
            obstacle: try row.optionalText("obstacle").flatMap { CivicRule.Obstacle(rawValue: $0) })
    }
}
