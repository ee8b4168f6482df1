import Access
import District
import Record
import Store

/// Programmes and their sessions: the district's own, as they follow from events.
enum TrainingTable {
    static let migration = Migration(
        "alliance.training.001",
        [
            """
            CREATE TABLE alliance_training_programmes (
                id TEXT PRIMARY KEY, title TEXT NOT NULL, about TEXT NOT NULL, audience TEXT NOT NULL, roles TEXT NOT NULL,
                topics TEXT NOT NULL, modules TEXT NOT NULL, share BIGINT NOT NULL, pass BIGINT NOT NULL,
                months BIGINT NOT NULL, opened BIGINT NOT NULL, closed BIGINT)
            """,
            """
            CREATE TABLE alliance_training_topics (
                topic TEXT NOT NULL, programme TEXT NOT NULL, PRIMARY KEY (topic, programme))
            """,
            """
            CREATE TABLE alliance_training_sessions (
                id TEXT PRIMARY KEY, programme TEXT NOT NULL, starts BIGINT NOT NULL, ends BIGINT NOT NULL,
                place TEXT NOT NULL, places BIGINT NOT NULL, cancelled TEXT)
            """,
            "CREATE INDEX alliance_training_sessions_programme ON alliance_training_sessions (programme, starts)",
        ])

    static let projection = Projection(
        tables: ["alliance_training_programmes", "alliance_training_topics", "alliance_training_sessions"],
        types: TrainingEvents.programmes
    ) { event, payload, writer in
        switch event.type {
        case TrainingEvents.opened: try open(event, payload, writer)
        case TrainingEvents.closed:
            try writer.execute(
                "UPDATE alliance_training_programmes SET closed = ? WHERE id = ?",
                [.integer(event.recorded.microseconds), .text(payload["programme"]?.text ?? "")])
        case TrainingEvents.planned:
            guard let plan = TrainingEvents.session(payload) else { return }
            try writer.execute(
                """
                INSERT INTO alliance_training_sessions (id, programme, starts, ends, place, places)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
                [
                    .text(plan.id), .text(plan.programme), .integer(plan.starts.microseconds),
                    .integer(plan.ends.microseconds), .text(plan.place), .integer(plan.places),
                ])
        case TrainingEvents.resized:
            try writer.execute(
                "UPDATE alliance_training_sessions SET places = ? WHERE id = ?",
                [.integer(payload["places"]?.integer ?? 0), .text(payload["session"]?.text ?? "")])
        default:
            try writer.execute(
                "UPDATE alliance_training_sessions SET cancelled = ? WHERE id = ?",
                [.text(payload["reason"]?.text ?? ""), .text(payload["session"]?.text ?? "")])
        }
    }

    private static func open(_ event: Event, _ payload: [String: JSON], _ writer: any Writer) throws {
        guard let programme = TrainingEvents.programme(payload) else { return }
        try writer.execute(
            """
            INSERT INTO alliance_training_programmes
                (id, title, about, audience, roles, topics, modules, share, pass, months, opened)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(programme.id), .text(programme.title.json.canonicalText),
                .text(programme.about.json.canonicalText), .text(programme.audience.rawValue),
                .text(programme.roles.map(\.rawValue).sorted().joined(separator: " ")),
                .text(programme.topics.joined(separator: " ")), .text((payload["modules"] ?? []).canonicalText),
                .integer(programme.rule.share), .integer(programme.rule.pass), .integer(programme.months),
                .integer(event.recorded.microseconds),
            ])
        for topic in Set(programme.topics).sorted() {
            try writer.execute(
                "INSERT INTO alliance_training_topics (topic, programme) VALUES (?, ?)",
                [.text(topic), .text(programme.id)])
        }
    }

    static func programme(_ id: String, in reader: any Reader) throws -> TrainingProgramme? {
        try reader.first("SELECT * FROM alliance_training_programmes WHERE id = ?", [.text(id)]).map(programme)
    }

    /// The programmes that somebody sees, those that are open first, the newest first.
    static func programmes(for caller: Caller, in reader: any Reader) throws -> [TrainingProgramme] {
        try reader.query(
            """
            SELECT * FROM alliance_training_programmes
            ORDER BY CASE WHEN closed IS NULL THEN 0 ELSE 1 END, opened DESC, id LIMIT 500
            """
        ).map(programme).filter { $0.isShown(to: caller) }
    }

    static func session(_ id: String, in reader: any Reader) throws -> TrainingSession? {
        try reader.first("SELECT * FROM alliance_training_sessions WHERE id = ?", [.text(id)]).map(session)
    }

    /// The sessions of a programme, the latest first.
    static func sessions(of programme: String, in reader: any Reader) throws -> [TrainingSession] {
        try reader.query(
            "SELECT * FROM alliance_training_sessions WHERE programme = ? ORDER BY starts DESC, id LIMIT 200",
            [.text(programme)]
        ).map(session)
    }

    static func programme(_ row: Row) throws -> TrainingProgramme {
        let modules = try JSON(parsing: try row.text("modules")).elements ?? []
        func words(_ column: String) throws -> Words { Words(try JSON(parsing: try row.text(column))) ?? Words("", "") }
        return TrainingProgramme(
            id: try row.text("id"), title: try words("title"), about: try words("about"),
            audience: TrainingProgramme.Audience(rawValue: try row.text("audience")) ?? .staff,
            roles: Set(try row.text("roles").split(separator: " ").compactMap { Role(rawValue: String($0)) }),
            topics: try row.text("topics").split(separator: " ").map(String.init),
            modules: modules.compactMap(TrainingEvents.module),
            rule: CompletionRule(share: try row.integer("share"), pass: try row.integer("pass")),
            months: try row.integer("months"), isClosed: try row.optionalInteger("closed") != nil)
    }

    static func session(_ row: Row) throws -> TrainingSession {
        TrainingSession(
            id: try row.text("id"), programme: try row.text("programme"),
            starts: Timestamp(microseconds: try row.integer("starts")),
            ends: Timestamp(microseconds: try row.integer("ends")), place: try row.text("place"),
            places: try row.integer("places"), cancelled: try row.optionalText("cancelled"))
    }
}
