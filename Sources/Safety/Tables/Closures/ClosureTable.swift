import District
import Record
import Store
import Twin

/// What is closed, and was.
enum ClosureTable {
    static let migration = Migration(
        "safety.closures.001",
        [
            """
            CREATE TABLE safety_closures (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, thing TEXT NOT NULL, reason TEXT NOT NULL,
                source TEXT NOT NULL, closed BIGINT NOT NULL, opened BIGINT, event TEXT NOT NULL)
            """,
            "CREATE INDEX safety_closures_scope ON safety_closures (scope, opened)",
            "CREATE INDEX safety_closures_thing ON safety_closures (thing, opened)",
            "CREATE INDEX safety_closures_source ON safety_closures (source)",
        ])

    static let projection = Projection(
        tables: ["safety_closures"], types: [ZoneClosed.type, ZoneOpened.type]
    ) { event, payload, transaction in
        if let fact = ZoneClosed(event) {
            try transaction.execute(
                """
                INSERT INTO safety_closures (id, scope, thing, reason, source, closed, event)
                VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING
                """,
                [
                    .text(fact.closure), .text(event.scope.text), .text(fact.thing.rawValue), .text(fact.reason),
                    .text((payload["source"] ?? payload["emergency"])?.text ?? ""),
                    .integer(event.recorded.microseconds),
                    .text(event.id.description),
                ])
        } else if let fact = ZoneOpened(event) {
            try transaction.execute(
                "UPDATE safety_closures SET opened = ?, event = ? WHERE id = ?",
                [.integer(event.recorded.microseconds), .text(event.id.description), .text(fact.closure)])
        }
    }

    /// One that a tenant may see.
    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> Closure? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM safety_closures WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).map(closure)
    }

    /// What is closed now, the longest first.
    static func closed(for tenant: some Tenancy, in reader: any Reader) throws -> [Closure] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM safety_closures WHERE opened IS NULL AND \(own.sql) ORDER BY closed, id LIMIT 500",
            own.arguments
        ).map(closure)
    }

    /// What was closed and is open again, the latest first.
    static func past(limit: Int, for tenant: some Tenancy, in reader: any Reader) throws -> [Closure] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT * FROM safety_closures WHERE opened IS NOT NULL AND \(own.sql)
            ORDER BY opened DESC, id LIMIT \(limit)
            """, own.arguments
        ).map(closure)
    }

    /// The closures behind which something stands, open and past.
    static func of(_ source: String, for tenant: some Tenancy, in reader: any Reader) throws -> [Closure] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM safety_closures WHERE source = ? AND \(own.sql) ORDER BY closed, id",
            [.text(source)] + own.arguments
        ).map(closure)
    }

    /// What closes a thing now: its own closures and those of whatever holds it.
    static func closing(_ thing: ThingID, for tenant: some Tenancy, in reader: any Reader) throws -> [Closure] {
        let holders = Set(try Things.path(to: thing, for: tenant, in: reader).map(\.id)).union([thing])
        return try closed(for: tenant, in: reader).filter { holders.contains($0.thing) }
    }

    private static func closure(_ row: Row) throws -> Closure {
        Closure(
            id: try row.text("id"), scope: Scope(try row.text("scope")) ?? .zone, thing: ThingID(try row.text("thing")),
            reason: Closure.Reason(rawValue: try row.text("reason")) ?? .hazard, source: try row.text("source"),
            closed: Timestamp(microseconds: try row.integer("closed")),
            opened: try row.optionalInteger("opened").map { Timestamp(microseconds: $0) },
            event: Identifier(try row.text("event")))
    }
}
