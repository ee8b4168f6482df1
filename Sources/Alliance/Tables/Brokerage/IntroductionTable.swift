import District
import Record
import Store

/// Introductions of published days, from the first answer to what came of them. Both firms see theirs.
enum IntroductionTable {
    static let made = "alliance.introduction.made"
    static let accepted = "alliance.introduction.accepted"
    static let declined = "alliance.introduction.declined"
    static let noted = "alliance.introduction.noted"
    static let moved = "alliance.introduction.moved"
    static let cancelled = "alliance.introduction.cancelled"

    static let migration = Migration(
        "alliance.brokerage.introductions.001",
        [
            """
            CREATE TABLE alliance_brokerage_introductions (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, day TEXT NOT NULL, date BIGINT NOT NULL, need TEXT NOT NULL,
                offer TEXT NOT NULL, firm TEXT NOT NULL, supplier TEXT NOT NULL, need_title TEXT NOT NULL,
                need_about TEXT NOT NULL, need_musts TEXT NOT NULL, offer_title TEXT NOT NULL, kinds TEXT NOT NULL,
                need_reasons TEXT, offer_reasons TEXT, firm_answer TEXT, supplier_answer TEXT, stage BIGINT NOT NULL,
                is_ended BIGINT NOT NULL, follow_up BIGINT, owner TEXT NOT NULL, note TEXT NOT NULL,
                event TEXT NOT NULL)
            """,
            "CREATE INDEX alliance_brokerage_introductions_scope ON alliance_brokerage_introductions (scope, date)",
            "CREATE INDEX alliance_brokerage_introductions_owner ON alliance_brokerage_introductions (owner, follow_up)",
        ])

    /// Who met before is asked by need.
    static let needMigration = Migration(
        "alliance.brokerage.introductions.002",
        ["CREATE INDEX alliance_brokerage_introductions_need ON alliance_brokerage_introductions (need, offer)"])

    /// When, where and at which table the two meet; whether the day was cancelled; when its firms were last told of a change.
    static let meetingMigration = Migration(
        "alliance.brokerage.introductions.003",
        [
            "begins BIGINT", "ends BIGINT", "place TEXT", "hour BIGINT", "seat BIGINT",
            "is_cancelled BIGINT NOT NULL DEFAULT 0", "changed BIGINT",
        ].map { "ALTER TABLE alliance_brokerage_introductions ADD COLUMN \($0)" } + [
            "CREATE INDEX alliance_brokerage_introductions_day ON alliance_brokerage_introductions (day, is_ended)"
        ])

    /// When each side was last told of a change: whoever changed an answer is not told of it.
    static let toldMigration = Migration(
        "alliance.brokerage.introductions.004",
        [
            "ALTER TABLE alliance_brokerage_introductions ADD COLUMN firm_told BIGINT",
            "ALTER TABLE alliance_brokerage_introductions ADD COLUMN supplier_told BIGINT",
            "UPDATE alliance_brokerage_introductions SET firm_told = changed, supplier_told = changed",
        ])

    /// What a list shows.
    enum View: String, CaseIterable { case waiting, running, changed, overdue, ended, all }

    /// A page of a tenant's introductions, the next to be looked at first.
    static func page(
        _ view: View, on today: KoreanDay, limit: Int, offset: Int, for tenant: some Tenancy, in reader: any Reader
    ) throws -> Listing<Introduction> {
        let own = tenant.condition(column: "scope")
        let (condition, arguments) = condition(view, today, tenant)
        return try reader.listing(
            "*", from: "alliance_brokerage_introductions WHERE \(condition) AND \(own.sql)", arguments + own.arguments,
            order: "is_ended, follow_up, date DESC, id", limit: limit, offset: offset, introduction)
    }

    /// How many of a tenant's introductions a list would show.
    static func count(
        _ view: View, on today: KoreanDay, for tenant: some Tenancy, in reader: any Reader
    ) throws -> Int64 {
        try page(view, on: today, limit: 1, offset: 0, for: tenant, in: reader).total
    }

