import District
import Record
import Store

/// Brokerage days, and what is proposed for them: pairs with their reasons, what officers pinned or forbade, and why the
/// others meet nobody. The zone's own until a day is published.
enum DayTable {
    static let opened = "alliance.brokerage.opened"
    static let pinned = "alliance.brokerage.pinned"
    static let forbidden = "alliance.brokerage.forbidden"
    static let released = "alliance.brokerage.released"
    static let matched = "alliance.brokerage.matched"
    static let published = "alliance.brokerage.published"
    static let moved = "alliance.brokerage.moved"
    static let cancelled = "alliance.brokerage.cancelled"

    static let migration = Migration(
        "alliance.brokerage.days.001",
        [
            """
            CREATE TABLE alliance_brokerage_days (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, title TEXT NOT NULL, day BIGINT NOT NULL,
                firm_slots BIGINT NOT NULL, supplier_slots BIGINT NOT NULL, kinds TEXT NOT NULL, regions TEXT NOT NULL,
                state TEXT NOT NULL, edition TEXT, possible BIGINT, matched BIGINT, event TEXT NOT NULL)
            """,
            """
            CREATE TABLE alliance_brokerage_pairs (
                day TEXT NOT NULL, need TEXT NOT NULL, offer TEXT NOT NULL, firm TEXT NOT NULL, supplier TEXT NOT NULL,
                scope TEXT NOT NULL, need_score DOUBLE PRECISION, offer_score DOUBLE PRECISION, need_reasons TEXT,
                offer_reasons TEXT, is_pinned BIGINT NOT NULL, PRIMARY KEY (day, need, offer))
            """,
            """
            CREATE TABLE alliance_brokerage_marks (
                day TEXT NOT NULL, need TEXT NOT NULL, offer TEXT NOT NULL, scope TEXT NOT NULL, kind TEXT NOT NULL,
                reason TEXT NOT NULL, PRIMARY KEY (day, need, offer))
            """,
            """
            CREATE TABLE alliance_brokerage_lacks (
                day TEXT NOT NULL, need TEXT NOT NULL, firm TEXT NOT NULL, scope TEXT NOT NULL, why TEXT NOT NULL,
                PRIMARY KEY (day, need))
            """,
        ])

    /// When and where it is held, and why it was moved or cancelled.
    static let hoursMigration = Migration(
        "alliance.brokerage.days.002",
        ["begins BIGINT", "ends BIGINT", "minutes BIGINT", "tables BIGINT", "place TEXT", "reason TEXT"].map {
            "ALTER TABLE alliance_brokerage_days ADD COLUMN \($0)"
        })

    /// A brokerage day.
    struct Day: Sendable {
        /// Where it stands: to be matched (again), matched, published, cancelled.
        enum State: String, Sendable { case open, matched, published, cancelled }

        let id: String, title: String
        let day: KoreanDay
        let firmSlots: Int, supplierSlots: Int
        let filter: MarketTable.Filter
        let state: State
        /// By which edition of the weights, out of how many pairs, when; nil where it was not matched.
        let edition: String?, possible: Int64?, matched: Timestamp?
        let event: String
        /// When and where; nil of one that was opened without.
        let hours: DayHours?
        /// Why it was moved last, or cancelled; empty where it was neither.
        let reason: String
    }

    /// Two that are to meet.
    struct Pair: Sendable {
        let need: String, offer: String
        let firm: FirmID, supplier: FirmID
        /// 0…1; nil where a person put them together and no rule has looked.
        let needScore: Double?, offerScore: Double?
        let needReasons: [MatchReason], offerReasons: [MatchReason]
        let isPinned: Bool
    }

    /// What an officer said of a pair.
    struct Mark: Sendable {
        let need: String, offer: String
        let isPin: Bool
        let reason: String
    }

