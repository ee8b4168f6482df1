import District
import Record
import Store

/// A change of stage.
struct InvestmentMove: Sendable, Hashable {
    let stage: InvestmentStage
    let day: KoreanDay
    let reason: String
}

extension InvestmentTable {
    private static let most = Named.most

    /// The rows of a table that a tenant may see; of one case where it is named.
    private static func rows(
        _ table: String, of id: String?, order: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [Row] {
        let own = tenant.condition(column: "scope")
        let (more, named): (String, [SQLValue]) = id.map { ("AND case_id = ?", [.text($0)]) } ?? ("", [])
        return try reader.query(
            "SELECT * FROM \(table) WHERE \(own.sql) \(more) ORDER BY \(order) LIMIT \(most)", own.arguments + named)
    }

    private static func day(_ row: Row, _ column: String) throws -> KoreanDay {
        KoreanDay(number: try row.integer(column))
    }

    /// The cases that a tenant may see, those that moved last first.
    static func list(for tenant: some Tenancy, in reader: any Reader) throws -> [InvestmentCase] {
        try rows("alliance_investment_cases", of: nil, order: "since DESC, id DESC", for: tenant, in: reader)
            .map(found)
    }

    /// A case that a tenant may see.
    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> InvestmentCase? {
        try row("alliance_investment_cases", id, for: tenant, in: reader).map(found)
    }

    /// How a case moved, the latest first.
    static func moves(of id: String, for tenant: some Tenancy, in reader: any Reader) throws -> [InvestmentMove] {
        try rows("alliance_investment_moves", of: id, order: "day DESC, id DESC", for: tenant, in: reader).map { row in
            InvestmentMove(
                stage: InvestmentStage(rawValue: try row.text("stage")) ?? .lead, day: try day(row, "day"),
                reason: try row.text("reason"))
        }
    }

    /// The incentives that a tenant may see; of one case where it is named.
    static func incentives(of id: String? = nil, for tenant: some Tenancy, in reader: any Reader) throws
        -> [Incentive]
    {
        try rows("alliance_investment_incentives", of: id, order: "due, id", for: tenant, in: reader).map(incentive)
    }

    /// An incentive that a tenant may see.
    static func incentive(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> Incentive? {
        try row("alliance_investment_incentives", id, for: tenant, in: reader).map(incentive)
    }

    /// The incentives whose payment or condition is past its day: those that somebody may have to look at.
    static func dueIncentives(on day: KoreanDay, for tenant: some Tenancy, in reader: any Reader) throws
        -> [Incentive]
    {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT * FROM alliance_investment_incentives
            WHERE \(own.sql) AND (jobs_by < ? OR (due < ? AND paid < promised)) ORDER BY due, id
            """, own.arguments + [.integer(day.number), .integer(day.number)]
        ).map(incentive)
    }

    /// The obstacles that a tenant may see, those due first first; of one case where it is named.
    static func obstacles(of id: String? = nil, for tenant: some Tenancy, in reader: any Reader) throws -> [Obstacle] {
        try rows("alliance_investment_obstacles", of: id, order: "due, id", for: tenant, in: reader).map(obstacle)
    }

    /// An obstacle that a tenant may see.
    static func obstacle(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> Obstacle? {
        try row("alliance_investment_obstacles", id, for: tenant, in: reader).map(obstacle)
    }

    /// The obstacles that somebody must still decide, those due first first.
    static func openObstacles(for tenant: some Tenancy, in reader: any Reader) throws -> [Obstacle] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT * FROM alliance_investment_obstacles
            WHERE \(own.sql) AND (decision IS NULL OR decision = 'deferred') ORDER BY due, id
            """, own.arguments
        ).map(obstacle)
    }

    /// The counts of jobs that a tenant may see, latest first; of one case where it is named.
    static func counts(of id: String? = nil, for tenant: some Tenancy, in reader: any Reader) throws -> [JobCount] {
        try rows("alliance_investment_jobs", of: id, order: "day DESC, id DESC", for: tenant, in: reader).map(count)
    }

    /// The newest count of each case as a whole, which is what tells whether a condition was kept.
    static func newestCounts(for tenant: some Tenancy, in reader: any Reader) throws -> [String: [JobCount]] {
        let own = tenant.condition(column: "j.scope")
        let counts = try reader.query(
            "SELECT j.* FROM alliance_investment_jobs j WHERE \(own.sql) AND j.programme = ? AND \(isNewest)",
            own.arguments + [.text(JobCount.whole)]
        ).map(count)
        return Dictionary(grouping: counts, by: \.caseID)
    }

    /// Nothing was counted later for the same case and programme.
    private static let isNewest = """
        NOT EXISTS (
            SELECT 1 FROM alliance_investment_jobs b WHERE b.case_id = j.case_id AND b.programme = j.programme
            AND (b.day > j.day OR (b.day = j.day AND b.id > j.id)))
        """

    /// What everybody may know: the newest counts, of nobody by name. Of a case that was lost no job is there any more;
    /// that it created some stays true.
    static func totals(in reader: any Reader) throws -> (stages: [InvestmentStage: Int], counts: [JobCount]) {
        var stages: [InvestmentStage: Int] = [:]
        for row in try reader.query("SELECT stage, COUNT(*) AS cases FROM alliance_investment_cases GROUP BY stage") {
            guard let stage = InvestmentStage(rawValue: try row.text("stage")) else { continue }
            stages[stage] = Int(try row.integer("cases"))
        }
        let counts = try reader.query(
            """
            SELECT j.*, c.stage AS stage FROM alliance_investment_jobs j
            JOIN alliance_investment_cases c ON c.id = j.case_id WHERE \(isNewest) ORDER BY j.id
            """
        ).map { row in
            let counted = try count(row)
            return try row.text("stage") == InvestmentStage.lost.rawValue ? counted.lost : counted
        }
        return (stages, counts)
    }

    /// A row of a table that a tenant may see.
    private static func row(_ table: String, _ id: String, for tenant: some Tenancy, in reader: any Reader) throws
        -> Row?
    {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM \(table) WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments)
    }

