import District
import Record
import Store
import Synchronization

/// The sites: every edition that was published, and the drafts of the next one.
enum SiteTable {
    static let migration = Migration(
        "robots.sites.001",
        [
            """
            CREATE TABLE robots_sites (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, name_ko TEXT NOT NULL, name_en TEXT NOT NULL,
                number BIGINT NOT NULL, edition TEXT NOT NULL, published BIGINT NOT NULL, withdrawn BIGINT)
            """,
            """
            CREATE TABLE robots_site_editions (
                site TEXT NOT NULL, number BIGINT NOT NULL, scope TEXT NOT NULL, edition TEXT NOT NULL,
                plan TEXT NOT NULL, author TEXT NOT NULL, published BIGINT NOT NULL, PRIMARY KEY (site, number))
            """,
            """
            CREATE TABLE robots_site_drafts (
                site TEXT NOT NULL, revision BIGINT NOT NULL, scope TEXT NOT NULL, plan TEXT NOT NULL,
                author TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (site, revision))
            """,
        ])

    /// A site as it stands.
    struct Site: Sendable, Hashable {
        let id: String
        let scope: Scope
        let name: Words
        /// Which edition it is, from 1, and its hash.
        let number: Int
        let edition: String
        let published: Timestamp
        /// Since when nobody drives by it any more.
        let withdrawn: Timestamp?
    }

    /// One that a tenant may see, withdrawn or not.
    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> Site? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM robots_sites WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).map(site)
    }

    /// All that a tenant may see, by id.
    static func list(for tenant: some Tenancy, in reader: any Reader) throws -> [Site] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM robots_sites WHERE \(own.sql) ORDER BY id LIMIT 1000", own.arguments
        ).map(site)
    }

    /// The sites that are driven by, with their editions, whosever they are: for whoever moves vehicles.
    static func standing(in reader: any Reader) throws -> [Site] {
        try reader.query("SELECT * FROM robots_sites WHERE withdrawn IS NULL ORDER BY id LIMIT 1000").map(site)
    }

    /// The plan of a site's edition: the standing one where none is named; nil where there is none.
    static func plan(_ site: String, number: Int? = nil, in reader: any Reader) throws -> SitePlan? {
        let row = try reader.first(
            """
            SELECT plan FROM robots_site_editions WHERE site = ? AND (number = ? OR ? = 0)
            ORDER BY number DESC LIMIT 1
            """, [.text(site), .integer(Int64(number ?? 0)), .integer(Int64(number ?? 0))])
        return try row.map { try PlanJSON.read(try JSON(parsing: $0.text("plan"))) }
    }

    /// The plan by which a site was driven at a time.
    static func plan(_ site: String, at time: Timestamp, in reader: any Reader) throws -> SitePlan? {
        try reader.first(
            """
            SELECT plan FROM robots_site_editions WHERE site = ? AND published <= ?
            ORDER BY number DESC LIMIT 1
            """, [.text(site), .integer(time.microseconds)]
        ).map { try PlanJSON.read(try JSON(parsing: $0.text("plan"))) }
    }

    /// The site as the fleet drives by it; nil where it is not published, or withdrawn. Compiled once for each edition.
    static func compiled(_ site: String, in reader: any Reader) throws -> CompiledSite? {
        guard
            let row = try reader.first(
                "SELECT edition FROM robots_sites WHERE id = ? AND withdrawn IS NULL", [.text(site)])
        else { return nil }
        let edition = try row.text("edition")
        if let kept = kept.withLock({ $0[edition] }) { return kept }
        guard let plan = try plan(site, in: reader) else { return nil }
        let compiled = try SiteCompiler.compile(plan)
        kept.withLock { cache in
            // Few sites stand at once; what was replaced is not looked for again.
            if cache.count >= 64 { cache.removeAll() }
            cache[edition] = compiled
        }
        return compiled
    }

    private static let kept = Mutex<[String: CompiledSite]>([:])

    /// The named stations of the standing sites that a tenant may see, by site and in the plan's order.
    static func places(
        for tenant: any Tenancy, in reader: any Reader
    ) throws -> [(site: Site, node: SitePlan.Node)] {
        try list(for: tenant, in: reader).filter { $0.withdrawn == nil }.flatMap { try stations(of: $0, in: reader) }
    }

    /// The named stations of a site.
    static func stations(
        of site: Site, in reader: any Reader
    ) throws -> [(site: Site, node: SitePlan.Node)] {
        let plan = try compiled(site.id, in: reader)?.plan
        return (plan?.nodes ?? []).filter { $0.kind == .station && $0.name != nil }.map { (site, $0) }
    }

    private static func site(_ row: Row) throws -> Site {
        Site(
            id: try row.text("id"), scope: Scope(try row.text("scope")) ?? .zone,
            name: Words(try row.text("name_ko"), try row.text("name_en")), number: Int(try row.integer("number")),
            edition: try row.text("edition"), published: Timestamp(microseconds: try row.integer("published")),
            withdrawn: try row.optionalInteger("withdrawn").map { Timestamp(microseconds: $0) })
    }
}
