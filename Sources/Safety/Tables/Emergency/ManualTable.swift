import District
import Record
import Store

/// The manuals of sites, the duties of people in them, and drills.
enum ManualTable {
    static let migration = Migration(
        "safety.emergency.001",
        [
            """
            CREATE TABLE safety_manuals (
                site TEXT NOT NULL, scenario TEXT NOT NULL, version BIGINT NOT NULL, scope TEXT NOT NULL,
                steps TEXT NOT NULL, assembly TEXT NOT NULL, published BIGINT NOT NULL, event TEXT NOT NULL,
                PRIMARY KEY (site, scenario, version))
            """,
            "CREATE INDEX safety_manuals_scope ON safety_manuals (scope)",
            """
            CREATE TABLE safety_emergency_duties (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, site TEXT NOT NULL, role TEXT NOT NULL, person TEXT NOT NULL,
                deputy TEXT, area TEXT)
            """,
            "CREATE INDEX safety_emergency_duties_site ON safety_emergency_duties (site, role)",
            """
            CREATE TABLE safety_drills (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, site TEXT NOT NULL, scenario TEXT NOT NULL,
                due BIGINT NOT NULL, held BIGINT)
            """,
            "CREATE INDEX safety_drills_scope ON safety_drills (scope, held, due)",
            "CREATE INDEX safety_drills_site ON safety_drills (site, scenario, held)",
        ])

    static let projection = Projection(
        tables: ["safety_manuals", "safety_emergency_duties", "safety_drills"],
        types: [
            "safety.manual.published", "safety.emergency-role.assigned", "safety.emergency-role.ended",
            "safety.drill.scheduled", "safety.drill.completed",
        ]
    ) { event, payload, transaction in
        func text(_ key: String) -> SQLValue { .text(payload[key]?.text ?? "") }
        func day(_ key: String) -> SQLValue {
            .integer((payload[key]?.text.flatMap { KoreanDay($0) } ?? KoreanDay(event.observed)).number)
        }
        switch event.type {
        case "safety.manual.published":
            try transaction.execute(
                """
                INSERT INTO safety_manuals (site, scenario, version, scope, steps, assembly, published, event)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    text("site"), text("scenario"), .integer(payload["version"]?.integer ?? 1),
                    .text(event.scope.text), .text((payload["steps"] ?? []).canonicalText),
                    .text((payload["assembly"] ?? []).canonicalText), .integer(event.recorded.microseconds),
                    .text(event.id.description),
                ])
        case "safety.emergency-role.assigned":
            try transaction.execute(
                """
                INSERT INTO safety_emergency_duties (id, scope, site, role, person, deputy, area)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    text("duty"), .text(event.scope.text), text("site"), text("role"), text("person"),
                    .optional(payload["deputy"]?.text), .optional(payload["area"]?.text),
                ])
        case "safety.emergency-role.ended":
            try transaction.execute("DELETE FROM safety_emergency_duties WHERE id = ?", [text("duty")])
        case "safety.drill.scheduled":
            try transaction.execute(
                "INSERT INTO safety_drills (id, scope, site, scenario, due, held) VALUES (?, ?, ?, ?, ?, NULL)",
                [text("drill"), .text(event.scope.text), text("site"), text("scenario"), day("due")])
        default:
            try transaction.execute(
                """
                INSERT INTO safety_drills (id, scope, site, scenario, due, held) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET held = excluded.held
                """,
                [text("drill"), .text(event.scope.text), text("site"), text("scenario"), day("day"), day("day")])
        }
    }

    /// The last version of a site's manual for a scenario.
    static func manual(
        of site: ThingID, _ scenario: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> EmergencyManual? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            """
            SELECT * FROM safety_manuals WHERE site = ? AND scenario = ? AND \(own.sql) ORDER BY version DESC LIMIT 1
            """, [.text(site.rawValue), .text(scenario)] + own.arguments
        ).map(manual)
    }

    /// The last version of each manual that a tenant may see, of one site where given.
    static func manuals(
        of site: ThingID? = nil, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [EmergencyManual] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT * FROM safety_manuals m WHERE \(site == nil ? "" : "site = ? AND ")\(own.sql)
            AND version = (SELECT MAX(version) FROM safety_manuals o WHERE o.site = m.site AND o.scenario = m.scenario)
            ORDER BY site, scenario LIMIT 1000
            """, (site.map { [.text($0.rawValue)] } ?? []) + own.arguments
        ).map(manual)
    }

    /// Who has which duty, at one site where given.
    static func duties(
        at site: ThingID? = nil, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [EmergencyDuty] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT * FROM safety_emergency_duties WHERE \(site == nil ? "" : "site = ? AND ")\(own.sql)
            ORDER BY site, role, id LIMIT 1000
            """, (site.map { [.text($0.rawValue)] } ?? []) + own.arguments
        ).map { row in
            EmergencyDuty(
                id: try row.text("id"), site: ThingID(try row.text("site")),
                role: EmergencyRole(rawValue: try row.text("role")) ?? .warden,
                person: PersonID(try row.text("person")),
                deputy: try row.optionalText("deputy").map { PersonID($0) },
                area: try row.optionalText("area").map { ThingID($0) })
        }
    }

    /// Drills, planned and held, the latest due first.
    static func drills(
        of site: ThingID? = nil, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [Drill] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT * FROM safety_drills WHERE \(site == nil ? "" : "site = ? AND ")\(own.sql)
            ORDER BY due DESC, id LIMIT 500
            """, (site.map { [.text($0.rawValue)] } ?? []) + own.arguments
        ).map { row in
            Drill(
                id: try row.text("id"), scope: Scope(try row.text("scope")) ?? .zone,
                site: ThingID(try row.text("site")), scenario: try row.text("scenario"),
                due: KoreanDay(number: try row.integer("due")),
                held: try row.optionalInteger("held").map { KoreanDay(number: $0) })
        }
    }

    private static func manual(_ row: Row) throws -> EmergencyManual {
        func list(_ column: String) throws -> [JSON] {
            try JSON(parsing: Array(try row.text(column).utf8)).elements ?? []
        }
        return EmergencyManual(
            site: ThingID(try row.text("site")), scenario: try row.text("scenario"),
            version: try row.integer("version"), scope: Scope(try row.text("scope")) ?? .zone,
            steps: try list("steps").compactMap { step in
                guard let phase = step["phase"]?.text.flatMap({ Scenario.Phase(rawValue: $0) }) else { return nil }
                let ko = step["ko"]?.text ?? ""
                return Scenario.Step(phase: phase, words: Words(ko, step["en"]?.text ?? ko))
            }, assembly: try list("assembly").compactMap { $0.text.map { ThingID($0) } },
            published: Timestamp(microseconds: try row.integer("published")),
            event: Identifier(try row.text("event")))
    }
}
