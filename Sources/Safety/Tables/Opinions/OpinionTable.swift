import District
import Record
import Store

/// The workers' opinions with what became of each, and the minutes of committees.
enum OpinionTable {
    static let migration = Migration(
        "safety.opinions.001",
        [
            """
            CREATE TABLE safety_opinions (
                id TEXT PRIMARY KEY, firm TEXT NOT NULL, scope TEXT NOT NULL, topic TEXT NOT NULL, text TEXT,
                is_anonymous BIGINT NOT NULL, given BIGINT NOT NULL, state TEXT NOT NULL, decision TEXT, decided BIGINT,
                reason TEXT, due BIGINT, outcome TEXT, file TEXT, done BIGINT)
            """,
            "CREATE INDEX safety_opinions_firm ON safety_opinions (firm, state, given)",
            """
            CREATE TABLE safety_minutes (
                id TEXT PRIMARY KEY, firm TEXT NOT NULL, scope TEXT NOT NULL, day BIGINT NOT NULL, body TEXT NOT NULL,
                heads BIGINT NOT NULL, summary TEXT, file TEXT NOT NULL)
            """,
            "CREATE INDEX safety_minutes_firm ON safety_minutes (firm, day)",
        ])

    static let projection = Projection(
        tables: ["safety_opinions", "safety_minutes"],
        types: ["safety.opinion.given", "safety.opinion.decided", "safety.opinion.done", "safety.committee.minuted"]
    ) { event, payload, transaction in
        guard case .firm(let firm) = event.scope else { return }
        let id = String(event.stream.dropFirst("opinion/".count))
        let at = SQLValue.integer(event.recorded.microseconds)
        switch event.type {
        case "safety.opinion.given":
            try transaction.execute(
                """
                INSERT INTO safety_opinions (id, firm, scope, topic, text, is_anonymous, given, state)
                VALUES (?, ?, ?, ?, ?, ?, ?, 'waiting')
                """,
                [
                    .text(id), .text(firm.rawValue), .text(event.scope.text), .text(payload["topic"]?.text ?? ""),
                    .optional(payload["text"]?.text), .flag(payload["anonymous"]?.bool == true), at,
                ])
        case "safety.opinion.decided":
            let decision = payload["decision"]?.text ?? ""
            let due = payload["due"]?.text.flatMap { KoreanDay($0) }
            try transaction.execute(
                "UPDATE safety_opinions SET state = ?, decision = ?, decided = ?, reason = ?, due = ? WHERE id = ?",
                [
                    .text(decision == Opinion.Decision.reject.rawValue ? "rejected" : "decided"), .text(decision), at,
                    .optional(payload["reason"]?.text), .optional(due?.number), .text(id),
                ])
        case "safety.opinion.done":
            try transaction.execute(
                "UPDATE safety_opinions SET state = 'done', outcome = ?, file = ?, done = ? WHERE id = ?",
                [.optional(payload["outcome"]?.text), .optional(payload["file"]?.text), at, .text(id)])
        default:
            let day = payload["day"]?.text.flatMap { KoreanDay($0) } ?? KoreanDay(event.observed)
            try transaction.execute(
                """
                INSERT INTO safety_minutes (id, firm, scope, day, body, heads, summary, file)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .text(event.id.description), .text(firm.rawValue), .text(event.scope.text), .integer(day.number),
                    .text(payload["body"]?.text ?? ""), .integer(payload["heads"]?.integer ?? 0),
                    .optional(payload["summary"]?.text), .text(payload["file"]?.text ?? ""),
                ])
        }
    }

    /// Minutes of a meeting.
    struct Minutes: Sendable, Hashable {
        let id: String
        let day: KoreanDay
        let body: String
        let heads: Int64
        let summary: String?
        let file: String
    }

    /// A firm's opinions, those that wait first; everyone of the firm sees them all.
    static func page(
        of firm: FirmID, limit: Int, offset: Int, for tenant: some Tenancy, in reader: any Reader
    ) throws -> Listing<Opinion> {
        let own = tenant.condition(column: "scope")
        return try reader.listing(
            "*", from: "safety_opinions WHERE firm = ? AND \(own.sql)", [.text(firm.rawValue)] + own.arguments,
            order: "CASE state WHEN 'waiting' THEN 0 WHEN 'decided' THEN 1 ELSE 2 END, given DESC, id", limit: limit,
            offset: offset, opinion)
    }

    /// An opinion that a tenant may see.
    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> Opinion? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM safety_opinions WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        )
        .map(opinion)
    }

    /// How many of a firm's opinions stand where.
    static func counts(
        of firm: FirmID, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [Opinion.State: Int64] {
        let own = tenant.condition(column: "scope")
        let rows = try reader.query(
            "SELECT state, COUNT(*) AS many FROM safety_opinions WHERE firm = ? AND \(own.sql) GROUP BY state",
            [.text(firm.rawValue)] + own.arguments)
        return Dictionary(
            try rows.compactMap { row in
                try Opinion.State(rawValue: try row.text("state")).map { ($0, try row.integer("many")) }
            }, uniquingKeysWith: { $1 })
    }

    /// A firm's minutes, latest first.
    static func minutes(of firm: FirmID, for tenant: some Tenancy, in reader: any Reader) throws -> [Minutes] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM safety_minutes WHERE firm = ? AND \(own.sql) ORDER BY day DESC, id LIMIT 20",
            [.text(firm.rawValue)] + own.arguments
        ).map { row in
            Minutes(
                id: try row.text("id"), day: KoreanDay(number: try row.integer("day")), body: try row.text("body"),
                heads: try row.integer("heads"), summary: try row.optionalText("summary"), file: try row.text("file"))
        }
    }

    private static func opinion(_ row: Row) throws -> Opinion {
        func moment(_ name: String) throws -> Timestamp? {
            try row.optionalInteger(name).map { Timestamp(microseconds: $0) }
        }
        return Opinion(
            id: try row.text("id"), firm: FirmID(try row.text("firm")),
            topic: Opinion.Topic(rawValue: try row.text("topic")) ?? .other, text: try row.optionalText("text"),
            isAnonymous: try row.flag("is_anonymous"), given: Timestamp(microseconds: try row.integer("given")),
            state: Opinion.State(rawValue: try row.text("state")) ?? .waiting,
            decision: try row.optionalText("decision").flatMap { Opinion.Decision(rawValue: $0) },
            decided: try moment("decided"), reason: try row.optionalText("reason"),
            due: try row.optionalInteger("due").map { KoreanDay(number: $0) }, outcome: try row.optionalText("outcome"),
            file: try row.optionalText("file"), done: try moment("done"))
    }
}
