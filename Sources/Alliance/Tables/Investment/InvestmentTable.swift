import District
import Record
import Store

/// Cases of investment with their stages, incentives, obstacles and jobs.
enum InvestmentTable {
    static let migration = Migration(
        "alliance.investment.001",
        [
            """
            CREATE TABLE alliance_investment_cases (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, name TEXT NOT NULL, firm TEXT, kind TEXT NOT NULL,
                size TEXT NOT NULL, headcount BIGINT, sector TEXT NOT NULL, amount BIGINT, jobs BIGINT,
                tasks TEXT NOT NULL, stage TEXT NOT NULL, since BIGINT NOT NULL)
            """,
            "CREATE INDEX alliance_investment_cases_scope ON alliance_investment_cases (scope, since)",
            """
            CREATE TABLE alliance_investment_moves (
                id TEXT PRIMARY KEY, case_id TEXT NOT NULL, scope TEXT NOT NULL, stage TEXT NOT NULL,
                day BIGINT NOT NULL, reason TEXT NOT NULL)
            """,
            "CREATE INDEX alliance_investment_moves_case ON alliance_investment_moves (case_id, day)",
            """
            CREATE TABLE alliance_investment_incentives (
                id TEXT PRIMARY KEY, case_id TEXT NOT NULL, scope TEXT NOT NULL, what TEXT NOT NULL,
                promised BIGINT NOT NULL, paid BIGINT NOT NULL, due BIGINT NOT NULL, jobs BIGINT, jobs_by BIGINT)
            """,
            "CREATE INDEX alliance_investment_incentives_case ON alliance_investment_incentives (case_id)",
            """
            CREATE TABLE alliance_investment_obstacles (
                id TEXT PRIMARY KEY, case_id TEXT NOT NULL, scope TEXT NOT NULL, what TEXT NOT NULL,
                rule TEXT NOT NULL, decider TEXT NOT NULL, raised BIGINT NOT NULL, due BIGINT NOT NULL,
                decision TEXT, decided BIGINT, reason TEXT NOT NULL)
            """,
            "CREATE INDEX alliance_investment_obstacles_case ON alliance_investment_obstacles (case_id)",
            """
            CREATE TABLE alliance_investment_jobs (
                id TEXT PRIMARY KEY, case_id TEXT NOT NULL, scope TEXT NOT NULL, programme TEXT NOT NULL,
                day BIGINT NOT NULL, created BIGINT NOT NULL, kept BIGINT NOT NULL, youth BIGINT,
                youth_rule TEXT NOT NULL, skilled BIGINT, source TEXT NOT NULL)
            """,
            "CREATE INDEX alliance_investment_jobs_case ON alliance_investment_jobs (case_id, day)",
        ])

    /// Why a decision was put right.
    static let correctedMigration = Migration(
        "alliance.investment.002",
        ["ALTER TABLE alliance_investment_obstacles ADD COLUMN corrected TEXT NOT NULL DEFAULT ''"])

    static let projection = Projection(
        tables: [
            "alliance_investment_cases", "alliance_investment_moves", "alliance_investment_incentives",
            "alliance_investment_obstacles", "alliance_investment_jobs",
        ], types: InvestmentEvents.all
    ) { event, payload, transaction in
        let own = SQLValue.text(String(event.stream.dropFirst("investment/".count)))
        let (id, scope) = (SQLValue.text("\(event.id)"), SQLValue.text(event.scope.text))
        func text(_ name: String) -> SQLValue { .text(payload[name]?.text ?? "") }
        func number(_ name: String) -> SQLValue { payload[name]?.integer.map { .integer($0) } ?? .null }
        func day(_ name: String) -> SQLValue {
            .integer((payload[name]?.text.flatMap { KoreanDay($0) } ?? KoreanDay(event.observed)).number)
        }
        func move(_ stage: SQLValue) throws {
            try transaction.execute(
                """
                INSERT INTO alliance_investment_moves (id, case_id, scope, stage, day, reason)
                VALUES (?, ?, ?, ?, ?, ?)
                """, [id, own, scope, stage, day("day"), text("reason")])
        }
        switch event.type {
        case InvestmentEvents.opened:
            let tasks = (payload["tasks"]?.elements ?? []).compactMap(\.text).joined(separator: " ")
            try transaction.execute(
                """
                INSERT INTO alliance_investment_cases (id, scope, name, firm, kind, size, headcount, sector, amount,
                    jobs, tasks, stage, since)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'lead', ?)
                """,
                [
                    own, scope, text("name"), .optional(payload["firm"]?.text), text("kind"), text("size"),
                    number("headcount"), text("sector"), number("amount"), number("jobs"), .text(tasks), day("day"),
                ])
            try move(.text(InvestmentStage.lead.rawValue))
        case InvestmentEvents.moved:
            try transaction.execute(
                "UPDATE alliance_investment_cases SET stage = ?, since = ? WHERE id = ?",
                [text("stage"), day("day"), own])
            try move(text("stage"))
        case InvestmentEvents.promised:
            try transaction.execute(
                """
                INSERT INTO alliance_investment_incentives (id, case_id, scope, what, promised, paid, due, jobs, jobs_by)
                VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?)
                """,
                [
                    text("incentive"), own, scope, text("what"), number("amount"), day("due"), number("jobs"),
                    payload["jobs_by"]?.text == nil ? .null : day("jobs_by"),
                ])
        case InvestmentEvents.paid:
            try transaction.execute(
                "UPDATE alliance_investment_incentives SET paid = paid + ? WHERE id = ?",
                [number("amount"), text("incentive")])
        case InvestmentEvents.raised:
            try transaction.execute(
                """
                INSERT INTO alliance_investment_obstacles (id, case_id, scope, what, rule, decider, raised, due, reason)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, '')
                """,
                [
                    text("obstacle"), own, scope, text("what"), text("rule"), text("decider"), day("day"), day("due"),
                ])
        case InvestmentEvents.decided:
            try transaction.execute(
                """
                UPDATE alliance_investment_obstacles SET decision = ?, decided = ?, due = ?, reason = ?, corrected = ?
                WHERE id = ?
                """,
                [text("decision"), day("day"), day("due"), text("reason"), text("corrected"), text("obstacle")])
        default:
            try transaction.execute(
                """
                INSERT INTO alliance_investment_jobs (id, case_id, scope, programme, day, created, kept, youth,
                    youth_rule, skilled, source)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    id, own, scope, text("programme"), day("day"), number("created"), number("kept"),
                    number("youth"), text("youth_rule"), number("skilled"), text("source"),
                ])
        }
    }
}