    static func days(
        limit: Int, offset: Int, for tenant: some Tenancy, in reader: any Reader
    ) throws -> Listing<Day> {
        let own = tenant.condition(column: "scope")
        return try reader.listing(
            "*", from: "alliance_brokerage_days WHERE \(own.sql)", own.arguments, order: "day DESC, id DESC",
            limit: limit, offset: offset, day)
    }

    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> Day? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM alliance_brokerage_days WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).map(day)
    }

    /// The needs of a day that meet somebody, a page of them, by firm.
    static func matchedNeeds(
        of id: String, limit: Int, offset: Int, for tenant: some Tenancy, in reader: any Reader
    ) throws -> Listing<String> {
        let own = tenant.condition(column: "scope")
        let all = try reader.first(
            "SELECT COUNT(DISTINCT need) AS total FROM alliance_brokerage_pairs WHERE day = ? AND \(own.sql)",
            [.text(id)] + own.arguments)
        let rows = try reader.query(
            """
            SELECT firm, need FROM alliance_brokerage_pairs WHERE day = ? AND \(own.sql)
            GROUP BY firm, need ORDER BY firm, need LIMIT ? OFFSET ?
            """,
            [.text(id)] + own.arguments + [.integer(Int64(limit)), .integer(Int64(offset))])
        return Listing(rows: try rows.map { try $0.text("need") }, total: try all?.integer("total") ?? 0)
    }

    /// The pairs of a day; of one need where it is named; those that suit best first.
    static func pairs(
        of id: String, need: String? = nil, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [Pair] {
        let own = tenant.condition(column: "scope")
        let one = need == nil ? "" : " AND need = ?"
        return try reader.query(
            """
            SELECT * FROM alliance_brokerage_pairs WHERE day = ? AND \(own.sql)\(one)
            ORDER BY need, is_pinned DESC, need_score DESC, offer
            """, [.text(id)] + own.arguments + (need.map { [.text($0)] } ?? [])
        ).map(pair)
    }

    static func marks(of id: String, for tenant: some Tenancy, in reader: any Reader) throws -> [Mark] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM alliance_brokerage_marks WHERE day = ? AND \(own.sql) ORDER BY need, offer",
            [.text(id)] + own.arguments
        ).map {
            Mark(
                need: try $0.text("need"), offer: try $0.text("offer"), isPin: try $0.text("kind") == "pin",
                reason: try $0.text("reason"))
        }
    }

    /// The needs of a day that meet nobody, with why.
    static func lacks(
        of id: String, limit: Int, offset: Int, for tenant: some Tenancy, in reader: any Reader
    ) throws -> Listing<(need: String, firm: FirmID, why: MatchDay.Lack)> {
        let own = tenant.condition(column: "scope")
        return try reader.listing(
            "*", from: "alliance_brokerage_lacks WHERE day = ? AND \(own.sql)", [.text(id)] + own.arguments,
            order: "firm, need", limit: limit, offset: offset
        ) {
            (try $0.text("need"), FirmID(try $0.text("firm")), MatchDay.Lack(rawValue: try $0.text("why")) ?? .kind)
        }
    }

    /// How many meetings, needs and suppliers a day brings together.
    static func counts(
        of id: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> (pairs: Int64, needs: Int64, suppliers: Int64) {
        let own = tenant.condition(column: "scope")
        let row = try reader.first(
            """
            SELECT COUNT(*) AS pairs, COUNT(DISTINCT need) AS needs, COUNT(DISTINCT supplier) AS suppliers
            FROM alliance_brokerage_pairs WHERE day = ? AND \(own.sql)
            """, [.text(id)] + own.arguments)
        return (
            try row?.integer("pairs") ?? 0, try row?.integer("needs") ?? 0, try row?.integer("suppliers") ?? 0
        )
    }

    private static func day(_ row: Row) throws -> Day {
        Day(
            id: try row.text("id"), title: try row.text("title"), day: KoreanDay(number: try row.integer("day")),
            firmSlots: Int(try row.integer("firm_slots")), supplierSlots: Int(try row.integer("supplier_slots")),
            filter: .init(kinds: Lists.parts(try row.text("kinds")), regions: Lists.parts(try row.text("regions"))),
            state: Day.State(rawValue: try row.text("state")) ?? .open, edition: try row.optionalText("edition"),
            possible: try row.optionalInteger("possible"),
            matched: try row.optionalInteger("matched").map { Timestamp(microseconds: $0) },
            event: try row.text("event"), hours: try hours(row), reason: try row.optionalText("reason") ?? "")
    }

    private static func hours(_ row: Row) throws -> DayHours? {
        guard let begins = try row.optionalInteger("begins"), let ends = try row.optionalInteger("ends"),
            let minutes = try row.optionalInteger("minutes"), let tables = try row.optionalInteger("tables")
        else { return nil }
        return DayHours(
            begins: begins, ends: ends, minutes: minutes, tables: tables, place: try row.optionalText("place") ?? "")
    }

    /// A day's hours, for the rule that seats two who have accepted: they themselves do not see the zone's day.
    static func hours(of id: String, in reader: any Reader) throws -> DayHours? {
        try reader.first("SELECT * FROM alliance_brokerage_days WHERE id = ?", [.text(id)]).flatMap(hours)
    }

    private static func pair(_ row: Row) throws -> Pair {
        Pair(
            need: try row.text("need"), offer: try row.text("offer"), firm: FirmID(try row.text("firm")),
            supplier: FirmID(try row.text("supplier")), needScore: try row.optionalReal("need_score"),
            offerScore: try row.optionalReal("offer_score"),
            needReasons: MatchReason.list(try row.optionalText("need_reasons")),
            offerReasons: MatchReason.list(try row.optionalText("offer_reasons")),
            isPinned: try row.flag("is_pinned"))
    }
}

extension MatchReason {
    /// From a column or an event.
    static func list(_ text: String?) -> [MatchReason] {
        list(text.flatMap { try? JSON(parsing: $0) })
    }
    /// From an event.
    static func list(_ json: JSON?) -> [MatchReason] { json?.elements?.compactMap { MatchReason($0) } ?? [] }
}
