import Record
import Store

/// What today's tool-box meeting should speak about: what remains unacceptable where people work.
enum TodaysTopics {
    /// The hazards of a site that are not acceptable now, the worst first.
    static func of(
        _ site: ThingID, at now: Timestamp, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [String] {
        let own = tenant.condition(column: "a.scope")
        return try reader.query(
            """
            SELECT h.description, MAX(CASE WHEN h.residual_until <= ? THEN h.inherent_band ELSE h.residual_band END)
            AS band FROM safety_assessments a JOIN safety_assessment_hazards h ON h.assessment = a.id
            WHERE a.site = ? AND h.removed = 0 AND \(own.sql)
            AND (CASE WHEN h.residual_until <= ? THEN h.inherent_band ELSE h.residual_band END) >= ?
            GROUP BY h.description ORDER BY band DESC, h.description LIMIT 8
            """,
            [.integer(now.microseconds), .text(site.rawValue)] + own.arguments
                + [.integer(now.microseconds), .integer(Int64(RiskBand.high.rank))]
        ).map { try $0.text("description") }
    }
}
