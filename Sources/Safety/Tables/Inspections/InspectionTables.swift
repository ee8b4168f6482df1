import District
import Record
import Store

/// The tables of inspections: frozen templates, rounds that are due, and what was inspected.
enum InspectionTables {
    static let migration = Migration(
        "safety.inspections.001",
        [
            """
            CREATE TABLE safety_inspection_templates (
                firm TEXT NOT NULL, id TEXT NOT NULL, version BIGINT NOT NULL, scope TEXT NOT NULL,
                edition TEXT NOT NULL, base TEXT, industry TEXT NOT NULL, title_ko TEXT NOT NULL, title_en TEXT NOT NULL,
                questions BIGINT NOT NULL, content TEXT NOT NULL, author TEXT NOT NULL, at BIGINT NOT NULL,
                PRIMARY KEY (firm, id, version))
            """,
            """
            CREATE TABLE safety_inspection_schedules (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, firm TEXT NOT NULL, template TEXT NOT NULL,
                place TEXT NOT NULL, every BIGINT NOT NULL, first BIGINT NOT NULL, responsible TEXT NOT NULL,
                due BIGINT NOT NULL, last BIGINT, ended BIGINT)
            """,
            "CREATE INDEX safety_inspection_schedules_due ON safety_inspection_schedules (scope, due)",
            """
            CREATE TABLE safety_inspections (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, schedule TEXT NOT NULL, template TEXT NOT NULL,
                version BIGINT NOT NULL, place TEXT NOT NULL, inspector TEXT NOT NULL, day BIGINT NOT NULL,
                due BIGINT NOT NULL, is_offline BIGINT NOT NULL, claimed BIGINT NOT NULL, skew DOUBLE PRECISION NOT NULL,
                arrived BIGINT NOT NULL, failed BIGINT NOT NULL, worst BIGINT, verdict TEXT, reviewer TEXT,
                reviewed BIGINT)
            """,
            "CREATE INDEX safety_inspections_schedule ON safety_inspections (schedule, day)",
            "CREATE INDEX safety_inspections_scope ON safety_inspections (scope, arrived)",
        ])

    static let projection = Projection(
        tables: ["safety_inspection_templates", "safety_inspection_schedules", "safety_inspections"],
        types: [
            "safety.template.published", "safety.inspection.scheduled", "safety.inspection.unscheduled",
            "safety.inspection.submitted", "safety.inspection.reviewed",
        ]
    ) { event, payload, writer in
        switch event.type {
        case "safety.template.published": try published(event, payload, writer)
        case "safety.inspection.scheduled": try scheduled(event, payload, writer)
        case "safety.inspection.unscheduled":
            try writer.execute(
                "UPDATE safety_inspection_schedules SET ended = ? WHERE id = ?",
                [.integer(event.recorded.microseconds), .text(payload["schedule"]?.text ?? "")])
        case "safety.inspection.submitted": try submitted(event, payload, writer)
        default:
            try writer.execute(
                "UPDATE safety_inspections SET verdict = ?, reviewer = ?, reviewed = ? WHERE id = ?",
                [
                    .text(payload["verdict"]?.text ?? ""), .text(event.author.text),
                    .integer(event.recorded.microseconds), .text(payload["inspection"]?.text ?? ""),
                ])
            try settle(payload["schedule"]?.text ?? "", writer)
        }
    }

