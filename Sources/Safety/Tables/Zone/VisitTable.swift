import District
import Record
import Store

/// Where to visit first, as it was last proposed, and what such proposals were worth.
enum VisitTable {
    static let migration = Migration(
        "safety.zone.002",
        [
            """
            CREATE TABLE safety_zone_plans (
                day BIGINT PRIMARY KEY, scope TEXT NOT NULL, at BIGINT NOT NULL,
                visits BIGINT NOT NULL, hits BIGINT NOT NULL, visited BIGINT NOT NULL, late BIGINT NOT NULL,
                sites BIGINT NOT NULL, examples BIGINT NOT NULL)
            """,
            """
            CREATE TABLE safety_zone_visits (
                firm TEXT PRIMARY KEY, scope TEXT NOT NULL, rank BIGINT NOT NULL, chance DOUBLE PRECISION NOT NULL,
                reasons TEXT NOT NULL)
            """,
        ])

    static let type = "safety.visits.proposed"

    static let projection = Projection(
        tables: ["safety_zone_plans", "safety_zone_visits"], types: [type]
    ) { event, payload, writer in
        try writer.execute("DELETE FROM safety_zone_visits")
        let lift = payload["lift"] ?? .null
        func count(_ key: String) -> SQLValue { .integer(lift[key]?.integer ?? 0) }
        try writer.execute(
            """
            INSERT INTO safety_zone_plans (day, scope, at, visits, hits, visited, late, sites, examples)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (day) DO UPDATE SET at = excluded.at,
            visits = excluded.visits, hits = excluded.hits, visited = excluded.visited, late = excluded.late,
            sites = excluded.sites, examples = excluded.examples
            """,
            [
                .integer(KoreanDay(event.recorded).number), .text(event.scope.text),
                .integer(event.recorded.microseconds), count("visits"),
                count("hits"), count("visited"), count("late"), count("all"),
                .integer(payload["examples"]?.integer ?? 0),
            ])
        let sites = (payload["sites"]?.elements ?? []).enumerated().map { rank, site -> [SQLValue] in
            let firm = FirmID(site["firm"]?.text ?? "")
            return [
                // The list is the zone's: a firm does not read it under its own name.
                .text(firm.rawValue), .text(event.scope.text), .integer(Int64(rank + 1)),
                .real(site["chance"]?.double ?? 0), .text((site["reasons"] ?? []).canonicalText),
            ]
        }
        try writer.insert(
            into: "safety_zone_visits", columns: ["firm", "scope", "rank", "chance", "reasons"], rows: sites)
    }

    /// The latest plan's worth; nil where there is none.
    struct Plan: Sendable, Hashable {
        let day: KoreanDay
        let visits: Int64, hits: Int64, visited: Int64, late: Int64, sites: Int64, examples: Int64
    }

    /// A site on the list, with its name.
    struct Visit: Sendable, Hashable {
        let firm: FirmID
        let name: String
        let chance: Double
        let reasons: [VisitPlan.Reason]
    }

    static func latest(for tenant: some Tenancy, in reader: any Reader) throws -> Plan? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM safety_zone_plans WHERE \(own.sql) ORDER BY day DESC LIMIT 1", own.arguments
        ).map { row in
            Plan(
                day: KoreanDay(number: try row.integer("day")),
                visits: try row.integer("visits"), hits: try row.integer("hits"), visited: try row.integer("visited"),
                late: try row.integer("late"), sites: try row.integer("sites"), examples: try row.integer("examples"))
        }
    }

    static func visits(for tenant: some Tenancy, limit: Int64, in reader: any Reader) throws -> [Visit] {
        let own = tenant.condition(column: "v.scope")
        return try reader.query(
            """
            SELECT v.firm AS firm, COALESCE(f.name, v.firm) AS name, v.chance AS chance, v.reasons AS reasons
            FROM safety_zone_visits v LEFT JOIN safety_firms f ON f.firm = v.firm
            WHERE \(own.sql) ORDER BY v.rank LIMIT ?
            """, own.arguments + [.integer(limit)]
        ).map { row in
            let reasons = try JSON(parsing: Array(try row.text("reasons").utf8)).elements ?? []
            return Visit(
                firm: FirmID(try row.text("firm")), name: try row.text("name"), chance: try row.real("chance"),
                reasons: reasons.compactMap { entry in
                    guard let sign = entry["sign"]?.text.flatMap({ SiteSign(rawValue: $0) }),
                        let value = entry["value"]?.double
                    else { return nil }
                    return VisitPlan.Reason(sign: sign, value: value)
                })
        }
    }

    /// The past of every firm that a tenant may see, since a day.
    static func past(since day: KoreanDay, for tenant: some Tenancy, in reader: any Reader) throws -> [SitePast] {
        let own = tenant.condition(column: "scope")
        var sites: [String: SitePast] = [:]
        for row in try reader.query("SELECT firm, headcount FROM safety_firms WHERE \(own.sql)", own.arguments) {
            let firm = try row.text("firm")
            sites[firm] = SitePast(
                firm: FirmID(firm), headcount: try row.optionalInteger("headcount").map { Int($0) })
        }
        for row in try reader.query(
            """
            SELECT firm, opened, first_due, completed, ended FROM safety_zone_actions
            WHERE (first_due >= ? OR (completed IS NULL AND ended IS NULL)) AND \(own.sql)
            """, [.integer(day.number)] + own.arguments)
        {
            sites[try row.text("firm")]?.actions.append(
                SitePast.Action(
                    opened: try row.integer("opened"), firstDue: try row.integer("first_due"),
                    completed: try row.optionalInteger("completed"), ended: try row.optionalInteger("ended")))
        }
        for row in try reader.query(
            "SELECT * FROM safety_zone_weeks WHERE monday >= ? AND \(own.sql)",
            [.integer(day.number)] + own.arguments)
        {
            sites[try row.text("firm")]?.weeks[try row.integer("monday")] = SitePast.Counts(
                extensions: try row.integer("extensions"), inspections: try row.integer("inspections"),
                late: try row.integer("late"), lastMeeting: try row.optionalInteger("last_meeting"))
        }
        return sites.values.sorted { $0.firm.rawValue < $1.firm.rawValue }
    }
}
