import District
import Record
import Store
import Twin

/// A tool-box meeting as it was held.
struct HeldTBM: Sendable, Hashable {
    /// Its identifier: the stream `tbm/…`.
    let id: String
    /// The site, area or line it was held for.
    let thing: ThingID
    /// Whom it concerns.
    let scope: Scope
    /// The day in Korea.
    let day: KoreanDay
    /// When it was held.
    let held: Timestamp
    /// Who led it; nil where no person did.
    let leader: PersonID?
    /// In which language it was held.
    let language: String
    /// What was spoken about.
    let topics: [String]
    /// How many took part.
    let heads: Int64
}

/// The daily tool-box meetings and who took part: what a permit asks for before work begins.
enum TBMTable {
    static let migration = Migration(
        "safety.tbm.001",
        [
            """
            CREATE TABLE safety_tbms (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, thing TEXT NOT NULL, site TEXT NOT NULL, day BIGINT NOT NULL,
                held BIGINT NOT NULL, leader TEXT, language TEXT NOT NULL, topics TEXT NOT NULL, heads BIGINT NOT NULL)
            """,
            "CREATE INDEX safety_tbms_scope ON safety_tbms (scope, day)",
            """
            CREATE TABLE safety_tbm_participants (
                tbm TEXT NOT NULL, person TEXT NOT NULL, scope TEXT NOT NULL, thing TEXT NOT NULL, day BIGINT NOT NULL,
                PRIMARY KEY (tbm, person))
            """,
            "CREATE INDEX safety_tbm_participants_person ON safety_tbm_participants (person, day)",
        ])

    static let projection = Projection(
        tables: ["safety_tbms", "safety_tbm_participants"], types: ["safety.tbm.held"]
    ) { event, payload, transaction in
        let id = String(event.stream.dropFirst("tbm/".count))
        let participants = (payload["participants"]?.elements ?? []).compactMap(\.text)
        let day = (payload["day"]?.text).flatMap { KoreanDay($0) } ?? KoreanDay(event.observed)
        let (scope, thing) = (SQLValue.text(event.scope.text), SQLValue.text(payload["thing"]?.text ?? ""))
        try transaction.execute(
            """
            INSERT INTO safety_tbms (id, scope, thing, site, day, held, leader, language, topics, heads)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(id), scope, thing, .text(payload["site"]?.text ?? payload["thing"]?.text ?? ""),
                .integer(day.number), .integer(event.observed.microseconds),
                .optional(payload["leader"]?.text), .text(payload["language"]?.text ?? "ko"),
                .text((payload["topics"] ?? []).canonicalText), .integer(Int64(participants.count)),
            ])
        for person in participants {
            try transaction.execute(
                "INSERT INTO safety_tbm_participants (tbm, person, scope, thing, day) VALUES (?, ?, ?, ?, ?)",
                [.text(id), .text(person), scope, thing, .integer(day.number)])
        }
    }

    /// Whether someone took part in a meeting on a day, held for a thing or for anything that it is part of.
    static func held(
        on day: KoreanDay, at thing: ThingID, participant: PersonID, for tenant: some Tenancy, in reader: any Reader
    ) throws -> Bool {
        let own = tenant.condition(column: "scope")
        let rows = try reader.query(
            "SELECT thing FROM safety_tbm_participants WHERE person = ? AND day = ? AND \(own.sql)",
            [.text(participant.rawValue), .integer(day.number)] + own.arguments)
        let places = Set(try rows.map { ThingID(try $0.text("thing")) })
        guard !places.isEmpty else { return false }
        if places.contains(thing) { return true }
        return try Things.path(to: thing, for: tenant, in: reader).contains { places.contains($0.id) }
    }

    /// The meetings from one day to another, both included, latest first.
    static func list(
        from first: KoreanDay, through last: KoreanDay, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [HeldTBM] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM safety_tbms WHERE day BETWEEN ? AND ? AND \(own.sql) ORDER BY held DESC, id LIMIT 500",
            [.integer(first.number), .integer(last.number)] + own.arguments
        ).map(meeting)
    }

    /// Who took part in a meeting.
    static func participants(of id: String, for tenant: some Tenancy, in reader: any Reader) throws -> [PersonID] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT person FROM safety_tbm_participants WHERE tbm = ? AND \(own.sql) ORDER BY person",
            [.text(id)] + own.arguments
        ).map { PersonID(try $0.text("person")) }
    }

    private static func meeting(_ row: Row) throws -> HeldTBM {
        HeldTBM(
            id: try row.text("id"), thing: ThingID(try row.text("thing")),
            scope: Scope(try row.text("scope")) ?? .zone, day: KoreanDay(number: try row.integer("day")),
            held: Timestamp(microseconds: try row.integer("held")),
            leader: try row.optionalText("leader").map { PersonID($0) }, language: try row.text("language"),
            topics: try JSON(parsing: Array(try row.text("topics").utf8)).elements?.compactMap(\.text) ?? [],
            heads: try row.integer("heads"))
    }
}
