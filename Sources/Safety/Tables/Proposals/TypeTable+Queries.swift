import District
import Record
import Store

extension TypeTable {
    /// What was proposed about a hazard, the latest first.
    static func proposals(
        of hazard: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [KeptProposal] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM safety_type_proposals WHERE hazard = ? AND \(own.sql) ORDER BY at DESC, id DESC",
            [.text(hazard)] + own.arguments
        ).map(proposal)
    }

    /// Whether an author has proposed something about a report already.
    static func hasProposed(_ author: Author, about report: Identifier, hazard: String, in reader: any Reader) throws
        -> Bool
    {
        try reader.first(
            "SELECT id FROM safety_type_proposals WHERE hazard = ? AND report = ? AND author = ?",
            [.text(hazard), .text(report.description), .text(author.text)]) != nil
    }

    /// Proposals that nobody has confirmed or corrected yet, the latest first; one for each hazard.
    static func waiting(
        for tenant: some Tenancy, limit: Int, offset: Int, in reader: any Reader
    ) throws -> Listing<KeptProposal> {
        let own = tenant.condition(column: "p.scope")
        return try reader.listing(
            "p.*",
            from: """
                safety_type_proposals p WHERE \(own.sql)
                AND NOT EXISTS (SELECT 1 FROM safety_type_confirmed c WHERE c.hazard = p.hazard)
                AND p.id = (SELECT MAX(q.id) FROM safety_type_proposals q WHERE q.hazard = p.hazard)
                """, own.arguments, order: "p.at DESC, p.id", limit: limit, offset: offset, proposal)
    }

    /// The type that a person confirmed for a hazard.
    static func confirmed(
        _ hazard: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> ConfirmedType? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM safety_type_confirmed WHERE hazard = ? AND \(own.sql)", [.text(hazard)] + own.arguments
        ).flatMap(confirmed)
    }

    /// All that was confirmed up to a moment, the earliest first: what the district's own model learns from.
    static func confirmed(
        through: Timestamp, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [ConfirmedType] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM safety_type_confirmed WHERE at <= ? AND \(own.sql) ORDER BY at, hazard LIMIT 50000",
            [.integer(through.microseconds)] + own.arguments
        ).compactMap(confirmed)
    }

    /// How many were confirmed since a moment, whosever they are: the model is the district's.
    static func countConfirmed(after moment: Timestamp, in reader: any Reader) throws -> Int64 {
        try reader.first(
            "SELECT COUNT(*) AS total FROM safety_type_confirmed WHERE at > ?", [.integer(moment.microseconds)])?
            .integer("total") ?? 0
    }

    /// How often the first proposal was the one confirmed, of those that had one.
    static func agreement(for tenant: some Tenancy, in reader: any Reader) throws -> MeasuredShare {
        let own = tenant.condition(column: "scope")
        let row = try reader.first(
            """
            SELECT COUNT(*) AS total, COALESCE(SUM(CASE WHEN proposed = accident THEN 1 ELSE 0 END), 0) AS same
            FROM safety_type_confirmed WHERE proposed IS NOT NULL AND \(own.sql)
            """, own.arguments)
        return MeasuredShare(count: try row?.integer("same") ?? 0, total: try row?.integer("total") ?? 0)
    }

    /// The editions that were asked for, the latest first.
    static func editions(for tenant: some Tenancy, limit: Int64 = 20, in reader: any Reader) throws -> [ModelEdition] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM safety_type_models WHERE \(own.sql) ORDER BY version DESC LIMIT ?",
            own.arguments + [.integer(limit)]
        ).map(edition)
    }

    private static func proposal(_ row: Row) throws -> KeptProposal {
        let candidates = try JSON(parsing: Array(try row.text("candidates").utf8)).elements ?? []
        let evidence = try JSON(parsing: Array(try row.text("evidence").utf8)).elements ?? []
        return KeptProposal(
            id: try row.text("id"), hazard: try row.text("hazard"), report: try row.text("report"),
            author: Author(try row.text("author")) ?? .system("unknown"),
            proposal: TypeProposal(
                candidates: candidates.compactMap { entry in
                    guard let type = entry["type"]?.text.flatMap({ AccidentType(rawValue: $0) }),
                        let probability = entry["probability"]?.double
                    else { return nil }
                    return TypeProposal.Candidate(type: type, probability: probability)
                }, abstained: try row.flag("abstained"), evidence: evidence.compactMap(\.text)),
            edition: try row.text("edition"), at: Timestamp(microseconds: try row.integer("at")))
    }

    private static func confirmed(_ row: Row) throws -> ConfirmedType? {
        guard let accident = AccidentType(rawValue: try row.text("accident")) else { return nil }
        return ConfirmedType(
            hazard: try row.text("hazard"), report: try row.text("report"), accident: accident,
            proposed: try row.optionalText("proposed").flatMap { AccidentType(rawValue: $0) },
            at: Timestamp(microseconds: try row.integer("at")))
    }

    private static func edition(_ row: Row) throws -> ModelEdition {
        let calibration = try row.optionalText("calibration").map { try JSON(parsing: Array($0.utf8)) }
        return ModelEdition(
            version: try row.integer("version"), asked: Timestamp(microseconds: try row.integer("asked")),
            through: Timestamp(microseconds: try row.integer("through")),
            trained: try row.optionalInteger("trained").map { Timestamp(microseconds: $0) },
            examples: try row.optionalInteger("examples") ?? 0, confirmed: try row.optionalInteger("confirmed") ?? 0,
            calibration: calibration.flatMap { TypeCalibration($0) })
    }
}
