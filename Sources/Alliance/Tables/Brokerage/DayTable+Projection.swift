import District
import Record
import Store

extension DayTable {
    static let projection = Projection(
        tables: [
            "alliance_brokerage_days", "alliance_brokerage_pairs", "alliance_brokerage_marks",
            "alliance_brokerage_lacks",
        ], types: [opened, pinned, forbidden, released, matched, published, moved, cancelled]
    ) { event, payload, transaction in
        let id = String(event.stream.dropFirst("brokerage/".count))
        switch event.type {
        case opened: try open(id, event, payload, transaction)
        case matched: try match(id, event, payload, transaction)
        case published:
            // What no longer passed was introduced to nobody: the day shows what it brought together.
            for pair in payload["dropped"]?.elements ?? [] {
                try transaction.execute(
                    "DELETE FROM alliance_brokerage_pairs WHERE day = ? AND need = ? AND offer = ?",
                    [.text(id), .text(pair["need"]?.text ?? ""), .text(pair["offer"]?.text ?? "")])
            }
            try transaction.execute(
                "UPDATE alliance_brokerage_days SET state = 'published' WHERE id = ?", [.text(id)])
        case moved:
            let day = payload["day"]?.text.flatMap { KoreanDay($0) } ?? KoreanDay(event.observed)
            try transaction.execute(
                "UPDATE alliance_brokerage_days SET day = ?, reason = ? WHERE id = ?",
                [.integer(day.number), .text(payload["reason"]?.text ?? ""), .text(id)])
            try hold(id, payload, transaction)
        case cancelled:
            try transaction.execute(
                "UPDATE alliance_brokerage_days SET state = 'cancelled', reason = ? WHERE id = ?",
                [.text(payload["reason"]?.text ?? ""), .text(id)])
        default: try mark(id, event, payload, transaction)
        }
    }

    /// When and where a day is held, where an event says so.
    private static func hold(_ id: String, _ payload: [String: JSON], _ transaction: any Writer) throws {
        guard let hours = DayHours(payload) else { return }
        try transaction.execute(
            """
            UPDATE alliance_brokerage_days SET begins = ?, ends = ?, minutes = ?, tables = ?, place = ? WHERE id = ?
            """,
            [
                .integer(hours.begins), .integer(hours.ends), .integer(hours.minutes), .integer(hours.tables),
                .text(hours.place), .text(id),
            ])
    }

    private static func open(
        _ id: String, _ event: Event, _ payload: [String: JSON], _ transaction: any Writer
    ) throws {
        let day = (payload["day"]?.text.flatMap { KoreanDay($0) } ?? KoreanDay(event.observed)).number
        try transaction.execute(
            """
            INSERT INTO alliance_brokerage_days (id, scope, title, day, firm_slots, supplier_slots, kinds, regions,
                state, edition, possible, matched, event)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'open', NULL, NULL, NULL, ?)
            """,
            [
                .text(id), .text(event.scope.text), .text(payload["title"]?.text ?? ""), .integer(day),
                .integer(payload["firm_slots"]?.integer ?? 3), .integer(payload["supplier_slots"]?.integer ?? 8),
                .text(Lists.text(payload["kinds"])), .text(Lists.text(payload["regions"])),
                .text(event.id.description),
            ])
        try hold(id, payload, transaction)
    }

    /// What an officer said of a pair. What a rule had proposed rests on less than is known now: it goes, and is worked
    /// out again.
    private static func mark(
        _ id: String, _ event: Event, _ payload: [String: JSON], _ transaction: any Writer
    ) throws {
        func text(_ key: String) -> SQLValue { .text(payload[key]?.text ?? "") }
        let pair = [SQLValue.text(id), text("need"), text("offer")]
        try transaction.execute("DELETE FROM alliance_brokerage_lacks WHERE day = ?", [.text(id)])
        try transaction.execute(
            "DELETE FROM alliance_brokerage_pairs WHERE day = ? AND is_pinned = 0", [.text(id)])
        try transaction.execute(
            "DELETE FROM alliance_brokerage_pairs WHERE day = ? AND need = ? AND offer = ?", pair)
        try transaction.execute(
            "DELETE FROM alliance_brokerage_marks WHERE day = ? AND need = ? AND offer = ?", pair)
        try transaction.execute("UPDATE alliance_brokerage_days SET state = 'open' WHERE id = ?", [.text(id)])
        guard event.type != released else { return }
        try transaction.execute(
            """
            INSERT INTO alliance_brokerage_marks (day, need, offer, scope, kind, reason) VALUES (?, ?, ?, ?, ?, ?)
            """,
            pair + [
                .text(event.scope.text), .text(event.type == pinned ? "pin" : "forbid"), text("reason"),
            ])
        guard event.type == pinned else { return }
        try transaction.execute(
            """
            INSERT INTO alliance_brokerage_pairs (day, need, offer, firm, supplier, scope, need_score, offer_score,
                need_reasons, offer_reasons, is_pinned)
            VALUES (?, ?, ?, ?, ?, ?, NULL, NULL, NULL, NULL, 1)
            """, pair + [text("firm"), text("supplier"), .text(event.scope.text)])
    }

    /// A run is told in several events; the first takes away what stood before.
    private static func match(
        _ id: String, _ event: Event, _ payload: [String: JSON], _ transaction: any Writer
    ) throws {
        if payload["part"]?.integer == 0 {
            for table in ["alliance_brokerage_pairs", "alliance_brokerage_lacks"] {
                try transaction.execute("DELETE FROM \(table) WHERE day = ?", [.text(id)])
            }
            try transaction.execute(
                """
                UPDATE alliance_brokerage_days SET state = 'matched', edition = ?, possible = ?, matched = ?
                WHERE id = ?
                """,
                [
                    .optional(payload["edition"]?.text), .optional(payload["possible"]?.integer),
                    .integer(event.observed.microseconds), .text(id),
                ])
        }
        let scope = SQLValue.text(event.scope.text)
        try transaction.insert(
            into: "alliance_brokerage_pairs",
            columns: [
                "day", "need", "offer", "firm", "supplier", "scope", "need_score", "offer_score", "need_reasons",
                "offer_reasons", "is_pinned",
            ],
            rows: (payload["pairs"]?.elements ?? []).map { pair in
                [
                    .text(id), .text(pair["need"]?.text ?? ""), .text(pair["offer"]?.text ?? ""),
                    .text(pair["firm"]?.text ?? ""), .text(pair["supplier"]?.text ?? ""), scope,
                    .real(pair["need_score"]?.double ?? 0), .real(pair["offer_score"]?.double ?? 0),
                    .optional(pair["need_reasons"].map { $0.canonicalText }),
                    .optional(pair["offer_reasons"].map { $0.canonicalText }), .flag(pair["pinned"]?.bool ?? false),
                ]
            })
        try transaction.insert(
            into: "alliance_brokerage_lacks", columns: ["day", "need", "firm", "scope", "why"],
            rows: (payload["lacks"]?.elements ?? []).map { lack in
                [
                    .text(id), .text(lack["need"]?.text ?? ""), .text(lack["firm"]?.text ?? ""), scope,
                    .text(lack["why"]?.text ?? ""),
                ]
            })
    }
}
