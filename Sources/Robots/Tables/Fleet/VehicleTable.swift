import District
import Record
import Store

/// A vehicle that was enrolled.
struct EnrolledVehicle: Sendable, Hashable {
    let vehicle: VehicleID
    let name: Words
    /// The site, a thing.
    let site: ThingID
    let scope: Scope
    let enrolled: Timestamp

    var thing: ThingID { vehicle.thing }
}

/// A fault of a vehicle, open or over.
struct VehicleFaultRow: Sendable, Hashable {
    let thing: ThingID
    let fault: String
    let level: String
    let text: String?
    let since: Timestamp
    let over: Timestamp?
}

/// The vehicles and their faults, out of events.
enum VehicleTable {
    static let enrolled = "robots.vehicle.enrolled"
    static let withdrawn = "robots.vehicle.withdrawn"
    static let settled = "robots.vehicle.settled"
    static let approved = "robots.vehicle.approved"

    /// Whose a vehicle is, as the zone has confirmed.
    static let owners = Migration(
        "robots.fleet.002",
        [
            """
            CREATE TABLE robots_vehicle_owners (thing TEXT PRIMARY KEY, firm TEXT NOT NULL, since BIGINT NOT NULL)
            """
        ])

    static let migration = Migration(
        "robots.fleet.001",
        [
            """
            CREATE TABLE robots_vehicles (
                thing TEXT PRIMARY KEY, manufacturer TEXT NOT NULL, serial TEXT NOT NULL, name_ko TEXT NOT NULL,
                name_en TEXT NOT NULL, site TEXT NOT NULL, scope TEXT NOT NULL, enrolled BIGINT NOT NULL,
                is_withdrawn BIGINT NOT NULL)
            """,
            """
            CREATE TABLE robots_vehicle_faults (
                event TEXT PRIMARY KEY, thing TEXT NOT NULL, scope TEXT NOT NULL, fault TEXT NOT NULL,
                level TEXT NOT NULL, text TEXT, since BIGINT NOT NULL, over BIGINT)
            """,
            "CREATE INDEX robots_vehicle_faults_thing ON robots_vehicle_faults (thing, since)",
            // What was last published to each vehicle: written before it leaves, not out of events.
            """
            CREATE TABLE robots_fleet_journal (
                thing TEXT PRIMARY KEY, fence BIGINT NOT NULL, content TEXT, at BIGINT NOT NULL)
            """,
        ])

