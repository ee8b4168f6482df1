import District
import Record
import Store

/// The holds, open and lifted.
enum HoldTable {
    static let migration = Migration(
        "robots.holds.001",
        [
            """
            CREATE TABLE robots_holds (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, reach TEXT NOT NULL, target TEXT NOT NULL,
                cause TEXT NOT NULL, reason TEXT NOT NULL, source TEXT, placed BIGINT NOT NULL, lifted BIGINT)
            """,
            "CREATE INDEX robots_holds_open ON robots_holds (lifted, scope)",
            """
            CREATE TABLE robots_closures (
                id TEXT PRIMARY KEY, thing TEXT NOT NULL, reason TEXT NOT NULL, closed BIGINT NOT NULL, opened BIGINT)
            """,
            "CREATE INDEX robots_closures_open ON robots_closures (opened)",
            "CREATE TABLE robots_emergencies (id TEXT PRIMARY KEY, is_open BIGINT NOT NULL)",
        ])

    static let projection = Projection(tables: ["robots_holds"], types: [PlaceHold.event, LiftHold.event]) {
        event, payload, writer in
        guard let id = payload["hold"]?.text else { return }
        if event.type == LiftHold.event {
            try writer.execute(
                "UPDATE robots_holds SET lifted = ? WHERE id = ? AND lifted IS NULL",
                [.integer(event.recorded.microseconds), .text(id)])
        } else {
            try writer.execute(
                """
                INSERT INTO robots_holds (id, scope, reach, target, cause, reason, source, placed)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING
                """,
                [
                    .text(id), .text(event.scope.text), .text(payload["reach"]?.text ?? "thing"),
                    .text(payload["target"]?.text ?? ""), .text(payload["cause"]?.text ?? "person"),
                    .text(payload["reason"]?.text ?? ""), .optional(payload["source"]?.text),
                    .integer(event.recorded.microseconds),
                ])
        }
    }

    /// What Safety closes and opens, and which emergencies last: this room's own account of it.
    static let surroundings = Projection(
        tables: ["robots_closures", "robots_emergencies"],
        types: [ZoneClosed.type, ZoneOpened.type, EmergencyDeclared.type, EmergencyEnded.type]
    ) { event, _, writer in
        let at = SQLValue.integer(event.recorded.microseconds)
        if let fact = ZoneClosed(event) {
            try writer.execute(
                """
                INSERT INTO robots_closures (id, thing, reason, closed) VALUES (?, ?, ?, ?)
                ON CONFLICT (id) DO NOTHING
                """, [.text(fact.closure), .text(fact.thing.rawValue), .text(fact.reason), at])
        } else if let fact = ZoneOpened(event) {
            try writer.execute("UPDATE robots_closures SET opened = ? WHERE id = ?", [at, .text(fact.closure)])
        } else if let fact = EmergencyDeclared(event) {
            try writer.execute(
                "INSERT INTO robots_emergencies (id, is_open) VALUES (?, 1) ON CONFLICT (id) DO NOTHING",
                [.text(fact.emergency)])
        } else if let fact = EmergencyEnded(event) {
            try writer.execute("UPDATE robots_emergencies SET is_open = 0 WHERE id = ?", [.text(fact.emergency)])
        }
    }

    /// One that a tenant may see.
    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> Hold? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM robots_holds WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).flatMap(hold)
    }

    /// The holds that last, the longest first, for whoever may see them: all of them, for each is obeyed.
    static func open(for tenant: some Tenancy, in reader: any Reader) throws -> [Hold] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM robots_holds WHERE lifted IS NULL AND \(own.sql) ORDER BY placed, id",
            own.arguments
        ).compactMap(hold)
    }

    /// The hold that somebody has placed already, and that lasts: of the same reach, for the same cause, for the same firm.
    static func standing(
        _ reach: Hold.Reach, _ cause: Hold.Cause, of scope: Scope, in reader: any Reader
    ) throws -> Hold? {
        let (kind, target) = reach.parts
        return try reader.first(
            """
            SELECT * FROM robots_holds WHERE lifted IS NULL AND scope = ? AND reach = ? AND target = ? AND cause = ?
            ORDER BY placed, id LIMIT 1
            """, [.text(scope.text), .text(kind), .text(target), .text(cause.rawValue)]
        ).flatMap(hold)
    }

    /// The last holds that were lifted.
    static func past(limit: Int, for tenant: some Tenancy, in reader: any Reader) throws -> [Hold] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT * FROM robots_holds WHERE lifted IS NOT NULL AND \(own.sql)
            ORDER BY lifted DESC, id LIMIT \(limit)
            """, own.arguments
        ).compactMap(hold)
    }

    /// The holds that lasted at some moment of a time, whosever they are: for figures alone.
    static func during(_ from: Timestamp, _ to: Timestamp, in reader: any Reader) throws -> [Hold] {
        try reader.query(
            "SELECT * FROM robots_holds WHERE placed < ? AND (lifted IS NULL OR lifted >= ?) ORDER BY placed, id",
            [.integer(to.microseconds), .integer(from.microseconds)]
        ).compactMap(hold)
    }

    /// What Safety had closed at some moment of a time, and when.
    static func closedDuring(
        _ from: Timestamp, _ to: Timestamp, in reader: any Reader
    ) throws -> [(thing: ThingID, span: Heat.Calm.Span)] {
        try reader.query(
            "SELECT thing, closed, opened FROM robots_closures WHERE closed < ? AND (opened IS NULL OR opened >= ?)",
            [.integer(to.microseconds), .integer(from.microseconds)]
        ).map { row in
            (
                ThingID(try row.text("thing")),
                .init(
                    from: Timestamp(microseconds: try row.integer("closed")),
                    to: try row.optionalInteger("opened").map { Timestamp(microseconds: $0) })
            )
        }
    }

    /// The things that are closed now, whosever they are, for whoever moves vehicles.
    static func closed(in reader: any Reader) throws -> [(closure: String, thing: ThingID, reason: String)] {
        try reader.query("SELECT * FROM robots_closures WHERE opened IS NULL ORDER BY closed, id").map {
            (try $0.text("id"), ThingID(try $0.text("thing")), try $0.text("reason"))
        }
    }

    /// Whether the emergency for which vehicles were held still lasts.
    static func isEmergencyOpen(behind hold: String, in reader: any Reader) throws -> Bool {
        try reader.first(
            """
            SELECT e.is_open FROM robots_emergencies e JOIN robots_holds h ON h.source = e.id
            WHERE h.id = ? AND e.is_open = 1
            """, [.text(hold)]) != nil
    }

    private static func hold(_ row: Row) throws -> Hold? {
        guard let reach = Hold.Reach(kind: try row.text("reach"), target: try row.text("target")) else { return nil }
        return Hold(
            id: try row.text("id"), reach: reach, cause: Hold.Cause(rawValue: try row.text("cause")) ?? .person,
            reason: try row.text("reason"), scope: Scope(try row.text("scope")) ?? .zone,
            placed: Timestamp(microseconds: try row.integer("placed")),
            lifted: try row.optionalInteger("lifted").map { Timestamp(microseconds: $0) })
    }
}
