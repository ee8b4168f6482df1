import Access
import District
import Record
import Store

/// The calibration ledger: what was predicted, on what data, how good such predictions were, and what became of each.
enum ForecastTable {
    static let predicted = "transition.openings.predicted"
    static let scored = "transition.openings.scored"

    static let migration = Migration(
        "transition.forecast.001",
        [
            """
            CREATE TABLE transition_forecasts (
                id TEXT PRIMARY KEY, event TEXT NOT NULL, economy TEXT NOT NULL, basis TEXT NOT NULL,
                base BIGINT NOT NULL, target BIGINT NOT NULL, held TEXT NOT NULL, figures TEXT NOT NULL,
                past TEXT NOT NULL, scope TEXT NOT NULL, at BIGINT NOT NULL, scored BIGINT, scored_on TEXT)
            """,
            "CREATE INDEX transition_forecasts_economy ON transition_forecasts (economy, at)",
            """
            CREATE TABLE transition_predictions (
                forecast TEXT NOT NULL, region TEXT NOT NULL, place BIGINT NOT NULL, industry TEXT NOT NULL,
                odds DOUBLE PRECISION NOT NULL, entered BIGINT, is_judged BIGINT NOT NULL,
                PRIMARY KEY (forecast, region, place))
            """,
        ])

