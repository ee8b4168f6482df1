import District
import Record
import Store

/// What a tenant has done about dangers so far: cases that others like them may be compared with.
enum CaseTable {
    /// So many of each kind are looked through, the latest first.
    static let most: Int64 = 1500

    /// The controls of assessments, those that were seen to work and those that were not checked; none that failed.
    static func controls(for tenant: some Tenancy, in reader: any Reader) throws -> [SimilarCases.Case] {
        let own = tenant.condition(column: "c.scope")
        return try reader.query(
            """
            SELECT c.assessment AS assessment, h.description AS danger, c.description AS control, c.step AS step,
                c.is_good AS is_good
            FROM safety_assessment_controls c JOIN safety_assessment_hazards h ON h.id = c.hazard
            WHERE \(own.sql) AND h.removed = 0 AND (c.is_good IS NULL OR c.is_good = 1)
            ORDER BY c.id DESC LIMIT ?
            """, own.arguments + [.integer(most)]
        ).compactMap { row in
            guard let step = ControlStep(rawValue: try row.text("step")) else { return nil }
            return SimilarCases.Case(
                citation: "assessment/\(try row.text("assessment"))", danger: try row.text("danger"),
                control: try row.text("control"), step: step, isVerified: try row.optionalInteger("is_good") == 1)
        }
    }

    /// What was done about reported dangers and found to help: the hazard, the action's title and step.
    static func helped(
        for tenant: some Tenancy, limit: Int64 = 300, in reader: any Reader
    ) throws -> [(hazard: String, title: String, step: ControlStep)] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT source, title, step FROM safety_actions
            WHERE source_kind = 'hazard' AND state = 'verified' AND \(own.sql) ORDER BY opened DESC, id LIMIT ?
            """, own.arguments + [.integer(limit)]
        ).compactMap { row in
            guard let step = ControlStep(rawValue: try row.text("step")) else { return nil }
            return (try row.text("source"), try row.text("title"), step)
        }
    }
}
