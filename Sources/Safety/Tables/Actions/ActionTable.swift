import District
import Record
import Store

/// What is to be done, by whom and until when.
enum ActionTable {
    static let migration = Migration(
        "safety.actions.001",
        [
            """
            CREATE TABLE safety_actions (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, thing TEXT NOT NULL, title TEXT NOT NULL,
                source_kind TEXT NOT NULL, source TEXT NOT NULL, band BIGINT NOT NULL, step TEXT NOT NULL, owner TEXT,
                opened BIGINT NOT NULL, first_due BIGINT NOT NULL, due BIGINT NOT NULL, extensions BIGINT NOT NULL,
                state TEXT NOT NULL, completed BIGINT, completed_by TEXT, proof TEXT, escalated BIGINT NOT NULL,
                flags TEXT NOT NULL, event TEXT NOT NULL)
            """,
            "CREATE INDEX safety_actions_scope ON safety_actions (scope, state, first_due)",
            "CREATE INDEX safety_actions_due ON safety_actions (state, first_due)",
            "CREATE INDEX safety_actions_source ON safety_actions (source_kind, source)",
        ])

    static let types = [
        "safety.action.opened", "safety.action.assigned", "safety.action.extended", "safety.action.completed",
        "safety.action.verified", "safety.action.cancelled", "safety.action.escalated",
    ]

    /// One that a tenant may see.
    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> SafetyAction? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM safety_actions WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).map(action)
    }

    /// What follows from something: the actions of a hazard, an incident, a drill.
    static func of(
        _ kind: String, _ source: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [SafetyAction] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM safety_actions WHERE source_kind = ? AND source = ? AND \(own.sql) ORDER BY first_due, id",
            [.text(kind), .text(source)] + own.arguments
        ).map(action)
    }

    /// What a list shows.
    enum View: String, CaseIterable {
        case open, overdue, check, flagged, all
    }

    /// A page of a tenant's actions, the most pressing first.
    /// - Parameter owner: only this person's, where given.
    static func page(
        _ view: View, owner: PersonID? = nil, on day: KoreanDay, limit: Int, offset: Int, for tenant: some Tenancy,
        in reader: any Reader
    ) throws -> Listing<SafetyAction> {
        let own = tenant.condition(column: "scope")
        var (condition, arguments): (String, [SQLValue]) =
            switch view {
            case .open: ("state = 'open'", [])
            case .overdue: ("state = 'open' AND first_due < ?", [.integer(day.number)])
            case .check: ("state = 'done'", [])
            case .flagged: ("flags <> '' AND state <> 'cancelled'", [])
            case .all: ("state <> ''", [])
            }
        if let owner {
            condition += " AND owner = ?"
            arguments.append(.text(owner.rawValue))
        }
        return try reader.listing(
            "*", from: "safety_actions WHERE \(condition) AND \(own.sql)", arguments + own.arguments,
            order: "band DESC, first_due, id", limit: limit, offset: offset, action)
    }

    /// How many actions of a tenant are late on a day, by band.
    static func overdue(
        on day: KoreanDay, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [RiskBand: Int64] {
        let own = tenant.condition(column: "scope")
        var counts: [RiskBand: Int64] = [:]
        for row in try reader.query(
            """
            SELECT band, COUNT(*) AS many FROM safety_actions
            WHERE state = 'open' AND first_due < ? AND \(own.sql) GROUP BY band
            """, [.integer(day.number)] + own.arguments)
        {
            counts[RiskBand(rank: Int(try row.integer("band")))] = try row.integer("many")
        }
        return counts
    }

    /// Those of every firm that are late on a day and of which the highest level has not heard yet, for the rule that
    /// escalates them.
    static func late(on day: KoreanDay, after id: String, limit: Int, in reader: any Reader) throws -> [SafetyAction] {
        try reader.query(
            """
            SELECT * FROM safety_actions WHERE state = 'open' AND first_due < ? AND escalated < ? AND id > ?
            ORDER BY id LIMIT \(limit)
            """,
            [.integer(day.number), .integer(EscalationLevel.zoneOfficer.rank), .text(id)]
        ).map(action)
    }

    private static func action(_ row: Row) throws -> SafetyAction {
        SafetyAction(
            id: try row.text("id"), scope: Scope(try row.text("scope")) ?? .zone, thing: ThingID(try row.text("thing")),
            title: try row.text("title"),
            source: .init(kind: try row.text("source_kind"), id: try row.text("source")),
            band: RiskBand(rank: Int(try row.integer("band"))),
            step: ControlStep(rawValue: try row.text("step")) ?? .administrative,
            owner: try row.optionalText("owner").map { PersonID($0) },
            opened: KoreanDay(number: try row.integer("opened")),
            firstDue: KoreanDay(number: try row.integer("first_due")), due: KoreanDay(number: try row.integer("due")),
            extensions: try row.integer("extensions"),
            state: SafetyAction.State(rawValue: try row.text("state")) ?? .open,
            completed: try row.optionalInteger("completed").map { KoreanDay(number: $0) },
            completedBy: try row.optionalText("completed_by").flatMap { Author($0) },
            proof: try row.optionalText("proof"), escalated: EscalationLevel(rank: try row.integer("escalated")),
            flags: Set(try row.text("flags").split(separator: " ").compactMap { SafetyAction.Flag(rawValue: "\($0)") }),
            event: Identifier(try row.text("event")))
    }
}
