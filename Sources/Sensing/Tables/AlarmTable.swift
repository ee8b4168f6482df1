import Access
import District
import Record
import Store
import Twin
import Web

/// One alarm, as lists and pages show it.
struct AlarmRow: Sendable, Hashable {
    let id: String
    let thing: ThingID
    let property: String?
    let scope: Scope
    let origin: String
    let priority: String
    let state: AlarmState
    let raised: Timestamp
    let cleared: Timestamp?
    let acknowledged: Timestamp?
    let why: Words
    let value: Double?
    let unit: String?
    let expectedLow: Double?
    let expectedHigh: Double?
    let observed: Timestamp
    let correlation: Identifier
    /// The event that raised it; what people do about it answers that event.
    let event: Identifier
    let note: String?
}

/// Alarms as they stand.
enum AlarmTable {
    static let migration = Migration(
        "sensing.001.alarms",
        [
            """
            CREATE TABLE sensing_alarms (
                id TEXT PRIMARY KEY, thing TEXT NOT NULL, property TEXT, scope TEXT NOT NULL, origin TEXT NOT NULL,
                priority TEXT NOT NULL, urgency BIGINT NOT NULL, state TEXT NOT NULL, is_open BIGINT NOT NULL,
                raised BIGINT NOT NULL, cleared BIGINT, acknowledged BIGINT, why_ko TEXT NOT NULL,
                why_en TEXT NOT NULL, value DOUBLE PRECISION, unit TEXT, expected_low DOUBLE PRECISION,
                expected_high DOUBLE PRECISION, observed BIGINT NOT NULL, correlation TEXT NOT NULL, event TEXT NOT NULL,
                note TEXT)
            """,
            "CREATE INDEX sensing_alarms_open ON sensing_alarms (is_open, urgency, raised)",
            "CREATE INDEX sensing_alarms_thing ON sensing_alarms (thing, raised)",
            "CREATE INDEX sensing_alarms_raised ON sensing_alarms (raised)",
        ])

    static let projection = Projection(
        tables: ["sensing_alarms"],
        types: ["sensing.alarm.raised", "sensing.alarm.acknowledged", "sensing.alarm.cleared"]
    ) { event, payload, transaction in
        switch event.type {
        case "sensing.alarm.raised": try insert(event, payload, transaction)
        default: try advance(event, payload, transaction)
        }
    }

