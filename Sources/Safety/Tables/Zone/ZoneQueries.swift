import District
import Record
import Store

/// What the zone sees of a firm, in one row.
struct ZoneFirm: Sendable, Hashable {
    let firm: FirmID
    let name: String
    /// Nil where not known.
    let headcount: Int?
    /// Duties without evidence this half-year; nil where the firm's half-year has not been counted yet.
    let missing: Int64?
    /// Overdue actions by band, low to severe.
    let overdue: [Int64]
    /// Days overdue weighed by band.
    let weight: Int64
    /// Accepted severe hazards that are not mended.
    let severe: Int64
    /// The last tool-box meeting and the last inspection; nil where there never was one.
    let lastMeeting: KoreanDay?, lastInspection: KoreanDay?
}

/// Questions of the zone's officers.
enum ZoneQueries {
    /// What the table can be sorted by.
    static let sortable = ["missing", "overdue", "severe", "meeting", "inspection", "headcount", "name"]

    /// Which firms are listed.
    enum View: String, CaseIterable, Sendable {
        case all, missing, overdue, severe

        fileprivate var condition: String {
            switch self {
            case .all: "1 = 1"
            // A firm whose half-year has not been counted has no evidence: what is not known is not complete.
            case .missing: "(s.firm IS NULL OR s.required > s.evidenced)"
            case .overdue: "COALESCE(o.many, 0) > 0"
            case .severe: "COALESCE(h.many, 0) > 0"
            }
        }
    }

    /// What is asked of the table.
    struct Question: Sendable {
        var view = View.all
        var words = ""
        var sort = "overdue"
        var descending = true
        var limit = 50
        var offset = 0
        /// The half-year whose evidence is counted, and today.
        let period: HalfYear
        let today: KoreanDay
        /// How heavily a day overdue counts, by band.
        let weights: [RiskBand: Int64]
    }

    /// A page of firms.
    static func firms(
        _ question: Question, for tenant: some Tenancy, in reader: any Reader
    ) throws -> Listing<ZoneFirm> {
        let own = tenant.condition(column: "f.scope")
        var (condition, arguments) = ("\(own.sql) AND \(question.view.condition)", own.arguments)
        if !question.words.isEmpty {
            condition += " AND f.words LIKE ? ESCAPE '!'"
            arguments.append(.pattern(containing: question.words))
        }
        let today = SQLValue.integer(question.today.number)
        let weights = RiskBand.allCases.map { SQLValue.integer(question.weights[$0] ?? 1) }
        let source = """
            safety_firms f
            LEFT JOIN safety_duty_state s ON s.firm = f.firm AND s.period = ?
            LEFT JOIN (
                SELECT firm, COUNT(*) AS many, SUM(CASE WHEN band = 0 THEN 1 ELSE 0 END) AS low,
                    SUM(CASE WHEN band = 1 THEN 1 ELSE 0 END) AS medium,
                    SUM(CASE WHEN band = 2 THEN 1 ELSE 0 END) AS high,
                    SUM(CASE WHEN band = 3 THEN 1 ELSE 0 END) AS severe,
                    SUM((CAST(? AS BIGINT) - first_due) * CASE band WHEN 0 THEN CAST(? AS BIGINT)
                        WHEN 1 THEN CAST(? AS BIGINT) WHEN 2 THEN CAST(? AS BIGINT) ELSE CAST(? AS BIGINT) END) AS weight
                FROM safety_zone_actions WHERE ended IS NULL AND completed IS NULL AND first_due < ? GROUP BY firm
            ) o ON o.firm = f.firm
            LEFT JOIN (
                SELECT firm, COUNT(*) AS many FROM safety_zone_hazards WHERE is_open = 1 AND band = 3 GROUP BY firm
            ) h ON h.firm = f.firm
            LEFT JOIN safety_zone_firms z ON z.firm = f.firm
            WHERE \(condition)
            """
        return try reader.listing(
            """
            f.firm AS firm, f.name AS name, f.headcount AS headcount, s.required - s.evidenced AS missing,
            COALESCE(o.low, 0) AS low, COALESCE(o.medium, 0) AS medium, COALESCE(o.high, 0) AS high,
            COALESCE(o.severe, 0) AS severe, COALESCE(o.weight, 0) AS weight, COALESCE(h.many, 0) AS hazards,
            z.last_meeting AS meeting, z.last_inspection AS inspection
            """,
            from: source, [.text(question.period.description), today] + weights + [today] + arguments,
            order: "\(order(question)), f.firm", limit: question.limit, offset: question.offset, row)
    }

    /// What is not known sorts with the worst.
    private static func order(_ question: Question) -> String {
        let down = question.descending ? "DESC" : "ASC"
        return switch question.sort {
        case "missing": "COALESCE(s.required - s.evidenced, 1000) \(down)"
        case "severe": "COALESCE(h.many, 0) \(down), COALESCE(o.weight, 0) DESC"
        case "meeting": "COALESCE(z.last_meeting, 0) \(down)"
        case "inspection": "COALESCE(z.last_inspection, 0) \(down)"
        case "headcount": "COALESCE(f.headcount, 0) \(down)"
        case "name": "f.name \(down)"
        default: "COALESCE(o.weight, 0) \(down)"
        }
    }

    private static func row(_ row: Row) throws -> ZoneFirm {
        func day(_ column: String) throws -> KoreanDay? {
            try row.optionalInteger(column).map { KoreanDay(number: $0) }
        }
        return ZoneFirm(
            firm: FirmID(try row.text("firm")), name: try row.text("name"),
            headcount: try row.optionalInteger("headcount").map { Int($0) },
            missing: try row.optionalInteger("missing"),
            overdue: try ["low", "medium", "high", "severe"].map { try row.integer($0) },
            weight: try row.integer("weight"), severe: try row.integer("hazards"), lastMeeting: try day("meeting"),
            lastInspection: try day("inspection"))
    }

    /// What the whole zone stands at.
    struct Totals: Sendable, Hashable {
        /// Overdue actions by band, low to severe.
        let overdue: [Int64]
        /// Accepted severe hazards that are not mended, and the firms that have one.
        let severe: Int64, severeFirms: Int64
    }

    static func totals(on today: KoreanDay, for tenant: some Tenancy, in reader: any Reader) throws -> Totals {
        let own = tenant.condition(column: "scope")
        var overdue: [Int64] = [0, 0, 0, 0]
        for row in try reader.query(
            """
            SELECT band, COUNT(*) AS many FROM safety_zone_actions
            WHERE ended IS NULL AND completed IS NULL AND first_due < ? AND \(own.sql) GROUP BY band
            """, [.integer(today.number)] + own.arguments)
        {
            let band = Int(try row.integer("band"))
            if overdue.indices.contains(band) { overdue[band] = try row.integer("many") }
        }
        let severe = try reader.first(
            """
            SELECT COUNT(*) AS many, COUNT(DISTINCT firm) AS firms FROM safety_zone_hazards
            WHERE is_open = 1 AND band = 3 AND \(own.sql)
            """, own.arguments)
        return Totals(
            overdue: overdue, severe: try severe?.integer("many") ?? 0, severeFirms: try severe?.integer("firms") ?? 0)
    }
}
