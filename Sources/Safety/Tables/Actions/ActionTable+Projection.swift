import District
import Record
import Store

extension ActionTable {
    static let projection = Projection(tables: ["safety_actions"], types: types) { event, payload, transaction in
        let id = SQLValue.text(String(event.stream.dropFirst("action/".count)))
        func text(_ key: String) -> String { payload[key]?.text ?? "" }
        func day(_ key: String) -> SQLValue {
            .integer((payload[key]?.text.flatMap { KoreanDay($0) } ?? KoreanDay(event.observed)).number)
        }
        switch event.type {
        case "safety.action.opened":
            try open(event, payload, transaction)
        case "safety.action.assigned":
            try transaction.execute(
                "UPDATE safety_actions SET owner = ? WHERE id = ?", [.optional(payload["owner"]?.text), id])
        case "safety.action.extended":
            try transaction.execute(
                "UPDATE safety_actions SET due = ?, extensions = extensions + 1 WHERE id = ?", [day("due"), id])
            if payload["flagged"]?.bool == true { try flag(.extendedOften, id, transaction) }
        case "safety.action.completed":
            try transaction.execute(
                """
                UPDATE safety_actions SET state = 'done', completed = ?, completed_by = ?, proof = ? WHERE id = ?
                """,
                [
                    .integer(KoreanDay(event.observed).number), .text(event.author.text),
                    .optional(payload["proof"]?.text), id,
                ])
            if payload["reused"]?.elements?.isEmpty == false { try flag(.photoReused, id, transaction) }
        case "safety.action.verified":
            if payload["effective"]?.bool == true {
                try transaction.execute("UPDATE safety_actions SET state = 'verified' WHERE id = ?", [id])
            } else {
                try transaction.execute(
                    "UPDATE safety_actions SET state = 'open', completed = NULL, completed_by = NULL WHERE id = ?", [id]
                )
                try flag(.notEffective, id, transaction)
            }
        case "safety.action.cancelled":
            try transaction.execute("UPDATE safety_actions SET state = 'cancelled' WHERE id = ?", [id])
        default:
            let level = EscalationLevel(rawValue: text("level"))?.rank ?? 0
            try transaction.execute("UPDATE safety_actions SET escalated = ? WHERE id = ?", [.integer(level), id])
        }
    }

    private static func open(_ event: Event, _ payload: [String: JSON], _ transaction: any Writer) throws {
        func text(_ key: String) -> SQLValue { .text(payload[key]?.text ?? "") }
        let due = (payload["due"]?.text.flatMap { KoreanDay($0) } ?? KoreanDay(event.observed)).number
        let band = payload["band"]?.text.flatMap { RiskBand(rawValue: $0) } ?? .severe
        try transaction.execute(
            """
            INSERT INTO safety_actions (id, scope, thing, title, source_kind, source, band, step, owner, opened,
                first_due, due, extensions, state, completed, completed_by, proof, escalated, flags, event)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 'open', NULL, NULL, NULL, 0, '', ?)
            """,
            [
                .text(String(event.stream.dropFirst("action/".count))), .text(event.scope.text), text("thing"),
                text("title"), text("source_kind"), text("source"), .integer(Int64(band.rank)), text("step"),
                .optional(payload["owner"]?.text), .integer(KoreanDay(event.observed).number), .integer(due),
                .integer(due), .text(event.id.description),
            ])
    }

    /// Adds a flag; flags stay, whatever is done later.
    private static func flag(_ flag: SafetyAction.Flag, _ id: SQLValue, _ transaction: any Writer) throws {
        let kept = try transaction.first("SELECT flags FROM safety_actions WHERE id = ?", [id])?.text("flags") ?? ""
        let flags = Set(kept.split(separator: " ").map(String.init)).union([flag.rawValue])
        try transaction.execute(
            "UPDATE safety_actions SET flags = ? WHERE id = ?", [.text(flags.sorted().joined(separator: " ")), id])
    }
}
