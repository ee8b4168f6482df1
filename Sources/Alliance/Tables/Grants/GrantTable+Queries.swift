import District
import Record
import Store

/// A voucher for a provider's service.
struct GrantVoucher: Sendable, Hashable {
    let id: String, application: String, programme: String
    let scope: Scope
    let amount: Int64
    let provider: String
    let until: KoreanDay
    /// What it was used for, in won; nil where it was not used yet.
    let redeemed: Int64?
}

/// Money that was paid out.
struct GrantPayment: Sendable, Hashable {
    /// The milestone; empty where a voucher was redeemed.
    let what: String
    let amount: Int64
    let day: KoreanDay
    let source: String
}

/// A seminar of a programme.
struct GrantSeminar: Sendable, Hashable {
    let id: String, programme: String, title: String
    let day: KoreanDay
    let places: Int64
}

extension GrantTable {
    /// The programmes, those that close last first. They are public.
    static func programmes(in reader: any Reader) throws -> [Programme] {
        try reader.query(
            "SELECT * FROM alliance_grants_programmes WHERE scope = 'public' ORDER BY closes DESC, id DESC LIMIT 200"
        ).map(programme)
    }

    /// A programme. They are public.
    static func programme(_ id: String, in reader: any Reader) throws -> Programme? {
        try reader.first(
            "SELECT * FROM alliance_grants_programmes WHERE id = ? AND scope = 'public'", [.text(id)]
        ).map(programme)
    }

    /// How many applications wait to be decided.
    static func waiting(for tenant: some Tenancy, in reader: any Reader) throws -> Int {
        let own = tenant.condition(column: "scope")
        let row = try reader.first(
            "SELECT COUNT(*) AS waiting FROM alliance_grants_applications WHERE state = 'filed' AND \(own.sql)",
            own.arguments)
        return Int(try row?.integer("waiting") ?? 0)
    }

    /// The applications that a tenant may see: those that wait first, then the latest; to one programme where it is named.
    static func applications(to programme: String? = nil, for tenant: some Tenancy, in reader: any Reader) throws
        -> [GrantApplication]
    {
        let own = tenant.condition(column: "scope")
        let (more, named): (String, [SQLValue]) = programme.map { ("AND programme = ?", [.text($0)]) } ?? ("", [])
        return try reader.query(
            """
            SELECT * FROM alliance_grants_applications WHERE \(own.sql) \(more)
            ORDER BY CASE WHEN state = 'filed' THEN 0 ELSE 1 END, filed DESC, id DESC LIMIT \(Named.most)
            """, own.arguments + named
        ).map { try application($0, lapsed: 0) }
    }

