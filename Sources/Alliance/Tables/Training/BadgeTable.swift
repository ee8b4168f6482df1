import District
import Record
import Store

/// Credentials, their revocations, what their holders show, and under which name and address they are issued.
enum BadgeTable {
    static let migration = Migration(
        "alliance.training.003",
        [
            """
            CREATE TABLE alliance_training_badges (
                id TEXT PRIMARY KEY, enrolment TEXT NOT NULL, programme TEXT NOT NULL, person TEXT NOT NULL,
                scope TEXT NOT NULL, issued BIGINT NOT NULL, through BIGINT, share BIGINT NOT NULL, score BIGINT,
                list BIGINT NOT NULL, place BIGINT NOT NULL, salt TEXT, certificates TEXT NOT NULL,
                reason TEXT, revoked BIGINT, shows_name BIGINT NOT NULL, shows_score BIGINT NOT NULL)
            """,
            "CREATE UNIQUE INDEX alliance_training_badges_place ON alliance_training_badges (list, place)",
            "CREATE INDEX alliance_training_badges_person ON alliance_training_badges (person, programme)",
            "CREATE INDEX alliance_training_badges_through ON alliance_training_badges (through)",
            """
            CREATE TABLE alliance_training_issuer (
                id TEXT PRIMARY KEY, address TEXT NOT NULL, name TEXT NOT NULL)
            """,
        ])

    static let projection = Projection(
        tables: ["alliance_training_badges", "alliance_training_issuer"],
        types: [
            TrainingEvents.issued, TrainingEvents.revoked, TrainingEvents.shown, TrainingEvents.named,
            TrainingEvents.forgotten,
        ]
    ) { event, payload, writer in
        let enrolment = SQLValue.text(payload["enrolment"]?.text ?? "")
        switch event.type {
        case TrainingEvents.issued: try issue(event, payload, writer)
        case TrainingEvents.forgotten:
            try writer.execute(
                "UPDATE alliance_training_badges SET salt = NULL WHERE person = ?",
                [.text(payload["person"]?.text ?? "")])
        case TrainingEvents.revoked:
            try writer.execute(
                "UPDATE alliance_training_badges SET reason = ?, revoked = ? WHERE enrolment = ? AND revoked IS NULL",
                [.text(payload["reason"]?.text ?? ""), .integer(event.recorded.microseconds), enrolment])
        case TrainingEvents.shown:
            try writer.execute(
                "UPDATE alliance_training_badges SET shows_name = ?, shows_score = ? WHERE enrolment = ?",
                [.flag(payload["name"]?.bool ?? false), .flag(payload["score"]?.bool ?? false), enrolment])
        default:
            try writer.execute(
                """
                INSERT INTO alliance_training_issuer (id, address, name) VALUES ('issuer', ?, ?)
                ON CONFLICT (id) DO UPDATE SET address = excluded.address, name = excluded.name
                """,
                [.text(payload["address"]?.text ?? ""), .text((payload["name"] ?? .null).canonicalText)])
        }
    }

    /// What stands for the name of a credential whose holder was forgotten: its bit in the list stays taken, and nobody
    /// opens it.
    private static let nameless = "forgotten/"

    private static func issue(_ event: Event, _ payload: [String: JSON], _ writer: any Writer) throws {
        let badge = payload["badge"]?.text ?? "\(nameless)\(payload["enrolment"]?.text ?? "")"
        try writer.execute(
            """
            INSERT INTO alliance_training_badges
                (id, enrolment, programme, person, scope, issued, through, share, score, list, place, salt, certificates,
                shows_name, shows_score)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)
            """,
            [
                .text(badge), .text(payload["enrolment"]?.text ?? ""), .text(payload["programme"]?.text ?? ""),
                .text(payload["person"]?.text ?? ""), .text(event.scope.text),
                .integer(event.observed.microseconds),
                .optional((payload["through"]?.text).flatMap { KoreanDay($0)?.number }),
                .integer(payload["share"]?.integer ?? 0), .optional(payload["score"]?.integer),
                .integer(payload["list"]?.integer ?? 0), .integer(payload["index"]?.integer ?? 0),
                .optional(payload["salt"]?.text),
                .text((payload["certificates"]?.elements ?? []).compactMap(\.text).joined(separator: " ")),
            ])
    }

    static func badge(_ id: String, in reader: any Reader) throws -> BadgeCredential? {
        guard !id.hasPrefix(nameless) else { return nil }
        return try reader.first("SELECT * FROM alliance_training_badges WHERE id = ?", [.text(id)]).map(badge)
    }

