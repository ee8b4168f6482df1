import Access
import Record
import Store

/// A frozen template of a firm.
struct FirmTemplate: Sendable {
    let firm: FirmID
    let template: InspectionTemplate
    /// The library's edition it was taken over from as it is; nil where it is the firm's own.
    let base: String?
    let at: Timestamp

    /// Whether the firm wrote it.
    var isOwn: Bool { base == nil }
}

/// An inspection that comes back every so many days.
struct InspectionSchedule: Sendable, Hashable {
    let id: String
    let scope: Scope
    let firm: FirmID
    let template: String
    let place: ThingID
    let round: Recurrence
    let responsible: PersonID
    let due: KoreanDay
    let last: KoreanDay?
    let hasEnded: Bool
}

/// An inspection that was taken.
struct InspectionRow: Sendable, Hashable {
    let id: String
    let scope: Scope
    let schedule: String
    let template: String
    let version: Int64
    let place: ThingID
    let inspector: PersonID
    let day: KoreanDay
    let due: KoreanDay
    let isOffline: Bool
    let claimed: Timestamp
    let skew: Double
    let arrived: Timestamp
    let failed: Int64
    let worst: RiskBand?
    let verdict: String?
    let reviewer: Author?
    let reviewed: Timestamp?

    /// What its times are worth.
    var arrival: Arrival {
        Arrival(delay: arrived.seconds(since: claimed.advanced(bySeconds: -skew)), skew: isOffline ? skew : 0)
    }
}

extension InspectionTables {
    // MARK: templates

    /// The newest version of a firm's template, or the version asked for.
    static func template(
        _ id: String, version: Int64? = nil, of firm: FirmID, for tenant: some Tenancy, in reader: any Reader
    ) throws -> FirmTemplate? {
        let scope = tenant.condition(column: "scope")
        return try reader.first(
            """
            SELECT * FROM safety_inspection_templates WHERE firm = ? AND id = ? AND \(scope.sql)
            \(version == nil ? "" : "AND version = ?")
            ORDER BY version DESC LIMIT 1
            """, [.text(firm.rawValue), .text(id)] + scope.arguments + (version.map { [.integer($0)] } ?? [])
        ).flatMap(template)
    }

    /// The newest version of every template of a tenant's firms.
    static func templates(for tenant: some Tenancy, in reader: any Reader) throws -> [FirmTemplate] {
        let scope = tenant.condition(column: "t.scope")
        return try reader.query(
            """
            SELECT t.* FROM safety_inspection_templates t WHERE \(scope.sql) AND t.version =
            (SELECT MAX(u.version) FROM safety_inspection_templates u WHERE u.firm = t.firm AND u.id = t.id)
            ORDER BY t.firm, t.industry, t.id LIMIT 500
            """, scope.arguments
        ).compactMap(template)
    }

    private static func template(_ row: Row) throws -> FirmTemplate? {
        let version = try row.integer("version")
        let content = try JSON(parsing: try row.text("content"))
        guard case .success(let template) = InspectionTemplate.read(content, version: version) else { return nil }
        return FirmTemplate(
            firm: FirmID(try row.text("firm")), template: template, base: try row.optionalText("base"),
            at: Timestamp(microseconds: try row.integer("at")))
    }

    // MARK: rounds

    static func schedule(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> InspectionSchedule? {
        let scope = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM safety_inspection_schedules WHERE id = ? AND \(scope.sql)", [.text(id)] + scope.arguments
        ).map(schedule)
    }

    /// The rounds that go on, the longest due first.
    static func rounds(
        _ person: PersonID? = nil, for tenant: some Tenancy, limit: Int = 100, offset: Int = 0, in reader: any Reader
    ) throws -> Listing<InspectionSchedule> {
        let scope = tenant.condition(column: "scope")
        return try reader.listing(
            "*",
            from: """
                safety_inspection_schedules WHERE ended IS NULL AND \(scope.sql)
                \(person == nil ? "" : "AND responsible = ?")
                """, scope.arguments + (person.map { [.text($0.rawValue)] } ?? []), order: "due, id", limit: limit,
            offset: offset, schedule)
    }

