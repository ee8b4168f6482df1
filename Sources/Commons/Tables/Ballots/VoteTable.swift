import District
import Record
import Store

/// The votes. Everybody may see all of them: no query asks on whose behalf.
enum VoteTable {
    static let migration = Migration(
        "commons.ballots.001",
        [
            """
            CREATE TABLE commons_ballots_votes (
                id TEXT PRIMARY KEY, body TEXT NOT NULL, state TEXT NOT NULL, rule TEXT, past TEXT, opened TEXT,
                closed TEXT, result TEXT, reason TEXT, process TEXT NOT NULL, ends BIGINT NOT NULL)
            """,
            "CREATE INDEX commons_ballots_votes_ends ON commons_ballots_votes (ends)",
            """
            CREATE TABLE commons_ballots_cast (
                number TEXT PRIMARY KEY, vote TEXT NOT NULL, event TEXT NOT NULL, commitment TEXT NOT NULL,
                is_paper BIGINT NOT NULL)
            """,
            "CREATE INDEX commons_ballots_cast_vote ON commons_ballots_cast (vote, number)",
        ])

    /// Votes are found by their process.
    static let byProcess = Migration(
        "commons.ballots.process",
        ["CREATE INDEX commons_ballots_votes_process ON commons_ballots_votes (process, ends)"])

    static let projection = Projection(
        tables: ["commons_ballots_votes", "commons_ballots_cast"],
        types: [
            BallotEvents.setUp, BallotEvents.pastSet, BallotEvents.ruleFixed, BallotEvents.opened, BallotEvents.closed,
            BallotEvents.counted, BallotEvents.replayed, BallotEvents.withdrawn, BallotEvents.cast,
        ]
    ) { event, payload, writer in
        let id = String(event.stream.dropFirst("vote/".count))
        func set(_ column: String, _ value: String, state: Vote.State? = nil) throws {
            try writer.execute(
                "UPDATE commons_ballots_votes SET \(column) = ?\(state == nil ? "" : ", state = ?") WHERE id = ?",
                [.text(value)] + (state.map { [.text($0.rawValue)] } ?? []) + [.text(id)])
        }
        let body = JSON.object(event.payload).canonicalText
        switch event.type {
        case BallotEvents.setUp:
            let ends = payload["ends"]?.text.flatMap { Timestamp(iso8601: $0) }?.microseconds ?? 0
            try writer.execute(
                "INSERT INTO commons_ballots_votes (id, body, state, process, ends) VALUES (?, ?, ?, ?, ?)",
                [
                    .text(id), .text(body), .text(Vote.State.setUp.rawValue),
                    .text(payload["process"]?.text ?? ""), .integer(ends),
                ])
        case BallotEvents.pastSet: try set("past", body)
        case BallotEvents.ruleFixed: try set("rule", (payload["rule"] ?? .null).canonicalText, state: .ruled)
        case BallotEvents.opened: try set("opened", body, state: .open)
        case BallotEvents.closed: try set("closed", body, state: .closed)
        case BallotEvents.counted, BallotEvents.replayed: try set("result", body, state: .counted)
        case BallotEvents.withdrawn: try set("reason", payload["reason"]?.text ?? "", state: .withdrawn)
        default:
            try writer.execute(
                "INSERT INTO commons_ballots_cast (number, vote, event, commitment, is_paper) VALUES (?, ?, ?, ?, ?)",
                [
                    .text(payload["ballot"]?.text ?? ""), .text(payload["vote"]?.text ?? ""),
                    .text(event.id.description), .text(payload["commitment"]?.text ?? ""),
                    .flag(payload["paper"]?.bool ?? false),
                ])
        }
    }

    /// A vote with what has become of it.
    struct Found: Sendable {
        let vote: Vote
        /// Past ballots that show what rules do: `file`, `name`.
        let past: JSON?
        let opened: JSON?
        let closed: JSON?
        let result: JSON?
        /// Why it was withdrawn.
        let reason: String?
    }

    static func find(_ id: String, in reader: any Reader) throws -> Found? {
        try reader.first("SELECT * FROM commons_ballots_votes WHERE id = ?", [.text(id)]).flatMap(found)
    }

    /// How far a vote has come: all that a ballot's transaction asks again; nil where there is none.
    static func state(_ id: String, in reader: any Reader) throws -> Vote.State? {
        try reader.first("SELECT state FROM commons_ballots_votes WHERE id = ?", [.text(id)])
            .flatMap { Vote.State(rawValue: try $0.text("state")) }
    }

    /// The votes, those that end last first.
    static func list(limit: Int = 200, in reader: any Reader) throws -> [Found] {
        try reader.query(
            "SELECT * FROM commons_ballots_votes ORDER BY ends DESC, id LIMIT ?", [.integer(Int64(limit))]
        ).compactMap(found)
    }

    /// The votes of a process that were not withdrawn, those that end last first.
    static func list(of process: String, in reader: any Reader) throws -> [Found] {
        try reader.query(
            """
            SELECT * FROM commons_ballots_votes WHERE process = ? AND state <> 'withdrawn' ORDER BY ends DESC, id LIMIT 50
            """, [.text(process)]
        ).compactMap(found)
    }

    private static func found(_ row: Row) throws -> Found? {
        func json(_ column: String) throws -> JSON? { try row.optionalText(column).map { try JSON(parsing: $0) } }
        guard var vote = Vote(try row.text("id"), try JSON(parsing: try row.text("body"))) else { return nil }
        vote.state = Vote.State(rawValue: try row.text("state")) ?? .setUp
        vote.rule = try json("rule").flatMap { CountingRule($0) }
        return Found(
            vote: vote, past: try json("past"), opened: try json("opened"), closed: try json("closed"),
            result: try json("result"), reason: try row.optionalText("reason"))
    }
}
