import District
import Record
import Store

extension PermitTable {
    static let types = [
        "safety.permit.requested", "safety.permit.authorised", "safety.permit.entered", "safety.permit.left",
        "safety.permit.suspended", "safety.permit.resumed", "safety.permit.extended", "safety.permit.locked",
        "safety.permit.unlocked", "safety.permit.closed",
    ]

    static let projection = Projection(
        tables: ["safety_permits", "safety_permit_people", "safety_permit_locks"], types: types
    ) { event, payload, writer in
        let id = String(event.stream.dropFirst("permit/".count))
        if event.type == "safety.permit.requested" {
            try request(id, event, payload, writer)
            return
        }
        let person = SQLValue.text(payload["person"]?.text ?? "")
        let (at, lock) = (SQLValue.integer(event.observed.microseconds), SQLValue.text(payload["lock"]?.text ?? ""))
        switch event.type {
        case "safety.permit.authorised":
            try writer.execute(
                "UPDATE safety_permits SET state = 'running', authoriser = ? WHERE id = ?",
                [.text(event.author.text), .text(id)])
        case "safety.permit.resumed":
            try writer.execute(
                "UPDATE safety_permits SET state = 'running', suspension = NULL WHERE id = ?", [.text(id)])
        case "safety.permit.suspended":
            try writer.execute(
                "UPDATE safety_permits SET state = 'suspended', suspension = ? WHERE id = ?",
                [.text(payload["reason"]?.text ?? "person"), .text(id)])
        case "safety.permit.closed":
            try writer.execute("UPDATE safety_permits SET state = 'closed' WHERE id = ?", [.text(id)])
        case "safety.permit.extended":
            if let to = payload["to"]?.text.flatMap({ Timestamp(iso8601: $0) }) {
                try writer.execute(
                    "UPDATE safety_permits SET ends = ? WHERE id = ?", [.integer(to.microseconds), .text(id)])
            }
        case "safety.permit.entered":
            try writer.execute(
                """
                UPDATE safety_permit_people SET is_inside = 1, since = ?, entries = entries + 1
                WHERE permit = ? AND person = ?
                """, [at, .text(id), person])
        case "safety.permit.left":
            try writer.execute(
                "UPDATE safety_permit_people SET is_inside = 0, since = NULL WHERE permit = ? AND person = ?",
                [.text(id), person])
        case "safety.permit.locked":
            try writer.execute(
                "UPDATE safety_permit_locks SET locked = ?, unlocked = NULL WHERE permit = ? AND number = ?",
                [at, .text(id), lock])
        default:
            try writer.execute(
                "UPDATE safety_permit_locks SET unlocked = ? WHERE permit = ? AND number = ?", [at, .text(id), lock])
        }
        if let readings = payload["readings"] {
            try writer.execute(
                "UPDATE safety_permits SET readings = ? WHERE id = ?", [.text(readings.canonicalText), .text(id)])
        }
        try writer.execute(
            "UPDATE safety_permits SET version = ? WHERE id = ?", [.integer(event.streamVersion), .text(id)])
    }

    /// Closed places, as the events of others say.
    static let closureProjection = Projection(
        tables: ["safety_permit_closures"], types: [ZoneClosed.type, ZoneOpened.type]
    ) { event, _, writer in
        if let closed = ZoneClosed(event) {
            try writer.execute(
                """
                INSERT INTO safety_permit_closures (closure, thing, scope, reason, closed) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (closure) DO NOTHING
                """,
                [
                    .text(closed.closure), .text(closed.thing.rawValue), .text(event.scope.text), .text(closed.reason),
                    .integer(event.recorded.microseconds),
                ])
        } else if let opened = ZoneOpened(event) {
            try writer.execute("DELETE FROM safety_permit_closures WHERE closure = ?", [.text(opened.closure)])
        }
    }

    private static func request(
        _ id: String, _ event: Event, _ payload: [String: JSON], _ writer: any Writer
    ) throws {
        func moment(_ field: String) -> Timestamp {
            payload[field]?.text.flatMap { Timestamp(iso8601: $0) } ?? event.observed
        }
        func text(_ field: String) -> SQLValue { .text(payload[field]?.text ?? "") }
        let (host, day) = (payload["host"]?.text ?? "", KoreanDay(moment("from")))
        let before = try writer.first(
            "SELECT COUNT(*) AS n FROM safety_permits WHERE host = ? AND day = ?", [.text(host), .integer(day.number)]
        ).map { try $0.integer("n") }
        let number = (before ?? 0) + 1
        let people = (payload["people"]?.elements ?? []).compactMap(\.text)
        let traits = (payload["traits"]?.elements ?? []).compactMap(\.text).sorted().joined(separator: " ")
        try writer.insert(
            into: "safety_permits",
            columns: [
                "id", "number", "day", "scope", "host", "contractor", "kind", "thing", "work", "starts", "ends",
                "state",
                "requester", "supervisor", "watcher", "traits", "is_cleared", "inflow", "equipment", "contacts",
                "authoriser", "suspension", "readings", "version",
            ],
            rows: [
                [
                    .text(id), .text("\(day.description.dropFirst(5))-\(number < 10 ? "0" : "")\(number)"),
                    .integer(day.number), .text(event.scope.text), .text(host), .optional(payload["contractor"]?.text),
                    text("kind"), text("thing"), text("work"), .integer(moment("from").microseconds),
                    .integer(moment("to").microseconds), .text("requested"), .text(event.author.text),
                    text("supervisor"), .optional(payload["watcher"]?.text), .text(traits),
                    .flag(payload["flammables_cleared"]?.bool ?? false), .optional(payload["inflow"]?.text),
                    .optional(payload["equipment"]?.text), .optional(payload["contacts"]?.text), .null, .null,
                    .text("[]"), .integer(event.streamVersion),
                ]
            ])
        for person in people {
            try writer.execute(
                "INSERT INTO safety_permit_people (permit, person, is_inside, since, entries) VALUES (?, ?, 0, NULL, 0)",
                [.text(id), .text(person)])
        }
        for lock in payload["locks"]?.elements ?? [] {
            try writer.execute(
                "INSERT INTO safety_permit_locks (permit, number, point, owner) VALUES (?, ?, ?, ?)",
                [
                    .text(id), .text(lock["number"]?.text ?? ""), .text(lock["point"]?.text ?? ""),
                    .text(lock["owner"]?.text ?? ""),
                ])
        }
    }
}
