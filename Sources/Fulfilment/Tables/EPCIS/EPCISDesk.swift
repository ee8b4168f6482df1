import District
import Record
import Store

/// What programs set up here: captures, named queries, subscriptions.
enum EPCISDesk {
    /// A capture ended: `behaviour`, `count`, `captured`, `errors`.
    static let ended = "fulfilment.epcis.ended"
    /// A query got a name: `name`, `query`.
    static let named = "fulfilment.epcis.named"
    /// It lost it, and its subscriptions with it: `name`.
    static let dropped = "fulfilment.epcis.dropped"
    /// Somebody subscribed: `query`, `dest`, `stream` or `schedule`, `empty`, `initial`; `token` in the vault.
    static let subscribed = "fulfilment.epcis.subscribed"
    /// Nobody is told any more: `why`.
    static let unsubscribed = "fulfilment.epcis.unsubscribed"

    static let migration = Migration(
        "fulfilment.epcis.002",
        [
            """
            CREATE TABLE fulfilment_epcis_captures (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, created BIGINT NOT NULL, behaviour TEXT NOT NULL,
                many BIGINT NOT NULL, captured BIGINT NOT NULL, errors TEXT NOT NULL)
            """,
            "CREATE INDEX fulfilment_epcis_captures_created ON fulfilment_epcis_captures (scope, created, id)",
            """
            CREATE TABLE fulfilment_epcis_queries (
                scope TEXT NOT NULL, name TEXT NOT NULL, content TEXT NOT NULL, created BIGINT NOT NULL,
                PRIMARY KEY (scope, name))
            """,
            """
            CREATE TABLE fulfilment_epcis_subscriptions (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, query TEXT NOT NULL, dest TEXT NOT NULL, token TEXT,
                schedule TEXT, is_empty BIGINT NOT NULL, initial BIGINT NOT NULL, created BIGINT NOT NULL,
                event TEXT NOT NULL)
            """,
            "CREATE INDEX fulfilment_epcis_subscriptions_query ON fulfilment_epcis_subscriptions (scope, query)",
            """
            CREATE TABLE fulfilment_epcis_deliveries (
                id TEXT PRIMARY KEY, leaf BIGINT NOT NULL, tries BIGINT NOT NULL, due BIGINT NOT NULL,
                ran BIGINT NOT NULL, notified BIGINT, under_way BIGINT NOT NULL)
            """,
        ])