    /// The certificates that were recorded with a credential.
    static func certificates(of id: String, in reader: any Reader) throws -> [String] {
        try reader.first("SELECT certificates FROM alliance_training_badges WHERE id = ?", [.text(id)])?
            .text("certificates").split(separator: " ").map(String.init) ?? []
    }

    /// Somebody's own, the latest first.
    static func badges(of person: PersonID, in reader: any Reader) throws -> [BadgeCredential] {
        try reader.query(
            "SELECT * FROM alliance_training_badges WHERE person = ? ORDER BY issued DESC, id LIMIT 200",
            [.text(person.rawValue)]
        ).map(badge)
    }

    /// The latest of all, for whoever runs the training.
    static func recent(in reader: any Reader) throws -> [BadgeCredential] {
        try reader.query("SELECT * FROM alliance_training_badges ORDER BY issued DESC, id LIMIT 500").map(badge)
    }

    /// The credentials of a session.
    static func badges(ofSession session: String, in reader: any Reader) throws
        -> [BadgeCredential]
    {
        try reader.query(
            """
            SELECT b.* FROM alliance_training_badges b JOIN alliance_training_enrolments e ON e.id = b.enrolment
            WHERE e.session = ?
            """, [.text(session)]
        ).map(badge)
    }

    /// Credentials of a tenant's people that end before a day and are of nobody who has a later one of the same programme.
    static func ending(
        _ through: KoreanDay, from day: KoreanDay, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [BadgeCredential] {
        let own = tenant.condition(column: "b.scope")
        return try reader.query(
            """
            SELECT b.* FROM alliance_training_badges b
            WHERE b.through >= ? AND b.through <= ? AND b.revoked IS NULL AND \(own.sql) AND NOT EXISTS (
                SELECT 1 FROM alliance_training_badges l WHERE l.person = b.person AND l.programme = b.programme
                AND l.issued > b.issued AND l.revoked IS NULL)
            ORDER BY b.through, b.id LIMIT 500
            """, [.integer(day.number), .integer(through.number)] + own.arguments
        ).map(badge)
    }

    /// Whether a programme ever gave somebody a credential.
    static func isIssued(of programme: String, in reader: any Reader) throws -> Bool {
        try reader.first("SELECT id FROM alliance_training_badges WHERE programme = ? LIMIT 1", [.text(programme)])
            != nil
    }

    /// Whether a place of a list is given out.
    static func isTaken(_ index: Int64, of list: Int64, in reader: any Reader) throws -> Bool {
        try reader.first(
            "SELECT id FROM alliance_training_badges WHERE list = ? AND place = ?", [.integer(list), .integer(index)])
            != nil
    }

    /// How many were ever issued.
    static func count(in reader: any Reader) throws -> Int64 {
        try reader.first("SELECT COUNT(*) AS many FROM alliance_training_badges")?.integer("many") ?? 0
    }

    /// Which places of a list are of credentials that were revoked.
    static func revoked(in list: Int64, in reader: any Reader) throws -> [Int64] {
        try reader.query(
            "SELECT place FROM alliance_training_badges WHERE list = ? AND revoked IS NOT NULL", [.integer(list)]
        ).map { try $0.integer("place") }
    }

    /// Under which name and address credentials are issued; nil until that was said.
    static func issuer(in reader: any Reader) throws -> BadgeIssuer? {
        guard let row = try reader.first("SELECT * FROM alliance_training_issuer WHERE id = 'issuer'") else {
            return nil
        }
        return BadgeIssuer(
            address: try row.text("address"),
            name: Words(try JSON(parsing: try row.text("name"))) ?? BadgeIssuer.unnamed)
    }

    private static func badge(_ row: Row) throws -> BadgeCredential {
        let reason = try row.optionalText("reason").flatMap(BadgeCredential.Reason.init)
        let issued = try row.integer("issued")
        return BadgeCredential(
            id: try row.text("id"), enrolment: try row.text("enrolment"), programme: try row.text("programme"),
            person: PersonID(try row.text("person")), scope: Scope(try row.text("scope")) ?? .zone,
            from: Timestamp(microseconds: issued - issued % 1_000_000),
            through: try row.optionalInteger("through").map { KoreanDay(number: $0) }, share: try row.integer("share"),
            score: try row.optionalInteger("score"), list: try row.integer("list"), index: try row.integer("place"),
            salt: try row.optionalText("salt"),
            revoked: try row.optionalInteger("revoked").map {
                .init(reason: reason ?? .mistake, at: Timestamp(microseconds: $0))
            }, showsName: try row.flag("shows_name"), showsScore: try row.flag("shows_score"))
    }
}