    /// A firm's applications that a tenant may see, those decided before among them.
    static func applications(of firm: FirmID, for tenant: some Tenancy, in reader: any Reader) throws
        -> [GrantApplication]
    {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT * FROM alliance_grants_applications WHERE \(own.sql) AND firm = ? ORDER BY filed DESC, id DESC
            LIMIT \(Named.most)
            """, own.arguments + [.text(firm.rawValue)]
        ).map { try application($0, lapsed: 0) }
    }

    /// An application that a tenant may see, with what is left of it on a day: a voucher that nobody used in time no longer
    /// ties up its money.
    static func application(_ id: String, on day: KoreanDay, for tenant: some Tenancy, in reader: any Reader) throws
        -> GrantApplication?
    {
        let own = tenant.condition(column: "scope")
        guard
            let row = try reader.first(
                "SELECT * FROM alliance_grants_applications WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments)
        else { return nil }
        let lapsed = try vouchers(of: id, for: tenant, in: reader).reduce(0) { sum, voucher in
            sum + (voucher.redeemed == nil && voucher.until < day ? voucher.amount : 0)
        }
        return try application(row, lapsed: lapsed)
    }

    /// The vouchers that a tenant may see; of one application where it is named.
    static func vouchers(of application: String? = nil, for tenant: some Tenancy, in reader: any Reader) throws
        -> [GrantVoucher]
    {
        let own = tenant.condition(column: "scope")
        let (more, named): (String, [SQLValue]) = application.map { ("AND application = ?", [.text($0)]) } ?? ("", [])
        return try reader.query(
            "SELECT * FROM alliance_grants_vouchers WHERE \(own.sql) \(more) ORDER BY until, id", own.arguments + named
        ).map(voucher)
    }

    /// The vouchers that were not used yet, those that may be used longest first.
    static func openVouchers(for tenant: some Tenancy, in reader: any Reader) throws -> [GrantVoucher] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT * FROM alliance_grants_vouchers WHERE redeemed IS NULL AND \(own.sql)
            ORDER BY until DESC, id DESC LIMIT \(Named.most)
            """, own.arguments
        ).map(voucher)
    }

    /// A voucher that a tenant may see.
    static func voucher(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> GrantVoucher? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM alliance_grants_vouchers WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).map(voucher)
    }

    /// What was paid of an application that a tenant may see.
    static func payments(of application: String, for tenant: some Tenancy, in reader: any Reader) throws
        -> [GrantPayment]
    {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM alliance_grants_payments WHERE application = ? AND \(own.sql) ORDER BY day, id",
            [.text(application)] + own.arguments
        ).map { row in
            GrantPayment(
                what: try row.text("what"), amount: try row.integer("amount"),
                day: KoreanDay(number: try row.integer("day")), source: try row.text("source"))
        }
    }

    /// The seminars, latest first; of one programme where it is named. They are public.
    static func seminars(of programme: String? = nil, in reader: any Reader) throws -> [GrantSeminar] {
        let (more, named): (String, [SQLValue]) = programme.map { ("AND programme = ?", [.text($0)]) } ?? ("", [])
        return try reader.query(
            """
            SELECT * FROM alliance_grants_seminars WHERE scope = 'public' \(more) ORDER BY day DESC, id DESC
            LIMIT \(Named.most)
            """, named
        ).map(seminar)
    }

    /// A seminar. They are public.
    static func seminar(_ id: String, in reader: any Reader) throws -> GrantSeminar? {
        try reader.first(
            "SELECT * FROM alliance_grants_seminars WHERE scope = 'public' AND id = ?", [.text(id)]
        ).map(seminar)
    }

    /// Who took part in a seminar, as far as a tenant may see.
    static func attendance(of seminar: String, for tenant: some Tenancy, in reader: any Reader) throws
        -> [(firm: FirmID, people: Int64)]
    {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT firm, people FROM alliance_grants_attendance WHERE seminar = ? AND \(own.sql) ORDER BY firm",
            [.text(seminar)] + own.arguments
        ).map { (FirmID(try $0.text("firm")), try $0.integer("people")) }
    }

    /// What changed after, as far as a tenant may see: of an application or of a programme.
    static func outcomes(of column: OutcomesOf, for tenant: some Tenancy, in reader: any Reader) throws
        -> [GrantOutcome]
    {
        let own = tenant.condition(column: "scope")
        let (name, id) =
            switch column {
            case .application(let id): ("application", id)
            case .programme(let id): ("programme", id)
            }
        return try reader.query(
            "SELECT * FROM alliance_grants_outcomes WHERE \(name) = ? AND \(own.sql) ORDER BY after_day, id",
            [.text(id)] + own.arguments
        ).map { row in
            GrantOutcome(
                metric: GrantOutcome.Metric(rawValue: try row.text("metric")) ?? .maturity,
                before: try row.real("before_value"), after: try row.real("after_value"),
                beforeDay: KoreanDay(number: try row.integer("before_day")),
                afterDay: KoreanDay(number: try row.integer("after_day")), source: try row.text("source"))
        }
    }

    /// Of what outcomes are asked for.
    enum OutcomesOf: Sendable {
        case application(String), programme(String)
    }

    private static func programme(_ row: Row) throws -> Programme {
        Programme(
            id: try row.text("id"), title: Words(try row.text("title_ko"), try row.text("title_en")),
            runner: try row.text("runner"), kind: GrantKind(rawValue: try row.text("kind")) ?? .consulting,
            budget: try row.integer("budget"), granted: try row.integer("granted"), paid: try row.integer("paid"),
            most: try row.integer("most"), opens: KoreanDay(number: try row.integer("opens")),
            closes: KoreanDay(number: try row.integer("closes")), headcount: try row.optionalInteger("headcount"),
            solutions: Set(try row.text("solutions").split(separator: " ").map(String.init)),
            closed: try row.optionalInteger("closed").map {
                Programme.Closing(day: KoreanDay(number: $0), reason: try row.optionalText("close_reason") ?? "")
            })
    }

    private static func seminar(_ row: Row) throws -> GrantSeminar {
        GrantSeminar(
            id: try row.text("id"), programme: try row.text("programme"), title: try row.text("title"),
            day: KoreanDay(number: try row.integer("day")), places: try row.integer("places"))
    }

    private static func voucher(_ row: Row) throws -> GrantVoucher {
        GrantVoucher(
            id: try row.text("id"), application: try row.text("application"),
            programme: try row.text("programme"), scope: Scope(try row.text("scope")) ?? .zone,
            amount: try row.integer("amount"), provider: try row.text("provider"),
            until: KoreanDay(number: try row.integer("until")), redeemed: try row.optionalInteger("redeemed"))
    }

    private static func application(_ row: Row, lapsed: Int64) throws -> GrantApplication {
        GrantApplication(
            id: try row.text("id"), programme: try row.text("programme"), firm: FirmID(try row.text("firm")),
            scope: Scope(try row.text("scope")) ?? .zone, amount: try row.integer("amount"),
            granted: try row.optionalInteger("granted"), purpose: try row.text("purpose"),
            assessment: try row.optionalText("assessment"), filed: KoreanDay(number: try row.integer("filed")),
            state: GrantState(rawValue: try row.text("state")) ?? .filed, reason: try row.text("reason"),
            decided: try row.optionalInteger("decided").map { KoreanDay(number: $0) },
            isSigned: try row.flag("is_signed"), used: try row.integer("used") - lapsed,
            version: try row.integer("version"),
            revised: try row.optionalInteger("revised").map { KoreanDay(number: $0) })
    }
}
