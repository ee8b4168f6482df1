import District
import Record
import Store

/// The calls for a person, open and over, out of events.
enum CallTable {
    static let migration = Migration(
        "robots.calls.001",
        [
            """
            CREATE TABLE robots_calls (
                event TEXT PRIMARY KEY, kind TEXT NOT NULL, site TEXT NOT NULL, thing TEXT NOT NULL,
                scope TEXT NOT NULL, since BIGINT NOT NULL, cleared BIGINT, cleared_by TEXT)
            """,
            "CREATE INDEX robots_calls_open ON robots_calls (cleared, scope)",
            "CREATE INDEX robots_calls_cleared ON robots_calls (cleared_by)",
        ])

    static let projection = Projection(
        tables: ["robots_calls"],
        types: [
            RobotCall.waits, RobotCall.resumed, RobotCall.stuck, RobotCall.recovered, VehicleTable.withdrawn,
            SiteTable.Events.withdrawn,
        ]
    ) { event, payload, writer in
        let (site, thing) = (payload["site"]?.text ?? "", payload["thing"]?.text ?? "")
        switch event.type {
        case RobotCall.waits:
            guard let kind = payload["why"]?.text.flatMap({ RobotCall.Kind(rawValue: $0) }), kind != .gate else {
                return
            }
            try open(kind, site, thing, event, writer)
        case RobotCall.stuck: try open(.gate, site, payload["gate"]?.text ?? "", event, writer)
        case RobotCall.recovered:
            try end(
                "kind = ? AND site = ? AND thing = ?",
                [.text(RobotCall.Kind.gate.rawValue), .text(site), .text(payload["gate"]?.text ?? "")], event, writer)
        case RobotCall.resumed where payload["why"]?.text != nil:
            try end("kind = ? AND thing = ?", [.text(payload["why"]?.text ?? ""), .text(thing)], event, writer)
        case RobotCall.resumed, VehicleTable.withdrawn:
            try end("kind <> ? AND thing = ?", [.text(RobotCall.Kind.gate.rawValue), .text(thing)], event, writer)
        default: try end("site = ?", [.text(site)], event, writer)
        }
    }

    /// What was called for and is not over is not called for again.
    private static func open(
        _ kind: RobotCall.Kind, _ site: String, _ thing: String, _ event: Event, _ writer: any Writer
    ) throws {
        let known = try writer.first(
            "SELECT event FROM robots_calls WHERE kind = ? AND site = ? AND thing = ? AND cleared IS NULL",
            [.text(kind.rawValue), .text(site), .text(thing)])
        guard known == nil, !thing.isEmpty else { return }
        try writer.execute(
            "INSERT INTO robots_calls (event, kind, site, thing, scope, since) VALUES (?, ?, ?, ?, ?, ?)",
            [
                .text(event.id.description), .text(kind.rawValue), .text(site), .text(thing),
                .text(event.scope.text), .integer(event.observed.microseconds),
            ])
    }

    private static func end(
        _ condition: String, _ arguments: [SQLValue], _ event: Event, _ writer: any Writer
    ) throws {
        try writer.execute(
            "UPDATE robots_calls SET cleared = ?, cleared_by = ? WHERE cleared IS NULL AND \(condition)",
            [.integer(event.observed.microseconds), .text(event.id.description)] + arguments)
    }

    // MARK: - Asked

    /// The calls that last, of whoever asks, the longest first.
    static func open(for tenant: some Tenancy, in reader: any Reader) throws -> [RobotCall] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM robots_calls WHERE cleared IS NULL AND \(own.sql) ORDER BY since, event LIMIT 500",
            own.arguments
        ).compactMap(call)
    }

    /// The call that an event began; nil where it said nothing new.
    static func begun(by event: Identifier, in reader: any Reader) throws -> RobotCall? {
        try reader.first("SELECT * FROM robots_calls WHERE event = ?", [.text(event.description)]).flatMap(call)
    }

    /// The calls that an event ended.
    static func ended(by event: Identifier, in reader: any Reader) throws -> [RobotCall] {
        try reader.query(
            "SELECT * FROM robots_calls WHERE cleared_by = ? ORDER BY since, event", [.text(event.description)]
        ).compactMap(call)
    }

    private static func call(_ row: Row) throws -> RobotCall? {
        guard let event = Identifier(try row.text("event")), let kind = RobotCall.Kind(rawValue: try row.text("kind"))
        else { return nil }
        return RobotCall(
            event: event, kind: kind, site: try row.text("site"), thing: try row.text("thing"),
            scope: Scope(try row.text("scope")) ?? .zone, since: Timestamp(microseconds: try row.integer("since")))
    }
}