    private static func incentive(_ row: Row) throws -> Incentive {
        Incentive(
            id: try row.text("id"), caseID: try row.text("case_id"), what: try row.text("what"),
            promised: try row.integer("promised"), paid: try row.integer("paid"), due: try day(row, "due"),
            jobs: try row.optionalInteger("jobs"),
            jobsBy: try row.optionalInteger("jobs_by").map { KoreanDay(number: $0) })
    }

    private static func obstacle(_ row: Row) throws -> Obstacle {
        Obstacle(
            id: try row.text("id"), caseID: try row.text("case_id"), what: try row.text("what"),
            rule: try row.text("rule"), decider: try row.text("decider"), raised: try day(row, "raised"),
            due: try day(row, "due"),
            decision: try row.optionalText("decision").flatMap { Obstacle.Decision(rawValue: $0) },
            decided: try row.optionalInteger("decided").map { KoreanDay(number: $0) },
            reason: try row.text("reason"),
            corrected: try row.text("corrected"))
    }

    private static func count(_ row: Row) throws -> JobCount {
        JobCount(
            id: try row.text("id"), caseID: try row.text("case_id"), programme: try row.text("programme"),
            day: try day(row, "day"), created: try row.integer("created"), kept: try row.integer("kept"),
            youth: try row.optionalInteger("youth"), skilled: try row.optionalInteger("skilled"),
            youthRule: try row.text("youth_rule"), source: try row.text("source"))
    }

    private static func found(_ row: Row) throws -> InvestmentCase {
        InvestmentCase(
            id: try row.text("id"), name: try row.text("name"), firm: try row.optionalText("firm").map { FirmID($0) },
            scope: Scope(try row.text("scope")) ?? .zone,
            kind: InvestmentKind(rawValue: try row.text("kind")) ?? .domestic,
            size: InvestmentSize(rawValue: try row.text("size")) ?? .small,
            headcount: try row.optionalInteger("headcount"), sector: try row.text("sector"),
            amount: try row.optionalInteger("amount"), jobs: try row.optionalInteger("jobs"),
            tasks: Set(try row.text("tasks").split(separator: " ").compactMap { InvestmentTask(rawValue: String($0)) }),
            stage: InvestmentStage(rawValue: try row.text("stage")) ?? .lead, since: try day(row, "since"))
    }
}
