import District
import Record
import Store

/// The permits to work, who is named in them and who is inside, and the locks that keep energy away.
enum PermitTable {
    static let migration = Migration(
        "safety.permits.001",
        [
            """
            CREATE TABLE safety_permits (
                id TEXT PRIMARY KEY, number TEXT NOT NULL, day BIGINT NOT NULL, scope TEXT NOT NULL, host TEXT NOT NULL,
                contractor TEXT, kind TEXT NOT NULL, thing TEXT NOT NULL, work TEXT NOT NULL, starts BIGINT NOT NULL,
                ends BIGINT NOT NULL, state TEXT NOT NULL, requester TEXT NOT NULL, supervisor TEXT NOT NULL,
                watcher TEXT, traits TEXT NOT NULL, is_cleared BIGINT NOT NULL, inflow TEXT, equipment TEXT,
                contacts TEXT, authoriser TEXT, suspension TEXT, readings TEXT NOT NULL, version BIGINT NOT NULL)
            """,
            "CREATE INDEX safety_permits_scope ON safety_permits (scope, ends)",
            "CREATE INDEX safety_permits_state ON safety_permits (state, ends)",
            """
            CREATE TABLE safety_permit_people (
                permit TEXT NOT NULL, person TEXT NOT NULL, is_inside BIGINT NOT NULL, since BIGINT,
                entries BIGINT NOT NULL, PRIMARY KEY (permit, person))
            """,
            "CREATE INDEX safety_permit_people_person ON safety_permit_people (person, is_inside)",
            """
            CREATE TABLE safety_permit_locks (
                permit TEXT NOT NULL, number TEXT NOT NULL, point TEXT NOT NULL, owner TEXT NOT NULL, locked BIGINT,
                unlocked BIGINT, PRIMARY KEY (permit, number))
            """,
            """
            CREATE TABLE safety_permit_closures (
                closure TEXT PRIMARY KEY, thing TEXT NOT NULL, scope TEXT NOT NULL, reason TEXT NOT NULL,
                closed BIGINT NOT NULL)
            """,
        ])

    /// A permit that a tenant may see.
    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> Permit? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM safety_permits WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).map(permit)
    }

    /// The permits whose time touches a range, by place and time.
    static func list(
        from: Timestamp, to: Timestamp, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [Permit] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT * FROM safety_permits WHERE starts < ? AND ends > ? AND \(own.sql)
            ORDER BY thing, starts, id LIMIT 500
            """, [.integer(to.microseconds), .integer(from.microseconds)] + own.arguments
        ).map(permit)
    }

    /// Permits that are running or suspended, or have somebody inside, whatever their time says.
    static func open(for tenant: some Tenancy, in reader: any Reader) throws -> [Permit] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT * FROM safety_permits WHERE state IN ('requested', 'running', 'suspended') AND \(own.sql)
            ORDER BY starts, id LIMIT 2000
            """, own.arguments
        ).map(permit)
    }

    /// Running permits, whosever: what stops one is no matter of who asks.
    static func running(in reader: any Reader) throws -> [Permit] {
        try reader.query("SELECT * FROM safety_permits WHERE state = 'running' ORDER BY id", []).map(permit)
    }

    /// Permits that hold some of a range, running or suspended, whosever: what another's work may clash with. One that
    /// should have ended by now and was not closed still holds its place.
    static func active(
        from: Timestamp, to: Timestamp, now: Timestamp, in reader: any Reader
    ) throws -> [Permit] {
        try reader.query(
            """
            SELECT * FROM safety_permits WHERE state IN ('running', 'suspended') AND starts < ?
            AND (ends > ? OR ends <= ?) ORDER BY id
            """, [.integer(to.microseconds), .integer(from.microseconds), .integer(now.microseconds)]
        ).map(permit)
    }

    /// Everyone who works under a permit, in order.
    static func people(of permit: String, in reader: any Reader) throws -> [PermitMember] {
        try reader.query("SELECT * FROM safety_permit_people WHERE permit = ? ORDER BY person", [.text(permit)])
            .map { row in
                PermitMember(
                    person: PersonID(try row.text("person")), isInside: try row.flag("is_inside"),
                    since: try row.optionalInteger("since").map { Timestamp(microseconds: $0) },
                    entries: try row.integer("entries"))
            }
    }

    /// How many are inside, by permit.
    static func inside(of permits: [String], in reader: any Reader) throws -> [String: Int64] {
        guard !permits.isEmpty else { return [:] }
        let marks = permits.map { _ in "?" }.joined(separator: ", ")
        var inside: [String: Int64] = [:]
        for row in try reader.query(
            """
            SELECT permit, COUNT(*) AS heads FROM safety_permit_people WHERE is_inside = 1 AND permit IN (\(marks))
            GROUP BY permit
            """, permits.map { .text($0) })
        {
            inside[try row.text("permit")] = try row.integer("heads")
        }
        return inside
    }

    /// The permit under which someone is inside somewhere now, whosever; nil where they are not.
    static func whereInside(_ person: PersonID, in reader: any Reader) throws -> String? {
        try reader.first(
            "SELECT permit FROM safety_permit_people WHERE person = ? AND is_inside = 1", [.text(person.rawValue)]
        ).map { try $0.text("permit") }
    }

    /// The locks of a permit, in order.
    static func locks(of permit: String, in reader: any Reader) throws -> [PermitLock] {
        try reader.query("SELECT * FROM safety_permit_locks WHERE permit = ? ORDER BY number", [.text(permit)])
            .map { row in
                PermitLock(
                    number: try row.text("number"), point: try row.text("point"),
                    owner: PersonID(try row.text("owner")),
                    on: try row.optionalInteger("locked").map { Timestamp(microseconds: $0) },
                    off: try row.optionalInteger("unlocked").map { Timestamp(microseconds: $0) })
            }
    }

    /// The things that are closed now, whosever.
    static func closures(in reader: any Reader) throws -> [ThingID] {
        try reader.query("SELECT DISTINCT thing FROM safety_permit_closures ORDER BY thing", [])
            .map { ThingID(try $0.text("thing")) }
    }

    private static func permit(_ row: Row) throws -> Permit {
        Permit(
            id: try row.text("id"), number: try row.text("number"), scope: Scope(try row.text("scope")) ?? .zone,
            host: FirmID(try row.text("host")), contractor: try row.optionalText("contractor").map { FirmID($0) },
            kind: try row.text("kind"), thing: ThingID(try row.text("thing")), work: try row.text("work"),
            from: Timestamp(microseconds: try row.integer("starts")),
            to: Timestamp(microseconds: try row.integer("ends")),
            // A state that is not known lets nobody in.
            state: Permit.State(rawValue: try row.text("state")) ?? .suspended,
            requester: try row.text("requester"), supervisor: PersonID(try row.text("supervisor")),
            watcher: try row.optionalText("watcher").map { PersonID($0) },
            traits: Set(try row.text("traits").split(separator: " ").map(String.init)),
            flammablesCleared: try row.flag("is_cleared"), inflow: try row.optionalText("inflow"),
            equipment: try row.optionalText("equipment"), contacts: try row.optionalText("contacts"),
            authoriser: try row.optionalText("authoriser"), suspension: try row.optionalText("suspension"),
            readings: try JSON(parsing: Array(try row.text("readings").utf8)).elements ?? [],
            version: try row.integer("version"))
    }
}
