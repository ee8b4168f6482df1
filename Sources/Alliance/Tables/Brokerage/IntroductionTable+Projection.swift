import District
import Record
import Store

extension IntroductionTable {
    static let projection = Projection(
        tables: ["alliance_brokerage_introductions"], types: [made, accepted, declined, noted, moved, cancelled]
    ) { event, payload, transaction in
        let id = SQLValue.text(String(event.stream.dropFirst("introduction/".count)))
        func text(_ key: String) -> SQLValue { .text(payload[key]?.text ?? "") }
        switch event.type {
        case made: try make(id, event, payload, transaction)
        case accepted, declined: try answer(id, event, payload, transaction)
        case moved:
            let date = (payload["date"]?.text.flatMap { KoreanDay($0) } ?? KoreanDay(event.observed)).number
            try transaction.execute(
                """
                UPDATE alliance_brokerage_introductions SET date = ?, follow_up = ?, begins = ?, ends = ?, place = ?,
                    hour = ?, seat = ? WHERE id = ?
                """, [SQLValue.integer(date), .integer(date)] + held(payload) + seat(payload) + [id])
            try tell(["firm_told", "supplier_told"], of: id, event, transaction)
        case cancelled:
            try transaction.execute(
                """
                UPDATE alliance_brokerage_introductions SET is_ended = 1, is_cancelled = 1, follow_up = NULL, note = ?,
                    hour = NULL, seat = NULL WHERE id = ?
                """, [text("reason"), id])
            try tell(["firm_told", "supplier_told"], of: id, event, transaction)
        default:
            let outcome = payload["outcome"]?.text.flatMap { Introduction.Outcome(rawValue: $0) }
            let day = payload["follow_up"]?.text.flatMap { KoreanDay($0) }?.number
            try transaction.execute(
                """
                UPDATE alliance_brokerage_introductions
                SET is_ended = ?, follow_up = ?, owner = ?, note = ? WHERE id = ?
                """,
                [.flag(outcome?.isLast ?? false), .optional(day), text("owner"), text("note"), id])
            if let stage = outcome?.stage {
                try transaction.execute(
                    "UPDATE alliance_brokerage_introductions SET stage = ? WHERE id = ?",
                    [.integer(stage.rawValue), id])
            }
        }
    }

    /// What a side says now, whatever it said before: the two together tell how the introduction stands.
    private static func answer(
        _ id: SQLValue, _ event: Event, _ payload: [String: JSON], _ transaction: any Writer
    ) throws {
        let isSupplier = payload["side"]?.text == "supplier"
        let column = isSupplier ? "supplier_answer" : "firm_answer"
        try transaction.execute(
            "UPDATE alliance_brokerage_introductions SET \(column) = ?, note = ?, hour = ?, seat = ? WHERE id = ?",
            [SQLValue.text(event.type == accepted ? "accepted" : "declined"), .text(payload["reason"]?.text ?? "")]
                + seat(payload) + [id])
        try transaction.execute(
            """
            UPDATE alliance_brokerage_introductions SET
                stage = CASE WHEN firm_answer = 'accepted' AND supplier_answer = 'accepted' THEN 1 ELSE 0 END,
                is_ended = CASE WHEN firm_answer = 'declined' OR supplier_answer = 'declined' THEN 1 ELSE 0 END,
                follow_up = CASE WHEN firm_answer = 'declined' OR supplier_answer = 'declined' THEN NULL ELSE date END
            WHERE id = ?
            """, [id])
        // Whoever counted on the answer that stood before is told; whoever changed it knows.
        guard payload["before"] != nil else { return }
        try tell([isSupplier ? "firm_told" : "supplier_told"], of: id, event, transaction)
    }

    /// Notes that an introduction was changed, and which sides are told.
    private static func tell(
        _ sides: [String], of id: SQLValue, _ event: Event, _ transaction: any Writer
    ) throws {
        let today = SQLValue.integer(KoreanDay(event.observed).number)
        let columns = (["changed"] + sides).map { "\($0) = ?" }.joined(separator: ", ")
        try transaction.execute(
            "UPDATE alliance_brokerage_introductions SET \(columns) WHERE id = ?",
            [today] + sides.map { _ in today } + [id])
    }

    /// Hours and place of the day, as an event tells them.
    private static func held(_ payload: [String: JSON]) -> [SQLValue] {
        [
            .optional(payload["begins"]?.text.flatMap(DayHours.minutes)),
            .optional(payload["ends"]?.text.flatMap(DayHours.minutes)), .optional(payload["place"]?.text),
        ]
    }

    private static func seat(_ payload: [String: JSON]) -> [SQLValue] {
        [.optional(payload["hour"]?.text.flatMap(DayHours.minutes)), .optional(payload["table"]?.integer)]
    }

    private static func make(
        _ id: SQLValue, _ event: Event, _ payload: [String: JSON], _ transaction: any Writer
    ) throws {
        func text(_ key: String) -> SQLValue { .text(payload[key]?.text ?? "") }
        let date = (payload["date"]?.text.flatMap { KoreanDay($0) } ?? KoreanDay(event.observed)).number
        try transaction.execute(
            """
            INSERT INTO alliance_brokerage_introductions (id, scope, day, date, need, offer, firm, supplier, need_title,
                need_about, need_musts, offer_title, kinds, need_reasons, offer_reasons, firm_answer, supplier_answer,
                stage, is_ended, follow_up, owner, note, event, begins, ends, place)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, 0, 0, ?, '', '', ?, ?, ?, ?)
            """,
            [
                id, .text(event.scope.text), text("day"), .integer(date), text("need"), text("offer"), text("firm"),
                text("supplier"), text("need_title"), text("need_about"), text("need_musts"), text("offer_title"),
                .text(Lists.text(payload["kinds"])), .optional(payload["need_reasons"].map { $0.canonicalText }),
                .optional(payload["offer_reasons"].map { $0.canonicalText }), .integer(date),
                .text(event.id.description),
            ] + held(payload))
    }
}
