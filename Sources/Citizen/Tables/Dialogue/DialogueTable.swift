import District
import Record
import Store

/// Dialogues under way, outside the Record: any node answers the next turn from here, also after a crash. What was said
/// stands here until it is swept away; of what remains, the Record has only a masked copy in the vault.
enum DialogueTable {
    static let migration = Migration(
        "citizen.talk.001",
        [
            """
            CREATE TABLE citizen_dialogues (
                id TEXT PRIMARY KEY, code TEXT NOT NULL UNIQUE, version BIGINT NOT NULL, turn BIGINT NOT NULL,
                phase TEXT NOT NULL, state TEXT NOT NULL, caller TEXT NOT NULL, roles TEXT NOT NULL,
                is_known BIGINT NOT NULL, subject TEXT NOT NULL, channel TEXT NOT NULL, age_group TEXT,
                started BIGINT NOT NULL, last BIGINT NOT NULL, busy BIGINT NOT NULL, is_reported BIGINT NOT NULL)
            """,
            "CREATE INDEX citizen_dialogues_last ON citizen_dialogues (last)",
            """
            CREATE TABLE citizen_dialogue_turns (
                dialogue TEXT NOT NULL, turn BIGINT NOT NULL, at BIGINT NOT NULL, input TEXT NOT NULL,
                results TEXT NOT NULL, is_open BIGINT NOT NULL, standing TEXT NOT NULL, said TEXT NOT NULL,
                trace TEXT NOT NULL, phase TEXT NOT NULL, answer TEXT NOT NULL, PRIMARY KEY (dialogue, turn))
            """,
        ])

    /// What was said is swept away by its own age.
    static let ages = Migration(
        "citizen.talk.003", ["CREATE INDEX citizen_dialogue_turns_at ON citizen_dialogue_turns (at)"])

    /// A dialogue as it is kept.
    struct Kept: Sendable {
        let id: Identifier
        var version: Int64
        var turn: Int64
        var state: Dialogue
        let caller: String
        let roles: String
        let isKnown: Bool
        let subject: PersonID
        let channel: String
        let ageGroup: String?
        let started: Timestamp
        var last: Timestamp
        /// Until when another node is at it.
        var busy: Timestamp
        var isReported: Bool
    }

    /// A turn as it is kept.
    struct Turn: Sendable {
        let number: Int64
        let at: Timestamp
        let input: JSON
        let results: JSON
        let isOpen: Bool
        let standing: String
        let said: String
        let trace: String
        let phase: String
        let answer: String
    }

    /// What is kept of a code: whoever reads the table learns none.
    static func hash(_ code: String) -> String { ContentHash.sha256(code.utf8) }

    static func begin(_ kept: Kept, code: String, in writer: any Writer) throws {
        try writer.execute(
            """
            INSERT INTO citizen_dialogues (id, code, version, turn, phase, state, caller, roles, is_known, subject,
                channel, age_group, started, last, busy, is_reported)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
            """,
            [
                .text(kept.id.description), .text(hash(code)), .integer(kept.version), .integer(kept.turn),
                .text(kept.state.phase.rawValue), .text(try Coded.text(kept.state)), .text(kept.caller),
                .text(kept.roles), .flag(kept.isKnown), .text(kept.subject.rawValue), .text(kept.channel),
                .optional(kept.ageGroup), .integer(kept.started.microseconds), .integer(kept.last.microseconds),
                .integer(kept.busy.microseconds),
            ])
    }