    static let projection = Projection(
        tables: ["transition_forecasts", "transition_predictions", "transition_forecast_odds"],
        types: [predicted, scored]
    ) { event, payload, writer in
        let forecast = payload["forecast"]?.text ?? ""
        guard event.type == predicted else { return try score(event, payload, forecast, writer) }
        // A forecast of many regions comes in several events; the first one says what it rests on.
        if payload["part"]?.integer == 0 {
            try writer.execute(
                """
                INSERT INTO transition_forecasts
                    (id, event, economy, basis, base, target, held, figures, past, scope, at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .text(forecast), .text(event.id.description), .text(payload["economy"]?.text ?? ""),
                    .text(payload["basis"]?.text ?? ""), .integer(payload["base"]?.integer ?? 0),
                    .integer(payload["target"]?.integer ?? 0), .text(payload["held"]?.text ?? ""),
                    .text((payload["figures"] ?? .array([])).canonicalText),
                    .text((payload["past"] ?? .array([])).canonicalText), .text(event.scope.text),
                    .integer(event.observed.microseconds),
                ])
        }
        let rows = (payload["items"]?.elements ?? []).map { item -> [SQLValue] in
            [
                .text(forecast), .text(item["region"]?.text ?? ""), .integer(item["place"]?.integer ?? 0),
                .text(item["industry"]?.text ?? ""), .real(item["odds"]?.double ?? 0), .integer(0),
            ]
        }
        try writer.insert(
            into: "transition_predictions",
            columns: ["forecast", "region", "place", "industry", "odds", "is_judged"], rows: rows)
        var sums: [Int: OddsTable.Sums] = [:]
        for item in payload["items"]?.elements ?? [] {
            sums[OddsRecord.row(of: item["odds"]?.double ?? 0), default: .init()].told += 1
        }
        try OddsTable.add(sums, to: forecast, in: writer)
    }

    private static func score(
        _ event: Event, _ payload: [String: JSON], _ forecast: String, _ writer: any Writer
    ) throws {
        // It comes in several events; it is scored once nothing is left.
        if payload["rest"]?.integer ?? 0 == 0 {
            try writer.execute(
                "UPDATE transition_forecasts SET scored = ?, scored_on = ? WHERE id = ?",
                [
                    .integer(payload["year"]?.integer ?? 0), .text(payload["version"]?.text ?? ""), .text(forecast),
                ])
        }
        let items = payload["items"]?.elements ?? []
        var open = try unjudged(of: forecast, in: items.compactMap { $0["region"]?.text }, writer)
        var sums: [Int: OddsTable.Sums] = [:]
        for item in items {
            let spot = Spot(region: item["region"]?.text ?? "", place: item["place"]?.integer ?? 0)
            // What was judged is not judged again: two nodes may have looked at the same time.
            guard let odds = open.removeValue(forKey: spot) else { continue }
            let place: [SQLValue] = [.text(forecast), .text(spot.region), .integer(spot.place)]
            sums[OddsRecord.row(of: odds), default: .init()].add(odds, item["entered"]?.bool)
            try writer.execute(
                """
                UPDATE transition_predictions SET is_judged = 1, entered = ?
                WHERE forecast = ? AND region = ? AND place = ?
                """,
                [item["entered"]?.bool.map { .flag($0) } ?? .null] + place)
        }
        try OddsTable.add(sums, to: forecast, in: writer)
    }

    /// Where a prediction stands in its forecast.
    struct Spot: Hashable {
        let region: String
        let place: Int64
    }

    /// The odds of what was not judged yet, of some regions of a forecast.
    static func unjudged(
        of forecast: String, in regions: [String], _ reader: any Reader
    ) throws -> [Spot: Double] {
        let regions = Set(regions).sorted()
        guard !regions.isEmpty else { return [:] }
        let marks = regions.map { _ in "?" }.joined(separator: ", ")
        let rows = try reader.query(
            """
            SELECT region, place, odds FROM transition_predictions
            WHERE forecast = ? AND is_judged = 0 AND region IN (\(marks))
            """, [.text(forecast)] + regions.map { .text($0) })
        return Dictionary(
            try rows.map { (Spot(region: try $0.text("region"), place: try $0.integer("place")), try $0.real("odds")) },
            uniquingKeysWith: { first, _ in first })
    }

    /// Whether a forecast was scored: asked again where it is recorded, for another node may have been faster.
    static func isScored(_ forecast: String, in reader: any Reader) throws -> Bool {
        try reader.first("SELECT scored FROM transition_forecasts WHERE id = ?", [.text(forecast)])?
            .optionalInteger("scored") != nil
    }

    /// Whether these very data were predicted from.
    static func isTold(_ economy: String, basis: String, in reader: any Reader) throws -> Bool {
        try reader.first(
            "SELECT id FROM transition_forecasts WHERE economy = ? AND basis = ?", [.text(economy), .text(basis)])
            != nil
    }

    /// Whether any statistics were withdrawn that a forecast rests on, which its event names.
    static func isWithdrawn(event: String, in reader: any Reader) throws -> Bool {
        guard let id = Identifier(event), let event = try RecordLog(clock: Timestamp.now).event(id, in: reader) else {
            return false
        }
        let versions = (event.payload["versions"]?.elements ?? []).compactMap(\.text)
        guard !versions.isEmpty else { return false }
        let marks = versions.map { _ in "?" }.joined(separator: ", ")
        return try reader.first(
            "SELECT id FROM transition_versions WHERE withdrawn IS NOT NULL AND id IN (\(marks))",
            versions.map { .text($0) }) != nil
    }

    /// One forecast: what was said of all regions of an economy on a day.
    struct Forecast: Sendable {
        let id: String, event: String, economy: String, basis: String
        let base: Int, target: Int
        let held: String
        let figures: [JSON]
        let past: [JSON]
        /// To whom the Record shows it.
        let scope: Scope
        let at: Timestamp
        /// The year by whose statistics it was scored; nil where it is open.
        let scored: Int?

        /// How many of all cells looked at were entered, where the model was judged; nil where none was.
        var judged: (entered: Int64, count: Int64)? {
            guard let figure = figures.first, let count = figure["count"]?.integer, count > 0 else { return nil }
            return (figure["entered"]?.integer ?? 0, count)
        }

        /// The share of them.
        var baseRate: Double? { judged.map { Double($0.entered) / Double($0.count) } }
    }

    /// One prediction, and what became of it.
    struct Prediction: Sendable {
        let forecast: String, region: String
        let place: Int
        let industry: String
        let odds: Double
        /// Whether it came true; nil where it is open, or cannot be known.
        let entered: Bool?
        let isJudged: Bool
    }

    /// The forecasts that someone may see, the newest first.
    static func forecasts(
        of economy: String, for tenant: Tenant?, in reader: any Reader
    ) throws -> [Forecast] {
        try page(of: economy, for: tenant, limit: 100, offset: 0, in: reader).rows
    }

    /// A page of them.
    static func page(
        of economy: String, for tenant: Tenant?, limit: Int, offset: Int, in reader: any Reader
    ) throws -> Listing<Forecast> {
        let scope = tenant.forecasts(column: "scope")
        return try reader.listing(
            "*", from: "transition_forecasts WHERE economy = ? AND \(scope.sql)", [.text(economy)] + scope.arguments,
            order: "at DESC, id DESC", limit: limit, offset: offset
        ) { row in
            Forecast(
                id: try row.text("id"), event: try row.text("event"), economy: try row.text("economy"),
                basis: try row.text("basis"), base: Int(try row.integer("base")),
                target: Int(try row.integer("target")), held: try row.text("held"),
                figures: try JSON(parsing: try row.text("figures")).elements ?? [],
                past: try JSON(parsing: try row.text("past")).elements ?? [],
                scope: Scope(try row.text("scope")) ?? .zone, at: Timestamp(microseconds: try row.integer("at")),
                scored: try row.optionalInteger("scored").map(Int.init))
        }
    }

    /// What a forecast says, of one region or of all, in the order of its places. The forecast was asked for on
    /// somebody's behalf.
    static func predictions(
        of forecast: Forecast, region: String? = nil, limit: Int = 200_000, in reader: any Reader
    ) throws -> [Prediction] {
        try reader.query(
            """
            SELECT * FROM transition_predictions WHERE forecast = ?\(region == nil ? "" : " AND region = ?")
            ORDER BY region, place LIMIT ?
            """, [.text(forecast.id)] + (region.map { [.text($0)] } ?? []) + [.integer(Int64(limit))]
        ).map { row in
            Prediction(
                forecast: try row.text("forecast"), region: try row.text("region"),
                place: Int(try row.integer("place")), industry: try row.text("industry"), odds: try row.real("odds"),
                entered: try row.optionalInteger("entered").map { $0 != 0 }, isJudged: try row.flag("is_judged"))
        }
    }

    /// The regions of which anything was predicted that someone may see: as they are called.
    static func regions(for tenant: Tenant?, in reader: any Reader) throws -> [String] {
        let scope = tenant.forecasts(column: "f.scope")
        return try reader.query(
            """
            SELECT DISTINCT p.region AS region FROM transition_predictions p
            JOIN transition_forecasts f ON f.id = p.forecast WHERE \(scope.sql) ORDER BY p.region LIMIT ?
            """, scope.arguments + [.integer(Int64(Named.most))]
        ).map { try $0.text("region") }
    }

    /// The newest forecast that speaks of a region, of those that someone may see.
    static func newest(speakingOf region: String, for tenant: Tenant?, in reader: any Reader) throws -> String? {
        let scope = tenant.forecasts(column: "f.scope")
        return try reader.first(
            """
            SELECT f.economy AS economy FROM transition_forecasts f
            JOIN transition_predictions p ON p.forecast = f.id AND p.region = ? AND p.place = 1
            WHERE \(scope.sql) ORDER BY f.at DESC, f.id DESC LIMIT 1
            """, [.text(region)] + scope.arguments
        )?.text("economy")
    }
}
