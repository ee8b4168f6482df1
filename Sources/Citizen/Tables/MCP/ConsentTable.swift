import Access
import District
import Record
import Store

/// The consents that programs have asked for. What they would do stands in the vault alone, under the person's key.
enum ConsentTable {
    static let migration = Migration(
        "citizen.mcp.001",
        [
            """
            CREATE TABLE citizen_consents (
                id TEXT PRIMARY KEY, person TEXT, token TEXT NOT NULL, program TEXT NOT NULL, command TEXT NOT NULL,
                arguments TEXT NOT NULL, state TEXT NOT NULL, asked BIGINT NOT NULL, expires BIGINT NOT NULL,
                giver TEXT, event TEXT NOT NULL, correlation TEXT NOT NULL)
            """,
            "CREATE INDEX citizen_consents_person ON citizen_consents (person, asked)",
        ])

    static let asked = "citizen.consent.asked"
    static let given = "citizen.consent.given"
    static let refused = "citizen.consent.refused"
    static let withdrawn = "citizen.consent.withdrawn"

    static let projection = Projection(
        tables: ["citizen_consents"], types: [asked, given, refused, withdrawn]
    ) { event, payload, transaction in
        let id = String(event.stream.dropFirst("consent/".count))
        if event.type == asked {
            let expires = payload["expires"]?.text.flatMap { Timestamp(iso8601: $0) } ?? event.recorded
            try transaction.execute(
                """
                INSERT INTO citizen_consents
                    (id, person, token, program, command, arguments, state, asked, expires, event, correlation)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .text(id), .optional(payload["person"]?.text), .text(payload["token"]?.text ?? ""),
                    .text(payload["program"]?.text ?? ""), .text(payload["command"]?.text ?? ""),
                    .text(payload["arguments"]?.text ?? ""), .text(Consent.State.waiting.rawValue),
                    .integer(event.recorded.microseconds), .integer(expires.microseconds),
                    .text(event.id.description), .text(event.correlation.description),
                ])
            return
        }
        let state: Consent.State =
            event.type == given ? .given : event.type == refused ? .refused : .withdrawn
        var giver: String?
        if case .person(let person) = event.author, state == .given { giver = person.rawValue }
        try transaction.execute(
            "UPDATE citizen_consents SET state = ?, giver = ? WHERE id = ? AND state = 'waiting'",
            [.text(state.rawValue), .optional(giver), .text(id)])
    }

    /// A consent by its code; who may see it is ``Consent/isFor(_:)``'s to say.
    static func find(_ id: String, in reader: any Reader) throws -> Consent? {
        try reader.first("SELECT * FROM citizen_consents WHERE id = ?", [.text(id)]).map(consent)
    }

    /// How many wait for one person, or for the zone.
    static func waiting(for person: PersonID?, at now: Timestamp, in reader: any Reader) throws -> Int64 {
        let (sql, arguments) = own(person)
        return try reader.first(
            "SELECT COUNT(*) AS many FROM citizen_consents WHERE \(sql) AND state = 'waiting' AND expires > ?",
            arguments + [.integer(now.microseconds)])?.integer("many") ?? 0
    }

    /// The latest that somebody may answer or has answered, newest first: their own, and for the zone's officers the
    /// zone's.
    static func latest(for caller: Caller, limit: Int, in reader: any Reader) throws -> [Consent] {
        guard let person = caller.person else { return [] }
        let isOfficer = !caller.roles.isDisjoint(with: [.zoneOfficer, .administrator])
        return try reader.query(
            """
            SELECT * FROM citizen_consents WHERE person = ?\(isOfficer ? " OR person IS NULL" : "")
            ORDER BY asked DESC, id LIMIT ?
            """, [.text(person.rawValue), .integer(Int64(limit))]
        ).map(consent)
    }

    private static func own(_ person: PersonID?) -> (String, [SQLValue]) {
        person.map { ("person = ?", [.text($0.rawValue)]) } ?? ("person IS NULL", [])
    }

    private static func consent(_ row: Row) throws -> Consent {
        Consent(
            id: try row.text("id"), person: try row.optionalText("person").map { PersonID($0) },
            token: try row.text("token"), program: try row.text("program"), command: try row.text("command"),
            arguments: try row.text("arguments"),
            state: Consent.State(rawValue: try row.text("state")) ?? .refused,
            asked: Timestamp(microseconds: try row.integer("asked")),
            expires: Timestamp(microseconds: try row.integer("expires")),
            giver: try row.optionalText("giver").map { PersonID($0) },
            event: Identifier(try row.text("event")) ?? Identifier(),
            correlation: Identifier(try row.text("correlation")) ?? Identifier())
    }
}
