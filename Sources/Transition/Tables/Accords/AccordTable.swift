import District
import Record
import Store

/// Accords and what they lead to. They are public; only who took part in an exchange is the zone's.
enum AccordTable {
    static let migration = Migration(
        "transition.accords.001",
        [
            """
            CREATE TABLE transition_accords (
                id TEXT PRIMARY KEY, title TEXT NOT NULL, parties TEXT NOT NULL, signed BIGINT NOT NULL, until BIGINT,
                fields TEXT NOT NULL, source TEXT NOT NULL, url TEXT, is_sample BIGINT NOT NULL)
            """,
            """
            CREATE TABLE transition_accord_undertakings (
                id TEXT PRIMARY KEY, accord TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL, about TEXT NOT NULL,
                office TEXT NOT NULL, places BIGINT)
            """,
            "CREATE INDEX transition_accord_undertakings_accord ON transition_accord_undertakings (accord)",
            """
            CREATE TABLE transition_accord_milestones (
                id TEXT PRIMARY KEY, undertaking TEXT NOT NULL, accord TEXT NOT NULL, title TEXT NOT NULL,
                owner TEXT NOT NULL, due BIGINT NOT NULL, moves BIGINT NOT NULL, reason TEXT, reached BIGINT,
                is_dropped BIGINT NOT NULL)
            """,
            "CREATE INDEX transition_accord_milestones_accord ON transition_accord_milestones (accord, due)",
            "CREATE INDEX transition_accord_milestones_owner ON transition_accord_milestones (owner, due)",
            """
            CREATE TABLE transition_accord_outcomes (
                id TEXT PRIMARY KEY, undertaking TEXT NOT NULL, accord TEXT NOT NULL, metric TEXT NOT NULL,
                unit TEXT NOT NULL, value DOUBLE PRECISION NOT NULL, day BIGINT NOT NULL, source TEXT NOT NULL)
            """,
            "CREATE INDEX transition_accord_outcomes_accord ON transition_accord_outcomes (accord, day)",
            """
            CREATE TABLE transition_accord_travellers (
                id TEXT PRIMARY KEY, undertaking TEXT NOT NULL, accord TEXT NOT NULL, name TEXT, direction TEXT NOT NULL,
                field TEXT NOT NULL, begins BIGINT NOT NULL, ends BIGINT NOT NULL, result TEXT)
            """,
            "CREATE INDEX transition_accord_travellers_accord ON transition_accord_travellers (accord, begins)",
        ])

    /// Every accord, the latest first.
    static func accords(in reader: any Reader) throws -> [Accord] {
        try reader.query("SELECT * FROM transition_accords ORDER BY signed DESC, id LIMIT 200").map(accord)
    }

    static func accord(_ id: String, in reader: any Reader) throws -> Accord? {
        try reader.first("SELECT * FROM transition_accords WHERE id = ?", [.text(id)]).map(accord)
    }

    static func undertakings(of accord: String, in reader: any Reader) throws -> [AccordUndertaking] {
        try reader.query(
            "SELECT * FROM transition_accord_undertakings WHERE accord = ? ORDER BY id LIMIT 200", [.text(accord)]
        ).map(undertaking)
    }

    static func undertaking(_ id: String, in reader: any Reader) throws -> AccordUndertaking? {
        try reader.first("SELECT * FROM transition_accord_undertakings WHERE id = ?", [.text(id)]).map(undertaking)
    }

    static func milestones(of accord: String, in reader: any Reader) throws -> [AccordMilestone] {
        try reader.query(
            "SELECT * FROM transition_accord_milestones WHERE accord = ? ORDER BY due, id LIMIT 1000", [.text(accord)]
        ).map(milestone)
    }

    /// What somebody answers for that is open and due by a day.
    static func milestones(of owner: PersonID, by day: KoreanDay, in reader: any Reader) throws -> [AccordMilestone] {
        try reader.query(
            """
            SELECT * FROM transition_accord_milestones
            WHERE owner = ? AND due <= ? AND reached IS NULL AND is_dropped = 0 ORDER BY due, id LIMIT 100
            """, [.text(owner.rawValue), .integer(day.number)]
        ).map(milestone)
    }

