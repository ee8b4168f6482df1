import Record
import Store

extension MissionTable {
    /// A step of a mission's course.
    struct Step: Sendable, Hashable {
        var event: String
        var type: String
        var leg: Int?
        var at: Timestamp
        var author: Author?
        var detail: JSON
    }

    /// A mission that a tenant may see; `id` with or without its kind of stream.
    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> MissionCase? {
        let scope = tenant.condition(column: "scope")
        let stream = id.hasPrefix("mission/") ? id : "mission/\(id)"
        return try reader.first(
            "SELECT * FROM robots_missions WHERE id = ? AND \(scope.sql)", [.text(stream)] + scope.arguments
        ).map(MissionRow.kept)
    }

    /// The mission of a recipient's link: whoever holds the code may see it, and nobody else.
    static func find(track: String, in reader: any Reader) throws -> MissionCase? {
        guard track.utf8.count >= 20 else { return nil }
        return try reader.first("SELECT * FROM robots_missions WHERE track = ?", [.text(track)]).map(MissionRow.kept)
    }

    /// The mission of the figures that were said for a link, among those that are open or ended since a moment: whoever
    /// has them may see it, and nobody else. None where two have the same.
    static func find(number: String, since: Timestamp, in reader: any Reader) throws -> MissionCase? {
        let found = try reader.query(
            "SELECT id, track FROM robots_missions WHERE track IS NOT NULL AND (ended IS NULL OR ended >= ?)",
            [.integer(since.microseconds)]
        ).filter { TrackNumber.of(try $0.text("track")) == number }
        guard found.count == 1, let track = try found.first?.text("track") else { return nil }
        return try find(track: track, in: reader)
    }

    /// What somebody asked for, of the missions that a tenant may see and that are open or ended since a moment: the open
    /// ones first, then the latest.
    static func asked(
        by author: String, since: Timestamp, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [MissionCase] {
        let scope = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT * FROM robots_missions WHERE author = ? AND (ended IS NULL OR ended >= ?) AND \(scope.sql)
            ORDER BY CASE WHEN ended IS NULL THEN 0 ELSE 1 END, priority, COALESCE(ended, asked) DESC, id LIMIT 200
            """, [.text(author), .integer(since.microseconds)] + scope.arguments
        ).map(MissionRow.kept)
    }

    /// What was already asked for under a purpose, on behalf of the same firms.
    static func find(purpose: String, of scope: Scope, in reader: any Reader) throws -> MissionCase? {
        try reader.first(
            "SELECT * FROM robots_missions WHERE purpose = ? AND scope = ? ORDER BY asked DESC LIMIT 1",
            [.text(purpose), .text(scope.text)]
        ).map(MissionRow.kept)
    }

    /// The missions that move or wait to, the most urgent first; of one site or of all.
    static func open(
        site: String? = nil, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [MissionCase] {
        let scope = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT * FROM robots_missions WHERE state IN ('asked', 'assigned', 'underway', 'waiting')
            \(site == nil ? "" : "AND site = ?") AND \(scope.sql)
            ORDER BY priority, CASE WHEN called IS NULL THEN 1 ELSE 0 END, COALESCE(deadline, asked + 86400000000), asked, id
            """, (site.map { [.text($0)] } ?? []) + scope.arguments
        ).map(MissionRow.kept)
    }

    /// The missions that came to their end since a moment, the latest first.
    static func ended(
        since: Timestamp, limit: Int, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [MissionCase] {
        let scope = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT * FROM robots_missions WHERE ended >= ? AND \(scope.sql) ORDER BY ended DESC, id
            LIMIT \(max(1, min(limit, 500)))
            """, [.integer(since.microseconds)] + scope.arguments
        ).map(MissionRow.kept)
    }

    /// How many wait for a person.
    static func calling(for tenant: some Tenancy, in reader: any Reader) throws -> (waiting: Int64, called: Int64) {
        let scope = tenant.condition(column: "scope")
        let row = try reader.first(
            """
            SELECT SUM(CASE WHEN state = 'waiting' THEN 1 ELSE 0 END) AS waiting, COUNT(called) AS called
            FROM robots_missions WHERE state IN ('asked', 'assigned', 'underway', 'waiting') AND \(scope.sql)
            """, scope.arguments)
        return (try row?.optionalInteger("waiting") ?? 0, try row?.optionalInteger("called") ?? 0)
    }

    /// The course of a mission, first step first.
    static func steps(of mission: String, for tenant: some Tenancy, in reader: any Reader) throws -> [Step] {
        let scope = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM robots_mission_steps WHERE mission = ? AND \(scope.sql) ORDER BY place",
            [.text(mission)] + scope.arguments
        ).map { row in
            Step(
                event: try row.text("event"), type: try row.text("type"),
                leg: try row.optionalInteger("leg").map { Int($0) },
                at: Timestamp(microseconds: try row.integer("at")), author: Author(try row.text("author")),
                detail: try JSON(parsing: try row.text("detail")))
        }
    }

    /// How much longer than first promised the last missions of a site took (1: as promised), for the next promise.
    static func ratios(site: String, limit: Int = 200, in reader: any Reader) throws -> [Double] {
        try reader.query(
            """
            SELECT m.ended AS ended, s.at AS at, s.detail AS detail FROM robots_missions m
            JOIN robots_mission_steps s ON s.mission = m.id AND s.type = '\(MissionEvents.assigned)'
            WHERE m.site = ? AND m.state = 'completed' ORDER BY m.ended DESC, s.place LIMIT \(limit)
            """, [.text(site)]
        ).compactMap { row in
            guard let promise = Promise(try JSON(parsing: try row.text("detail")).members ?? [:]) else { return nil }
            let given = Timestamp(microseconds: try row.integer("at"))
            let (plan, taken) = (
                promise.due.seconds(since: given),
                Timestamp(microseconds: try row.integer("ended")).seconds(since: given)
            )
            return plan >= 10 ? taken / plan : nil
        }
    }

    /// How warm it last was, and the warmest above its limit since it set out.
    static func coldness(of mission: String, in reader: any Reader) throws -> (last: ColdReading?, warmest: Double?) {
        let last = try reader.first(
            "SELECT celsius, observed FROM robots_cold_readings WHERE mission = ?", [.text(mission)]
        ).map {
            ColdReading(
                celsius: try $0.real("celsius"), observed: Timestamp(microseconds: try $0.integer("observed")))
        }
        let row = try reader.first("SELECT warmest FROM robots_missions WHERE id = ?", [.text(mission)])
        return (last, try row?.optionalReal("warmest"))
    }

    /// Keeps the last reading of a mission's sensor: no fact of the Record, which has the readings themselves.
    static func keep(_ reading: ColdReading, of mission: String, in writer: any Writer) throws {
        try writer.execute(
            """
            INSERT INTO robots_cold_readings (mission, celsius, observed) VALUES (?, ?, ?)
            ON CONFLICT (mission) DO UPDATE SET celsius = excluded.celsius, observed = excluded.observed
            """, [.text(mission), .real(reading.celsius), .integer(reading.observed.microseconds)])
    }
}
