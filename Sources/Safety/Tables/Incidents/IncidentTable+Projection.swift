import District
import Record
import Store

extension IncidentTable {
    static let projection = Projection(
        tables: ["safety_incidents", "safety_incident_calls", "safety_form30_signatures"], types: types
    ) { event, payload, transaction in
        let id = SQLValue.text(String(event.stream.dropFirst("incident/".count)))
        func set(_ column: String, _ value: SQLValue) throws {
            try transaction.execute("UPDATE safety_incidents SET \(column) = ? WHERE id = ?", [value, id])
        }
        switch event.type {
        case "safety.incident.reported": try insert(event, payload, transaction)
        case "safety.incident.updated":
            try transaction.execute(
                """
                UPDATE safety_incidents SET people = ?, deaths = ?, injured = ?, ill = ?, osh = ?, sapa = ?, form30 = ?
                WHERE id = ?
                """, figures(payload) + [id])
        case "safety.call.logged":
            try transaction.execute(
                "INSERT INTO safety_incident_calls (incident, scope, whom, at, caller, event) VALUES (?, ?, ?, ?, ?, ?)",
                [
                    id, .text(event.scope.text), .text(payload["to"]?.text ?? ""),
                    .integer(event.observed.microseconds), .optional(payload["caller"]?.text),
                    .text(event.id.description),
                ])
        case "safety.form30.due":
            if let due = payload["due"]?.text.flatMap({ KoreanDay($0) }) { try set("form30_due", .integer(due.number)) }
        case "safety.form30.signed":
            try transaction.execute(
                """
                INSERT INTO safety_form30_signatures (incident, capacity, signer, at) VALUES (?, ?, ?, ?)
                ON CONFLICT (incident, capacity) DO UPDATE SET signer = excluded.signer, at = excluded.at
                """,
                [
                    id, .text(payload["as"]?.text ?? ""), .text(event.author.text),
                    .integer(event.observed.microseconds),
                ])
        case "safety.form30.filed":
            let day = payload["day"]?.text.flatMap { KoreanDay($0) } ?? KoreanDay(event.observed)
            try set("filed", .integer(day.number))
            try set("file", .optional(payload["file"]?.text))
            try set("receipt", .optional(payload["receipt"]?.text))
        case "safety.incident.investigated": try set("investigated", 1)
        case "safety.recurrence.planned": try set("plan", "planned")
        case "safety.recurrence.reported": try set("plan", "reported")
        case "safety.recurrence.verified": try set("plan", "verified")
        case "safety.recurrence.failed": try set("plan", "failed")
        case "safety.incident.folded":
            try set("folded", .optional(payload["into"]?.text))
            try set("closed", .integer(event.recorded.microseconds))
        default: try set("closed", .integer(event.recorded.microseconds))
        }
    }

    private static func insert(_ event: Event, _ payload: [String: JSON], _ transaction: any Writer) throws {
        func text(_ key: String) -> SQLValue { .text(payload[key]?.text ?? "") }
        try transaction.execute(
            """
            INSERT INTO safety_incidents (people, deaths, injured, ill, osh, sapa, form30, id, scope, firm, employer,
                thing, type, is_disease, occurred, reported, form30_due, filed, file, receipt, investigated, plan,
                closed, event)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL, 0, 'none', NULL, ?)
            """,
            figures(payload) + [
                text("incident"), .text(event.scope.text), text("firm"), text("employer"), text("thing"), text("type"),
                .flag(payload["disease"]?.bool ?? false), .integer(event.observed.microseconds),
                .integer(event.recorded.microseconds),
                .integer(KoreanDay(event.observed).adding(months: 1).number), .text(event.id.description),
            ])
    }

    /// What a report and an update both say.
    private static func figures(_ payload: [String: JSON]) -> [SQLValue] {
        func finding(_ id: String) -> SQLValue {
            let found = payload["classification"]?[id]
            let reasons = (found?["reasons"]?.elements ?? []).compactMap(\.text)
            return .text(([found?["finding"]?.text ?? "undecided"] + reasons).joined(separator: " "))
        }
        return [
            .text((payload["people"] ?? []).canonicalText), .integer(payload["deaths"]?.integer ?? 0),
            .integer(payload["injured"]?.integer ?? 0), .integer(payload["ill"]?.integer ?? 0), finding("osh"),
            finding("sapa"), .text(payload["form30"]?.text ?? "undecided"),
        ]
    }
}
