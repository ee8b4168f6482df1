import District
import Record
import Store

extension SiteTable {
    /// What sites' events are called.
    enum Events {
        static let published = "robots.site.published"
        /// Published anew by what citizens adopted, or what has ended of it; a draft stays as it is.
        static let ruled = "robots.site.ruled"
        static let withdrawn = "robots.site.withdrawn"
        static let edited = "robots.site.edited"
        static let undone = "robots.site.undone"
        static let discarded = "robots.site.discarded"
    }

    /// How many steps of a draft can be undone.
    static let steps = 50

    static let projection = Projection(
        tables: ["robots_sites", "robots_site_editions", "robots_site_drafts"],
        types: [Events.published, Events.ruled, Events.withdrawn, Events.edited, Events.undone, Events.discarded]
    ) { event, payload, writer in
        guard let site = payload["site"]?.text else { return }
        switch event.type {
        case Events.ruled: try publish(site, event, payload, writer)
        case Events.published:
            try publish(site, event, payload, writer)
            try writer.execute("DELETE FROM robots_site_drafts WHERE site = ?", [.text(site)])
        case Events.withdrawn:
            try writer.execute(
                "UPDATE robots_sites SET withdrawn = ? WHERE id = ?",
                [.integer(event.recorded.microseconds), .text(site)])
        case Events.edited: try edit(site, event, payload, writer)
        case Events.undone:
            let last = try revision(site, in: writer)
            try writer.execute(
                "DELETE FROM robots_site_drafts WHERE site = ? AND revision = ?", [.text(site), .integer(Int64(last))])
        default: try writer.execute("DELETE FROM robots_site_drafts WHERE site = ?", [.text(site)])
        }
    }

    private static func publish(
        _ site: String, _ event: Event, _ payload: [String: JSON], _ writer: any Writer
    ) throws {
        guard let plan = payload["plan"], let edition = payload["edition"]?.text else { return }
        let number = Int64(payload["number"]?.double ?? 1)
        let at = SQLValue.integer(event.recorded.microseconds)
        try writer.execute(
            """
            INSERT INTO robots_sites (id, scope, name_ko, name_en, number, edition, published, withdrawn)
            VALUES (?, ?, ?, ?, ?, ?, ?, NULL) ON CONFLICT (id) DO UPDATE SET scope = excluded.scope,
                name_ko = excluded.name_ko, name_en = excluded.name_en, number = excluded.number,
                edition = excluded.edition, published = excluded.published, withdrawn = NULL
            """,
            [
                .text(site), .text(event.scope.text), .text(plan["name"]?["ko"]?.text ?? site),
                .text(plan["name"]?["en"]?.text ?? site), .integer(number), .text(edition), at,
            ])
        try writer.execute(
            """
            INSERT INTO robots_site_editions (site, number, scope, edition, plan, author, published)
            VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (site, number) DO NOTHING
            """,
            [
                .text(site), .integer(number), .text(event.scope.text), .text(edition), .text(plan.canonicalText),
                .text(event.author.text), at,
            ])
    }

    private static func edit(_ site: String, _ event: Event, _ payload: [String: JSON], _ writer: any Writer) throws {
        guard let edit = payload["edit"].flatMap({ PlanEdit($0) }) else { return }
        let start = try payload["start"].map { try PlanJSON.read($0) }
        guard let base = try draft(site, in: writer)?.plan ?? plan(site, in: writer) ?? start else { return }
        let plan = try edit.applied(to: base)
        let last = try revision(site, in: writer)
        try writer.execute(
            "INSERT INTO robots_site_drafts (site, revision, scope, plan, author, at) VALUES (?, ?, ?, ?, ?, ?)",
            [
                .text(site), .integer(Int64(last + 1)), .text(event.scope.text), .text(plan.json.canonicalText),
                .text(event.author.text), .integer(event.recorded.microseconds),
            ])
        try writer.execute(
            "DELETE FROM robots_site_drafts WHERE site = ? AND revision <= ?",
            [.text(site), .integer(Int64(last + 1 - steps))])
    }

    /// The number of the draft's last step; 0 where there is no draft.
    static func revision(_ site: String, in reader: any Reader) throws -> Int {
        try reader.first("SELECT MAX(revision) AS last FROM robots_site_drafts WHERE site = ?", [.text(site)])
            .flatMap { try $0.optionalInteger("last") }.map { Int($0) } ?? 0
    }

    /// The draft of a site's next edition, where somebody has begun one. Whoever asks has found the site's thing before.
    static func draft(_ site: String, in reader: any Reader) throws -> (plan: SitePlan, revision: Int)? {
        try reader.first(
            "SELECT plan, revision FROM robots_site_drafts WHERE site = ? ORDER BY revision DESC LIMIT 1",
            [.text(site)]
        ).map { (try PlanJSON.read(try JSON(parsing: $0.text("plan"))), Int(try $0.integer("revision"))) }
    }
}
