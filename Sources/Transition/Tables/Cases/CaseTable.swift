import Access
import District
import Record
import Store

/// What people add to the handbook's cases: cases of their own, corrections of claims, answers to conditions, and which
/// region of which statistics is the district's own. All of it is public.
enum CaseTable {
    static let added = "transition.case.added"
    static let corrected = "transition.case.corrected"
    static let answered = "transition.condition.answered"
    static let chosen = "transition.home.chosen"

    static let migration = Migration(
        "transition.cases.001",
        [
            """
            CREATE TABLE transition_cases (
                id TEXT PRIMARY KEY, body TEXT NOT NULL, event TEXT NOT NULL, author TEXT NOT NULL, at BIGINT NOT NULL)
            """,
            """
            CREATE TABLE transition_case_corrections (
                event TEXT PRIMARY KEY, case_id TEXT NOT NULL, place TEXT NOT NULL, ko TEXT NOT NULL, en TEXT NOT NULL,
                title TEXT NOT NULL, publisher TEXT NOT NULL, url TEXT NOT NULL, read_on TEXT NOT NULL,
                reason TEXT NOT NULL, author TEXT NOT NULL, at BIGINT NOT NULL)
            """,
            "CREATE INDEX transition_case_corrections_case ON transition_case_corrections (case_id, at)",
            """
            CREATE TABLE transition_condition_answers (
                case_id TEXT NOT NULL, condition TEXT NOT NULL, economy TEXT NOT NULL, region TEXT NOT NULL,
                held BIGINT NOT NULL, reason TEXT NOT NULL, event TEXT NOT NULL, author TEXT NOT NULL, at BIGINT NOT NULL,
                PRIMARY KEY (case_id, condition, economy, region))
            """,
            """
            CREATE TABLE transition_home (
                id TEXT PRIMARY KEY, economy TEXT NOT NULL, region TEXT NOT NULL, event TEXT NOT NULL, at BIGINT NOT NULL)
            """,
        ])

    static let projection = Projection(
        tables: [
            "transition_cases", "transition_case_corrections", "transition_condition_answers", "transition_home",
        ], types: [added, corrected, answered, chosen]
    ) { event, payload, writer in
        func text(_ key: String) -> SQLValue { .text(payload[key]?.text ?? "") }
        let (id, at): (SQLValue, SQLValue) = (.text(event.id.description), .integer(event.observed.microseconds))
        let author = SQLValue.text(event.author.text)
        switch event.type {
        case added:
            try writer.execute(
                "INSERT INTO transition_cases (id, body, event, author, at) VALUES (?, ?, ?, ?, ?)",
                [
                    .text(payload["case"]?["id"]?.text ?? ""), .text((payload["case"] ?? .null).canonicalText), id,
                    author, at,
                ])
        case corrected:
            try writer.execute(
                """
                INSERT INTO transition_case_corrections
                    (event, case_id, place, ko, en, title, publisher, url, read_on, reason, author, at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    id, text("case"), text("claim"), .text(payload["words"]?["ko"]?.text ?? ""),
                    .text(payload["words"]?["en"]?.text ?? ""), text("title"), text("publisher"), text("url"),
                    text("read"), text("reason"), author, at,
                ])
        case answered:
            try writer.execute(
                """
                DELETE FROM transition_condition_answers
                WHERE case_id = ? AND condition = ? AND economy = ? AND region = ?
                """, [text("case"), text("condition"), text("economy"), text("region")])
            try writer.execute(
                """
                INSERT INTO transition_condition_answers
                    (case_id, condition, economy, region, held, reason, event, author, at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    text("case"), text("condition"), text("economy"), text("region"),
                    .flag(payload["held"]?.bool ?? false), text("reason"), id, author,
                    at,
                ])
        default:
            try writer.execute("DELETE FROM transition_home")
            try writer.execute(
                "INSERT INTO transition_home (id, economy, region, event, at) VALUES ('home', ?, ?, ?, ?)",
                [text("economy"), text("region"), id, at])
        }
    }

    /// A case that somebody added, with the event that did.
    struct Added: Sendable {
        let body: CityCase
        let event: String
        let author: Author
        let at: Timestamp
    }