    private static func condition(
        _ view: View, _ today: KoreanDay, _ tenant: some Tenancy
    ) -> (String, [SQLValue]) {
        switch view {
        case .waiting:
            guard let firm = tenant.firm else { return ("stage = 0 AND is_ended = 0", []) }
            return (
                """
                is_ended = 0 AND ((firm = ? AND firm_answer IS NULL) OR (supplier = ? AND supplier_answer IS NULL))
                """, [.text(firm.rawValue), .text(firm.rawValue)]
            )
        // What was moved, cancelled or answered anew in these two weeks: to a firm, what it did not do itself.
        case .changed:
            let since = SQLValue.integer(today.number - 14)
            guard let firm = tenant.firm else { return ("changed >= ?", [since]) }
            let own = SQLValue.text(firm.rawValue)
            return (
                "((firm = ? AND firm_told >= ?) OR (supplier = ? AND supplier_told >= ?))", [own, since, own, since]
            )
        case .running: return ("stage > 0 AND is_ended = 0", [])
        case .overdue:
            // Of those whose next step is the tenant's own.
            return (
                "is_ended = 0 AND stage > 0 AND follow_up < ? AND owner = ?",
                [.integer(today.number), .text(tenant.firm?.rawValue ?? "")]
            )
        case .ended: return ("is_ended = 1", [])
        case .all: return ("1 = 1", [])
        }
    }

    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> Introduction? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM alliance_brokerage_introductions WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).map(introduction)
    }

    /// The introductions of a day that an appointment is still awaited from, for the rules that seat, move and cancel them.
    static func awaited(of day: String, in reader: any Reader) throws -> [Introduction] {
        try reader.query(
            "SELECT * FROM alliance_brokerage_introductions WHERE day = ? AND is_ended = 0 AND stage <= 1 ORDER BY id",
            [.text(day)]
        ).map(introduction)
    }

    /// How far a tenant's introductions came, and how many ended on the way.
    struct Funnel: Sendable, Hashable {
        /// How many came at least so far.
        var reached: [Introduction.Stage: Int64] = [:]
        /// How many were declined by a side, how many came to nothing later, and how many went with a day that was cancelled.
        var declined: Int64 = 0, nothing: Int64 = 0, cancelled: Int64 = 0
    }

    static func funnel(for tenant: some Tenancy, in reader: any Reader) throws -> Funnel {
        let own = tenant.condition(column: "scope")
        var funnel = Funnel()
        for row in try reader.query(
            """
            SELECT stage, is_ended, is_cancelled, COUNT(*) AS many FROM alliance_brokerage_introductions
            WHERE \(own.sql) GROUP BY stage, is_ended, is_cancelled
            """, own.arguments)
        {
            let (stage, many) = (try row.integer("stage"), try row.integer("many"))
            for reached in Introduction.Stage.allCases where reached.rawValue <= stage {
                funnel.reached[reached, default: 0] += many
            }
            if try row.flag("is_cancelled") {
                funnel.cancelled += many
            } else if try row.flag("is_ended"), stage < Introduction.Stage.contract.rawValue {
                if stage == 0 { funnel.declined += many } else { funnel.nothing += many }
            }
        }
        return funnel
    }

    private static func introduction(_ row: Row) throws -> Introduction {
        var answers: [Introduction.Side: Introduction.Answer] = [:]
        answers[.firm] = try row.optionalText("firm_answer").flatMap { .init(rawValue: $0) }
        answers[.supplier] = try row.optionalText("supplier_answer").flatMap { .init(rawValue: $0) }
        return Introduction(
            id: try row.text("id"), day: try row.text("day"), date: KoreanDay(number: try row.integer("date")),
            firm: FirmID(try row.text("firm")), supplier: FirmID(try row.text("supplier")),
            need: try row.text("need"), offer: try row.text("offer"), needTitle: try row.text("need_title"),
            needAbout: try row.text("need_about"), needMusts: try row.text("need_musts"),
            offerTitle: try row.text("offer_title"), kinds: Lists.parts(try row.text("kinds")),
            firmReasons: MatchReason.list(try row.optionalText("need_reasons")),
            supplierReasons: MatchReason.list(try row.optionalText("offer_reasons")), answers: answers,
            stage: Introduction.Stage(rawValue: try row.integer("stage")) ?? .made, isEnded: try row.flag("is_ended"),
            followUp: try row.optionalInteger("follow_up").map { KoreanDay(number: $0) },
            owner: try row.text("owner"), note: try row.text("note"), event: try row.text("event"),
            held: try held(row), seat: try seat(row), isCancelled: try row.flag("is_cancelled"))
    }

    private static func held(_ row: Row) throws -> Introduction.Held? {
        guard let begins = try row.optionalInteger("begins"), let ends = try row.optionalInteger("ends") else {
            return nil
        }
        return Introduction.Held(begins: begins, ends: ends, place: try row.optionalText("place") ?? "")
    }

    private static func seat(_ row: Row) throws -> DayHours.Seat? {
        guard let hour = try row.optionalInteger("hour"), let table = try row.optionalInteger("seat") else {
            return nil
        }
        return DayHours.Seat(hour: hour, table: table)
    }

    /// What the two firms of an introduction are called: each sees the other's name by it.
    static func names(of introductions: [Introduction], in reader: any Reader) throws -> [FirmID: String] {
        var names: [FirmID: String] = [:]
        for firm in Set(introductions.flatMap { [$0.firm, $0.supplier] }) {
            names[firm] = try reader.first("SELECT name FROM access_firms WHERE id = ?", [.text(firm.rawValue)])?
                .text("name")
        }
        return names
    }
}
