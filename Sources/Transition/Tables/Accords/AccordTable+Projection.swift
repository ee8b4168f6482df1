import District
import Record
import Store

extension AccordTable {
    static let projection = Projection(
        tables: [
            "transition_accords", "transition_accord_undertakings", "transition_accord_milestones",
            "transition_accord_outcomes", "transition_accord_travellers",
        ], types: AccordEvents.all
    ) { event, payload, writer in
        switch event.type {
        case AccordEvents.signed: try sign(payload, writer)
        case AccordEvents.undertaken:
            try writer.execute(
                """
                INSERT INTO transition_accord_undertakings (id, accord, kind, title, about, office, places)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    text(payload, "undertaking"), text(payload, "accord"), text(payload, "kind"),
                    json(payload, "title"),
                    json(payload, "about"), text(payload, "office"), .optional(payload["places"]?.integer),
                ])
        case AccordEvents.set:
            try writer.execute(
                """
                INSERT INTO transition_accord_milestones
                    (id, undertaking, accord, title, owner, due, moves, is_dropped)
                VALUES (?, ?, ?, ?, ?, ?, 0, 0)
                """,
                [
                    text(payload, "milestone"), text(payload, "undertaking"), text(payload, "accord"),
                    json(payload, "title"), text(payload, "owner"), day(payload, "due", event),
                ])
        case AccordEvents.moved:
            try writer.execute(
                "UPDATE transition_accord_milestones SET due = ?, reason = ?, moves = moves + 1 WHERE id = ?",
                [day(payload, "due", event), text(payload, "reason"), text(payload, "milestone")])
        case AccordEvents.reached:
            try writer.execute(
                "UPDATE transition_accord_milestones SET reached = ? WHERE id = ?",
                [day(payload, "day", event), text(payload, "milestone")])
        case AccordEvents.dropped:
            try writer.execute(
                "UPDATE transition_accord_milestones SET is_dropped = 1, reason = ? WHERE id = ?",
                [text(payload, "reason"), text(payload, "milestone")])
        default: try exchange(event, payload, writer)
        }
    }

    private static func sign(_ payload: [String: JSON], _ writer: any Writer) throws {
        guard let signed = (payload["signed"]?.text).flatMap({ KoreanDay($0) }) else { return }
        try writer.execute(
            """
            INSERT INTO transition_accords (id, title, parties, signed, until, fields, source, url, is_sample)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                text(payload, "accord"), json(payload, "title"), json(payload, "parties"), .integer(signed.number),
                .optional((payload["until"]?.text).flatMap { KoreanDay($0)?.number }), json(payload, "fields"),
                text(payload, "source"), .optional(payload["url"]?.text), .flag(payload["sample"]?.bool ?? false),
            ])
    }

    private static func exchange(_ event: Event, _ payload: [String: JSON], _ writer: any Writer) throws {
        switch event.type {
        case AccordEvents.measured:
            try writer.execute(
                """
                INSERT INTO transition_accord_outcomes (id, undertaking, accord, metric, unit, value, day, source)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    text(payload, "outcome"), text(payload, "undertaking"), text(payload, "accord"),
                    json(payload, "metric"), text(payload, "unit"), .real(payload["value"]?.double ?? 0),
                    day(payload, "day", event), text(payload, "source"),
                ])
        case AccordEvents.sent:
            try writer.execute(
                """
                INSERT INTO transition_accord_travellers
                    (id, undertaking, accord, name, direction, field, begins, ends)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    text(payload, "traveller"), text(payload, "undertaking"), text(payload, "accord"),
                    .optional(payload["name"]?.text), text(payload, "direction"), text(payload, "field"),
                    day(payload, "from", event), day(payload, "until", event),
                ])
        case AccordEvents.erased:
            // The vault forgets with the table, in the transaction that records it: neither is left with the name. Done
            // again, as when tables are built anew, there is nothing left to forget.
            try writer.execute(
                "UPDATE transition_accord_travellers SET name = NULL WHERE id = ?", [text(payload, "traveller")])
            _ = try RecordLog(clock: Timestamp.now).erase(
                AccordTraveller.subject(payload["traveller"]?.text ?? ""), in: writer)
        default:
            try writer.execute(
                "UPDATE transition_accord_travellers SET result = ? WHERE id = ?",
                [text(payload, "result"), text(payload, "traveller")])
        }
    }

    private static func text(_ payload: [String: JSON], _ field: String) -> SQLValue {
        .text(payload[field]?.text ?? "")
    }

    private static func json(_ payload: [String: JSON], _ field: String) -> SQLValue {
        .text((payload[field] ?? .null).canonicalText)
    }

    private static func day(_ payload: [String: JSON], _ field: String, _ event: Event) -> SQLValue {
        .integer(((payload[field]?.text).flatMap { KoreanDay($0) } ?? KoreanDay(event.observed)).number)
    }
}