    private static func published(_ event: Event, _ payload: [String: JSON], _ writer: any Writer) throws {
        let content = payload["content"] ?? .null
        try writer.execute(
            """
            INSERT INTO safety_inspection_templates (firm, id, version, scope, edition, base, industry, title_ko,
            title_en, questions, content, author, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(payload["firm"]?.text ?? ""), .text(content["id"]?.text ?? ""),
                .integer(payload["version"]?.integer ?? 0), .text(event.scope.text),
                .text(payload["edition"]?.text ?? ""), payload["base"]?.text.map { .text($0) } ?? .null,
                .text(content["industry"]?.text ?? ""), .text(content["title"]?["ko"]?.text ?? ""),
                .text(content["title"]?["en"]?.text ?? ""),
                .integer(Int64(content["questions"]?.elements?.count ?? 0)), .text(content.canonicalText),
                .text(event.author.text), .integer(event.recorded.microseconds),
            ])
    }

    private static func scheduled(_ event: Event, _ payload: [String: JSON], _ writer: any Writer) throws {
        let first = KoreanDay(payload["first"]?.text ?? "") ?? KoreanDay(event.recorded)
        try writer.execute(
            """
            INSERT INTO safety_inspection_schedules (id, scope, firm, template, place, every, first, responsible, due)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(payload["schedule"]?.text ?? ""), .text(event.scope.text), .text(payload["firm"]?.text ?? ""),
                .text(payload["template"]?.text ?? ""), .text(payload["place"]?.text ?? ""),
                .integer(payload["every"]?.integer ?? 1), .integer(first.number),
                .text(payload["responsible"]?.text ?? ""), .integer(first.number),
            ])
    }

    private static func submitted(_ event: Event, _ payload: [String: JSON], _ writer: any Writer) throws {
        let offline = payload["offline"].flatMap { Ask.Offline(json: $0) }
        let schedule = payload["schedule"]?.text ?? ""
        let failures = payload["failures"]?.elements ?? []
        let worst = failures.compactMap { RiskBand(rawValue: $0["severity"]?.text ?? "")?.rank }.max()
        try writer.execute(
            """
            INSERT INTO safety_inspections (id, scope, schedule, template, version, place, inspector, day, due,
            is_offline, claimed, skew, arrived, failed, worst) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(payload["inspection"]?.text ?? ""), .text(event.scope.text), .text(schedule),
                .text(payload["template"]?.text ?? ""), .integer(payload["version"]?.integer ?? 0),
                .text(payload["place"]?.text ?? ""), .text(payload["inspector"]?.text ?? ""),
                .integer(KoreanDay(payload["day"]?.text ?? "")?.number ?? 0),
                .integer(KoreanDay(payload["due"]?.text ?? "")?.number ?? 0), .integer(offline == nil ? 0 : 1),
                .integer((offline?.claimed ?? event.recorded).microseconds), .real(offline?.skew ?? 0),
                .integer(event.recorded.microseconds), .integer(Int64(failures.count)),
                worst.map { .integer(Int64($0)) } ?? .null,
            ])
        try settle(schedule, writer)
    }

    /// When a round is due next, from every day on which it was done; what a reviewer returned does not count.
    private static func settle(_ schedule: String, _ writer: any Writer) throws {
        guard
            let row = try writer.first(
                "SELECT first, every FROM safety_inspection_schedules WHERE id = ?", [.text(schedule)])
        else { return }
        let days = try writer.query(
            "SELECT day FROM safety_inspections WHERE schedule = ? AND (verdict IS NULL OR verdict <> 'returned')",
            [.text(schedule)]
        ).map { KoreanDay(number: try $0.integer("day")) }
        let round = Recurrence(
            first: KoreanDay(number: try row.integer("first")), every: try row.integer("every"))
        try writer.execute(
            "UPDATE safety_inspection_schedules SET due = ?, last = ? WHERE id = ?",
            [
                .integer(round.due(after: days).number), days.max().map { .integer($0.number) } ?? .null,
                .text(schedule),
            ])
    }
}

extension Ask.Offline {
    /// From an event's payload; nil where it carries none.
    init?(json: JSON) {
        guard let claimed = json["claimed"]?.text.flatMap({ Timestamp(iso8601: $0) }),
            let skew = json["skew"]?.double
        else { return nil }
        self.init(claimed: claimed, skew: skew, form: json["form"]?.text ?? "")
    }
}