    static let projection = Projection(
        tables: ["robots_vehicles", "robots_vehicle_faults", "robots_vehicle_owners"],
        types: [approved, enrolled, withdrawn, VehicleFaulted.type, VehicleFaulted.recovered]
    ) { event, payload, transaction in
        let thing = payload["thing"]?.text ?? ""
        switch event.type {
        case approved:
            try transaction.execute(
                """
                INSERT INTO robots_vehicle_owners (thing, firm, since) VALUES (?, ?, ?)
                ON CONFLICT (thing) DO UPDATE SET firm = excluded.firm, since = excluded.since
                """,
                [.text(thing), .text(payload["firm"]?.text ?? ""), .integer(event.observed.microseconds)])
        case enrolled:
            try transaction.execute("DELETE FROM robots_vehicles WHERE thing = ?", [.text(thing)])
            try transaction.execute(
                """
                INSERT INTO robots_vehicles
                    (thing, manufacturer, serial, name_ko, name_en, site, scope, enrolled, is_withdrawn)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)
                """,
                [
                    .text(thing), .text(payload["manufacturer"]?.text ?? ""), .text(payload["serial"]?.text ?? ""),
                    .text(payload["name"]?["ko"]?.text ?? thing), .text(payload["name"]?["en"]?.text ?? thing),
                    .text(payload["site"]?.text ?? ""), .text(event.scope.text),
                    .integer(event.observed.microseconds),
                ])
        case withdrawn:
            try transaction.execute("UPDATE robots_vehicles SET is_withdrawn = 1 WHERE thing = ?", [.text(thing)])
            try end(thing, nil, event, transaction)
        case VehicleFaulted.type:
            // One that has grown worse takes the place of what it was.
            try end(thing, payload["fault"]?.text, event, transaction)
            try transaction.execute(
                """
                INSERT INTO robots_vehicle_faults (event, thing, scope, fault, level, text, since)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .text(event.id.description), .text(thing), .text(event.scope.text),
                    .text(payload["fault"]?.text ?? ""), .text(payload["level"]?.text ?? "WARNING"),
                    .optional(payload["text"]?.text), .integer(event.observed.microseconds),
                ])
        default: try end(thing, payload["fault"]?.text, event, transaction)
        }
    }

    /// The vehicles of a site, whosever they are: for rules that tell nothing of them but what they can do together.
    static func things(at site: String, in reader: any Reader) throws -> [ThingID] {
        try reader.query(
            "SELECT thing FROM robots_vehicles WHERE site = ? AND is_withdrawn = 0 ORDER BY thing", [.text(site)]
        ).map { ThingID(try $0.text("thing")) }
    }

    private static func end(
        _ thing: String, _ fault: String?, _ event: Event, _ transaction: any Writer
    ) throws {
        try transaction.execute(
            "UPDATE robots_vehicle_faults SET over = ? WHERE thing = ? AND over IS NULL"
                + (fault == nil ? "" : " AND fault = ?"),
            [.integer(event.observed.microseconds), .text(thing)] + (fault.map { [.text($0)] } ?? []))
    }

    // MARK: - Asked

    /// The vehicles that somebody may see, by site and name.
    static func all(for tenant: some Tenancy, in reader: any Reader) throws -> [EnrolledVehicle] {
        let scope = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM robots_vehicles WHERE is_withdrawn = 0 AND \(scope.sql) ORDER BY site, thing",
            scope.arguments
        ).map(vehicle)
    }

    /// A vehicle that somebody may see.
    static func find(_ thing: ThingID, for tenant: some Tenancy, in reader: any Reader) throws -> EnrolledVehicle? {
        let scope = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM robots_vehicles WHERE is_withdrawn = 0 AND thing = ? AND \(scope.sql)",
            [.text(thing.rawValue)] + scope.arguments
        ).map(vehicle)
    }

    /// Whose a vehicle is, as the zone has confirmed; nil where it has not.
    static func owner(of thing: ThingID, in reader: any Reader) throws -> FirmID? {
        try reader.first("SELECT firm FROM robots_vehicle_owners WHERE thing = ?", [.text(thing.rawValue)])
            .map { FirmID(try $0.text("firm")) }
    }

    /// Whether a vehicle of that name is enrolled, whosever it is: a serial number belongs to one.
    static func isEnrolled(_ thing: ThingID, in reader: any Reader) throws -> Bool {
        try reader.first(
            "SELECT thing FROM robots_vehicles WHERE is_withdrawn = 0 AND thing = ?", [.text(thing.rawValue)]) != nil
    }

    /// The faults of a vehicle, open ones first, then newest first.
    static func faults(
        of thing: ThingID, for tenant: some Tenancy, limit: Int = 50, in reader: any Reader
    ) throws -> [VehicleFaultRow] {
        let scope = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT * FROM robots_vehicle_faults WHERE thing = ? AND \(scope.sql)
            ORDER BY CASE WHEN over IS NULL THEN 0 ELSE 1 END, since DESC LIMIT \(limit)
            """, [.text(thing.rawValue)] + scope.arguments
        ).map(fault)
    }

    /// The open faults that somebody may see.
    static func open(for tenant: some Tenancy, in reader: any Reader) throws -> [VehicleFaultRow] {
        let scope = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM robots_vehicle_faults WHERE over IS NULL AND \(scope.sql) ORDER BY since", scope.arguments
        ).map(fault)
    }

    private static func vehicle(_ row: Row) throws -> EnrolledVehicle {
        EnrolledVehicle(
            vehicle: VehicleID(manufacturer: try row.text("manufacturer"), serial: try row.text("serial")),
            name: Words(try row.text("name_ko"), try row.text("name_en")), site: ThingID(try row.text("site")),
            scope: Scope(try row.text("scope")) ?? .zone,
            enrolled: Timestamp(microseconds: try row.integer("enrolled")))
    }

    private static func fault(_ row: Row) throws -> VehicleFaultRow {
        VehicleFaultRow(
            thing: ThingID(try row.text("thing")), fault: try row.text("fault"), level: try row.text("level"),
            text: try row.optionalText("text"), since: Timestamp(microseconds: try row.integer("since")),
            over: try row.optionalInteger("over").map { Timestamp(microseconds: $0) })
    }
}
