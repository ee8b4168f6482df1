import District
import Record
import Store

/// Amendments with what became of them, each beside its text.
enum AmendmentTable {
    static let migration = Migration(
        "commons.proposals.004",
        [
            """
            CREATE TABLE commons_amendments (
                item TEXT PRIMARY KEY, target TEXT NOT NULL, why TEXT, base BIGINT NOT NULL, outcome TEXT NOT NULL,
                outcome_reason TEXT, supports BIGINT NOT NULL)
            """,
            "CREATE INDEX commons_amendments_target ON commons_amendments (target)",
        ])

    static let projection = Projection(
        tables: ["commons_amendments"],
        types: [AmendmentEvents.made, AmendmentEvents.accepted, AmendmentEvents.declined]
    ) { event, payload, writer in
        guard event.type == AmendmentEvents.made else {
            let outcome: Amendment.Outcome = event.type == AmendmentEvents.accepted ? .accepted : .declined
            // By support there is no reason but that; an author's own is in the vault.
            let reason = payload["by"] == "support" ? "" : payload["answer"]?.text
            try writer.execute(
                "UPDATE commons_amendments SET outcome = ?, outcome_reason = ?, decided_by = ? WHERE item = ?",
                [
                    .text(outcome.rawValue), .optional(reason), .optional(decider(event)),
                    .text(payload["amendment"]?.text ?? ""),
                ])
            return
        }
        try writer.execute(
            """
            INSERT INTO commons_amendments (item, target, why, base, outcome, supports) VALUES (?, ?, ?, ?, 'open', 0)
            """,
            [
                .text(payload["text"]?.text ?? ""), .text(payload["proposal"]?.text ?? ""),
                .optional(payload["content"]?["why"]?.text), .integer(payload["base"]?.integer ?? 1),
            ])
    }

    private static func decider(_ event: Event) -> String? {
        guard case .person(let person) = event.author else { return nil }
        return person.rawValue
    }

    private static let joined = "commons_amendments a JOIN commons_texts t ON t.id = a.item"

    static func find(_ id: String, in reader: any Reader) throws -> Amendment? {
        try reader.first("SELECT * FROM \(joined) WHERE a.item = ?", [.text(id)]).map(amendment)
    }

    /// The amendments to a proposal, the latest first.
    static func amendments(of proposal: String, in reader: any Reader) throws -> [Amendment] {
        try reader.query(
            "SELECT * FROM \(joined) WHERE a.target = ? ORDER BY t.written DESC, t.id LIMIT 200", [.text(proposal)]
        ).map(amendment)
    }

    private static func amendment(_ row: Row) throws -> Amendment {
        Amendment(
            text: try TextTable.text(row), why: try row.optionalText("why"), base: try row.integer("base"),
            outcome: Amendment.Outcome(rawValue: try row.text("outcome")) ?? .open,
            outcomeReason: try row.optionalText("outcome_reason"), supports: try row.integer("supports"))
    }
}