    /// How many rounds are overdue, and how many are due on a day.
    static func dueCounts(
        on day: KoreanDay, _ person: PersonID? = nil, for tenant: some Tenancy, in reader: any Reader
    ) throws -> (overdue: Int64, today: Int64) {
        let scope = tenant.condition(column: "scope")
        let row = try reader.first(
            """
            SELECT COALESCE(SUM(CASE WHEN due < ? THEN 1 ELSE 0 END), 0) AS overdue,
            COALESCE(SUM(CASE WHEN due = ? THEN 1 ELSE 0 END), 0) AS today
            FROM safety_inspection_schedules WHERE ended IS NULL AND \(scope.sql)
            \(person == nil ? "" : "AND responsible = ?")
            """,
            [.integer(day.number), .integer(day.number)] + scope.arguments
                + (person.map { [.text($0.rawValue)] } ?? []))
        return (try row?.integer("overdue") ?? 0, try row?.integer("today") ?? 0)
    }

    private static func schedule(_ row: Row) throws -> InspectionSchedule {
        InspectionSchedule(
            id: try row.text("id"), scope: Scope(try row.text("scope")) ?? .zone, firm: FirmID(try row.text("firm")),
            template: try row.text("template"), place: ThingID(try row.text("place")),
            round: Recurrence(first: KoreanDay(number: try row.integer("first")), every: try row.integer("every")),
            responsible: PersonID(try row.text("responsible")), due: KoreanDay(number: try row.integer("due")),
            last: try row.optionalInteger("last").map { KoreanDay(number: $0) },
            hasEnded: try row.optionalInteger("ended") != nil)
    }

    // MARK: what was inspected

    static let sortable = ["arrived", "day", "failed"]

    static func inspection(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> InspectionRow? {
        let scope = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM safety_inspections WHERE id = ? AND \(scope.sql)", [.text(id)] + scope.arguments
        ).map(inspection)
    }

    /// What was inspected, in the order asked for; with `waiting` only what no reviewer has judged.
    static func inspections(
        sort: String, descending: Bool, waiting: Bool = false, schedule: String? = nil, for tenant: some Tenancy,
        limit: Int, offset: Int = 0, in reader: any Reader
    ) throws -> Listing<InspectionRow> {
        let scope = tenant.condition(column: "scope")
        let column = sortable.contains(sort) ? sort : "arrived"
        return try reader.listing(
            "*",
            from: """
                safety_inspections WHERE \(scope.sql) \(waiting ? "AND verdict IS NULL" : "")
                \(schedule == nil ? "" : "AND schedule = ?")
                """, scope.arguments + (schedule.map { [.text($0)] } ?? []),
            order: "\(column)\(descending ? " DESC" : ""), id", limit: limit, offset: offset, inspection)
    }

    private static func inspection(_ row: Row) throws -> InspectionRow {
        InspectionRow(
            id: try row.text("id"), scope: Scope(try row.text("scope")) ?? .zone, schedule: try row.text("schedule"),
            template: try row.text("template"), version: try row.integer("version"),
            place: ThingID(try row.text("place")), inspector: PersonID(try row.text("inspector")),
            day: KoreanDay(number: try row.integer("day")), due: KoreanDay(number: try row.integer("due")),
            isOffline: try row.flag("is_offline"), claimed: Timestamp(microseconds: try row.integer("claimed")),
            skew: try row.real("skew"), arrived: Timestamp(microseconds: try row.integer("arrived")),
            failed: try row.integer("failed"),
            worst: try row.optionalInteger("worst").map { RiskBand(rank: Int($0)) },
            verdict: try row.optionalText("verdict"),
            reviewer: try row.optionalText("reviewer").flatMap { Author($0) },
            reviewed: try row.optionalInteger("reviewed").map { Timestamp(microseconds: $0) })
    }
}
