import Record
import Store

/// Questions to the register of assessments.
enum AssessmentRegister {
    /// An assessment that a tenant may see; nil where there is none.
    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> Assessment? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM safety_assessments WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).map(assessment)
    }

    /// The hazards of an assessment with their controls, in the order in which they were added.
    static func hazards(
        of assessment: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [AssessedHazard] {
        let own = tenant.condition(column: "scope")
        let arguments = [.text(assessment)] + own.arguments
        let controls = try reader.query(
            "SELECT * FROM safety_assessment_controls WHERE assessment = ? AND \(own.sql) ORDER BY place", arguments
        ).map(control)
        let byHazard = Dictionary(grouping: controls, by: \.hazard)
        return try reader.query(
            "SELECT * FROM safety_assessment_hazards WHERE assessment = ? AND \(own.sql) ORDER BY place", arguments
        ).map { row in try hazard(row, controls: byHazard[try row.text("id")] ?? []) }
    }

    /// How people took part, the first time first.
    static func rounds(
        of assessment: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [Participation] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM safety_assessment_rounds WHERE assessment = ? AND \(own.sql) ORDER BY at, id",
            [.text(assessment)] + own.arguments
        ).map { row in
            Participation(
                id: try row.text("id"), at: Timestamp(microseconds: try row.integer("at")),
                way: ParticipationWay(rawValue: try row.text("way")) ?? .survey,
                participants: try texts(try row.text("participants")).map { PersonID($0) },
                workers: Int(try row.integer("workers")), seen: try row.optionalText("seen"),
                photo: try row.optionalText("photo"))
        }
    }

    /// With whom an assessment was shared, those who have not read it first.
    static func readers(
        of assessment: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [AssessmentReader] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT * FROM safety_assessment_readers WHERE assessment = ? AND \(own.sql)
            ORDER BY CASE WHEN read IS NULL THEN 0 ELSE 1 END, person
            """, [.text(assessment)] + own.arguments
        ).map { row in
            AssessmentReader(
                person: PersonID(try row.text("person")),
                read: try row.optionalInteger("read").map { Timestamp(microseconds: $0) },
                language: try row.optionalText("language"))
        }
    }

    /// The control of an assessment with this identifier, and the hazard it is against.
    static func control(
        _ id: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> (control: PlannedControl, assessment: Assessment)? {
        let own = tenant.condition(column: "scope")
        guard
            let row = try reader.first(
                "SELECT * FROM safety_assessment_controls WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments),
            let assessment = try find(try row.text("assessment"), for: tenant, in: reader)
        else { return nil }
        return (try control(row), assessment)
    }

    /// The assessment that a hazard belongs to, and the hazard.
    static func hazard(
        _ id: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> (hazard: AssessedHazard, assessment: Assessment)? {
        let own = tenant.condition(column: "scope")
        guard
            let row = try reader.first(
                "SELECT assessment FROM safety_assessment_hazards WHERE id = ? AND \(own.sql)",
                [.text(id)] + own.arguments),
            let assessment = try find(try row.text("assessment"), for: tenant, in: reader),
            let hazard = try hazards(of: assessment.id, for: tenant, in: reader).first(where: { $0.id == id })
        else { return nil }
        return (hazard, assessment)
    }

    /// Whether a file was the evidence of another control before.
    static func isEvidence(
        _ hash: String, besides control: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> Bool {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT id FROM safety_assessment_controls WHERE evidence = ? AND id <> ? AND \(own.sql)",
            [.text(hash), .text(control)] + own.arguments) != nil
    }

    /// The texts of the hazards at other places, by assessment: what a copy is found by.
    static func texts(
        besides assessment: Assessment, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [String: [String]] {
        let own = tenant.condition(column: "a.scope")
        var texts: [String: [String]] = [:]
        for row in try reader.query(
            """
            SELECT h.assessment, h.description FROM safety_assessments a
            JOIN safety_assessment_hazards h ON h.assessment = a.id AND h.removed = 0
            WHERE a.thing <> ? AND a.id <> ? AND a.opened <= ? AND \(own.sql) ORDER BY h.id
            """,
            [.text(assessment.thing.rawValue), .text(assessment.id), .integer(assessment.opened.microseconds)]
                + own.arguments)
        {
            texts[try row.text("assessment"), default: []].append(try row.text("description"))
        }
        return texts
    }

    static func texts(_ json: String) throws -> [String] {
        try JSON(parsing: Array(json.utf8)).elements?.compactMap(\.text) ?? []
    }
}