    static func milestone(_ id: String, in reader: any Reader) throws -> AccordMilestone? {
        try reader.first("SELECT * FROM transition_accord_milestones WHERE id = ?", [.text(id)]).map(milestone)
    }

    static func outcomes(of accord: String, in reader: any Reader) throws -> [AccordOutcome] {
        try reader.query(
            "SELECT * FROM transition_accord_outcomes WHERE accord = ? ORDER BY day DESC, id LIMIT 500", [.text(accord)]
        ).map { row in
            AccordOutcome(
                id: try row.text("id"), undertaking: try row.text("undertaking"), metric: try words(row, "metric"),
                unit: try row.text("unit"), value: try row.real("value"),
                day: KoreanDay(number: try row.integer("day")),
                source: try row.text("source"))
        }
    }

    /// Who took part in exchanges; whose names a page shows is for the page to say.
    static func travellers(of accord: String, in reader: any Reader) throws -> [AccordTraveller] {
        try reader.query(
            "SELECT * FROM transition_accord_travellers WHERE accord = ? ORDER BY begins, id LIMIT 1000",
            [.text(accord)]
        ).map(traveller)
    }

    static func traveller(_ id: String, in reader: any Reader) throws -> AccordTraveller? {
        try reader.first("SELECT * FROM transition_accord_travellers WHERE id = ?", [.text(id)]).map(traveller)
    }

    /// How many went or came in an exchange.
    static func count(of undertaking: String, in reader: any Reader) throws -> Int64 {
        try reader.first(
            "SELECT COUNT(*) AS many FROM transition_accord_travellers WHERE undertaking = ?", [.text(undertaking)])?
            .integer("many") ?? 0
    }

    private static func words(_ row: Row, _ column: String) throws -> Words {
        Words(try JSON(parsing: try row.text(column))) ?? Words("", "")
    }

    private static func list(_ row: Row, _ column: String) throws -> [String] {
        (try JSON(parsing: try row.text(column)).elements ?? []).compactMap(\.text)
    }

    private static func accord(_ row: Row) throws -> Accord {
        Accord(
            id: try row.text("id"), title: try words(row, "title"), parties: try list(row, "parties"),
            signed: KoreanDay(number: try row.integer("signed")),
            until: try row.optionalInteger("until").map { KoreanDay(number: $0) }, fields: try list(row, "fields"),
            source: try row.text("source"), url: try row.optionalText("url"), isSample: try row.flag("is_sample"))
    }

    private static func undertaking(_ row: Row) throws -> AccordUndertaking {
        AccordUndertaking(
            id: try row.text("id"), accord: try row.text("accord"),
            kind: AccordUndertaking.Kind(rawValue: try row.text("kind")) ?? .project, title: try words(row, "title"),
            about: try words(row, "about"), office: try row.text("office"), places: try row.optionalInteger("places"))
    }

    private static func milestone(_ row: Row) throws -> AccordMilestone {
        AccordMilestone(
            id: try row.text("id"), undertaking: try row.text("undertaking"), accord: try row.text("accord"),
            title: try words(row, "title"), owner: PersonID(try row.text("owner")),
            due: KoreanDay(number: try row.integer("due")), moves: try row.integer("moves"),
            reason: try row.optionalText("reason"),
            reached: try row.optionalInteger("reached").map { KoreanDay(number: $0) },
            isDropped: try row.flag("is_dropped"))
    }

    private static func traveller(_ row: Row) throws -> AccordTraveller {
        AccordTraveller(
            id: try row.text("id"), undertaking: try row.text("undertaking"), name: try row.optionalText("name"),
            direction: AccordTraveller.Direction(rawValue: try row.text("direction")) ?? .out,
            field: try row.text("field"), from: KoreanDay(number: try row.integer("begins")),
            until: KoreanDay(number: try row.integer("ends")), result: try row.optionalText("result"))
    }
}
