import District
import Record
import Store

/// Emergencies and drills, their rosters, and everything that was said of those on them.
enum EmergencyTable {
    static let migration = Migration(
        "safety.emergency.003",
        [
            """
            CREATE TABLE safety_emergencies (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, firm TEXT NOT NULL, site TEXT NOT NULL, thing TEXT NOT NULL,
                scenario TEXT NOT NULL, is_drill BIGINT NOT NULL, declared BIGINT NOT NULL, commander TEXT,
                cleared BIGINT, is_reported BIGINT NOT NULL, event TEXT NOT NULL)
            """,
            "CREATE INDEX safety_emergencies_scope ON safety_emergencies (scope, declared)",
            "CREATE INDEX safety_emergencies_site ON safety_emergencies (site, declared)",
            """
            CREATE TABLE safety_emergency_news (
                emergency TEXT NOT NULL, ord BIGINT NOT NULL, at BIGINT NOT NULL, ko TEXT NOT NULL, en TEXT NOT NULL,
                PRIMARY KEY (emergency, ord))
            """,
            """
            CREATE TABLE safety_muster_entries (
                emergency TEXT NOT NULL, entry TEXT NOT NULL, kind TEXT NOT NULL, person TEXT, scope TEXT NOT NULL,
                PRIMARY KEY (emergency, entry))
            """,
            """
            CREATE TABLE safety_muster_marks (
                emergency TEXT NOT NULL, ord BIGINT NOT NULL, entry TEXT NOT NULL, status TEXT NOT NULL,
                marker TEXT NOT NULL, is_self BIGINT NOT NULL, seen BIGINT NOT NULL, place TEXT, is_late BIGINT NOT NULL,
                scope TEXT NOT NULL, PRIMARY KEY (emergency, ord))
            """,
            """
            CREATE TABLE safety_muster_rulings (
                emergency TEXT NOT NULL, entry TEXT NOT NULL, status TEXT NOT NULL, at BIGINT NOT NULL,
                ord BIGINT NOT NULL, scope TEXT NOT NULL, PRIMARY KEY (emergency, entry))
            """,
        ])

    static let tables = [
        "safety_emergencies", "safety_emergency_news", "safety_muster_entries", "safety_muster_marks",
        "safety_muster_rulings",
    ]

    /// One that a tenant may see.
    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> Emergency? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM safety_emergencies WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).map { try emergency($0, in: reader) }
    }

    /// Those that run, real ones first.
    static func running(
        at site: ThingID? = nil, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [Emergency] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT * FROM safety_emergencies WHERE cleared IS NULL\(site == nil ? "" : " AND site = ?") AND \(own.sql)
            ORDER BY is_drill, declared DESC, id LIMIT 100
            """, (site.map { [.text($0.rawValue)] } ?? []) + own.arguments
        ).map { try emergency($0, in: reader) }
    }

    /// The emergency at a site to which what somebody saw at a moment belongs: the one that ran then, a real one before
    /// a drill; else one that was declared within a day after, for a phone may be ahead of the house.
    static func held(
        at site: ThingID, _ moment: Timestamp, for tenant: some Tenancy, in reader: any Reader
    ) throws -> Emergency? {
        let own = tenant.condition(column: "scope")
        let near = try reader.query(
            """
            SELECT * FROM safety_emergencies WHERE site = ? AND declared <= ? AND \(own.sql)
            ORDER BY is_drill, declared DESC, id LIMIT 100
            """,
            [.text(site.rawValue), .integer(moment.advanced(bySeconds: 86_400).microseconds)] + own.arguments
        ).map { try emergency($0, in: reader) }
        return near.first { $0.holds(moment) }
            ?? near.filter { $0.declared > moment }.min { $0.declared < $1.declared }
    }

    /// A page of a tenant's emergencies and drills, the latest first.
    static func page(
        limit: Int, offset: Int, for tenant: some Tenancy, in reader: any Reader
    ) throws -> Listing<Emergency> {
        let own = tenant.condition(column: "scope")
        return try reader.listing(
            "*", from: "safety_emergencies WHERE \(own.sql)", own.arguments, order: "declared DESC, id", limit: limit,
            offset: offset
        ) { try emergency($0, in: reader) }
    }

    private static func emergency(_ row: Row, in reader: any Reader) throws -> Emergency {
        let id = try row.text("id")
        let news = try reader.query(
            "SELECT * FROM safety_emergency_news WHERE emergency = ? ORDER BY ord", [.text(id)]
        ).map { row in
            Emergency.News(
                at: Timestamp(microseconds: try row.integer("at")),
                words: Words(try row.text("ko"), try row.text("en")))
        }
        return Emergency(
            id: id, scope: Scope(try row.text("scope")) ?? .zone, firm: FirmID(try row.text("firm")),
            site: ThingID(try row.text("site")), thing: ThingID(try row.text("thing")),
            scenario: try row.text("scenario"), isDrill: try row.flag("is_drill"),
            declared: Timestamp(microseconds: try row.integer("declared")),
            commander: try row.optionalText("commander").map { PersonID($0) },
            cleared: try row.optionalInteger("cleared").map { Timestamp(microseconds: $0) },
            news: news,
            isReported: try row.flag("is_reported"), event: Identifier(try row.text("event")))
    }
}
