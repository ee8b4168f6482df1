import District
import Record
import Store

/// Statements, and who agrees with them. Topics are public; a statement's words lie in the vault under a key of its own, so that
/// they go for good once it is taken down; what a person answers lies there under the key of all that they wrote.
enum OpinionTable {
    static let opened = "commons.opinion.opened"
    static let stated = "commons.opinion.stated"
    static let removed = "commons.opinion.removed"
    static let answered = "commons.opinion.answered"
    static let closed = "commons.opinion.closed"

    /// Under whose key a statement's words are kept: its own.
    static func subject(_ statement: String) -> PersonID { PersonID("commons-statement-\(statement)") }

    /// Somebody states something: that it was stated is everybody's to know, the words stand in the vault.
    static func stating(_ said: String, _ statement: String, topic: String) -> Draft {
        Draft(
            stated, stream: "statement/\(statement)", scope: .everyone, payload: ["topic": .string(topic)],
            personal: ["said": PersonalContent(of: subject(statement), .string(said))])
    }

    static let migration = Migration(
        "commons.opinions.001",
        [
            """
            CREATE TABLE commons_opinions_topics (
                id TEXT PRIMARY KEY, title TEXT NOT NULL, summary TEXT NOT NULL, process TEXT NOT NULL, ends BIGINT NOT NULL,
                is_closed BIGINT NOT NULL, is_sample BIGINT NOT NULL)
            """,
            """
            CREATE TABLE commons_opinions_statements (
                id TEXT PRIMARY KEY, topic TEXT NOT NULL, said TEXT NOT NULL, at BIGINT NOT NULL, removed TEXT)
            """,
            "CREATE INDEX commons_opinions_statements_topic ON commons_opinions_statements (topic, at, id)",
            """
            CREATE TABLE commons_opinions_answers (
                topic TEXT NOT NULL, person TEXT NOT NULL, statement TEXT NOT NULL, answer BIGINT NOT NULL,
                PRIMARY KEY (topic, person, statement))
            """,
        ])

    /// Topics are found by their process.
    static let byProcess = Migration(
        "commons.opinions.process",
        [
            "CREATE INDEX commons_opinions_topics_process ON commons_opinions_topics (process, ends)",
            "CREATE INDEX commons_opinions_topics_ends ON commons_opinions_topics (ends)",
        ])

    static let projection = Projection(
        tables: ["commons_opinions_topics", "commons_opinions_statements", "commons_opinions_answers"],
        types: [opened, stated, removed, answered, closed]
    ) { event, payload, writer in
        let id = event.stream.split(separator: "/", maxSplits: 1).last.map(String.init) ?? ""
        func text(_ key: String) -> SQLValue { .text(payload[key]?.text ?? "") }
        switch event.type {
        case opened:
            let ends = payload["ends"]?.text.flatMap { Timestamp(iso8601: $0) }?.microseconds ?? 0
            try writer.execute(
                """
                INSERT INTO commons_opinions_topics (id, title, summary, process, ends, is_closed, is_sample)
                VALUES (?, ?, ?, ?, ?, 0, ?)
                """,
                [
                    .text(id), text("title"), text("summary"), text("process"), .integer(ends),
                    .flag(payload["sample"]?.bool ?? false),
                ])
        case closed: try writer.execute("UPDATE commons_opinions_topics SET is_closed = 1 WHERE id = ?", [.text(id)])
        case stated:
            try writer.execute(
                "INSERT INTO commons_opinions_statements (id, topic, said, at) VALUES (?, ?, ?, ?)",
                [.text(id), text("topic"), text("said"), .integer(event.observed.microseconds)])
        case removed:
            // The words go with what took them down, from here and from the vault; where they are gone already, as when tables
            // are made anew, nothing happens.
            _ = try RecordLog(clock: { event.observed }).erase(subject(id), in: writer)
            try writer.execute(
                "UPDATE commons_opinions_statements SET said = '', removed = ? WHERE id = ?",
                [text("reason"), .text(id)])
        default:
            // Erased with its person: it counts no more.
            guard let said = payload["said"], let person = said["person"]?.text, let answer = said["answer"]?.integer
            else {
                return
            }
            try writer.execute(
                """
                INSERT INTO commons_opinions_answers (topic, person, statement, answer) VALUES (?, ?, ?, ?)
                ON CONFLICT (topic, person, statement) DO UPDATE SET answer = excluded.answer
                """, [text("topic"), .text(person), text("statement"), .integer(answer)])
        }
    }

