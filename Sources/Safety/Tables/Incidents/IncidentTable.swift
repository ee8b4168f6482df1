import District
import Record
import Store

/// Incidents as they stand. Names and words of people are not kept here: pages read them from the vault.
enum IncidentTable {
    static let migration = Migration(
        "safety.incidents.001",
        [
            """
            CREATE TABLE safety_incidents (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, firm TEXT NOT NULL, employer TEXT NOT NULL,
                thing TEXT NOT NULL, type TEXT NOT NULL, is_disease BIGINT NOT NULL, occurred BIGINT NOT NULL,
                reported BIGINT NOT NULL, people TEXT NOT NULL, deaths BIGINT NOT NULL, injured BIGINT NOT NULL,
                ill BIGINT NOT NULL, osh TEXT NOT NULL, sapa TEXT NOT NULL, form30 TEXT NOT NULL,
                form30_due BIGINT NOT NULL, filed BIGINT, file TEXT, receipt TEXT, investigated BIGINT NOT NULL,
                plan TEXT NOT NULL, folded TEXT, closed BIGINT, event TEXT NOT NULL)
            """,
            "CREATE INDEX safety_incidents_scope ON safety_incidents (scope, occurred)",
            "CREATE INDEX safety_incidents_employer ON safety_incidents (employer, is_disease)",
            """
            CREATE TABLE safety_incident_calls (
                incident TEXT NOT NULL, scope TEXT NOT NULL, whom TEXT NOT NULL, at BIGINT NOT NULL, caller TEXT,
                event TEXT PRIMARY KEY)
            """,
            "CREATE INDEX safety_incident_calls_incident ON safety_incident_calls (incident, at)",
            """
            CREATE TABLE safety_form30_signatures (
                incident TEXT NOT NULL, capacity TEXT NOT NULL, signer TEXT NOT NULL, at BIGINT NOT NULL,
                PRIMARY KEY (incident, capacity))
            """,
        ])

    static let types = [
        "safety.incident.reported", "safety.incident.updated", "safety.incident.investigated",
        "safety.incident.closed", "safety.incident.folded", "safety.call.logged", "safety.form30.due",
        "safety.form30.signed",
        "safety.form30.filed", "safety.recurrence.planned", "safety.recurrence.reported",
        "safety.recurrence.verified", "safety.recurrence.failed",
    ]

    /// One that a tenant may see.
    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> Incident? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM safety_incidents WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).map { try incident($0, in: reader) }
    }

    /// A page of a tenant's incidents, the latest first.
    static func page(
        openOnly: Bool, limit: Int, offset: Int, for tenant: some Tenancy, in reader: any Reader
    ) throws -> Listing<Incident> {
        let own = tenant.condition(column: "scope")
        return try reader.listing(
            "*", from: "safety_incidents WHERE \(openOnly ? "closed IS NULL AND " : "")\(own.sql)", own.arguments,
            order: "occurred DESC, id", limit: limit, offset: offset
        ) { try incident($0, in: reader) }
    }

    /// A tenant's incidents for which Form 30 is to be filed, the most pressing first.
    static func unfiled(for tenant: some Tenancy, in reader: any Reader) throws -> [Incident] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT * FROM safety_incidents WHERE form30 <> 'not-needed' AND filed IS NULL AND folded IS NULL AND \(own.sql)
            ORDER BY form30_due, id LIMIT 200
            """, own.arguments
        ).map { try incident($0, in: reader) }
    }

    /// The calls that were logged for one, in order.
    static func calls(
        of id: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [(to: String, at: Timestamp)] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT whom, at FROM safety_incident_calls WHERE incident = ? AND \(own.sql) ORDER BY at, event",
            [.text(id)] + own.arguments
        ).map { (try $0.text("whom"), Timestamp(microseconds: try $0.integer("at"))) }
    }

    /// Who signed Form 30 in a capacity, for the rule that nobody signs for both sides.
    static func signer(of id: String, as capacity: String, in reader: any Reader) throws -> String? {
        try reader.first(
            "SELECT signer FROM safety_form30_signatures WHERE incident = ? AND capacity = ?",
            [.text(id), .text(capacity)]
        )?.text("signer")
    }

    /// A firm's cases of illness from work, for the rule that counts them over a year.
    static func diseases(of employer: FirmID, except: String = "", in reader: any Reader) throws -> [DiseaseCase] {
        try reader.query(
            "SELECT * FROM safety_incidents WHERE employer = ? AND is_disease = 1 AND id <> ? AND folded IS NULL ORDER BY occurred, id",
            [.text(employer.rawValue), .text(except)]
        ).flatMap { row in
            let day = KoreanDay(Timestamp(microseconds: try row.integer("occurred")))
            return try people(row).compactMap { one in one.disease.map { DiseaseCase(disease: $0, day: day) } }
        }
    }

    static func people(_ row: Row) throws -> [Injured] {
        (try JSON(parsing: Array(try row.text("people").utf8)).elements ?? []).map { Injured(json: $0) }
    }

    private static func incident(_ row: Row, in reader: any Reader) throws -> Incident {
        let id = try row.text("id")
        let signed = try reader.query(
            "SELECT capacity FROM safety_form30_signatures WHERE incident = ?", [.text(id)]
        ).map { try $0.text("capacity") }
        return Incident(
            id: id, scope: Scope(try row.text("scope")) ?? .zone, firm: FirmID(try row.text("firm")),
            employer: FirmID(try row.text("employer")), thing: ThingID(try row.text("thing")),
            type: AccidentType(rawValue: try row.text("type")) ?? .other, isDisease: try row.flag("is_disease"),
            occurred: Timestamp(microseconds: try row.integer("occurred")),
            reported: Timestamp(microseconds: try row.integer("reported")),
            casualties: Casualties(
                people: try people(row), deaths: try row.integer("deaths"), injured: try row.integer("injured"),
                ill: try row.integer("ill")),
            osh: finding(try row.text("osh")), sapa: finding(try row.text("sapa")),
            form30: Form30.Need(rawValue: try row.text("form30")) ?? .undecided,
            form30Due: KoreanDay(number: try row.integer("form30_due")),
            form30Filed: try row.optionalInteger("filed").map { KoreanDay(number: $0) },
            form30File: try row.optionalText("file"), receipt: try row.optionalText("receipt"), signed: Set(signed),
            isInvestigated: try row.flag("investigated"),
            plan: Incident.Plan(rawValue: try row.text("plan")) ?? .none,
            foldedInto: try row.optionalText("folded"),
            closed: try row.optionalInteger("closed").map { Timestamp(microseconds: $0) },
            event: Identifier(try row.text("event")))
    }

    /// `serious death care`, as the column keeps a finding with its reasons.
    static func finding(_ text: String) -> SeriousAccident.Finding {
        let words = text.split(separator: " ").map(String.init)
        let reasons = Set(words.dropFirst().compactMap { SeriousAccident.Reason(rawValue: $0) })
        return switch words.first {
        case "serious": .serious(reasons)
        case "not-serious": .notSerious
        default: .undecided(reasons)
        }
    }
}
