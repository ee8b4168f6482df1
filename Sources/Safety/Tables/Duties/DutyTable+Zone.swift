import Record
import Store

/// What a firm's half-year stands at, as the zone's table has it.
struct FirmDutyState: Sendable, Hashable {
    let firm: FirmID
    let name: String
    let headcount: Int?
    /// Duties that are due whose standing does not depend on today.
    let required: Int64
    /// Of these, those that have evidence.
    let evidenced: Int64
    /// Of these, those that are signed too.
    let complete: Int64
    /// When the half-year was closed; nil while it is open.
    let closed: Timestamp?

    /// Duties without evidence.
    var missing: Int64 { required - evidenced }
}

extension DutyTable {
    /// How the zone's table may be sorted.
    static let sortable = ["missing", "name", "headcount"]

    /// The firms that a tenant may see with what their half-year lacks. A firm whose row is not there yet has no
    /// evidence: what is not known is not complete.
    static func missing(
        in period: HalfYear, containing words: String = "", sort: String = "missing", descending: Bool = true,
        limit: Int = 50, offset: Int = 0, for tenant: some Tenancy, in reader: any Reader
    ) throws -> Listing<FirmDutyState> {
        let own = tenant.condition(column: "f.scope")
        // The count needs no join: every firm has at most one row of a half-year.
        var (condition, arguments) = (own.sql, own.arguments)
        if !words.isEmpty {
            condition += " AND f.words LIKE ? ESCAPE '!'"
            arguments.append(.pattern(containing: words))
        }
        let total =
            try reader.first("SELECT COUNT(*) AS total FROM safety_firms f WHERE \(condition)", arguments)?
            .integer("total") ?? 0
        let column = sort == "name" ? "f.name" : sort == "headcount" ? "COALESCE(f.headcount, 0)" : "missing"
        let rows = try reader.query(
            """
            SELECT f.firm AS firm, f.name AS name, f.headcount AS headcount, s.required AS required,
              s.evidenced AS evidenced, s.complete AS complete, s.closed AS closed,
              COALESCE(s.required - s.evidenced, 1000) AS missing
            FROM safety_firms f LEFT JOIN safety_duty_state s ON s.firm = f.firm AND s.period = ?
            WHERE \(condition) ORDER BY \(column) \(descending ? "DESC" : "ASC"), f.firm LIMIT ? OFFSET ?
            """,
            [.text(period.description)] + arguments + [
                .integer(Int64(min(max(limit, 1), 2000))), .integer(Int64(max(offset, 0))),
            ])
        return Listing(rows: try rows.map(state), total: total)
    }

    /// What every firm's half-year lacks, by firm, for whoever ranks them.
    static func missing(
        byFirmIn period: HalfYear, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [FirmID: FirmDutyState] {
        let own = tenant.condition(column: "f.scope")
        let rows = try reader.query(
            """
            SELECT f.firm AS firm, f.name AS name, f.headcount AS headcount, s.required AS required,
              s.evidenced AS evidenced, s.complete AS complete, s.closed AS closed
            FROM safety_firms f LEFT JOIN safety_duty_state s ON s.firm = f.firm AND s.period = ? WHERE \(own.sql)
            """, [.text(period.description)] + own.arguments)
        return Dictionary(uniqueKeysWithValues: try rows.map { (FirmID(try $0.text("firm")), try state($0)) })
    }

    /// How many firms lack evidence, how many lack none, and how many have closed.
    static func summary(
        of period: HalfYear, for tenant: some Tenancy, in reader: any Reader
    ) throws -> (firms: Int64, lacking: Int64, closed: Int64) {
        let own = tenant.condition(column: "f.scope")
        let row = try reader.first(
            """
            SELECT COUNT(*) AS firms, COUNT(s.closed) AS closed,
              COALESCE(SUM(CASE WHEN s.firm IS NULL OR s.required > s.evidenced THEN 1 ELSE 0 END), 0) AS lacking
            FROM safety_firms f LEFT JOIN safety_duty_state s ON s.firm = f.firm AND s.period = ? WHERE \(own.sql)
            """, [.text(period.description)] + own.arguments)
        return (
            try row?.integer("firms") ?? 0, try row?.integer("lacking") ?? 0, try row?.integer("closed") ?? 0
        )
    }

    private static func state(_ row: Row) throws -> FirmDutyState {
        FirmDutyState(
            firm: FirmID(try row.text("firm")), name: try row.text("name"),
            headcount: try row.optionalInteger("headcount").map { Int($0) },
            required: try row.optionalInteger("required") ?? 0, evidenced: try row.optionalInteger("evidenced") ?? 0,
            complete: try row.optionalInteger("complete") ?? 0,
            closed: try row.optionalInteger("closed").map { Timestamp(microseconds: $0) })
    }
}