    struct Topic: Sendable, Hashable {
        let id: String, title: String, summary: String, process: String
        let ends: Timestamp
        let isClosed: Bool, isSample: Bool
        func takesAnswers(at now: Timestamp) -> Bool { !isClosed && now < ends }
    }

    struct Statement: Sendable, Hashable {
        let id: String, topic: String, said: String
        /// Why it was taken away; nil where it stands.
        let removed: String?
    }

    static func topics(in reader: any Reader) throws -> [Topic] {
        try reader.query("SELECT * FROM commons_opinions_topics ORDER BY ends DESC, id LIMIT 200").map(topic)
    }

    /// The topics of a process, those that end last first.
    static func topics(of process: String, in reader: any Reader) throws -> [Topic] {
        try reader.query(
            "SELECT * FROM commons_opinions_topics WHERE process = ? ORDER BY ends DESC, id LIMIT 50", [.text(process)]
        ).map(topic)
    }

    static func topic(_ id: String, in reader: any Reader) throws -> Topic? {
        try reader.first("SELECT * FROM commons_opinions_topics WHERE id = ?", [.text(id)]).map(topic)
    }

    private static func topic(_ row: Row) throws -> Topic {
        Topic(
            id: try row.text("id"), title: try row.text("title"), summary: try row.text("summary"),
            process: try row.text("process"), ends: Timestamp(microseconds: try row.integer("ends")),
            isClosed: try row.flag("is_closed"), isSample: try row.flag("is_sample"))
    }

    /// The statements of a topic in the order in which they were made.
    static func statements(_ topic: String, in reader: any Reader) throws -> [Statement] {
        try reader.query("SELECT * FROM commons_opinions_statements WHERE topic = ? ORDER BY at, id", [.text(topic)])
            .map(statement)
    }

    static func statement(_ id: String, in reader: any Reader) throws -> Statement? {
        try reader.first("SELECT * FROM commons_opinions_statements WHERE id = ?", [.text(id)]).map(statement)
    }

    private static func statement(_ row: Row) throws -> Statement {
        Statement(
            id: try row.text("id"), topic: try row.text("topic"), said: try row.text("said"),
            removed: try row.optionalText("removed"))
    }

    /// What one person answered, by statement.
    static func answers(_ topic: String, of person: String, in reader: any Reader) throws -> [String: Int] {
        let rows = try reader.query(
            "SELECT statement, answer FROM commons_opinions_answers WHERE topic = ? AND person = ?",
            [.text(topic), .text(person)])
        return Dictionary(
            try rows.map { (try $0.text("statement"), Int(try $0.integer("answer"))) }, uniquingKeysWith: { $1 })
    }

    /// Everybody's answers to the statements that stand, as a matrix; who is who is left out of it.
    static func matrix(_ topic: String, in reader: any Reader) throws -> (
        matrix: OpinionMatrix, statements: [Statement]
    ) {
        let statements = try statements(topic, in: reader).filter { $0.removed == nil }
        let places = Dictionary(uniqueKeysWithValues: statements.enumerated().map { ($1.id, $0) })
        var people: [String: Int] = [:]
        var votes: [(participant: Int, statement: Int, vote: OpinionMatrix.Vote)] = []
        let rows = try reader.query(
            "SELECT person, statement, answer FROM commons_opinions_answers WHERE topic = ? ORDER BY person, statement",
            [.text(topic)])
        for row in rows {
            guard let place = places[try row.text("statement")],
                let vote = OpinionMatrix.Vote(rawValue: Int8(clamping: try row.integer("answer")))
            else { continue }
            let person = try row.text("person")
            let number = people[person] ?? people.count
            people[person] = number
            votes.append((number, place, vote))
        }
        return (OpinionMatrix(participants: people.count, statements: statements.count, votes: votes), statements)
    }
}
