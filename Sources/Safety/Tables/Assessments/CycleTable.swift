import District
import Record
import Store

/// A monthly finding or a weekly review as it was held.
struct HeldReview: Sendable, Hashable {
    let id: String
    let thing: ThingID
    let kind: CycleReview
    let day: KoreanDay
    let heads: Int64
    /// What was found; nil once it was forgotten.
    let findings: String?
}

/// What was kept of the continuous cycle, by site and day.
enum CycleTable {
    static let migration = Migration(
        "safety.cycle.001",
        [
            """
            CREATE TABLE safety_cycle_reviews (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, thing TEXT NOT NULL, site TEXT NOT NULL, kind TEXT NOT NULL,
                day BIGINT NOT NULL, heads BIGINT NOT NULL, findings TEXT)
            """,
            "CREATE INDEX safety_cycle_reviews_scope ON safety_cycle_reviews (scope, day)",
        ])

    static let projection = Projection(
        tables: ["safety_cycle_reviews"], types: [ReviewCycle.event]
    ) { event, payload, transaction in
        let day = (payload["day"]?.text).flatMap { KoreanDay($0) } ?? KoreanDay(event.observed)
        try transaction.execute(
            """
            INSERT INTO safety_cycle_reviews (id, scope, thing, site, kind, day, heads, findings)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(String(event.stream.dropFirst("cycle/".count))), .text(event.scope.text),
                .text(payload["thing"]?.text ?? ""), .text(payload["site"]?.text ?? ""),
                .text(payload["kind"]?.text ?? ""), .integer(day.number),
                .integer(Int64(payload["participants"]?.elements?.count ?? 0)), .optional(payload["findings"]?.text),
            ])
    }

    /// What was kept of the cycle by site, from one day to another, both included.
    static func kept(
        from first: KoreanDay, through last: KoreanDay, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [ThingID: WorkCycle.Kept] {
        let own = tenant.condition(column: "scope")
        let range: [SQLValue] = [.integer(first.number), .integer(last.number)]
        let rows = try reader.query(
            """
            SELECT site, kind, day FROM safety_cycle_reviews WHERE day BETWEEN ? AND ? AND \(own.sql)
            UNION SELECT site, 'finding', day FROM safety_assessment_rounds
            WHERE way = 'walk' AND day BETWEEN ? AND ? AND \(own.sql)
            UNION SELECT site, 'meeting', day FROM safety_tbms WHERE day BETWEEN ? AND ? AND \(own.sql)
            """, range + own.arguments + range + own.arguments + range + own.arguments)
        var kept: [ThingID: WorkCycle.Kept] = [:]
        for row in rows {
            let (site, day) = (ThingID(try row.text("site")), KoreanDay(number: try row.integer("day")))
            switch try row.text("kind") {
            case CycleReview.finding.rawValue: kept[site, default: .init()].findings.insert(day)
            case CycleReview.weekly.rawValue: kept[site, default: .init()].reviews.insert(day)
            default: kept[site, default: .init()].meetings.insert(day)
            }
        }
        return kept
    }

    /// The first day on which anything of the cycle was kept, by site.
    static func begun(for tenant: some Tenancy, in reader: any Reader) throws -> [ThingID: KoreanDay] {
        let own = tenant.condition(column: "scope")
        let rows = try reader.query(
            """
            SELECT site, MIN(day) AS first_day FROM (
            SELECT site, day FROM safety_cycle_reviews WHERE \(own.sql)
            UNION ALL SELECT site, day FROM safety_assessment_rounds WHERE way = 'walk' AND \(own.sql)
            UNION ALL SELECT site, day FROM safety_tbms WHERE \(own.sql)) AS kept GROUP BY site
            """, own.arguments + own.arguments + own.arguments)
        return Dictionary(
            try rows.map { (ThingID(try $0.text("site")), KoreanDay(number: try $0.integer("first_day"))) },
            uniquingKeysWith: min)
    }

    /// The reviews from one day on, latest first.
    static func reviews(
        from first: KoreanDay, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [HeldReview] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM safety_cycle_reviews WHERE day >= ? AND \(own.sql) ORDER BY day DESC, id DESC LIMIT 50",
            [.integer(first.number)] + own.arguments
        ).map { row in
            HeldReview(
                id: try row.text("id"), thing: ThingID(try row.text("thing")),
                kind: CycleReview(rawValue: try row.text("kind")) ?? .finding,
                day: KoreanDay(number: try row.integer("day")), heads: try row.integer("heads"),
                findings: try row.optionalText("findings"))
        }
    }
}
