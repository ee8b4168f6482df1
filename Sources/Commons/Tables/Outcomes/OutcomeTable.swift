import District
import Record
import Store

/// What became of what was accepted: for everybody, for years.
enum OutcomeTable {
    static let promised = "commons.outcome.promised"
    static let reported = "commons.outcome.reported"
    static let slipped = "commons.outcome.slipped"
    /// Its milestone's day passed and it was not reached.
    static let late = "commons.outcome.late"
    /// Its milestone was reached: the zone is asked to say how it ended.
    static let reached = "commons.outcome.reached"
    /// Its milestone was given up.
    static let abandoned = "commons.outcome.abandoned"
    static let ended = "commons.outcome.ended"
    /// How the news calls a promise that was given to a group, or to another one; no event has this type.
    static let entrusted = "commons.outcome.entrusted"

    static let migration = Migration(
        "commons.outcomes.001",
        [
            """
            CREATE TABLE commons_outcomes_items (
                id TEXT PRIMARY KEY, title TEXT NOT NULL, summary TEXT NOT NULL, vote TEXT NOT NULL, choice TEXT NOT NULL,
                proposal TEXT NOT NULL, planned BIGINT NOT NULL, spent BIGINT NOT NULL, percent BIGINT NOT NULL, due TEXT,
                first_due TEXT, state TEXT NOT NULL, changed BIGINT NOT NULL, is_sample BIGINT NOT NULL)
            """,
            "CREATE INDEX commons_outcomes_items_changed ON commons_outcomes_items (changed, id)",
            """
            CREATE TABLE commons_outcomes_news (
                event TEXT PRIMARY KEY, item TEXT NOT NULL, kind TEXT NOT NULL, said TEXT NOT NULL, percent BIGINT,
                spent BIGINT, due TEXT, at BIGINT NOT NULL)
            """,
            "CREATE INDEX commons_outcomes_news_item ON commons_outcomes_news (item, at)",
            "CREATE INDEX commons_outcomes_news_at ON commons_outcomes_news (at)",
        ])

    /// What is not known is empty and no longer nought; the projection, which follows more events than before, fills the
    /// tables anew when the house starts.
    static let known = Migration(
        "commons.outcomes.002",
        [
            "DROP TABLE commons_outcomes_items",
            """
            CREATE TABLE commons_outcomes_items (
                id TEXT PRIMARY KEY, title TEXT NOT NULL, summary TEXT NOT NULL, vote TEXT NOT NULL, choice TEXT NOT NULL,
                proposal TEXT NOT NULL, planned BIGINT, spent BIGINT, percent BIGINT, due TEXT, first_due TEXT,
                state TEXT NOT NULL, ended TEXT, group_id TEXT, milestone TEXT, step TEXT, moves BIGINT NOT NULL,
                promised BIGINT NOT NULL, changed BIGINT NOT NULL, is_sample BIGINT NOT NULL)
            """,
            "CREATE INDEX commons_outcomes_items_state ON commons_outcomes_items (state, changed, id)",
            "CREATE INDEX commons_outcomes_items_vote ON commons_outcomes_items (vote)",
            "CREATE INDEX commons_outcomes_items_proposal ON commons_outcomes_items (proposal)",
            """
            CREATE TABLE commons_outcomes_groups (id TEXT PRIMARY KEY, ko TEXT NOT NULL, en TEXT NOT NULL)
            """,
        ])

