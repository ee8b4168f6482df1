import District
import Record
import Store

/// Counts behind the leading figures, out of the tables of the subjects they tell of.
enum LeadingTable {
    /// What is counted: from one day to another (the last not included), of one firm or of all that may be seen.
    struct Span: Sendable {
        let first: KoreanDay, end: KoreanDay
        let firm: FirmID?

        fileprivate func only(_ column: String = "scope") -> (sql: String, arguments: [SQLValue]) {
            firm.map { (" AND \(column) = ?", [.text(Scope.firm($0).text)]) } ?? ("", [])
        }
    }

    static func leading(
        _ span: Span, at now: Timestamp, for tenant: some Tenancy, in reader: any Reader
    ) throws -> Leading {
        let (own, only) = (tenant.condition(column: "scope"), span.only())
        let (condition, arguments) = ("\(own.sql)\(only.sql)", own.arguments + only.arguments)
        var leading = Leading()
        let end = min(span.end, KoreanDay(now))
        for row in try reader.query(
            """
            SELECT band, COUNT(*) AS total, SUM(CASE WHEN completed <= first_due THEN 1 ELSE 0 END) AS done
            FROM safety_zone_actions WHERE first_due >= ? AND first_due < ?
            AND NOT (completed IS NULL AND ended IS NOT NULL AND ended <= first_due) AND \(condition) GROUP BY band
            """, [.integer(span.first.number), .integer(end.number)] + arguments)
        {
            leading.inTime[RiskBand(rank: Int(try row.integer("band")))] = MeasuredShare(
                count: try row.optionalInteger("done") ?? 0, total: try row.integer("total"))
        }
        if let row = try reader.first(
            """
            SELECT COUNT(*) AS total,
                COALESCE(SUM(CASE WHEN is_good = 1 AND valid_until > ? THEN 1 ELSE 0 END), 0) AS verified,
                COALESCE(SUM(CASE WHEN step IN ('elimination', 'substitution', 'engineering') THEN 1 ELSE 0 END), 0)
                AS engineered
            FROM safety_assessment_controls WHERE \(condition)
            """, [.integer(now.microseconds)] + arguments)
        {
            let total = try row.integer("total")
            leading.verified = MeasuredShare(count: try row.integer("verified"), total: total)
            leading.engineered = MeasuredShare(count: try row.integer("engineered"), total: total)
        }
        let moments: [SQLValue] = [
            .integer(span.first.start.microseconds), .integer(span.end.start.microseconds),
        ]
        leading.reports =
            try reader.first(
                """
                SELECT COUNT(*) AS many FROM safety_hazards
                WHERE raised >= ? AND raised < ? AND alarm IS NULL AND \(condition)
                """, moments + arguments)?.integer("many") ?? 0
        for row in try reader.query(
            "SELECT stopped, answered FROM safety_stops WHERE stopped >= ? AND stopped < ? AND \(condition)",
            moments + arguments)
        {
            if let answered = try row.optionalInteger("answered") {
                leading.answers.append(Double(answered - (try row.integer("stopped"))) / 60e6)
            } else {
                leading.unanswered += 1
            }
        }
        leading.answers.sort()
        for row in try reader.query(
            "SELECT seconds FROM safety_drill_times WHERE day >= ? AND day < ? AND \(condition)",
            [.integer(span.first.number), .integer(span.end.number)] + arguments)
        {
            if let seconds = try row.optionalReal("seconds") {
                leading.accounted.append(seconds / 60)
            } else {
                leading.unaccounted += 1
            }
        }
        return leading
    }
}
