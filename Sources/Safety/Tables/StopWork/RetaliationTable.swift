import District
import Record
import Store

/// Who spoke up and when, what was then done to them, and what they themselves report. Read by the rule that marks
/// retaliation and by those who must see it, never by colleagues.
enum RetaliationTable {
    static let migration = Migration(
        "safety.retaliation.001",
        [
            """
            CREATE TABLE safety_voices (
                event TEXT PRIMARY KEY, scope TEXT NOT NULL, person TEXT NOT NULL, kind TEXT NOT NULL,
                at BIGINT NOT NULL)
            """,
            "CREATE INDEX safety_voices_person ON safety_voices (person, at)",
            """
            CREATE TABLE safety_measures (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, person TEXT, kind TEXT NOT NULL, reason TEXT,
                at BIGINT NOT NULL, voice TEXT, days BIGINT, event TEXT NOT NULL)
            """,
            "CREATE INDEX safety_measures_scope ON safety_measures (scope, at)",
            """
            CREATE TABLE safety_retaliation_reports (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, person TEXT, kind TEXT NOT NULL, text TEXT,
                to_executive BIGINT NOT NULL, at BIGINT NOT NULL, event TEXT NOT NULL)
            """,
            "CREATE INDEX safety_retaliation_reports_scope ON safety_retaliation_reports (scope, at)",
        ])

    /// Opinions are another subject's events; whoever gives one has spoken up.
    static let opinion = "safety.opinion.given"

    static let projection = Projection(
        tables: ["safety_voices", "safety_measures", "safety_retaliation_reports"],
        types: [
            WorkStopped.type, "safety.hazard.raised", opinion, "safety.personnel.measured",
            "safety.retaliation.flagged", "safety.retaliation.reported",
        ]
    ) { event, payload, transaction in
        let mark = SQLValue.text(event.id.description)
        let (scope, at): (SQLValue, SQLValue) = (.text(event.scope.text), .integer(event.observed.microseconds))
        switch event.type {
        case WorkStopped.type: try voice(.stop, payload["worker"]?.text, event, transaction)
        case "safety.hazard.raised": try voice(.hazard, author(event), event, transaction)
        case opinion: try voice(.opinion, payload["worker"]?.text ?? author(event), event, transaction)
        case "safety.personnel.measured":
            try transaction.execute(
                """
                INSERT INTO safety_measures (id, scope, person, kind, reason, at, event) VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .text(payload["measure"]?.text ?? ""), scope, .optional(payload["person"]?.text),
                    .text(payload["kind"]?.text ?? "other"), .optional(payload["reason"]?.text), at, mark,
                ])
        case "safety.retaliation.flagged":
            try transaction.execute(
                "UPDATE safety_measures SET voice = ?, days = ? WHERE id = ?",
                [
                    .optional(payload["voice"]?.text), .optional(payload["days"]?.integer),
                    .text(payload["measure"]?.text ?? ""),
                ])
        default:
            try transaction.execute(
                """
                INSERT INTO safety_retaliation_reports (id, scope, person, kind, text, to_executive, at, event)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .text(payload["report"]?.text ?? ""), scope, .optional(payload["worker"]?.text),
                    .text(payload["kind"]?.text ?? "other"), .optional(payload["text"]?.text),
                    .flag(payload["to_executive"]?.bool ?? false), at, mark,
                ])
        }
    }

    private static func author(_ event: Event) -> String? {
        guard case .person(let person) = event.author else { return nil }
        return person.rawValue
    }

    private static func voice(
        _ kind: Voice.Kind, _ person: String?, _ event: Event, _ transaction: any Writer
    ) throws {
        guard let person else { return }
        try transaction.execute(
            "INSERT INTO safety_voices (event, scope, person, kind, at) VALUES (?, ?, ?, ?, ?)",
            [
                .text(event.id.description), .text(event.scope.text), .text(person), .text(kind.rawValue),
                .integer(event.observed.microseconds),
            ])
    }

    /// When a person spoke up.
    static func voices(of person: PersonID, for tenant: some Tenancy, in reader: any Reader) throws -> [Voice] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT kind, at FROM safety_voices WHERE person = ? AND \(own.sql) ORDER BY at, event",
            [.text(person.rawValue)] + own.arguments
        ).compactMap { row in
            Voice.Kind(rawValue: try row.text("kind")).map {
                Voice(kind: $0, at: Timestamp(microseconds: (try? row.integer("at")) ?? 0))
            }
        }
    }

    /// A measure about somebody.
    struct Measure: Sendable, Hashable {
        let id: String
        let scope: Scope
        /// About whom; nil once they were forgotten.
        let person: PersonID?
        let kind: PersonnelMeasure
        let reason: String?
        let at: Timestamp
        /// What they had done before, and how many days before; nil where the measure is not marked.
        let voice: Voice.Kind?
        let days: Int64?
        let event: String
    }

    /// One measure, for the rule and for who recorded it.
    static func measure(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> Measure? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM safety_measures WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).map(measure)
    }

    /// The measures that followed somebody's speaking up, the latest first; only those about one person where given.
    static func flagged(
        about person: PersonID? = nil, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [Measure] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT * FROM safety_measures WHERE voice IS NOT NULL AND \(own.sql)\(person == nil ? "" : " AND person = ?")
            ORDER BY at DESC, id LIMIT 200
            """, own.arguments + (person.map { [.text($0.rawValue)] } ?? [])
        ).map(measure)
    }

    /// What somebody reports about how they are treated.
    struct Report: Sendable, Hashable {
        let id: String
        let scope: Scope
        let person: PersonID?
        let kind: PersonnelMeasure
        let text: String?
        let at: Timestamp
        let event: String
    }

    /// Reports of retaliation, the latest first.
    /// - Parameter executive: only those that whoever reported shared with the executive.
    static func reports(
        executive: Bool, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [Report] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT * FROM safety_retaliation_reports WHERE \(own.sql)\(executive ? " AND to_executive = 1" : "")
            ORDER BY at DESC, id LIMIT 200
            """, own.arguments
        ).map { row in
            Report(
                id: try row.text("id"), scope: Scope(try row.text("scope")) ?? .zone,
                person: try row.optionalText("person").map { PersonID($0) },
                kind: PersonnelMeasure(rawValue: try row.text("kind")) ?? .other, text: try row.optionalText("text"),
                at: Timestamp(microseconds: try row.integer("at")), event: try row.text("event"))
        }
    }

    private static func measure(_ row: Row) throws -> Measure {
        Measure(
            id: try row.text("id"), scope: Scope(try row.text("scope")) ?? .zone,
            person: try row.optionalText("person").map { PersonID($0) },
            kind: PersonnelMeasure(rawValue: try row.text("kind")) ?? .other, reason: try row.optionalText("reason"),
            at: Timestamp(microseconds: try row.integer("at")),
            voice: try row.optionalText("voice").flatMap { Voice.Kind(rawValue: $0) },
            days: try row.optionalInteger("days"), event: try row.text("event"))
    }
}
