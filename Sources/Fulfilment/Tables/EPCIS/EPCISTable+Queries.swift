import District
import Record
import Store

/// An event as the table keeps it.
struct EPCISKept: Sendable, Hashable {
    /// Its place in the table.
    let id: String
    /// The event of the Record that it stands in.
    let record: String
    /// Whether somebody sent it; else it is of the house's own stock.
    let isCaptured: Bool
    let eventTime: Timestamp
    let recordTime: Timestamp
    let json: JSON
}

/// Where a page of answers ended: the next one begins behind it.
struct EPCISPlace: Sendable, Hashable {
    let time: Int64
    let id: String
    /// How many were given before, on all pages.
    var given = 0

    /// As a token in addresses.
    var token: String { "\(time).\(id).\(given)" }

    init(time: Int64, id: String, given: Int) {
        self.time = time
        self.id = id
        self.given = given
    }

    /// Reads a token; nil where it is none of ours.
    init?(_ token: String) {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let time = Int64(parts[0]), let given = Int(parts[2]), given >= 0,
            (1...80).contains(parts[1].utf8.count)
        else { return nil }
        self.init(time: time, id: String(parts[1]), given: given)
    }
}

extension EPCISTable {
    /// A page of the events that a question asks for, and where the next one begins.
    static func page(
        _ query: EPCISQuery, size: Int, after place: EPCISPlace? = nil, records: [String]? = nil,
        for tenant: some Tenancy, in reader: any Reader
    ) throws -> (events: [EPCISKept], next: EPCISPlace?) {
        var (sql, arguments) = condition(query, records, for: tenant)
        let column = query.order == .event ? "event_time" : "record_time"
        let sign = query.isDescending ? "<" : ">"
        if let place {
            sql += " AND (e.\(column) \(sign) ? OR e.\(column) = ? AND e.id \(sign) ?)"
            arguments += [.integer(place.time), .integer(place.time), .text(place.id)]
        }
        let given = place?.given ?? 0
        let most = min(size, (query.limit ?? .max) - given)
        guard most > 0 else { return ([], nil) }
        let direction = query.isDescending ? "DESC" : "ASC"
        let rows = try reader.query(
            """
            SELECT e.* FROM fulfilment_epcis_events e WHERE \(sql)
            ORDER BY e.\(column) \(direction), e.id \(direction) LIMIT \(most + 1)
            """, arguments
        ).map(kept)
        let events = Array(rows.prefix(most))
        let isLast = rows.count <= most || query.limit.map { given + most >= $0 } ?? false
        guard !isLast, let last = events.last else { return (events, nil) }
        let time = query.order == .event ? last.eventTime : last.recordTime
        return (events, EPCISPlace(time: time.microseconds, id: last.id, given: given + events.count))
    }

    /// How many events a question asks for, counted up to a number.
    static func count(
        _ query: EPCISQuery, upTo most: Int, for tenant: some Tenancy, in reader: any Reader
    ) throws -> Int {
        let (sql, arguments) = condition(query, nil, for: tenant)
        return try reader.query(
            "SELECT 1 AS one FROM fulfilment_epcis_events e WHERE \(sql) LIMIT \(most)", arguments
        ).count
    }

