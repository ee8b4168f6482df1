import District
import Record
import Store

extension MaturityTable {
    /// What a tenant may see: a firm its own, the zone what the firm lets it see by name.
    private static func seen(_ tenant: some Tenancy) -> (sql: String, arguments: [SQLValue]) {
        let own = tenant.condition(column: "scope")
        return tenant.firm == nil ? ("\(own.sql) AND is_named = 1", own.arguments) : own
    }

    /// The assessments that a tenant may see, latest first.
    static func list(for tenant: some Tenancy, limit: Int64 = 200, in reader: any Reader) throws
        -> [MaturityAssessment]
    {
        let own = seen(tenant)
        return try reader.query(
            "SELECT * FROM alliance_maturity_assessments WHERE \(own.sql) ORDER BY started DESC, id DESC LIMIT ?",
            own.arguments + [.integer(limit)]
        ).map(assessment)
    }

    /// An assessment that a tenant may see.
    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> MaturityAssessment? {
        let own = seen(tenant)
        return try reader.first(
            "SELECT * FROM alliance_maturity_assessments WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).map(assessment)
    }

    /// The answers of an assessment that a tenant may see, by item.
    static func answers(of id: String, for tenant: some Tenancy, in reader: any Reader) throws
        -> [String: MaturityAnswer]
    {
        guard try find(id, for: tenant, in: reader) != nil else { return [:] }
        let rows = try reader.query(
            "SELECT * FROM alliance_maturity_answers WHERE assessment = ? AND is_answered = 1", [.text(id)])
        return Dictionary(
            try rows.map { row in
                (
                    try row.text("item"),
                    MaturityAnswer(
                        declared: try row.optionalInteger("declared").map { Int($0) },
                        verified: try row.optionalInteger("verified").map { Int($0) },
                        evidence: try row.optionalText("evidence"))
                )
            }, uniquingKeysWith: { $1 })
    }

    /// What an assessment came to, in the order of its dimensions.
    static func lines(of id: String, for tenant: some Tenancy, in reader: any Reader) throws -> [MaturityLine] {
        guard try find(id, for: tenant, in: reader) != nil else { return [] }
        return try reader.query(
            "SELECT * FROM alliance_maturity_lines WHERE assessment = ? ORDER BY place", [.text(id)]
        ).map { row in
            MaturityLine(
                dimension: try row.text("dimension"), level: try row.optionalInteger("level").map { Int($0) },
                verified: try row.optionalInteger("verified").map { Int($0) }, items: Int(try row.integer("items")),
                known: Int(try row.integer("known")), verifiedItems: Int(try row.integer("verified_items")))
        }
    }

    /// How many firms stand at each level by their newest assessment, for each dimension and (under "") overall; the
    /// level 0 is unknown; of those alone that the zone may not see by name where `unnamed`. Counts alone leave this
    /// function, and who shows them hides what is too small.
    static func counts(for tenant: some Tenancy, unnamed: Bool = false, in reader: any Reader) throws
        -> [String: [Int: Int]]
    {
        guard tenant.firm == nil else { return [:] }
        let newest = """
            SELECT a.id, a.overall FROM alliance_maturity_assessments a WHERE a.submitted IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM alliance_maturity_assessments b WHERE b.firm = a.firm AND b.submitted IS NOT NULL
                AND (b.submitted > a.submitted OR (b.submitted = a.submitted AND b.id > a.id)))
            \(unnamed ? "AND a.is_named = 0" : "")
            """
        var counts: [String: [Int: Int]] = [:]
        func add(_ rows: [Row]) throws {
            for row in rows {
                counts[try row.text("dimension"), default: [:]][Int(try row.integer("level"))] = Int(
                    try row.integer("firms"))
            }
        }
        try add(
            try reader.query(
                """
                SELECT '' AS dimension, COALESCE(n.overall, 0) AS level, COUNT(*) AS firms FROM (\(newest)) n
                GROUP BY COALESCE(n.overall, 0)
                """))
        try add(
            try reader.query(
                """
                SELECT l.dimension AS dimension, COALESCE(l.level, 0) AS level, COUNT(*) AS firms
                FROM alliance_maturity_lines l JOIN (\(newest)) n ON n.id = l.assessment
                GROUP BY l.dimension, COALESCE(l.level, 0)
                """))
        return counts
    }

    private static func assessment(_ row: Row) throws -> MaturityAssessment {
        func moment(_ column: String) throws -> Timestamp? {
            try row.optionalInteger(column).map { Timestamp(microseconds: $0) }
        }
        return MaturityAssessment(
            id: try row.text("id"), firm: FirmID(try row.text("firm")), scope: Scope(try row.text("scope")) ?? .zone,
            edition: try row.text("edition"), started: Timestamp(microseconds: try row.integer("started")),
            submitted: try moment("submitted"), submittedBy: try row.optionalText("submitted_by"),
            confirmed: try moment("confirmed"), isNamed: try row.flag("is_named"),
            overall: try row.optionalInteger("overall").map { Int($0) },
            overallVerified: try row.optionalInteger("overall_verified").map { Int($0) })
    }
}