    static let projection = Projection(
        tables: ["commons_outcomes_items", "commons_outcomes_news", "commons_outcomes_groups"],
        types: [promised, reported, slipped, late, reached, abandoned, ended, WorkingGroupFormed.type]
            + MilestoneChanged.Change.allCases.map(\.type)
    ) { event, payload, writer in
        if let change = MilestoneChanged(event) { return try follow(change, event, writer) }
        if let group = WorkingGroupFormed(event) { return try name(group, event, writer) }
        let id = String(event.stream.dropFirst("outcome/".count))
        func update(_ columns: String, _ values: [SQLValue]) throws {
            try writer.execute(
                "UPDATE commons_outcomes_items SET \(columns), changed = ? WHERE id = ?",
                values + [.integer(event.observed.microseconds), .text(id)])
        }
        var kind = event.type
        switch event.type {
        case promised:
            if try item(id, in: writer) != nil { kind = entrusted }
            try promise(id, event, payload, writer)
        case reported:
            try update(
                "percent = ?, spent = ?",
                [.optional(payload["percent"]?.integer), .optional(payload["spent"]?.integer)])
        case slipped:
            let due = SQLValue.optional(payload["due"]?.text)
            try update(
                """
                moves = moves + CASE WHEN due IS NOT NULL AND due < ? THEN 1 ELSE 0 END, due = ?,
                first_due = COALESCE(first_due, ?)
                """, [due, due, due])
        case ended:
            let state = payload["state"]?.text ?? "dropped"
            try update(
                "state = ?, ended = ?, percent = CASE WHEN ? = 'done' THEN 100 ELSE percent END",
                [.text(state), .text(KoreanDay(event.observed).description), .text(state)])
        default: try update("state = state", [])
        }
        try tell(id, kind, event, payload, writer)
    }

    /// Said for the first time, or anew with the group that is to do it: the first day stays.
    private static func promise(
        _ id: String, _ event: Event, _ payload: [String: JSON], _ writer: any Writer
    ) throws {
        func text(_ key: String) -> SQLValue { .text(payload[key]?.text ?? "") }
        func some(_ key: String) -> SQLValue { .optional(payload[key]?.text.flatMap { $0.isEmpty ? nil : $0 }) }
        // Earlier events say nought where no sum was given.
        let planned = payload["planned"]?.integer.flatMap { $0 > 0 ? $0 : nil }
        let at = SQLValue.integer(event.observed.microseconds)
        try writer.execute(
            """
            INSERT INTO commons_outcomes_items
                (id, title, summary, vote, choice, proposal, planned, due, first_due, state, group_id, moves, promised,
                changed, is_sample)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'going', ?, 0, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET
                due = excluded.due, first_due = COALESCE(commons_outcomes_items.first_due, excluded.due),
                group_id = excluded.group_id, milestone = NULL, step = NULL, changed = excluded.changed
            """,
            [
                .text(id), text("title"), text("summary"), text("vote"), text("option"), text("proposal"),
                .optional(planned), some("due"), some("due"), some("group"), at, at,
                .flag(payload["sample"]?.bool ?? false),
            ])
    }

    /// What a milestone that keeps a promise tells: that it stands, with its day, and that it ended. What is said of it in
    /// words comes as events of this room.
    private static func follow(_ change: MilestoneChanged, _ event: Event, _ writer: any Writer) throws {
        guard let promise = change.promise else { return }
        if change.change == .set {
            try writer.execute(
                """
                UPDATE commons_outcomes_items
                SET milestone = ?, step = 'open', due = ?, first_due = COALESCE(first_due, ?) WHERE id = ?
                """, [.text(change.milestone), .text(change.due), .text(change.due), .text(promise)])
            try tell(promise, event.type, event, ["due": .string(change.due)], writer)
        } else if let step = Promise.Step(rawValue: change.change.rawValue) {
            try writer.execute(
                "UPDATE commons_outcomes_items SET step = ? WHERE id = ? AND milestone = ?",
                [.text(step.rawValue), .text(promise), .text(change.milestone)])
        }
    }

    /// What groups are called that everybody may know.
    private static func name(_ group: WorkingGroupFormed, _ event: Event, _ writer: any Writer) throws {
        guard event.scope == .everyone else { return }
        try writer.execute(
            """
            INSERT INTO commons_outcomes_groups (id, ko, en) VALUES (?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET ko = excluded.ko, en = excluded.en
            """, [.text(group.group), .text(group.title.ko), .text(group.title.en)])
    }

    private static func tell(
        _ id: String, _ kind: String, _ event: Event, _ payload: [String: JSON], _ writer: any Writer
    ) throws {
        try writer.execute(
            "INSERT INTO commons_outcomes_news (event, item, kind, said, percent, spent, due, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                .text(event.id.description), .text(id), .text(kind), .text(payload["said"]?.text ?? ""),
                .optional(payload["percent"]?.integer), .optional(payload["spent"]?.integer),
                .optional(payload["due"]?.text), .integer(event.observed.microseconds),
            ])
    }
}
