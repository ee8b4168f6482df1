import District
import Record
import Store

/// The rules that citizens adopted. Everybody may see all of them: no query asks on whose behalf.
enum RulingTable {
    static let migration = Migration(
        "commons.rulings.001",
        [
            """
            CREATE TABLE commons_rulings_rules (
                id TEXT PRIMARY KEY, kind TEXT NOT NULL, site TEXT NOT NULL, area TEXT, place TEXT NOT NULL,
                speed DOUBLE PRECISION NOT NULL, vote TEXT NOT NULL, vote_title TEXT NOT NULL, choice TEXT NOT NULL,
                choice_name TEXT NOT NULL, ballots BIGINT NOT NULL, adopted BIGINT NOT NULL, event TEXT NOT NULL,
                ended BIGINT, reason TEXT, is_sample BIGINT NOT NULL)
            """,
            "CREATE INDEX commons_rulings_rules_adopted ON commons_rulings_rules (adopted, id)",
        ])

    static let projection = Projection(
        tables: ["commons_rulings_rules"], types: [RuleAdopted.type, RuleEnded.type]
    ) { event, payload, writer in
        let at = SQLValue.integer(event.observed.microseconds)
        guard let fact = RuleAdopted(event) else {
            try writer.execute(
                "UPDATE commons_rulings_rules SET ended = ?, reason = ? WHERE id = ?",
                [at, .text(payload["reason"]?.text ?? ""), .text(payload["rule"]?.text ?? "")])
            return
        }
        func text(_ key: String) -> SQLValue { .text(payload[key]?.text ?? "") }
        try writer.execute(
            """
            INSERT INTO commons_rulings_rules
                (id, kind, site, area, place, speed, vote, vote_title, choice, choice_name, ballots, adopted, event, is_sample)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(fact.rule), .text(fact.kind.rawValue), .text(fact.site), .optional(fact.area), text("place"),
                .real(fact.limit), .text(fact.vote), text("vote_title"), .text(fact.option), text("option_name"),
                .integer(payload["ballots"]?.integer ?? 0), at, .text(event.id.description),
                .flag(payload["sample"]?.bool ?? false),
            ])
    }

    static func find(_ id: String, in reader: any Reader) throws -> Ruling? {
        try reader.first("SELECT * FROM commons_rulings_rules WHERE id = ?", [.text(id)]).flatMap(rule)
    }

    /// What holds first, then what has ended; the latest first.
    static func all(in reader: any Reader) throws -> [Ruling] {
        let rules = try reader.query(
            "SELECT * FROM commons_rulings_rules ORDER BY adopted DESC, id LIMIT 1000"
        ).compactMap(rule)
        return rules.filter(\.holds) + rules.filter { !$0.holds }
    }

    private static func rule(_ row: Row) throws -> Ruling? {
        guard let kind = RuleAdopted.Kind(rawValue: try row.text("kind")) else { return nil }
        return Ruling(
            id: try row.text("id"),
            effect: RuleEffect(
                kind: kind, site: try row.text("site"), area: try row.optionalText("area"),
                place: try row.text("place"), limit: try row.real("speed")),
            vote: try row.text("vote"), voteTitle: try row.text("vote_title"), option: try row.text("choice"),
            optionName: try row.text("choice_name"), ballots: Int(try row.integer("ballots")),
            adopted: Timestamp(microseconds: try row.integer("adopted")), event: try row.text("event"),
            ended: try row.optionalInteger("ended").map { Timestamp(microseconds: $0) },
            reason: try row.optionalText("reason"), isSample: try row.flag("is_sample"))
    }
}
