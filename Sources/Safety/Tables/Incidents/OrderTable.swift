import District
import Record
import Store

/// An order of an authority.
struct GovernmentOrder: Sendable, Hashable {
    let id: String
    let scope: Scope
    /// The incident it follows from, where it follows from one.
    let incident: String?
    let authority: String
    let demand: String
    let due: KoreanDay
    let fulfilled: KoreanDay?
    let event: Identifier?
}

/// The orders that firms have received.
enum OrderTable {
    static let migration = Migration(
        "safety.incidents.003",
        [
            """
            CREATE TABLE safety_orders (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, incident TEXT, authority TEXT NOT NULL, demand TEXT NOT NULL,
                due BIGINT NOT NULL, fulfilled BIGINT, event TEXT NOT NULL)
            """,
            "CREATE INDEX safety_orders_scope ON safety_orders (scope, fulfilled, due)",
            "CREATE INDEX safety_orders_incident ON safety_orders (incident, fulfilled)",
        ])

    static let projection = Projection(
        tables: ["safety_orders"], types: ["safety.order.received", "safety.order.fulfilled"]
    ) { event, payload, transaction in
        let id = SQLValue.text(String(event.stream.dropFirst("order/".count)))
        guard event.type == "safety.order.received" else {
            try transaction.execute(
                "UPDATE safety_orders SET fulfilled = ? WHERE id = ?",
                [.integer(KoreanDay(event.observed).number), id])
            return
        }
        let due = payload["due"]?.text.flatMap { KoreanDay($0) } ?? KoreanDay(event.observed)
        try transaction.execute(
            """
            INSERT INTO safety_orders (id, scope, incident, authority, demand, due, fulfilled, event)
            VALUES (?, ?, ?, ?, ?, ?, NULL, ?)
            """,
            [
                id, .text(event.scope.text), .optional(payload["about"]?.text),
                .text(payload["authority"]?.text ?? ""), .text(payload["demand"]?.text ?? ""), .integer(due.number),
                .text(event.id.description),
            ])
    }

    /// One that a tenant may see.
    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> GovernmentOrder? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM safety_orders WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).map(order)
    }

    /// Those not fulfilled, of an incident or of all, the most pressing first.
    static func open(
        of incident: String? = nil, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [GovernmentOrder] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT * FROM safety_orders WHERE fulfilled IS NULL\(incident == nil ? "" : " AND incident = ?")
            AND \(own.sql) ORDER BY due, id LIMIT 200
            """, (incident.map { [.text($0)] } ?? []) + own.arguments
        ).map(order)
    }

    private static func order(_ row: Row) throws -> GovernmentOrder {
        GovernmentOrder(
            id: try row.text("id"), scope: Scope(try row.text("scope")) ?? .zone,
            incident: try row.optionalText("incident"), authority: try row.text("authority"),
            demand: try row.text("demand"), due: KoreanDay(number: try row.integer("due")),
            fulfilled: try row.optionalInteger("fulfilled").map { KoreanDay(number: $0) },
            event: Identifier(try row.text("event")))
    }
}
