import Access
import District
import Record
import Store

extension HandoverTable {
    /// One thing said between the citizen and staff, or a note of staff's.
    struct Line: Sendable, Hashable {
        /// `citizen`, `staff` or `note`.
        let who: String
        /// Nil once it was forgotten.
        let text: String?
        let at: Timestamp
    }

    /// One that staff may see.
    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> Handover? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM citizen_handovers WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).map(handover)
    }

    /// One of the conversation whose code somebody holds: the code is what lets them see it.
    static func find(dialogue: String, in reader: any Reader) throws -> Handover? {
        try reader.first("SELECT * FROM citizen_handovers WHERE dialogue = ?", [.text(dialogue)]).map(handover)
    }

    /// Those in a state, the longest waiting first, calls by when they are due; what is finished newest first.
    static func all(
        _ state: Handover.State, limit: Int = 100, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [Handover] {
        let own = tenant.condition(column: "scope")
        let order =
            switch state {
            case .waiting, .taken: "requested, id"
            case .callback: "COALESCE(due, requested), id"
            case .finished: "finished DESC, id"
            }
        return try reader.query(
            "SELECT * FROM citizen_handovers WHERE state = ? AND \(own.sql) ORDER BY \(order) LIMIT \(limit)",
            [.text(state.rawValue)] + own.arguments
        ).map(handover)
    }

    /// How many wait in a state.
    static func count(_ state: Handover.State, for tenant: some Tenancy, in reader: any Reader) throws -> Int64 {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT COUNT(*) AS many FROM citizen_handovers WHERE state = ? AND \(own.sql)",
            [.text(state.rawValue)] + own.arguments)?.integer("many") ?? 0
    }

    /// How many wait for a call that can be made.
    static func calls(for tenant: some Tenancy, in reader: any Reader) throws -> Int64 {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            """
            SELECT COUNT(*) AS many FROM citizen_handovers
            WHERE state = 'callback' AND phone IS NOT NULL AND \(own.sql)
            """, own.arguments)?.integer("many") ?? 0
    }

    /// How many wait before one: a number that says nothing of anybody.
    static func ahead(of handover: Handover, in reader: any Reader) throws -> Int64 {
        try reader.first(
            """
            SELECT COUNT(*) AS many FROM citizen_handovers
            WHERE state = 'waiting' AND (requested < ? OR (requested = ? AND id < ?))
            """,
            [
                .integer(handover.requested.microseconds), .integer(handover.requested.microseconds),
                .text(handover.id),
            ])?.integer("many") ?? 0
    }

    /// What was said and noted, in order.
    static func lines(of handover: String, in reader: any Reader) throws -> [Line] {
        try reader.query(
            "SELECT who, text, at FROM citizen_handover_lines WHERE handover = ? ORDER BY number, id", [.text(handover)]
        ).map {
            Line(
                who: try $0.text("who"), text: try $0.optionalText("text"),
                at: Timestamp(microseconds: try $0.integer("at")))
        }
    }

    /// How many lines a citizen has said, and whether one of them in a turn.
    static func told(
        _ handover: String, turn: Int64?, in reader: any Reader
    ) throws -> (lines: Int64, isRepeated: Bool) {
        let lines =
            try reader.first(
                "SELECT COUNT(*) AS many FROM citizen_handover_lines WHERE handover = ? AND who = 'citizen'",
                [.text(handover)])?.integer("many") ?? 0
        guard let turn else { return (lines, false) }
        let before = try reader.first(
            "SELECT 1 AS one FROM citizen_handover_lines WHERE handover = ? AND who = 'citizen' AND turn = ?",
            [.text(handover), .integer(turn)])
        return (lines, before != nil)
    }

    /// Those finished before a moment whose words are still kept.
    static func over(
        before moment: Timestamp, limit: Int, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [Handover] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT * FROM citizen_handovers WHERE state = 'finished' AND finished < ? AND \(own.sql)
                AND (content IS NOT NULL OR phone IS NOT NULL OR wish IS NOT NULL
                    OR EXISTS (SELECT 1 FROM citizen_handover_lines WHERE handover = citizen_handovers.id))
            ORDER BY finished, id LIMIT \(limit)
            """, [.integer(moment.microseconds)] + own.arguments
        ).map(handover)
    }

    /// Why machines failed, by what was wanted: of hand-overs finished since a moment.
    static func failures(
        since: Timestamp, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [(failure: String, intent: String?, count: Int64)] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT failure, intent, COUNT(*) AS many FROM citizen_handovers
            WHERE failure IS NOT NULL AND finished >= ? AND \(own.sql)
            GROUP BY failure, intent ORDER BY many DESC, failure, intent
            """, [.integer(since.microseconds)] + own.arguments
        ).map { (try $0.text("failure"), try $0.optionalText("intent"), try $0.integer("many")) }
    }

    private static func handover(_ row: Row) throws -> Handover {
        let moment = { (column: String) in try row.optionalInteger(column).map { Timestamp(microseconds: $0) } }
        return Handover(
            id: try row.text("id"), dialogue: try row.text("dialogue"), subject: PersonID(try row.text("subject")),
            scope: Scope(try row.text("scope")) ?? .zone,
            reason: HandoverRequested.Reason(rawValue: try row.text("reason")) ?? .asked,
            intent: try row.optionalText("intent"), language: Language(rawValue: try row.text("language")) ?? .ko,
            channel: try row.text("channel"),
            content: try row.optionalText("content").flatMap { HandoverRequested.Content(try JSON(parsing: $0)) },
            phone: try row.optionalText("phone"), wish: try row.optionalText("wish"), due: try moment("due"),
            tries: try row.integer("tries"), requested: Timestamp(microseconds: try row.integer("requested")),
            taken: try moment("taken"), taker: try row.optionalText("taker").map { PersonID($0) },
            finished: try moment("finished"),
            outcome: try row.optionalText("outcome").flatMap { Handover.Outcome(rawValue: $0) },
            failure: try row.optionalText("failure").flatMap { Handover.Failure(rawValue: $0) },
            endangered: try moment("endangered"), state: Handover.State(rawValue: try row.text("state")) ?? .waiting,
            event: Identifier(try row.text("event")), isCall: try row.optionalInteger("is_call") == 1)
    }
}
