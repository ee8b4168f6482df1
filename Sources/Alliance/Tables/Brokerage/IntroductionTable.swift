import District
import Record
import Store

/// Introductions of published days, from the first answer to what came of them. Both firms see theirs.
enum IntroductionTable {
    static let made = "alliance.introduction.made"
    static let accepted = "alliance.introduction.accepted"
    static let declined = "alliance.introduction.declined"
    static let noted = "alliance.introduction.noted"

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

    static let projection = Projection(
        tables: ["alliance_brokerage_introductions"], types: [made, accepted, declined, noted]
    ) { event, payload, transaction in
        let id = SQLValue.text(String(event.stream.dropFirst("introduction/".count)))
        func text(_ key: String) -> SQLValue { .text(payload[key]?.text ?? "") }
        switch event.type {
        case made: try make(id, event, payload, transaction)
        case accepted, declined:
            let column = payload["side"]?.text == "supplier" ? "supplier_answer" : "firm_answer"
            try transaction.execute(
                "UPDATE alliance_brokerage_introductions SET \(column) = ? WHERE id = ?",
                [.text(event.type == accepted ? "accepted" : "declined"), id])
            try transaction.execute(
                event.type == declined
                    ? "UPDATE alliance_brokerage_introductions SET is_ended = 1, follow_up = NULL, note = ? WHERE id = ?"
                    : """
                    UPDATE alliance_brokerage_introductions SET stage = 1, note = ?
                    WHERE id = ? AND firm_answer = 'accepted' AND supplier_answer = 'accepted'
                    """, [text("reason"), id])
        default:
            let outcome = payload["outcome"]?.text.flatMap { Introduction.Outcome(rawValue: $0) }
            let day = payload["follow_up"]?.text.flatMap { KoreanDay($0) }?.number
            try transaction.execute(
                """
                UPDATE alliance_brokerage_introductions
                SET is_ended = ?, follow_up = ?, owner = ?, note = ? WHERE id = ?
                """,
                [.flag(outcome?.isLast ?? false), .optional(day), text("owner"), text("note"), id])
            if let stage = outcome?.stage {
                try transaction.execute(
                    "UPDATE alliance_brokerage_introductions SET stage = ? WHERE id = ?",
                    [.integer(stage.rawValue), id])
            }
        }
    }

    private static func make(
        _ id: SQLValue, _ event: Event, _ payload: [String: JSON], _ transaction: any Writer
    ) throws {
        func text(_ key: String) -> SQLValue { .text(payload[key]?.text ?? "") }
        let date = (payload["date"]?.text.flatMap { KoreanDay($0) } ?? KoreanDay(event.observed)).number
        try transaction.execute(
            """
            INSERT INTO alliance_brokerage_introductions (id, scope, day, date, need, offer, firm, supplier, need_title,
                need_about, need_musts, offer_title, kinds, need_reasons, offer_reasons, firm_answer, supplier_answer,
                stage, is_ended, follow_up, owner, note, event)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, 0, 0, ?, '', '', ?)
            """,
            [
                id, .text(event.scope.text), text("day"), .integer(date), text("need"), text("offer"), text("firm"),
                text("supplier"), text("need_title"), text("need_about"), text("need_musts"), text("offer_title"),
                .text(Lists.text(payload["kinds"])), .optional(payload["need_reasons"].map { $0.canonicalText }),
                .optional(payload["offer_reasons"].map { $0.canonicalText }), .integer(date),
                .text(event.id.description),
            ])
    }

    /// What a list shows.
    enum View: String, CaseIterable { case waiting, running, overdue, ended, all }

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

    /// How far a tenant's introductions came, and how many ended on the way.
    struct Funnel: Sendable, Hashable {
        /// How many came at least so far.
        var reached: [Introduction.Stage: Int64] = [:]
        /// How many were declined by a side, and how many came to nothing later.
        var declined: Int64 = 0, nothing: Int64 = 0
    }

    static func funnel(for tenant: some Tenancy, in reader: any Reader) throws -> Funnel {
        let own = tenant.condition(column: "scope")
        var funnel = Funnel()
        for row in try reader.query(
            """
            SELECT stage, is_ended, COUNT(*) AS many FROM alliance_brokerage_introductions WHERE \(own.sql)
            GROUP BY stage, is_ended
            """, own.arguments)
        {
            let (stage, many) = (try row.integer("stage"), try row.integer("many"))
            for reached in Introduction.Stage.allCases where reached.rawValue <= stage {
                funnel.reached[reached, default: 0] += many
            }
            if try row.flag("is_ended"), stage < Introduction.Stage.contract.rawValue {
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
            owner: try row.text("owner"), note: try row.text("note"), event: try row.text("event"))
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
