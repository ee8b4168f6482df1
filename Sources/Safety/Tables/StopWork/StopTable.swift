import District
import Record
import Store

/// Work that was stopped, and how it was answered. Who stopped it stands in a column of its own that only the rule
/// against retaliation and the person themself ask for.
enum StopTable {
    static let migration = Migration(
        "safety.stopwork.001",
        [
            """
            CREATE TABLE safety_stops (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, thing TEXT NOT NULL, accident TEXT, text TEXT, worker TEXT,
                language TEXT NOT NULL, code TEXT, stopped BIGINT NOT NULL, answered BIGINT, answer TEXT,
                resumed BIGINT, read_at BIGINT, event TEXT NOT NULL)
            """,
            "CREATE INDEX safety_stops_scope ON safety_stops (scope, stopped)",
            "CREATE INDEX safety_stops_worker ON safety_stops (worker)",
        ])

    static let types = [WorkStopped.type, "safety.work.responded", "safety.work.resumed", "safety.work.read"]

    static let projection = Projection(tables: ["safety_stops"], types: types) { event, payload, transaction in
        let (id, now, mark): (SQLValue, SQLValue, SQLValue) = (
            .text(String(event.stream.dropFirst("stop/".count))), .integer(event.recorded.microseconds),
            .text(event.id.description)
        )
        switch event.type {
        case WorkStopped.type:
            try transaction.insert(
                into: "safety_stops",
                columns: [
                    "id", "scope", "thing", "accident", "text", "worker", "language", "code", "stopped", "event",
                ],
                rows: [
                    [
                        id, .text(event.scope.text), .text(payload["thing"]?.text ?? ""),
                        .optional(payload["accident"]?.text), .optional(payload["text"]?.text),
                        .optional(payload["worker"]?.text), .text(payload["language"]?.text ?? "ko"),
                        .optional(payload["code"]?.text), .integer(event.observed.microseconds), mark,
                    ]
                ])
        case "safety.work.responded":
            try transaction.execute(
                "UPDATE safety_stops SET answered = COALESCE(answered, ?), answer = ?, event = ? WHERE id = ?",
                [now, .optional(payload["answer"]?.text), mark, id])
        case "safety.work.resumed":
            try transaction.execute("UPDATE safety_stops SET resumed = ?, event = ? WHERE id = ?", [now, mark, id])
        default:
            try transaction.execute("UPDATE safety_stops SET read_at = ? WHERE id = ?", [now, id])
        }
    }

    /// One that a tenant may see.
    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> WorkStop? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM safety_stops WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).map(stop)
    }

    /// A page of stops: those still stopped first, then the latest.
    static func page(
        limit: Int, offset: Int = 0, for tenant: some Tenancy, in reader: any Reader
    ) throws -> Listing<WorkStop> {
        let own = tenant.condition(column: "scope")
        return try reader.listing(
            "*", from: "safety_stops WHERE \(own.sql)", own.arguments,
            order: "CASE WHEN resumed IS NULL THEN 0 ELSE 1 END, stopped DESC, id", limit: limit, offset: offset, stop)
    }

    /// Those that have no answer yet, the longest waiting first.
    static func unanswered(for tenant: some Tenancy, in reader: any Reader) throws -> [WorkStop] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT * FROM safety_stops WHERE answered IS NULL AND resumed IS NULL AND \(own.sql)
            ORDER BY stopped, id LIMIT 200
            """, own.arguments
        ).map(stop)
    }

    /// What a person stopped themself, the latest first.
    static func own(_ person: PersonID, for tenant: some Tenancy, in reader: any Reader) throws -> [WorkStop] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM safety_stops WHERE worker = ? AND \(own.sql) ORDER BY stopped DESC, id LIMIT 50",
            [.text(person.rawValue)] + own.arguments
        ).map(stop)
    }

    /// Seconds to the first answer of the stops of a period, and how many have none: a leading figure.
    static func responses(
        from: Timestamp, to: Timestamp, for tenant: some Tenancy, in reader: any Reader
    ) throws -> (seconds: [Double], unanswered: Int) {
        let own = tenant.condition(column: "scope")
        let rows = try reader.query(
            "SELECT stopped, answered FROM safety_stops WHERE stopped >= ? AND stopped < ? AND \(own.sql)",
            [.integer(from.microseconds), .integer(to.microseconds)] + own.arguments)
        let times = try rows.compactMap { row in
            try row.optionalInteger("answered").map { (Double($0) - Double(try row.integer("stopped"))) / 1_000_000 }
        }
        return (times.sorted(), rows.count - times.count)
    }

    /// What came by a QR code, for whoever holds the code and the stop's number.
    static func filed(_ id: String, code: String, in reader: any Reader) throws -> WorkStop? {
        try reader.first("SELECT * FROM safety_stops WHERE id = ? AND code = ?", [.text(id), .text(code)]).map(stop)
    }

    private static func stop(_ row: Row) throws -> WorkStop {
        let moment = { (column: String) in try row.optionalInteger(column).map { Timestamp(microseconds: $0) } }
        return WorkStop(
            id: try row.text("id"), scope: Scope(try row.text("scope")) ?? .zone, thing: ThingID(try row.text("thing")),
            accident: try row.optionalText("accident").flatMap { AccidentType(rawValue: $0) },
            text: try row.optionalText("text"), language: WorkerLanguage(rawValue: try row.text("language")) ?? .ko,
            stopped: Timestamp(microseconds: try row.integer("stopped")), answered: try moment("answered"),
            answer: try row.optionalText("answer"), resumed: try moment("resumed"), read: try moment("read_at"),
            event: Identifier(try row.text("event")))
    }
}
