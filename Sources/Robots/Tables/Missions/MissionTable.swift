import District
import Record
import Store

/// The missions, as a table that follows from events; personal content is NULL once it is forgotten.
enum MissionTable {
    static let migration = Migration(
        "robots.missions.001",
        [
            """
            CREATE TABLE robots_missions (
                id TEXT PRIMARY KEY, kind TEXT NOT NULL, site TEXT NOT NULL, stops TEXT NOT NULL,
                priority BIGINT NOT NULL, deadline BIGINT, items TEXT NOT NULL, weight DOUBLE PRECISION,
                scope TEXT NOT NULL, asked BIGINT NOT NULL, state TEXT NOT NULL, maker TEXT, serial TEXT,
                leg BIGINT NOT NULL, at_stop BIGINT NOT NULL, served BIGINT NOT NULL, sender TEXT NOT NULL, purpose TEXT,
                author TEXT NOT NULL, cold_celsius DOUBLE PRECISION, cold_thing TEXT, cold_property TEXT,
                warmest DOUBLE PRECISION, due BIGINT, late BIGINT, started BIGINT, arrived BIGINT, called BIGINT,
                call_reason TEXT, ended BIGINT, reason TEXT, mistakes BIGINT NOT NULL, sample BIGINT NOT NULL,
                recipient TEXT, note TEXT, says TEXT, track TEXT, digits TEXT, shown BIGINT NOT NULL)
            """,
            "CREATE INDEX robots_missions_state ON robots_missions (state, site)",
            "CREATE INDEX robots_missions_ended ON robots_missions (ended)",
            "CREATE INDEX robots_missions_track ON robots_missions (track)",
            "CREATE INDEX robots_missions_purpose ON robots_missions (purpose)",
            """
            CREATE TABLE robots_mission_steps (
                event TEXT PRIMARY KEY, mission TEXT NOT NULL, place BIGINT NOT NULL, type TEXT NOT NULL, leg BIGINT,
                at BIGINT NOT NULL, author TEXT NOT NULL, detail TEXT NOT NULL, scope TEXT NOT NULL)
            """,
            "CREATE INDEX robots_mission_steps_mission ON robots_mission_steps (mission, place)",
            """
            CREATE TABLE robots_cold_readings (
                mission TEXT PRIMARY KEY, celsius DOUBLE PRECISION NOT NULL, observed BIGINT NOT NULL)
            """,
        ])

    /// Who chose the vehicle, when a time was promised, whether a person was called for lateness; and what is still aboard.
    static let additions = Migration(
        "robots.missions.002",
        [
            "ALTER TABLE robots_missions ADD COLUMN promised BIGINT",
            "ALTER TABLE robots_missions ADD COLUMN assigned_by TEXT",
            "ALTER TABLE robots_missions ADD COLUMN late_called BIGINT",
            "CREATE INDEX robots_missions_asked ON robots_missions (site, asked)",
            """
            CREATE TABLE robots_laden (
                mission TEXT PRIMARY KEY, site TEXT NOT NULL, maker TEXT NOT NULL, serial TEXT NOT NULL,
                thing TEXT NOT NULL, scope TEXT NOT NULL, since BIGINT NOT NULL, unloaded BIGINT)
            """,
            "CREATE INDEX robots_laden_open ON robots_laden (unloaded, site)",
        ])

    /// Why nobody drives a mission yet.
    static let reasons = Migration("robots.missions.003", ["ALTER TABLE robots_missions ADD COLUMN waits TEXT"])

    static let projection = Projection(
        tables: ["robots_missions", "robots_mission_steps", "robots_laden"],
        types: MissionEvents.all + [MissionEvents.unloaded]
    ) { event, payload, writer in
        if event.type == MissionEvents.unloaded { return try unload(event, payload, in: writer) }
        let before: MissionCase?
        var kept: MissionCase
        if event.type == MissionEvents.asked {
            guard let new = MissionCase(asked: event, payload) else { return }
            (before, kept) = (nil, new)
            try insert(kept, in: writer)
        } else {
            guard let known = try row(event.stream, in: writer) else { return }
            (before, kept) = (known, known)
            kept.apply(event.type, payload, at: event.observed)
            // A step that could not follow leaves no trace in what people read as the mission's course.
            if MissionCase.step(event.type, payload) != nil, kept == known, event.type != MissionEvents.promised {
                return
            }
        }
        if let before, before != kept { try update(kept, in: writer) }
        if payload["loaded"]?.bool == true { try lade(kept, event, in: writer) }
        if event.type == MissionEvents.retried {
            try writer.execute("UPDATE robots_missions SET warmest = NULL WHERE id = ?", [.text(event.stream)])
        }
        if event.type == MissionEvents.warmed, let celsius = payload["celsius"]?.double {
            try writer.execute(
                """
                UPDATE robots_missions SET warmest = ?
                WHERE id = ? AND (warmest IS NULL OR warmest < CAST(? AS DOUBLE PRECISION))
                """, [.real(celsius), .text(event.stream), .real(celsius)])
        }
        let shown: Set<String> = [
            "by", "reason", "proof", "due", "late", "left", "celsius", "thing", "loaded", "node", "why",
        ]
        let detail = payload.filter { shown.contains($0.key) }
        try writer.execute(
            """
            INSERT INTO robots_mission_steps (event, mission, place, type, leg, at, author, detail, scope)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(event.id.description), .text(event.stream), .integer(event.streamVersion), .text(event.type),
                .optional(payload["leg"]?.integer), .integer(event.observed.microseconds),
                .text(event.author.text), .text(JSON.object(detail).canonicalText), .text(event.scope.text),
            ])
    }

    private static func row(_ id: String, in reader: any Reader) throws -> MissionCase? {
        try reader.first("SELECT * FROM robots_missions WHERE id = ?", [.text(id)]).map(MissionRow.kept)
    }

    private static func insert(_ kept: MissionCase, in writer: any Writer) throws {
        let columns = MissionRow.values(kept)
        let (names, marks) = (
            columns.map(\.0).joined(separator: ", "), columns.map { _ in "?" }.joined(separator: ", ")
        )
        try writer.execute("INSERT INTO robots_missions (\(names)) VALUES (\(marks))", columns.map(\.1))
    }

    private static func update(_ kept: MissionCase, in writer: any Writer) throws {
        let columns = MissionRow.values(kept).filter { $0.0 != "id" }
        try writer.execute(
            "UPDATE robots_missions SET \(columns.map { "\($0.0) = ?" }.joined(separator: ", ")) WHERE id = ?",
            columns.map(\.1) + [.text(kept.id)])
    }
}