    static let projection = Projection(
        tables: ["fulfilment_epcis_captures", "fulfilment_epcis_queries", "fulfilment_epcis_subscriptions"],
        types: [ended, named, dropped, subscribed, unsubscribed]
    ) { event, payload, writer in
        let scope = event.scope.text
        switch event.type {
        case ended:
            try writer.execute(
                """
                INSERT INTO fulfilment_epcis_captures (id, scope, created, behaviour, many, captured, errors)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .text(id(event.stream)), .text(scope), .integer(event.recorded.microseconds),
                    .text(payload["behaviour"]?.text ?? ""), .integer(payload["count"]?.integer ?? 0),
                    .integer(payload["captured"]?.integer ?? 0),
                    .text((payload["errors"] ?? []).canonicalText),
                ])
        case named:
            guard let name = payload["name"]?.text, let query = payload["query"] else { return }
            try writer.execute(
                """
                INSERT INTO fulfilment_epcis_queries (scope, name, content, created) VALUES (?, ?, ?, ?)
                """,
                [
                    .text(scope), .text(name), .text(query.canonicalText), .integer(event.recorded.microseconds),
                ])
        case dropped:
            let key: [SQLValue] = [.text(scope), .text(payload["name"]?.text ?? "")]
            try writer.execute("DELETE FROM fulfilment_epcis_queries WHERE scope = ? AND name = ?", key)
            try writer.execute("DELETE FROM fulfilment_epcis_subscriptions WHERE scope = ? AND query = ?", key)
        case subscribed:
            guard let query = payload["query"]?.text, let dest = payload["dest"]?.text else { return }
            let initial = payload["initial"]?.text.flatMap { Timestamp(iso8601: $0) } ?? event.recorded
            try writer.execute(
                """
                INSERT INTO fulfilment_epcis_subscriptions (id, scope, query, dest, token, schedule, is_empty, initial,
                    created, event)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .text(id(event.stream)), .text(scope), .text(query), .text(dest),
                    .optional(payload["token"]?.text), .optional(payload["schedule"]?.canonicalText),
                    .integer(payload["empty"]?.bool == true ? 1 : 0), .integer(initial.microseconds),
                    .integer(event.recorded.microseconds), .text(event.id.description),
                ])
        default:
            try writer.execute("DELETE FROM fulfilment_epcis_subscriptions WHERE id = ?", [.text(id(event.stream))])
        }
    }

    static let captureStream = "epcis-capture/"
    static let subscriptionStream = "epcis-subscription/"

    private static func id(_ stream: String) -> String { String(stream.drop { $0 != "/" }.dropFirst()) }

    // MARK: - Captures

    /// A capture that ended.
    struct Capture: Sendable, Hashable {
        let id: String
        let created: Timestamp
        let behaviour: String
        let many: Int64
        let captured: Int64
        let errors: [JSON]
    }

    static func capture(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> Capture? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM fulfilment_epcis_captures WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).map(capture)
    }

    /// Captures, the latest first, before one of them.
    static func captures(
        before id: String?, limit: Int, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [Capture] {
        let own = tenant.condition(column: "scope")
        // Identifiers begin with their time.
        let (behind, arguments): (String, [SQLValue]) = id.map { (" AND id < ?", [.text($0)]) } ?? ("", [])
        return try reader.query(
            "SELECT * FROM fulfilment_epcis_captures WHERE \(own.sql)\(behind) ORDER BY id DESC LIMIT \(limit)",
            own.arguments + arguments
        ).map(capture)
    }

    private static func capture(_ row: Row) throws -> Capture {
        Capture(
            id: try row.text("id"), created: Timestamp(microseconds: try row.integer("created")),
            behaviour: try row.text("behaviour"), many: try row.integer("many"),
            captured: try row.integer("captured"),
            errors: try JSON(parsing: try row.text("errors")).elements ?? [])
    }

    // MARK: - Queries

    /// A query with a name.
    struct Named: Sendable, Hashable {
        let name: String
        let scope: Scope
        let content: JSON
        let created: Timestamp
    }

    static func query(_ name: String, for tenant: some Tenancy, in reader: any Reader) throws -> Named? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM fulfilment_epcis_queries WHERE name = ? AND \(own.sql) ORDER BY scope",
            [.text(name)] + own.arguments
        ).map(named)
    }

    static func queries(
        after name: String?, limit: Int, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [Named] {
        let own = tenant.condition(column: "scope")
        let (behind, arguments): (String, [SQLValue]) = name.map { (" AND name > ?", [.text($0)]) } ?? ("", [])
        return try reader.query(
            "SELECT * FROM fulfilment_epcis_queries WHERE \(own.sql)\(behind) ORDER BY name LIMIT \(limit)",
            own.arguments + arguments
        ).map(named)
    }

    private static func named(_ row: Row) throws -> Named {
        Named(
            name: try row.text("name"), scope: Scope(try row.text("scope")) ?? .zone,
            content: try JSON(parsing: try row.text("content")),
            created: Timestamp(microseconds: try row.integer("created")))
    }

    // MARK: - Subscriptions

    /// Somebody who is told of what a query finds.
    struct Subscription: Sendable, Hashable {
        let id: String
        let scope: Scope
        let query: String
        let dest: String
        let token: String?
        /// nil where they are told at once.
        let schedule: JSON?
        let toldIfEmpty: Bool
        let initial: Timestamp
        let created: Timestamp
        /// The event of the Record that it began with.
        let event: String
        /// When they were last told.
        var notified: Timestamp?
    }

    static func subscriptions(
        of query: String? = nil, id: String? = nil, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [Subscription] {
        let own = tenant.condition(column: "s.scope")
        var (sql, arguments) = (own.sql, own.arguments)
        for (column, value) in [("s.query", query), ("s.id", id)] {
            guard let value else { continue }
            sql += " AND \(column) = ?"
            arguments.append(.text(value))
        }
        return try reader.query(
            """
            SELECT s.*, d.notified FROM fulfilment_epcis_subscriptions s
            LEFT JOIN fulfilment_epcis_deliveries d ON d.id = s.id WHERE \(sql) ORDER BY s.id LIMIT 1000
            """, arguments
        ).map { row in
            Subscription(
                id: try row.text("id"), scope: Scope(try row.text("scope")) ?? .zone, query: try row.text("query"),
                dest: try row.text("dest"), token: try row.optionalText("token"),
                schedule: try row.optionalText("schedule").map { try JSON(parsing: $0) },
                toldIfEmpty: try row.flag("is_empty"),
                initial: Timestamp(microseconds: try row.integer("initial")),
                created: Timestamp(microseconds: try row.integer("created")), event: try row.text("event"),
                notified: try row.optionalInteger("notified").map { Timestamp(microseconds: $0) })
        }
    }

    /// How far a subscriber was told.
    struct Delivery: Sendable, Hashable {
        /// Everything before this leaf of the Record.
        var leaf: Int64
        /// How often the next was tried in vain.
        var tries: Int64 = 0
        var due: Timestamp
        var ran: Timestamp
        var notified: Timestamp?
        /// Whether what was due is told in parts, and more is to come.
        var isUnderWay = false
    }

    static func delivery(_ id: String, in reader: any Reader) throws -> Delivery? {
        try reader.first("SELECT * FROM fulfilment_epcis_deliveries WHERE id = ?", [.text(id)]).map { row in
            Delivery(
                leaf: try row.integer("leaf"), tries: try row.integer("tries"),
                due: Timestamp(microseconds: try row.integer("due")),
                ran: Timestamp(microseconds: try row.integer("ran")),
                notified: try row.optionalInteger("notified").map { Timestamp(microseconds: $0) },
                isUnderWay: try row.flag("under_way"))
        }
    }

    static func keep(_ delivery: Delivery, of id: String, in writer: any Writer) throws {
        try writer.execute(
            """
            INSERT INTO fulfilment_epcis_deliveries (id, leaf, tries, due, ran, notified, under_way)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET leaf = excluded.leaf, tries = excluded.tries, due = excluded.due,
                ran = excluded.ran, notified = excluded.notified, under_way = excluded.under_way
            """,
            [
                .text(id), .integer(delivery.leaf), .integer(delivery.tries), .integer(delivery.due.microseconds),
                .integer(delivery.ran.microseconds),
                delivery.notified.map { .integer($0.microseconds) } ?? .null,
                .integer(delivery.isUnderWay ? 1 : 0),
            ])
    }

    /// Forgets how far those were told whose subscriptions ended.
    static func tidy(in writer: any Writer) throws {
        try writer.execute(
            """
            DELETE FROM fulfilment_epcis_deliveries
            WHERE id NOT IN (SELECT id FROM fulfilment_epcis_subscriptions)
            """)
    }
}
