public import Record
public import Store

/// The things of the district, each query limited to its tenant.
public enum Things {
    /// A thing, retired or not; nil where there is none the tenant may see.
    public static func find(
        _ id: ThingID, for tenant: some Tenancy, in transaction: any Reader
    ) throws -> Thing? {
        let own = tenant.condition(column: "scope")
        return try transaction.first(
            "SELECT \(columns) FROM twin_things WHERE id = ? AND \(own.sql)", [.text(id.rawValue)] + own.arguments
        ).map(thing)
    }

    /// One page of a tenant's things.
    public static func list(
        _ filter: ThingFilter = ThingFilter(), for tenant: some Tenancy, limit: Int = 50, offset: Int = 0,
        in transaction: any Reader
    ) throws -> Listing<Thing> {
        let (source, arguments) = source(filter, for: tenant)
        return try transaction.listing(
            columns, from: source, arguments, order: filter.sql, limit: limit, offset: offset, thing)
    }

    /// What is directly part of a thing, by name; at most ``Listing/largestPage``.
    public static func children(
        of parent: ThingID, for tenant: some Tenancy, in transaction: any Reader
    ) throws -> [Thing] {
        try list(
            ThingFilter(parent: parent), for: tenant, limit: Listing<Thing>.largestPage, in: transaction
        ).rows
    }

    /// The way from the top down to a thing, the thing itself last, without what the tenant may not see;
    /// empty where it may not see the thing.
    public static func path(
        to id: ThingID, for tenant: some Tenancy, in transaction: any Reader
    ) throws -> [Thing] {
        let own = tenant.condition(column: "scope")
        let rows = try transaction.query(
            """
            WITH RECURSIVE above (thing, depth) AS (
              SELECT id, 0 FROM twin_things WHERE id = ?
              UNION ALL
              SELECT t.parent, a.depth + 1 FROM above a JOIN twin_things t ON t.id = a.thing
              WHERE t.parent IS NOT NULL AND a.depth < \(Bounds.depth))
            SELECT \(columns) FROM above JOIN twin_things ON id = thing WHERE \(own.sql) ORDER BY depth DESC
            """, [.text(id.rawValue)] + own.arguments)
        let path = try rows.map(thing)
        return path.last?.id == id ? path : []
    }

    /// Where a thing stood at a time; nil before it was there, or where the tenant may not see it.
    public static func place(
        of id: ThingID, at time: Timestamp, for tenant: some Tenancy, in transaction: any Reader
    ) throws -> Placement? {
        guard try find(id, for: tenant, in: transaction) != nil,
            let row = try lastPlace(of: id.rawValue, at: time, in: transaction)
        else { return nil }
        return Placement(
            parent: try row.optionalText("parent").map { ThingID($0) }, geometry: try geometry(row),
            since: Timestamp(microseconds: try row.integer("observed")))
    }

    // MARK: For the rules, whoever asks

    static func node(_ id: ThingID, in transaction: any Reader) throws -> Hierarchy.Node? {
        try transaction.first(
            "SELECT kind, parent, scope, retired FROM twin_things WHERE id = ?", [.text(id.rawValue)]
        ).map { row in
            Hierarchy.Node(
                id: id, kind: ThingKind(rawValue: try row.text("kind")) ?? .other,
                parent: try row.optionalText("parent").map { ThingID($0) },
                scope: Scope(try row.text("scope")) ?? .zone, retired: try row.optionalInteger("retired") != nil)
        }
    }

    /// The kinds of all that stands within a thing and is not retired, each once.
    static func kinds(within id: ThingID, in transaction: any Reader) throws -> [ThingKind] {
        try transaction.query(
            """
            WITH RECURSIVE beneath (thing, depth) AS (
              SELECT id, 1 FROM twin_things WHERE parent = ? AND retired IS NULL
              UNION ALL
              SELECT t.id, b.depth + 1 FROM beneath b JOIN twin_things t ON t.parent = b.thing
              WHERE t.retired IS NULL AND b.depth < \(Bounds.depth))
            SELECT DISTINCT kind FROM beneath JOIN twin_things ON id = thing
            """, [.text(id.rawValue)]
        ).compactMap { ThingKind(rawValue: try $0.text("kind")) }
    }

    static func lastPlace(of id: String, at time: Timestamp?, in transaction: any Reader) throws -> Row? {
        try transaction.first(
            """
            SELECT parent, geometry, observed FROM twin_places WHERE thing = ? AND observed <= ?
            ORDER BY observed DESC, recorded DESC, event DESC LIMIT 1
            """, [.text(id), .integer(time?.microseconds ?? .max)])
    }

    // MARK: Parts of the queries

    static let columns =
        "id, kind, parent, name_ko, name_en, firm, scope, geometry, attributes, sample, retired"

    /// What stands between `FROM` and `ORDER BY` of a list.
    static func source(_ filter: ThingFilter, for tenant: some Tenancy) -> (String, [SQLValue]) {
        let own = tenant.condition(column: "scope")
        var conditions = [own.sql]
        var arguments = own.arguments
        if let parent = filter.parent {
            conditions.append("parent = ?")
            arguments.append(.text(parent.rawValue))
        }
        if !filter.kinds.isEmpty {
            conditions.append("kind IN (\(filter.kinds.map { _ in "?" }.joined(separator: ", ")))")
            arguments += filter.kinds.map(\.rawValue).sorted().map { .text($0) }
        }
        if !filter.includesRetired { conditions.append("retired IS NULL") }
        if !filter.words.isEmpty {
            conditions.append("words LIKE ? ESCAPE '!'")
            arguments.append(.pattern(containing: filter.words))
        }
        return ("twin_things WHERE \(conditions.joined(separator: " AND "))", arguments)
    }

    private static func thing(_ row: Row) throws -> Thing {
        Thing(
            id: ThingID(try row.text("id")), kind: ThingKind(rawValue: try row.text("kind")) ?? .other,
            parent: try row.optionalText("parent").map { ThingID($0) },
            name: Words(try row.text("name_ko"), try row.text("name_en")),
            firm: try row.optionalText("firm").map { FirmID($0) }, scope: Scope(try row.text("scope")) ?? .zone,
            geometry: try geometry(row), attributes: try JSON(parsing: row.text("attributes")).members ?? [:],
            sample: try row.flag("sample"),
            retired: try row.optionalInteger("retired").map { Timestamp(microseconds: $0) })
    }

    private static func geometry(_ row: Row) throws -> Geometry? {
        try row.optionalText("geometry").flatMap { Geometry(json: try JSON(parsing: $0)) }
    }
}
