import Access
import District
import Record
import Store

/// What each forecast said and what came of it, added up by classes of odds: a page reads eight rows of it, not every
/// prediction.
enum OddsTable {
    static let migration = Migration(
        "transition.forecast.002",
        [
            """
            CREATE TABLE transition_forecast_odds (
                forecast TEXT NOT NULL, class BIGINT NOT NULL, told BIGINT NOT NULL, judged BIGINT NOT NULL,
                entered BIGINT NOT NULL, unknown BIGINT NOT NULL, sum DOUBLE PRECISION NOT NULL,
                squares DOUBLE PRECISION NOT NULL, PRIMARY KEY (forecast, class))
            """,
            // Forecasts that were made before there was this table.
            backfill,
        ])

    /// Adds up the forecasts that were made before there was this table.
    static var backfill: String {
        """
        INSERT INTO transition_forecast_odds (forecast, class, told, judged, entered, unknown, sum, squares)
        SELECT forecast, \(sqlClass) AS class, COUNT(*),
            SUM(CASE WHEN entered IS NULL THEN 0 ELSE 1 END), SUM(CASE WHEN entered = 1 THEN 1 ELSE 0 END),
            SUM(CASE WHEN is_judged = 1 AND entered IS NULL THEN 1 ELSE 0 END),
            SUM(CASE WHEN entered IS NULL THEN 0 ELSE odds END),
            SUM(CASE WHEN entered IS NULL THEN 0 ELSE (odds - entered) * (odds - entered) END)
        FROM transition_predictions GROUP BY forecast, \(sqlClass)
        """
    }

    /// The class of `odds`, as ``OddsRecord`` has it.
    private static var sqlClass: String {
        let cases = OddsRecord.bounds.indices.dropFirst().reversed().map {
            "WHEN odds >= \(OddsRecord.bounds[$0]) THEN \($0)"
        }
        return "CASE \(cases.joined(separator: " ")) ELSE 0 END"
    }

    /// One class of a forecast.
    struct Sums: Sendable {
        var told: Int64 = 0, judged: Int64 = 0, entered: Int64 = 0, unknown: Int64 = 0
        var sum = 0.0, squares = 0.0

        /// Adds what became of a prediction; nil where nobody knows.
        mutating func add(_ odds: Double, _ came: Bool?) {
            guard let came else {
                unknown += 1
                return
            }
            judged += 1
            entered += came ? 1 : 0
            sum += odds
            squares += (odds - (came ? 1 : 0)) * (odds - (came ? 1 : 0))
        }
    }

    /// Adds what one event says, class by class.
    static func add(_ sums: [Int: Sums], to forecast: String, in writer: any Writer) throws {
        for (place, sums) in sums.sorted(by: { $0.key < $1.key }) {
            try writer.execute(
                """
                INSERT INTO transition_forecast_odds (forecast, class, told, judged, entered, unknown, sum, squares)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (forecast, class) DO UPDATE SET
                    told = transition_forecast_odds.told + excluded.told,
                    judged = transition_forecast_odds.judged + excluded.judged,
                    entered = transition_forecast_odds.entered + excluded.entered,
                    unknown = transition_forecast_odds.unknown + excluded.unknown,
                    sum = transition_forecast_odds.sum + excluded.sum,
                    squares = transition_forecast_odds.squares + excluded.squares
                """,
                [
                    .text(forecast), .integer(Int64(place)), .integer(sums.told), .integer(sums.judged),
                    .integer(sums.entered), .integer(sums.unknown), .real(sums.sum), .real(sums.squares),
                ])
        }
    }

    /// What one forecast, or many, said and what came of it.
    struct Tally: Sendable {
        var told: Int64 = 0, unknown: Int64 = 0
        var record = OddsRecord()
    }

    /// The tally of one forecast. It was asked for on somebody's behalf.
    static func tally(of forecast: ForecastTable.Forecast, in reader: any Reader) throws -> Tally {
        try tally(
            "SELECT class, told, judged, entered, unknown, sum, squares FROM transition_forecast_odds WHERE forecast = ?",
            [.text(forecast.id)], in: reader)
    }

    /// The tally of all forecasts of an economy that someone may see.
    static func tally(of economy: String, for tenant: Tenant?, in reader: any Reader) throws -> Tally {
        let scope = tenant.forecasts(column: "f.scope")
        return try tally(
            """
            SELECT o.class AS class, CAST(SUM(o.told) AS BIGINT) AS told, CAST(SUM(o.judged) AS BIGINT) AS judged, CAST(SUM(o.entered) AS BIGINT) AS entered,
                CAST(SUM(o.unknown) AS BIGINT) AS unknown, SUM(o.sum) AS sum, SUM(o.squares) AS squares
            FROM transition_forecasts f JOIN transition_forecast_odds o ON o.forecast = f.id
            WHERE f.economy = ? AND \(scope.sql) GROUP BY o.class
            """, [.text(economy)] + scope.arguments, in: reader)
    }

    private static func tally(_ sql: String, _ arguments: [SQLValue], in reader: any Reader) throws -> Tally {
        var tally = Tally()
        for row in try reader.query(sql, arguments) {
            tally.told += try row.integer("told")
            tally.unknown += try row.integer("unknown")
            tally.record.add(
                class: Int(try row.integer("class")), count: Int(try row.integer("judged")),
                entered: Int(try row.integer("entered")), sum: try row.real("sum"), squares: try row.real("squares"))
        }
        return tally
    }
}