    /// The event of an identifier, and what was declared of errors in it (EPCIS 2.0, 7.4.1).
    static func all(eventID: String, for tenant: some Tenancy, in reader: any Reader) throws -> [EPCISKept] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM fulfilment_epcis_events WHERE event_id = ? AND \(own.sql) ORDER BY id LIMIT 1000",
            [.text(eventID)] + own.arguments
        ).map(kept)
    }

    /// The firms that have events.
    static func firms(for tenant: some Tenancy, in reader: any Reader) throws -> [FirmID] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT DISTINCT scope FROM fulfilment_epcis_events WHERE \(own.sql) ORDER BY scope", own.arguments
        ).compactMap { row in
            guard case .firm(let firm) = Scope(try row.text("scope")) else { return nil }
            return firm
        }
    }

    /// An event by its place in the table.
    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> EPCISKept? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM fulfilment_epcis_events WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).map(kept)
    }

    /// Whether an event is there already in a scope, or a declaration of an error in it of the same moment.
    static func isTaken(
        _ eventID: String, declared: Timestamp?, in scope: Scope, _ reader: any Reader
    ) throws -> Bool {
        try reader.first(
            """
            SELECT 1 AS one FROM fulfilment_epcis_events
            WHERE scope = ? AND event_id = ? AND COALESCE(error_time, 0) = ?
            """, [.text(scope.text), .text(eventID), .integer(declared?.microseconds ?? 0)]) != nil
    }

    /// What there is of a kind: event types, EPCs, business steps …, in order, behind a value.
    static func values(
        _ resource: EPCISResource, after: String?, limit: Int, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [String] {
        let own = tenant.condition(column: "scope")
        var arguments = own.arguments
        let (column, table, field): (String, String, String) =
            switch resource {
            case .eventTypes: ("type", "fulfilment_epcis_events", "type IS NOT NULL")
            case .bizSteps: ("biz_step", "fulfilment_epcis_events", "biz_step IS NOT NULL")
            case .dispositions: ("disposition", "fulfilment_epcis_events", "disposition IS NOT NULL")
            case .readPoints: ("read_point", "fulfilment_epcis_events", "read_point IS NOT NULL")
            case .bizLocations: ("biz_location", "fulfilment_epcis_events", "biz_location IS NOT NULL")
            case .epcs: ("value", "fulfilment_epcis_values", "field = '\(EPCISEvent.named)'")
            }
        var behind = ""
        if let after {
            behind = " AND \(column) > ?"
            arguments.append(.text(after))
        }
        return try reader.query(
            """
            SELECT DISTINCT \(column) AS one FROM \(table) WHERE \(own.sql) AND \(field)\(behind)
            ORDER BY one LIMIT \(limit)
            """, arguments
        ).map { try $0.text("one") }
    }

    // MARK: - Conditions

    private static func condition(
        _ query: EPCISQuery, _ records: [String]?, for tenant: some Tenancy
    ) -> (sql: String, arguments: [SQLValue]) {
        let own = tenant.condition(column: "e.scope")
        var (parts, arguments) = ([own.sql], own.arguments)
        if let records {
            parts.append("e.record IN (\(marks(records.count)))")
            arguments += records.map { .text($0) }
        }
        for condition in query.conditions {
            let (sql, more) = Self.sql(condition)
            parts.append(sql)
            arguments += more
        }
        return (parts.joined(separator: " AND "), arguments)
    }

    private static func sql(_ condition: EPCISQuery.Condition) -> (String, [SQLValue]) {
        switch condition {
        case .isOne(let member, let values):
            return ("e.\(column(member)) IN (\(marks(values.count)))", values.map { .text($0) })
        case .from(let time, let moment): return ("e.\(column(time)) >= ?", [.integer(moment.microseconds)])
        case .before(let time, let moment): return ("e.\(column(time)) < ?", [.integer(moment.microseconds)])
        case .declares: return ("e.error_time IS NOT NULL", [])
        case .quantity(let comparison, let number):
            return (
                """
                EXISTS (SELECT 1 FROM fulfilment_epcis_quantities q WHERE q.event = e.id
                AND q.quantity \(comparison.rawValue) ?)
                """, [.real(number)]
            )
        case .holds(let fields, let values, let isBranch):
            var (value, arguments) = ("v.value IN (\(marks(values.count)))", values.map { SQLValue.text(key($0)) })
            if isBranch {
                for one in values {
                    // What stands below begins with it and a slash; no sign of it has a meaning of its own here.
                    value += " OR substr(v.value, 1, CAST(? AS INTEGER)) = ?"
                    arguments += [.integer(Int64(one.count + 1)), .text(one + "/")]
                }
            }
            return (
                """
                EXISTS (SELECT 1 FROM fulfilment_epcis_values v WHERE v.event = e.id
                AND v.field IN (\(marks(fields.count))) AND (\(value)))
                """, fields.map { .text($0) } + arguments
            )
        }
    }

    private static func marks(_ count: Int) -> String { Array(repeating: "?", count: count).joined(separator: ", ") }

    private static func column(_ member: EPCISQuery.Member) -> String {
        switch member {
        case .type: "type"
        case .action: "action"
        case .bizStep: "biz_step"
        case .disposition: "disposition"
        case .readPoint: "read_point"
        case .bizLocation: "biz_location"
        case .eventID: "event_id"
        case .transformationID: "transformation"
        case .errorReason: "error_reason"
        }
    }

    private static func column(_ time: EPCISQuery.Time) -> String {
        switch time {
        case .event: "event_time"
        case .record: "record_time"
        case .error: "error_time"
        }
    }

    private static func kept(_ row: Row) throws -> EPCISKept {
        EPCISKept(
            id: try row.text("id"), record: try row.text("record"), isCaptured: try row.text("origin") == "captured",
            eventTime: Timestamp(microseconds: try row.integer("event_time")),
            recordTime: Timestamp(microseconds: try row.integer("record_time")),
            json: try JSON(parsing: try row.text("content")))
    }
}

/// The top-level resources of the standard that lead to events.
enum EPCISResource: String, Sendable, Hashable, CaseIterable {
    case eventTypes, epcs, bizSteps, bizLocations, readPoints, dispositions

    /// The question for the events of one of them.
    func query(_ value: String) -> EPCISQuery.Condition {
        switch self {
        case .eventTypes: .isOne(of: .type, values: [value])
        case .bizSteps: .isOne(of: .bizStep, values: [CBV.Kind.bizStep.bare(value)])
        case .dispositions: .isOne(of: .disposition, values: [CBV.Kind.disposition.bare(value)])
        case .readPoints: .holds(["readPoint"], values: [GS1Key.comparable(value)], isBranch: false)
        case .bizLocations: .holds(["bizLocation"], values: [GS1Key.comparable(value)], isBranch: false)
        case .epcs:
            .holds(
                ["epc", "parent", "inputEPC", "outputEPC", "epcClass", "inputEPCClass", "outputEPCClass"],
                values: [GS1Key.comparable(value)], isBranch: false)
        }
    }
}
