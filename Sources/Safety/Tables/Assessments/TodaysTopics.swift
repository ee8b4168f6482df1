import Record
import Store
import Twin

/// What today's tool-box meeting should speak about: the work that needs a permit today, and what remains unacceptable
/// where people work.
enum TodaysTopics {
    /// The most that is offered of each: more than that nobody remembers.
    private static let most = 6

    /// Today's permits at a site, then its hazards that are not acceptable now, the worst first.
    static func of(
        _ site: ThingID, at now: Timestamp, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [String] {
        try permits(site, on: KoreanDay(now), for: tenant, in: reader)
            + hazards(site, at: now, for: tenant, in: reader)
    }

    /// The permits of a day at a site that are not closed.
    static func open(
        _ site: ThingID, on day: KoreanDay, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [Permit] {
        try PermitTable.list(from: day.start, to: (day + 1).start, for: tenant, in: reader).filter { permit in
            try permit.isOpen && Things.path(to: permit.thing, for: tenant, in: reader).contains { $0.id == site }
        }
    }

    private static func permits(
        _ site: ThingID, on day: KoreanDay, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [String] {
        try open(site, on: day, for: tenant, in: reader).prefix(most).map { permit in
            let place = try Things.find(permit.thing, for: tenant, in: reader)?.name.ko
            return place.map { "\(permit.work) (\($0))" } ?? permit.work
        }
    }

    private static func hazards(
        _ site: ThingID, at now: Timestamp, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [String] {
        let own = tenant.condition(column: "a.scope")
        return try reader.query(
            """
            SELECT h.description, MAX(CASE WHEN h.residual_until <= ? THEN h.inherent_band ELSE h.residual_band END)
            AS band FROM safety_assessments a JOIN safety_assessment_hazards h ON h.assessment = a.id
            WHERE a.site = ? AND h.removed = 0 AND \(own.sql)
            AND (CASE WHEN h.residual_until <= ? THEN h.inherent_band ELSE h.residual_band END) >= ?
            GROUP BY h.description ORDER BY band DESC, h.description LIMIT \(most)
            """,
            [.integer(now.microseconds), .text(site.rawValue)] + own.arguments
                + [.integer(now.microseconds), .integer(Int64(RiskBand.high.rank))]
        ).map { try $0.text("description") }
    }
}
