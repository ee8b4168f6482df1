import Access
import District
import Record
import Store

/// Who takes part, what was marked of them, and what learning record stores are told of it.
enum EnrolmentTable {
    static let migration = Migration(
        "alliance.training.002",
        [
            """
            CREATE TABLE alliance_training_enrolments (
                id TEXT PRIMARY KEY, session TEXT NOT NULL, programme TEXT NOT NULL, person TEXT NOT NULL, firm TEXT,
                scope TEXT NOT NULL, state TEXT NOT NULL, asked BIGINT NOT NULL, is_renewal BIGINT NOT NULL, email TEXT,
                share BIGINT, score BIGINT)
            """,
            "CREATE INDEX alliance_training_enrolments_session ON alliance_training_enrolments (session, state)",
            "CREATE INDEX alliance_training_enrolments_person ON alliance_training_enrolments (person, asked)",
            """
            CREATE TABLE alliance_training_marks (
                enrolment TEXT NOT NULL, module TEXT NOT NULL, present BIGINT, score BIGINT,
                PRIMARY KEY (enrolment, module))
            """,
            """
            CREATE TABLE alliance_training_passes (programme TEXT PRIMARY KEY, pass BIGINT NOT NULL)
            """,
            """
            CREATE TABLE alliance_training_statements (
                id TEXT PRIMARY KEY, event TEXT NOT NULL, verb TEXT NOT NULL, scope TEXT NOT NULL, person TEXT NOT NULL,
                enrolment TEXT NOT NULL, session TEXT NOT NULL, programme TEXT NOT NULL, module TEXT, score BIGINT,
                voids TEXT, is_voided BIGINT NOT NULL, at BIGINT NOT NULL, stored BIGINT NOT NULL)
            """,
            "CREATE INDEX alliance_training_statements_stored ON alliance_training_statements (stored, id)",
            """
            CREATE INDEX alliance_training_statements_enrolment ON alliance_training_statements (enrolment, module, verb)
            """,
        ])

    static func enrolment(_ id: String, in reader: any Reader) throws -> TrainingEnrolment? {
        try reader.first("SELECT * FROM alliance_training_enrolments WHERE id = ?", [.text(id)]).map(enrolment)
    }

    /// Everybody who is or was enrolled in a session, in the order in which they asked.
    static func roster(of session: String, in reader: any Reader) throws -> [TrainingEnrolment] {
        try reader.query(
            "SELECT * FROM alliance_training_enrolments WHERE session = ? ORDER BY asked, id LIMIT 2000",
            [.text(session)]
        ).map(enrolment)
    }

    /// Somebody's own enrolments, the latest first.
    static func of(_ person: PersonID, in reader: any Reader) throws -> [TrainingEnrolment] {
        try reader.query(
            "SELECT * FROM alliance_training_enrolments WHERE person = ? ORDER BY asked DESC, id LIMIT 200",
            [.text(person.rawValue)]
        ).map(enrolment)
    }

    /// The latest that hold a place or wait, of a firm or of all.
    static func open(of firm: FirmID?, in reader: any Reader) throws -> [TrainingEnrolment] {
        let own = firm == nil ? "" : "AND firm = ?"
        return try reader.query(
            """
            SELECT * FROM alliance_training_enrolments WHERE state IN ('placed', 'waiting') \(own)
            ORDER BY asked DESC, id LIMIT 1000
            """, firm.map { [.text($0.rawValue)] } ?? []
        ).map(enrolment)
    }

    /// What a firm's people are enrolled in and came to, whoever asked for it: what lies ahead first, then the latest.
    static func staff(of firm: FirmID, limit: Int, in reader: any Reader) throws -> [TrainingEnrolment] {
        try reader.query(
            """
            SELECT * FROM alliance_training_enrolments WHERE firm = ? AND state <> 'withdrawn'
            ORDER BY CASE WHEN state IN ('placed', 'waiting') THEN 0 ELSE 1 END, asked DESC, id LIMIT ?
            """, [.text(firm.rawValue), .integer(Int64(limit))]
        ).map(enrolment)
    }

    /// How many places of a session are taken, and how many wait.
    static func seats(of session: String, in reader: any Reader) throws -> TrainingSession.Seats {
        var seats = TrainingSession.Seats()
        for row in try reader.query(
            "SELECT state, COUNT(*) AS many FROM alliance_training_enrolments WHERE session = ? GROUP BY state",
            [.text(session)])
        {
            switch TrainingEnrolment.State(rawValue: try row.text("state")) {
            case .placed, .completed, .failed: seats.taken += try row.integer("many")
            case .waiting: seats.waiting += try row.integer("many")
            default: break
            }
        }
        return seats
    }

    /// What was marked of a session's people, by enrolment and module.
    static func marks(of session: String, in reader: any Reader) throws -> [String: [String: CompletionRule.Mark]] {
        var marks: [String: [String: CompletionRule.Mark]] = [:]
        for row in try reader.query(
            """
            SELECT m.* FROM alliance_training_marks m JOIN alliance_training_enrolments e ON e.id = m.enrolment
            WHERE e.session = ?
            """, [.text(session)])
        {
            marks[try row.text("enrolment"), default: [:]][try row.text("module")] = CompletionRule.Mark(
                present: try row.optionalInteger("present").map { $0 == 1 }, score: try row.optionalInteger("score"))
        }
        return marks
    }

    /// The sessions that have ended and still hold somebody whose result is open, the oldest first.
    static func unsettled(before now: Timestamp, in reader: any Reader) throws -> [TrainingSession] {
        try reader.query(
            """
            SELECT * FROM alliance_training_sessions s WHERE s.ends <= ? AND s.cancelled IS NULL AND EXISTS (
                SELECT 1 FROM alliance_training_enrolments e WHERE e.session = s.id AND e.state = 'placed')
            ORDER BY s.ends, s.id LIMIT 100
            """, [.integer(now.microseconds)]
        ).map(TrainingTable.session)
    }

    static func enrolment(_ row: Row) throws -> TrainingEnrolment {
        TrainingEnrolment(
            id: try row.text("id"), session: try row.text("session"), programme: try row.text("programme"),
            person: PersonID(try row.text("person")), firm: try row.optionalText("firm").map { FirmID($0) },
            scope: Scope(try row.text("scope")) ?? .zone,
            state: TrainingEnrolment.State(rawValue: try row.text("state")) ?? .withdrawn,
            asked: Timestamp(microseconds: try row.integer("asked")), isRenewal: try row.flag("is_renewal"),
            email: try row.optionalText("email"), share: try row.optionalInteger("share"),
            score: try row.optionalInteger("score"))
    }
}
