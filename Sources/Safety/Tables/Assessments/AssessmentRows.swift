import Record
import Store

/// How rows of the register become values.
extension AssessmentRegister {
    static func assessment(_ row: Row) throws -> Assessment {
        func moment(_ column: String) throws -> Timestamp? {
            try row.optionalInteger(column).map { Timestamp(microseconds: $0) }
        }
        return Assessment(
            id: try row.text("id"), scope: Scope(try row.text("scope")) ?? .zone,
            thing: ThingID(try row.text("thing")), site: ThingID(try row.text("site")),
            method: AssessmentMethod(rawValue: try row.text("method")) ?? .onePoint,
            kind: AssessmentKind(rawValue: try row.text("kind")) ?? .continuous, process: try row.text("process"),
            state: AssessmentState(rawValue: try row.text("state")) ?? .open, scale: try scale(row),
            opened: Timestamp(microseconds: try row.integer("opened")),
            planned: Timestamp(microseconds: try row.integer("planned")), workStarts: try moment("work_starts"),
            copiedFrom: try row.optionalText("copied_from"), reported: try moment("reported"),
            shared: try moment("shared"), closed: try moment("closed"))
    }

    /// The scale of the assessment that a row speaks of.
    static func scale(_ row: Row) throws -> RiskScale {
        guard let medium = try row.optionalInteger("medium"), let high = try row.optionalInteger("high"),
            let severe = try row.optionalInteger("severe")
        else { return .threeLevels }
        return RiskScale(
            likelihoods: Int(try row.integer("likelihoods")), severities: Int(try row.integer("severities")),
            medium: Int(medium), high: Int(high), severe: Int(severe)) ?? .fiveByFour
    }

    static func hazard(_ row: Row, controls: [PlannedControl]) throws -> AssessedHazard {
        let rejections = try JSON(parsing: Array(try row.text("rejections").utf8)).members ?? [:]
        return AssessedHazard(
            id: try row.text("id"), assessment: try row.text("assessment"), thing: ThingID(try row.text("thing")),
            description: try row.text("description"),
            accident: AccidentType(rawValue: try row.text("accident")) ?? .other,
            inherent: Risk(
                likelihood: Int(try row.integer("likelihood")), severity: Int(try row.integer("severity"))),
            copiedFrom: try row.optionalText("copied_from"), confirmed: try row.text("confirmed"),
            isRemoved: try row.flag("removed"),
            rejections: Dictionary(
                rejections.compactMap { key, value in
                    guard let step = ControlStep(rawValue: key), let reason = value.text else { return nil }
                    return (step, reason)
                }, uniquingKeysWith: { $1 }), controls: controls)
    }

    static func control(_ row: Row) throws -> PlannedControl {
        var verification: ControlClaim.Verification?
        if let isGood = try row.optionalInteger("is_good") {
            // Without an end it has already ended: unknown is never safe.
            let until = try row.optionalInteger("valid_until") ?? 0
            verification = .init(isGood: isGood != 0, validUntil: Timestamp(microseconds: until))
        }
        return PlannedControl(
            id: try row.text("id"), hazard: try row.text("hazard"),
            step: ControlStep(rawValue: try row.text("step")) ?? .ppe, description: try row.text("description"),
            owner: PersonID(try row.text("owner")), due: Timestamp(microseconds: try row.integer("due")),
            likelihoodSteps: Int(try row.integer("likelihood_steps")),
            severitySteps: Int(try row.integer("severity_steps")), verification: verification,
            verified: try row.optionalInteger("verified").map { Timestamp(microseconds: $0) },
            verifier: try row.optionalText("verifier"), evidence: try row.optionalText("evidence"),
            isReused: try row.flag("reused"))
    }
}