    private static func insert(_ event: Event, _ payload: [String: JSON], _ transaction: any Writer) throws {
        let evidence = payload["evidence"]
        let priority = payload["priority"]?.text ?? "low"
        let observed = evidence?["observed"]?.text.flatMap { Timestamp(iso8601: $0) } ?? event.observed
        try transaction.execute(
            """
            INSERT INTO sensing_alarms (id, thing, property, scope, origin, priority, urgency, state, is_open, raised,
                why_ko, why_en, value, unit, expected_low, expected_high, observed, correlation, event)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(payload["alarm"]?.text ?? ""), .text(payload["thing"]?.text ?? ""),
                .optional(payload["property"]?.text), .text(event.scope.text),
                .text(payload["origin"]?.text ?? "live"), .text(priority),
                .integer(AlarmPriority(rawValue: priority)?.urgency ?? 0),
                .text(AlarmState.unacknowledgedActive.rawValue), .integer(event.recorded.microseconds),
                .text(payload["why"]?["ko"]?.text ?? ""), .text(payload["why"]?["en"]?.text ?? ""),
                .optional(evidence?["value"]?.double), .optional(evidence?["unit"]?.text),
                .optional(evidence?["expected_low"]?.double), .optional(evidence?["expected_high"]?.double),
                .integer(observed.microseconds), .text(event.correlation.description), .text(event.id.description),
            ])
    }

    private static func advance(_ event: Event, _ payload: [String: JSON], _ transaction: any Writer) throws {
        guard let id = payload["alarm"]?.text, let row = try find(id, in: transaction) else { return }
        let acknowledges = event.type == "sensing.alarm.acknowledged"
        let next = try row.state.after(acknowledges ? .acknowledge : .clear)
        let moment = acknowledges ? "acknowledged" : "cleared"
        try transaction.execute(
            "UPDATE sensing_alarms SET state = ?, is_open = ?, \(moment) = ?, note = COALESCE(?, note) WHERE id = ?",
            [
                .text(next.rawValue), .flag(next != .normal), .integer(event.recorded.microseconds),
                .optional(acknowledges ? note(payload["note"]) : nil), .text(id),
            ])
    }

    /// A note is its writer's; once erased it reads as such.
    private static func note(_ value: JSON?) -> String? {
        value?["erased"]?.bool == true ? "(삭제됨 / erased)" : value?.text
    }

    private static let columns = """
        id, thing, property, scope, origin, priority, state, raised, cleared, acknowledged, why_ko, why_en, value, unit,
        expected_low, expected_high, observed, correlation, event, note
        """

    private static func row(_ row: Row) throws -> AlarmRow {
        AlarmRow(
            id: try row.text("id"), thing: ThingID(try row.text("thing")), property: try row.optionalText("property"),
            scope: Scope(try row.text("scope")) ?? .zone, origin: try row.text("origin"),
            priority: try row.text("priority"), state: AlarmState(rawValue: try row.text("state")) ?? .normal,
            raised: Timestamp(microseconds: try row.integer("raised")),
            cleared: try row.optionalInteger("cleared").map { Timestamp(microseconds: $0) },
            acknowledged: try row.optionalInteger("acknowledged").map { Timestamp(microseconds: $0) },
            why: Words(try row.text("why_ko"), try row.text("why_en")), value: try row.optionalReal("value"),
            unit: try row.optionalText("unit"), expectedLow: try row.optionalReal("expected_low"),
            expectedHigh: try row.optionalReal("expected_high"),
            observed: Timestamp(microseconds: try row.integer("observed")),
            correlation: Identifier(try row.text("correlation")) ?? Identifier(),
            event: Identifier(try row.text("event")) ?? Identifier(), note: try row.optionalText("note"))
    }

    private static func find(_ id: String, in reader: any Reader) throws -> AlarmRow? {
        try reader.first("SELECT \(columns) FROM sensing_alarms WHERE id = ?", [.text(id)]).map(row)
    }

    /// An alarm, where the tenant may see it.
    static func find(_ id: String, for tenant: Tenant, in reader: any Reader) throws -> AlarmRow? {
        try find(id, in: reader).flatMap { tenant.sees($0.scope) ? $0 : nil }
    }

    /// Where an alarm stands; nil where there is none.
    static func state(of id: String, in reader: any Reader) throws -> AlarmState? { try find(id, in: reader)?.state }

    /// The alarm of a thing and property from one origin that has not cleared; nil where there is none.
    static func open(
        _ thing: ThingID, property: String, origin: String, in reader: any Reader
    ) throws -> AlarmRow? {
        try reader.query(
            """
            SELECT \(columns) FROM sensing_alarms WHERE thing = ? AND property = ? AND origin = ? AND cleared IS NULL
            ORDER BY raised DESC LIMIT 1
            """, [.text(thing.rawValue), .text(property), .text(origin)]
        ).map(row).first
    }

    /// The alarms that are not over, the most urgent first; every tenant's, for the detector that goes on after a restart.
    static func open(in reader: any Reader) throws -> [AlarmRow] {
        try reader.query(
            "SELECT \(columns) FROM sensing_alarms WHERE is_open = 1 ORDER BY urgency DESC, raised DESC LIMIT 10000"
        ).map(row)
    }

    /// Columns a list may be sorted by.
    static let sortable = ["raised", "priority", "thing", "state"]

    /// A tenant's alarms: those that are open, or all.
    static func list(
        _ query: TableQuery, openOnly: Bool, for tenant: Tenant, in reader: any Reader
    ) throws -> Listing<AlarmRow> {
        let own = tenant.condition(column: "scope")
        var condition = own.sql
        var arguments = own.arguments
        if openOnly { condition += " AND is_open = 1" }
        if !query.filter.isEmpty {
            condition +=
                " AND (lower(thing) LIKE ? ESCAPE '!' OR lower(why_ko) LIKE ? ESCAPE '!' OR lower(why_en) LIKE ? ESCAPE '!')"
            arguments += Array(repeating: .pattern(containing: query.filter), count: 3)
        }
        let order = query.sort == "priority" ? "urgency" : query.sort
        return try reader.listing(
            columns, from: "sensing_alarms WHERE \(condition)", arguments,
            order: "\(order) \(query.descending ? "DESC" : "ASC"), id DESC", limit: query.size, offset: query.offset,
            row)
    }

    /// The most urgent open alarms, of equal urgency those first that nobody has taken on; how many are open, and how many of those wait.
    static func ringing(
        limit: Int, for tenant: Tenant, in reader: any Reader
    ) throws -> (rows: [AlarmRow], open: Int64, waiting: Int64) {
        let own = tenant.condition(column: "scope")
        let open = "FROM sensing_alarms WHERE is_open = 1 AND \(own.sql)"
        let rows = try reader.query(
            "SELECT \(columns) \(open) ORDER BY urgency DESC, CASE WHEN acknowledged IS NULL THEN 0 ELSE 1 END, raised DESC, id"
                + " LIMIT \(limit)", own.arguments
        ).map(row)
        let count = try reader.first("SELECT COUNT(*) AS many, COUNT(acknowledged) AS taken \(open)", own.arguments)
        let many = try count?.integer("many") ?? 0
        return (rows, many, many - (try count?.integer("taken") ?? 0))
    }

    /// What people call the open alarms: by the name of their machine.
    static func names(for tenant: Tenant, in reader: any Reader) throws -> [Named] {
        let own = tenant.condition(column: "scope")
        let rows = try reader.query(
            "SELECT \(columns) FROM sensing_alarms WHERE is_open = 1 AND \(own.sql) ORDER BY raised DESC, id LIMIT 200",
            own.arguments
        ).map(row)
        return try rows.map { alarm in
            let thing = try Things.find(alarm.thing, for: tenant, in: reader)
            return Named(alarm.id, [thing?.name.ko ?? alarm.thing.rawValue, thing?.name.en ?? ""])
        }
    }

    /// The latest alarms of a thing.
    static func latest(of thing: ThingID, for tenant: Tenant, in reader: any Reader) throws -> [AlarmRow] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT \(columns) FROM sensing_alarms WHERE thing = ? AND \(own.sql) ORDER BY raised DESC LIMIT 20",
            [.text(thing.rawValue)] + own.arguments
        ).map(row)
    }

    /// How many alarms were raised, and how many taken on, since a moment.
    static func activity(
        since: Timestamp, for tenant: Tenant, in reader: any Reader
    ) throws -> (raised: Int64, acknowledged: Int64) {
        let own = tenant.condition(column: "scope")
        let row = try reader.first(
            "SELECT COUNT(*) AS raised, COUNT(acknowledged) AS taken FROM sensing_alarms WHERE raised >= ? AND \(own.sql)",
            [.integer(since.microseconds)] + own.arguments)
        return (try row?.integer("raised") ?? 0, try row?.integer("taken") ?? 0)
    }

    /// How many alarms are open, by priority.
    static func counts(for tenant: Tenant, in reader: any Reader) throws -> [String: Int64] {
        let own = tenant.condition(column: "scope")
        return Dictionary(
            uniqueKeysWithValues: try reader.query(
                "SELECT priority, COUNT(*) AS many FROM sensing_alarms WHERE is_open = 1 AND \(own.sql) GROUP BY priority",
                own.arguments
            ).map { (try $0.text("priority"), try $0.integer("many")) })
    }
}
