import District
import Record
import Store

extension MilestoneTable {
    static let projection = Projection(
        tables: [
            "alliance_groups_milestones", "alliance_groups_needs", "alliance_groups_changes",
            "alliance_groups_outcomes",
        ], types: GroupEvents.changes.keys.sorted()
    ) { event, payload, writer in
        guard let kind = GroupEvents.changes[event.type], let id = payload["milestone"]?.text else { return }
        try log(event, kind, id, payload, writer)
        if kind == "measured" { return try measure(id, payload, writer) }
        func text(_ key: String) -> SQLValue { .text(payload[key]?.text ?? "") }
        func day(_ key: String) -> SQLValue {
            .integer((payload[key]?.text.flatMap { KoreanDay($0) } ?? KoreanDay(event.observed)).number)
        }
        func update(_ columns: String, _ values: [SQLValue]) throws {
            try writer.execute("UPDATE alliance_groups_milestones SET \(columns) WHERE id = ?", values + [.text(id)])
        }
        switch kind {
        case "set":
            let title = Words(payload["title"])
            try writer.execute(
                """
                INSERT INTO alliance_groups_milestones
                    (id, group_id, title_ko, title_en, layer, owner, due, first_due, work, promise, state)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open')
                """,
                [
                    .text(id), text("group"), .text(title?.ko ?? ""), .text(title?.en ?? ""), text("layer"),
                    text("owner"), day("due"), day("due"), .integer(payload["work_days"]?.integer ?? 0),
                    .optional(payload["promise"]?.text),
                ])
            try link(id, payload, writer)
        case "linked":
            try update("work = ?", [.integer(payload["work_days"]?.integer ?? 0)])
            try link(id, payload, writer)
        // A new due day begins anew: it has not slipped, and nobody has to say why.
        case "moved": try update("due = ?, slipped = NULL, why = NULL", [day("due")])
        case "slipped": try update("slipped = ?", [day("due")])
        case "explained": try update("why = ?", [text("reason")])
        case "handed": try update("owner = ?", [text("owner")])
        case "reached": try update("state = 'reached', ended = ?, note = ?", [day("day"), text("evidence")])
        default: try update("state = 'dropped', ended = ?, note = ?", [day("day"), text("reason")])
        }
    }

    private static func link(_ id: String, _ payload: [String: JSON], _ writer: any Writer) throws {
        try writer.execute("DELETE FROM alliance_groups_needs WHERE milestone = ?", [.text(id)])
        for need in Set(payload["needs"]?.elements?.compactMap(\.text) ?? []).sorted() {
            try writer.execute(
                "INSERT INTO alliance_groups_needs (milestone, need) VALUES (?, ?)", [.text(id), .text(need)])
        }
    }

    private static func log(
        _ event: Event, _ kind: String, _ id: String, _ payload: [String: JSON], _ writer: any Writer
    ) throws {
        let title = Words(payload["title"])
        func day(_ key: String) -> Int64? { payload[key]?.text.flatMap { KoreanDay($0) }?.number }
        let reason = (payload["reason"] ?? payload["evidence"] ?? payload["source"])?.text
        try writer.execute(
            """
            INSERT INTO alliance_groups_changes (id, milestone, group_id, title_ko, title_en, kind, due, was, reason, at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(event.id.description), .text(id), .text(payload["group"]?.text ?? ""), .text(title?.ko ?? ""),
                .text(title?.en ?? ""), .text(kind), .integer(day("due") ?? KoreanDay(event.observed).number),
                .optional(day("was")), .optional(reason), .integer(event.observed.microseconds),
            ])
    }

    private static func measure(_ id: String, _ payload: [String: JSON], _ writer: any Writer) throws {
        let metric = Words(payload["metric"])
        try writer.execute(
            """
            INSERT INTO alliance_groups_outcomes
                (id, milestone, metric_ko, metric_en, unit, value_before, value, day, source, level)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(payload["outcome"]?.text ?? ""), .text(id), .text(metric?.ko ?? ""), .text(metric?.en ?? ""),
                .text(payload["unit"]?.text ?? ""), .optional(payload["before"]?.double),
                .real(payload["value"]?.double ?? 0), .text(payload["day"]?.text ?? ""),
                .text(payload["source"]?.text ?? ""), .integer(payload["level"]?.integer ?? 1),
            ])
    }
}
