import Access
import District
import Record
import Store

extension DemandTable {
    /// Something that is proposed to be ordered.
    struct Proposal: Sendable, Hashable {
        let id: String
        /// The event that proposed it.
        let event: Identifier
        let scope: Scope
        let centre: String
        let item: String
        let quantity: Int64
        /// By which day it must be ordered; nil where nobody said.
        let orderBy: KoreanDay?
        let reasons: [Words]
        let made: Timestamp
        /// Whether a model proposed it, rather than a reorder point that somebody set.
        let isModel: Bool
        let state: String
    }

    /// What one look forward said of an item, and what came of it where that is known.
    struct Told: Sendable, Hashable {
        let item: String
        /// The first of the seven days.
        let day: KoreanDay
        /// What the seven days bring together, and within what they lie in 80 of 100 cases; nil where too little is known.
        let range: Forecast.Interval?
        let method: String?
        let mase: Double?
        let coverage: Double?
    }

    /// What was asked for of each item since a day, by day.
    static func history(
        in centre: String, since day: Int, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [String: [(day: Int, quantity: Double)]] {
        let own = tenant.condition(column: "scope")
        var days: [String: [(day: Int, quantity: Double)]] = [:]
        for row in try reader.query(
            "SELECT item, day, quantity FROM fulfilment_demand WHERE centre = ? AND day >= ? AND \(own.sql)",
            [.text(centre), .integer(Int64(day))] + own.arguments)
        {
            days[try row.text("item"), default: []].append(
                (Int(try row.integer("day")), Double(try row.integer("quantity"))))
        }
        return days
    }

    /// Whether a centre's look forward of a day was had.
    static func isTold(of centre: String, on day: Int, for tenant: some Tenancy, in reader: any Reader) throws -> Bool {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT 1 AS told FROM fulfilment_forecasts WHERE centre = ? AND day = ? AND \(own.sql) LIMIT 1",
            [.text(centre), .integer(Int64(day))] + own.arguments) != nil
    }

    /// The last look forward of a centre.
    static func told(in centre: String, for tenant: some Tenancy, in reader: any Reader) throws -> [Told] {
        let own = tenant.condition(column: "scope")
        let scope = own.arguments
        return try reader.query(
            """
            SELECT * FROM fulfilment_forecasts WHERE centre = ? AND \(own.sql) AND day =
                (SELECT MAX(day) FROM fulfilment_forecasts WHERE centre = ? AND \(own.sql))
            ORDER BY mean IS NULL, mean DESC, item LIMIT 1000
            """, [.text(centre)] + scope + [.text(centre)] + scope
        ).map(told)
    }

    /// Looks forward whose seven days are over, with what came: for how good they really were.
    static func outcomes(
        in centre: String, before day: Int, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [(told: Told, came: Int64)] {
        let own = tenant.condition(column: "f.scope")
        return try reader.query(
            """
            SELECT f.*, COALESCE((SELECT SUM(d.quantity) FROM fulfilment_demand d WHERE d.scope = f.scope
                AND d.centre = f.centre AND d.item = f.item AND d.day >= f.day AND d.day < f.day + 7), 0) AS came
            FROM fulfilment_forecasts f WHERE f.centre = ? AND f.day + 7 <= ? AND f.mean IS NOT NULL AND \(own.sql)
            ORDER BY f.day DESC, f.item LIMIT 5000
            """, [.text(centre), .integer(Int64(day))] + own.arguments
        ).map { (try told($0), Int64(try $0.real("came"))) }
    }

    /// Proposals in a state, what must be ordered first, first.
    static func proposals(
        _ state: String = "open", at centre: String? = nil, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [Proposal] {
        let own = tenant.condition(column: "scope")
        let within = centre == nil ? "" : " AND centre = ?"
        return try reader.query(
            """
            SELECT * FROM fulfilment_proposals WHERE state = ?\(within) AND \(own.sql)
            ORDER BY order_by, made, id LIMIT 1000
            """, [.text(state)] + (centre.map { [.text($0)] } ?? []) + own.arguments
        ).compactMap(proposal)
    }

    static func proposal(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> Proposal? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM fulfilment_proposals WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).flatMap(proposal)
    }

    private static func told(_ row: Row) throws -> Told {
        let range = try row.optionalReal("mean").map { mean in
            Forecast.Interval(
                mean: mean, low: try row.optionalReal("low") ?? mean, high: try row.optionalReal("high") ?? mean)
        }
        return Told(
            item: try row.text("item"), day: KoreanDay(number: try row.integer("day")), range: range,
            method: try row.optionalText("method"), mase: try row.optionalReal("mase"),
            coverage: try row.optionalReal("coverage"))
    }

    private static func proposal(_ row: Row) throws -> Proposal? {
        guard let event = Identifier(try row.text("event")) else { return nil }
        let reasons = (try JSON(parsing: try row.text("reasons")).elements ?? []).map {
            Words($0["ko"]?.text ?? "", $0["en"]?.text ?? "")
        }
        return Proposal(
            id: try row.text("id"), event: event, scope: Scope(try row.text("scope")) ?? .zone,
            centre: try row.text("centre"), item: try row.text("item"), quantity: try row.integer("quantity"),
            orderBy: try row.optionalInteger("order_by").map { KoreanDay(number: $0) }, reasons: reasons,
            made: Timestamp(microseconds: try row.integer("made")), isModel: try row.flag("is_model"),
            state: try row.text("state"))
    }
}
