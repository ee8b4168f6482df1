import District
import Record
import Store

/// The dangers of the district's firms, reported and proposed.
enum HazardTable {
    /// What a list shows.
    enum View: String, CaseIterable {
        case new, open, closed, rejected, all

        fileprivate var states: [Hazard.State] {
            switch self {
            case .new: [.raised, .proposed]
            case .open: [.accepted, .controlled]
            case .closed: [.closed]
            case .rejected: [.rejected, .joined]
            case .all: Hazard.State.allCases
            }
        }
    }

    /// One that a tenant may see.
    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> Hazard? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM safety_hazards WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).map(hazard)
    }

    /// A page of hazards: the worst first, then the newest.
    static func page(
        _ view: View, limit: Int, offset: Int = 0, for tenant: some Tenancy, in reader: any Reader
    ) throws -> Listing<Hazard> {
        let own = tenant.condition(column: "scope")
        let marks = view.states.map { _ in "?" }.joined(separator: ", ")
        return try reader.listing(
            "*", from: "safety_hazards WHERE state IN (\(marks)) AND \(own.sql)",
            view.states.map { .text($0.rawValue) } + own.arguments, order: "COALESCE(band, 9) DESC, raised DESC, id",
            limit: limit, offset: offset, hazard)
    }

    /// How many there are in each state.
    static func counts(for tenant: some Tenancy, in reader: any Reader) throws -> [Hazard.State: Int64] {
        let own = tenant.condition(column: "scope")
        var counts: [Hazard.State: Int64] = [:]
        for row in try reader.query(
            "SELECT state, COUNT(*) AS many FROM safety_hazards WHERE \(own.sql) GROUP BY state", own.arguments)
        {
            guard let state = Hazard.State(rawValue: try row.text("state")) else { continue }
            counts[state] = try row.integer("many")
        }
        return counts
    }

    /// Reports of people in a period, for the ratio of near misses to injuries; proposals do not count.
    static func reports(
        from: Timestamp, to: Timestamp, for tenant: some Tenancy, in reader: any Reader
    ) throws -> Int64 {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            """
            SELECT COUNT(*) AS many FROM safety_hazards
            WHERE origin <> 'alarm' AND raised >= ? AND raised < ? AND \(own.sql)
            """, [.integer(from.microseconds), .integer(to.microseconds)] + own.arguments)?.integer("many") ?? 0
    }

    /// Other hazards at a thing that are not over: perhaps the same one.
    static func alike(_ hazard: Hazard, for tenant: some Tenancy, in reader: any Reader) throws -> [Hazard] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT * FROM safety_hazards WHERE thing = ? AND id <> ? AND scope = ?
                AND state IN ('raised', 'proposed', 'accepted', 'controlled') AND \(own.sql) ORDER BY raised, id LIMIT 20
            """, [.text(hazard.thing.rawValue), .text(hazard.id), .text(hazard.scope.text)] + own.arguments
        ).map(Self.hazard)
    }

    /// Whether a thing's property already has a hazard that is not over, so that no alarm proposes it twice.
    static func isOpen(
        _ thing: ThingID, property: String?, for tenant: some Tenancy, in reader: any Reader
    ) throws -> Bool {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            """
            SELECT id FROM safety_hazards WHERE thing = ? AND COALESCE(property, '') = ? AND origin = 'alarm'
                AND state IN ('proposed', 'accepted', 'controlled') AND \(own.sql) LIMIT 1
            """, [.text(thing.rawValue), .text(property ?? "")] + own.arguments) != nil
    }

    /// What came by a QR code, for whoever holds the code and the report's number; nil where it came otherwise.
    static func filed(_ id: String, code: String, in reader: any Reader) throws -> Hazard? {
        try reader.first("SELECT * FROM safety_hazards WHERE id = ? AND code = ?", [.text(id), .text(code)])
            .map(hazard)
    }

    private static func hazard(_ row: Row) throws -> Hazard {
        let why = try row.optionalText("why").map { try JSON(parsing: $0) }
        var risk: Risk?
        if let frequency = try row.optionalInteger("frequency"), let severity = try row.optionalInteger("severity") {
            risk = Risk(likelihood: Int(frequency), severity: Int(severity))
        }
        return Hazard(
            id: try row.text("id"), scope: Scope(try row.text("scope")) ?? .zone, thing: ThingID(try row.text("thing")),
            state: Hazard.State(rawValue: try row.text("state")) ?? .raised,
            origin: Hazard.Origin(rawValue: try row.text("origin")) ?? .code,
            accident: try row.optionalText("accident").flatMap { AccidentType(rawValue: $0) },
            band: try row.optionalInteger("band").map { RiskBand(rank: Int($0)) }, risk: risk,
            text: try row.optionalText("text"),
            why: why?["ko"]?.text.map { Words($0, why?["en"]?.text ?? $0) }, reason: try row.optionalText("reason"),
            joined: try row.optionalText("joined"),
            photo: try row.optionalText("photo").map {
                Hazard.Photo(
                    hash: $0, isAsTaken: try row.optionalInteger("photo_as_taken").map { $0 == 1 },
                    isReused: try row.flag("photo_reused"))
            },
            alarm: try row.optionalText("alarm").map {
                Hazard.Alarm(
                    id: $0, property: try row.optionalText("property"),
                    priority: try row.optionalText("priority") ?? "")
            },
            raised: Timestamp(microseconds: try row.integer("raised")), event: Identifier(try row.text("event")))
    }
}