    /// Writes a dialogue back, and the turn it came to.
    /// - Returns: whether it was still at the version that was read; where not, nothing was written.
    static func advance(_ kept: Kept, from version: Int64, turn: Turn?, in writer: any Writer) throws -> Bool {
        let changed = try writer.execute(
            """
            UPDATE citizen_dialogues SET version = ?, turn = ?, phase = ?, state = ?, last = ?, busy = ?,
                is_reported = ? WHERE id = ? AND version = ?
            """,
            [
                .integer(kept.version), .integer(kept.turn), .text(kept.state.phase.rawValue),
                .text(try Coded.text(kept.state)), .integer(kept.last.microseconds),
                .integer(kept.busy.microseconds), .flag(kept.isReported), .text(kept.id.description),
                .integer(version),
            ])
        guard changed == 1 else { return false }
        guard let turn else { return true }
        try writer.execute(
            """
            INSERT INTO citizen_dialogue_turns (dialogue, turn, at, input, results, is_open, standing, said, trace,
                phase, answer) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(kept.id.description), .integer(turn.number), .integer(turn.at.microseconds),
                .text(turn.input.canonicalText), .text(turn.results.canonicalText), .flag(turn.isOpen),
                .text(turn.standing), .text(turn.said), .text(turn.trace), .text(turn.phase), .text(turn.answer),
            ])
        return true
    }

    /// The dialogue that a code opens.
    static func find(code: String, in reader: any Reader) throws -> Kept? {
        try reader.first("SELECT * FROM citizen_dialogues WHERE code = ?", [.text(hash(code))]).map(kept)
    }

    /// A dialogue by its identifier, for staff.
    static func find(id: String, in reader: any Reader) throws -> Kept? {
        try reader.first("SELECT * FROM citizen_dialogues WHERE id = ?", [.text(id)]).map(kept)
    }

    /// The newest dialogues, for staff.
    static func newest(limit: Int, in reader: any Reader) throws -> [Kept] {
        try reader.query("SELECT * FROM citizen_dialogues ORDER BY last DESC, id DESC LIMIT \(limit)").map(kept)
    }

    /// Dialogues that fell silent before a moment and were not reported yet, by their identifiers: one that cannot be
    /// read hides no other. In their order; those behind one where that is given.
    static func silent(since moment: Timestamp, after id: String = "", in reader: any Reader) throws -> [String] {
        try reader.query(
            "SELECT id FROM citizen_dialogues WHERE is_reported = 0 AND last < ? AND id > ? ORDER BY id LIMIT 200",
            [.integer(moment.microseconds), .text(id)]
        ).map { try $0.text("id") }
    }

    /// Forgets a dialogue in which nobody ever said anything.
    static func forget(_ id: Identifier, in writer: any Writer) throws {
        try writer.execute("DELETE FROM citizen_dialogues WHERE id = ? AND turn = 0", [.text(id.description)])
    }

    static func turns(of id: Identifier, in reader: any Reader) throws -> [Turn] {
        try reader.query(
            "SELECT * FROM citizen_dialogue_turns WHERE dialogue = ? ORDER BY turn", [.text(id.description)]
        ).map(turn)
    }

    static func turn(_ number: Int64, of id: Identifier, in reader: any Reader) throws -> Turn? {
        try reader.first(
            "SELECT * FROM citizen_dialogue_turns WHERE dialogue = ? AND turn = ?",
            [.text(id.description), .integer(number)]
        ).map(turn)
    }

    /// Sweeps away what was said before a moment, whatever became of it: how long words are kept hangs on nothing else.
    static func prune(before moment: Timestamp, in writer: any Writer) throws {
        try writer.execute("DELETE FROM citizen_dialogue_turns WHERE at < ?", [.integer(moment.microseconds)])
        try writer.execute(
            "DELETE FROM citizen_dialogues WHERE last < ?", [.integer(moment.microseconds)])
    }

    private static func kept(_ row: Row) throws -> Kept {
        guard let id = Identifier(try row.text("id")) else { throw StoreError(.column, "id of a dialogue") }
        return Kept(
            id: id, version: try row.integer("version"), turn: try row.integer("turn"),
            state: try Coded.value(try row.text("state")), caller: try row.text("caller"),
            roles: try row.text("roles"), isKnown: try row.flag("is_known"),
            subject: PersonID(try row.text("subject")), channel: try row.text("channel"),
            ageGroup: try row.optionalText("age_group"),
            started: Timestamp(microseconds: try row.integer("started")),
            last: Timestamp(microseconds: try row.integer("last")),
            busy: Timestamp(microseconds: try row.integer("busy")), isReported: try row.flag("is_reported"))
    }

    private static func turn(_ row: Row) throws -> Turn {
        Turn(
            number: try row.integer("turn"), at: Timestamp(microseconds: try row.integer("at")),
            input: try JSON(parsing: try row.text("input")), results: try JSON(parsing: try row.text("results")),
            isOpen: try row.flag("is_open"), standing: try row.text("standing"), said: try row.text("said"),
            trace: try row.text("trace"), phase: try row.text("phase"), answer: try row.text("answer"))
    }
}
