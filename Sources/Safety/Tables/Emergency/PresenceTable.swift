import District
import Record
import Store

/// Who is on a site: in when they check in, until they check out. Where on the site they are is nobody's business
/// outside of an emergency or a permit, and is not kept.
enum PresenceTable {
    /// Somebody who is on site.
    struct Presence: Sendable, Hashable {
        /// `p-…` for a person of the district, `v-…` for a visit.
        let entry: String
        let site: ThingID
        let kind: Roster.Kind
        let person: PersonID?
        let since: Timestamp
    }

    static let migration = Migration(
        "safety.emergency.002",
        [
            """
            CREATE TABLE safety_presence (
                entry TEXT PRIMARY KEY, scope TEXT NOT NULL, site TEXT NOT NULL, kind TEXT NOT NULL, person TEXT,
                since BIGINT NOT NULL, changed BIGINT NOT NULL)
            """,
            "CREATE INDEX safety_presence_site ON safety_presence (site, entry)",
            "CREATE INDEX safety_presence_scope ON safety_presence (scope)",
        ])

    static let projection = Projection(
        tables: ["safety_presence"], types: ["safety.presence.checked"]
    ) { event, payload, transaction in
        let entry = SQLValue.text(payload["entry"]?.text ?? "")
        guard payload["direction"]?.text == "in" else {
            try transaction.execute(
                "DELETE FROM safety_presence WHERE entry = ? AND scope = ? AND since <= ?",
                [entry, .text(event.scope.text), .integer(event.observed.microseconds)])
            return
        }
        // Somebody is at one site only: a later check-in elsewhere moves them, one that only arrived later does not.
        try transaction.execute(
            """
            INSERT INTO safety_presence (entry, scope, site, kind, person, since, changed) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (entry) DO UPDATE SET scope = excluded.scope, site = excluded.site, kind = excluded.kind,
                since = excluded.since, changed = excluded.changed
            WHERE excluded.since >= safety_presence.since
            """,
            [
                entry, .text(event.scope.text), .text(payload["site"]?.text ?? ""),
                .text(payload["kind"]?.text ?? Roster.Kind.worker.rawValue), .optional(payload["person"]?.text),
                .integer(event.observed.microseconds), .integer(event.recorded.microseconds),
            ])
    }

    /// Everyone on a site, those who came first first.
    static func list(
        at site: ThingID, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [Presence] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM safety_presence WHERE site = ? AND \(own.sql) ORDER BY since, entry LIMIT 20000",
            [.text(site.rawValue)] + own.arguments
        ).map(presence)
    }

    /// Somebody's presence, where a tenant may see it.
    static func find(_ entry: String, for tenant: some Tenancy, in reader: any Reader) throws -> Presence? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM safety_presence WHERE entry = ? AND \(own.sql)", [.text(entry)] + own.arguments
        ).map(presence)
    }

    /// How many are on site and when that changed last: what a kept page must be renewed for.
    static func tag(at site: ThingID, for tenant: some Tenancy, in reader: any Reader) throws -> String {
        let own = tenant.condition(column: "scope")
        let row = try reader.first(
            "SELECT COUNT(*) AS heads, MAX(changed) AS changed FROM safety_presence WHERE site = ? AND \(own.sql)",
            [.text(site.rawValue)] + own.arguments)
        return "\(try row?.integer("heads") ?? 0)-\(try row?.optionalInteger("changed") ?? 0)"
    }

    private static func presence(_ row: Row) throws -> Presence {
        Presence(
            entry: try row.text("entry"), site: ThingID(try row.text("site")),
            kind: Roster.Kind(rawValue: try row.text("kind")) ?? .worker,
            person: try row.optionalText("person").map { PersonID($0) },
            since: Timestamp(microseconds: try row.integer("since")))
    }
}
