public import Record
public import Store

/// Who looked at what, for the firm whose data it is. Not on the Record: it comes back from backup only.
public enum AuditOfLooks {
    static let migration = Migration(
        "access.007.looks",
        [
            """
            CREATE TABLE access_looks (
              id IDENTITY KEY, time BIGINT NOT NULL, author TEXT NOT NULL, scope TEXT NOT NULL, route TEXT NOT NULL,
              object TEXT NOT NULL)
            """,
            "CREATE INDEX access_looks_scope ON access_looks (scope, time)",
            "CREATE INDEX access_looks_time ON access_looks (time, id)",
        ])

    /// Writes a batch down. Looks at what is public are left out: they tell of the looker only.
    public static func append(_ looks: [Look], in transaction: any Writer) throws {
        try transaction.insert(
            into: "access_looks", columns: ["time", "author", "scope", "route", "object"],
            rows: looks.filter { $0.scope != .everyone }.map { look in
                [
                    .integer(look.time.microseconds), .text(look.author.text), .text(look.scope.text),
                    .text(String(look.route.prefix(200))), .text(String(look.object.prefix(200))),
                ]
            })
    }

    /// Looks at a tenant's data within a range of time, the latest first.
    public static func list(
        for tenant: Tenant, during range: Range<Timestamp>, limit: Int = 50, offset: Int = 0,
        in transaction: any Reader
    ) throws -> Listing<Look> {
        let own = tenant.condition(column: "scope")
        return try transaction.listing(
            "time, author, scope, route, object", from: "access_looks WHERE time >= ? AND time < ? AND \(own.sql)",
            [.integer(range.lowerBound.microseconds), .integer(range.upperBound.microseconds)] + own.arguments,
            order: "time DESC, id DESC", limit: limit, offset: offset
        ) { row in
            Look(
                time: Timestamp(microseconds: try row.integer("time")),
                author: Author(try row.text("author")) ?? .system("unknown"),
                scope: Scope(try row.text("scope")) ?? .zone, route: try row.text("route"),
                object: try row.text("object"))
        }
    }
}
