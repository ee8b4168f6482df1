import District
import Record
import Store

/// Those who wait for a person, what was said between them and staff, and staff's notes.
enum HandoverTable {
    static let migration = Migration(
        "citizen.desk.001",
        [
            """
            CREATE TABLE citizen_handovers (
                id TEXT PRIMARY KEY, dialogue TEXT NOT NULL, subject TEXT NOT NULL, scope TEXT NOT NULL,
                reason TEXT NOT NULL, intent TEXT, language TEXT NOT NULL, channel TEXT NOT NULL, content TEXT,
                phone TEXT, wish TEXT, due BIGINT, tries BIGINT NOT NULL, requested BIGINT NOT NULL, taken BIGINT,
                taker TEXT, finished BIGINT, outcome TEXT, failure TEXT, state TEXT NOT NULL, event TEXT NOT NULL)
            """,
            "CREATE INDEX citizen_handovers_state ON citizen_handovers (state, requested)",
            """
            CREATE TABLE citizen_handover_lines (
                id TEXT PRIMARY KEY, handover TEXT NOT NULL, who TEXT NOT NULL, text TEXT, at BIGINT NOT NULL,
                number BIGINT NOT NULL)
            """,
            "CREATE INDEX citizen_handover_lines_of ON citizen_handover_lines (handover, number)",
        ])

    /// The turn in which a citizen said a line, so that one that is sent twice is one line.
    static let turns = Migration(
        "citizen.desk.003", ["ALTER TABLE citizen_handover_lines ADD COLUMN turn BIGINT"])

    /// When somebody said, while they waited or were being helped, that there is danger.
    static let dangers = Migration(
        "citizen.desk.004", ["ALTER TABLE citizen_handovers ADD COLUMN endangered BIGINT"])

    /// Whether they are to be called: whoever is, has left the page.
    static let calls = Migration("citizen.desk.005", ["ALTER TABLE citizen_handovers ADD COLUMN is_call BIGINT"])

    static let projection = Projection(
        tables: ["citizen_handovers", "citizen_handover_lines"], types: DeskEvents.all
    ) { event, payload, transaction in
        guard event.stream.hasPrefix("handover/") else { return }
        let id = SQLValue.text(String(event.stream.dropFirst("handover/".count)))
        let at = SQLValue.integer(event.recorded.microseconds)
        switch event.type {
        case HandoverRequested.type:
            guard let asked = HandoverRequested(stream: event.stream, payload: payload) else { return }
            let content = payload["content"].flatMap { HandoverRequested.Content($0) }
            try transaction.insert(
                into: "citizen_handovers",
                columns: [
                    "id", "dialogue", "subject", "scope", "reason", "intent", "language", "channel", "content", "phone",
                    "wish", "tries", "requested", "state", "event", "is_call",
                ],
                rows: [
                    [
                        id, .text(asked.dialogue), .text(asked.subject.rawValue), .text(event.scope.text),
                        .text(asked.reason.rawValue), .optional(asked.intent), .text(asked.language.rawValue),
                        .text(asked.channel), .optional(content?.json.canonicalText), .optional(content?.phone),
                        .optional(content?.time), .integer(0), at, .text(asked.isOpen ? "waiting" : "callback"),
                        .text(event.id.description), .flag(!asked.isOpen),
                    ]
                ])
        case DeskEvents.taken:
            var taker: String?
            if case .person(let person) = event.author { taker = person.rawValue }
            try transaction.execute(
                "UPDATE citizen_handovers SET state = 'taken', taken = COALESCE(taken, ?), taker = ? WHERE id = ?",
                [at, .optional(taker), id])
        case DeskEvents.finished:
            try transaction.execute(
                "UPDATE citizen_handovers SET state = 'finished', finished = ?, outcome = ?, failure = ? WHERE id = ?",
                [at, .optional(payload["outcome"]?.text), .optional(payload["failure"]?.text), id])
        case DeskEvents.arranged:
            let due = payload["due"]?.text.flatMap { Timestamp(iso8601: $0) }
            try transaction.execute(
                "UPDATE citizen_handovers SET state = 'callback', is_call = 1, phone = ?, due = ? WHERE id = ?",
                [.optional(payload["phone"]?.text), .optional(due?.microseconds), id])
        case DeskEvents.deferred:
            try transaction.execute(
                "UPDATE citizen_handovers SET state = 'callback', is_call = 1 WHERE id = ? AND state = 'waiting'", [id])
        case DeskEvents.forgotten:
            try transaction.execute(
                "UPDATE citizen_handovers SET content = NULL, phone = NULL, wish = NULL WHERE id = ?", [id])
            try transaction.execute("DELETE FROM citizen_handover_lines WHERE handover = ?", [id])
        case DeskEvents.endangered:
            try transaction.execute("UPDATE citizen_handovers SET endangered = ? WHERE id = ?", [at, id])
        case DeskEvents.tried:
            try transaction.execute("UPDATE citizen_handovers SET tries = tries + 1 WHERE id = ?", [id])
        default:
            let who = event.type == DeskEvents.noted ? "note" : payload["who"]?.text ?? "staff"
            try transaction.execute(
                """
                INSERT INTO citizen_handover_lines (id, handover, who, text, at, number, turn)
                VALUES (?, ?, ?, ?, ?, (SELECT COUNT(*) FROM citizen_handover_lines WHERE handover = ?), ?)
                """,
                [
                    .text(event.id.description), id, .text(who), .optional(payload["text"]?.text), at, id,
                    .optional(payload["turn"]?.integer),
                ])
        }
    }
}