    /// A claim corrected: what was said stands beside it.
    struct Correction: Sendable {
        let event: String, place: String
        let words: Words
        let source: CityCase.Source
        let reason: String
        let author: Author
        let at: Timestamp
    }

    /// A person's answer to what statistics cannot tell.
    struct Answer: Sendable {
        let condition: String
        let isHeld: Bool
        let reason: String, event: String
        let author: Author
        let at: Timestamp
    }

    /// A region of statistics; the district's own among them.
    struct Home: Sendable, Hashable {
        let economy: String, region: String
    }

    /// The cases that people added, in the order of their names. Cases are public.
    static func extra(in reader: any Reader) throws -> [Added] {
        try reader.query("SELECT * FROM transition_cases ORDER BY id LIMIT 500").compactMap(added)
    }

    /// A case that somebody added; nil where nobody did.
    static func added(_ id: String, in reader: any Reader) throws -> Added? {
        try reader.first("SELECT * FROM transition_cases WHERE id = ?", [.text(id)]).flatMap(added)
    }

    private static func added(_ row: Row) throws -> Added? {
        // It was held against the rules before it was recorded.
        guard let body = try? CityCase(JSON(parsing: try row.text("body"))) else { return nil }
        return Added(body: body, event: try row.text("event"), author: try author(row), at: try at(row))
    }

    /// What was corrected in a case, the oldest first.
    static func corrections(of id: String, in reader: any Reader) throws -> [Correction] {
        try reader.query(
            "SELECT * FROM transition_case_corrections WHERE case_id = ? ORDER BY at, event LIMIT 500", [.text(id)]
        ).map { row in
            let (event, url) = (try row.text("event"), try row.text("url"))
            return Correction(
                event: event, place: try row.text("place"), words: Words(try row.text("ko"), try row.text("en")),
                source: CityCase.Source(
                    id: event, title: try row.text("title"), publisher: try row.text("publisher"),
                    url: url.isEmpty ? nil : url, read: try row.text("read_on")),
                reason: try row.text("reason"), author: try author(row), at: try at(row))
        }
    }

    /// The answers to a case's conditions in a region, by condition; none where no region is meant.
    static func answers(of id: String, at place: Home?, in reader: any Reader) throws -> [String: Answer] {
        guard let place else { return [:] }
        let all = try reader.query(
            "SELECT * FROM transition_condition_answers WHERE case_id = ? AND economy = ? AND region = ?",
            [.text(id), .text(place.economy), .text(place.region)]
        ).map { row in
            Answer(
                condition: try row.text("condition"), isHeld: try row.flag("held"), reason: try row.text("reason"),
                event: try row.text("event"), author: try author(row), at: try at(row))
        }
        return Dictionary(all.map { ($0.condition, $0) }, uniquingKeysWith: { $1 })
    }

    /// The district's own region, where one was chosen.
    static func home(in reader: any Reader) throws -> Home? {
        try reader.first("SELECT * FROM transition_home").map {
            Home(economy: try $0.text("economy"), region: try $0.text("region"))
        }
    }

    private static func author(_ row: Row) throws -> Author { Author(try row.text("author")) ?? .system("unknown") }
    private static func at(_ row: Row) throws -> Timestamp { Timestamp(microseconds: try row.integer("at")) }
}

/// All cases: the handbook's and those that people added.
struct CaseShelf: Sendable {
    let library: CaseLibrary

    /// Every case, in the order of their names. Of two of one name the library's stands: a later release may bring a
    /// case that somebody added before.
    func all(in reader: any Reader) throws -> [CityCase] {
        let known = Set(library.cases.map(\.id))
        let extra = try CaseTable.extra(in: reader).map(\.body).filter { !known.contains($0.id) }
        return (library.cases + extra).sorted { $0.id < $1.id }
    }

    /// One case.
    func find(_ id: String, in reader: any Reader) throws -> CityCase? {
        try library.cases.first { $0.id == id } ?? CaseTable.added(id, in: reader)?.body
    }

    static let unknown = Refusal(.notFound, "case.unknown", Words("그런 사례가 없습니다.", "There is no such case."))
}
