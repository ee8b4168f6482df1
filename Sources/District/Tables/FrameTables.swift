import Access
import Record
import Store

/// The frame's own tables: answered requests, requests awaiting a signature, AI switches, failed reactions, cursors.
enum FrameTables {
    static let migrations = [
        Migration(
            "district.001",
            [
                """
                CREATE TABLE district_requests (
                    caller TEXT NOT NULL, key TEXT NOT NULL, command TEXT NOT NULL, fingerprint TEXT NOT NULL,
                    outcome TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (caller, key))
                """,
                "CREATE INDEX district_requests_at ON district_requests (at)",
                """
                CREATE TABLE district_open_requests (
                    id TEXT PRIMARY KEY, command TEXT NOT NULL, entered TEXT NOT NULL, author TEXT NOT NULL,
                    scope TEXT NOT NULL, at BIGINT NOT NULL)
                """,
                "CREATE TABLE district_ai_switches (use TEXT PRIMARY KEY, is_on BIGINT NOT NULL, at BIGINT NOT NULL)",
                """
                CREATE TABLE district_reaction_retries (
                    reaction TEXT NOT NULL, event TEXT NOT NULL, attempts BIGINT NOT NULL, due BIGINT NOT NULL,
                    reason TEXT NOT NULL, PRIMARY KEY (reaction, event))
                """,
                "CREATE INDEX district_reaction_retries_due ON district_reaction_retries (due)",
                "CREATE TABLE district_cursors (name TEXT PRIMARY KEY, leaf BIGINT NOT NULL)",
            ]), Attachments.migration, AIPermits.migration, AINotices.migration,
        AIPermits.callsMigration,
    ]

    // MARK: requests done before

    static func answered(_ caller: String, _ key: String, in reader: any Reader) throws -> Row? {
        try reader.first(
            "SELECT command, fingerprint, outcome FROM district_requests WHERE caller = ? AND key = ?",
            [.text(caller), .text(key)])
    }

    static func remember(
        _ caller: String, _ key: String, command: String, fingerprint: String, outcome: JSON, at: Timestamp,
        in writer: any Writer
    ) throws {
        try writer.execute(
            "INSERT INTO district_requests (caller, key, command, fingerprint, outcome, at) VALUES (?, ?, ?, ?, ?, ?)",
            [
                .text(caller), .text(key), .text(command), .text(fingerprint), .text(outcome.canonicalText),
                .integer(at.microseconds),
            ])
    }

    // MARK: requests that wait for a second person

    struct OpenRequest {
        let command: String
        let entered: [String: JSON]
        let author: Author
        let scope: Scope
    }

    static func applyRequest(_ event: Event, _ payload: [String: JSON], _ writer: any Writer) throws {
        let id = payload["request"]?.text ?? ""
        if event.type != "district.request.opened" {
            try writer.execute("DELETE FROM district_open_requests WHERE id = ?", [.text(id)])
        } else {
            try writer.execute(
                """
                INSERT INTO district_open_requests (id, command, entered, author, scope, at) VALUES (?, ?, ?, ?, ?, ?)
                """,
                [
                    .text(id), .text(payload["command"]?.text ?? ""),
                    .text((payload["values"] ?? .object([:])).canonicalText), .text(event.author.text),
                    .text(event.scope.text), .integer(event.recorded.microseconds),
                ])
        }
    }

    /// The requests that wait and that a tenant may see, oldest first: identifier and command.
    static func openRequests(
        for tenant: some Tenancy, in reader: any Reader
    ) throws -> [(id: Identifier, request: OpenRequest)] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT id FROM district_open_requests WHERE \(own.sql) ORDER BY at, id LIMIT 100", own.arguments
        ).compactMap { row in
            guard let id = Identifier(try row.text("id")), let request = try openRequest(id, in: reader) else {
                return nil
            }
            return (id, request)
        }
    }

    static func openRequest(_ id: Identifier, in reader: any Reader) throws -> OpenRequest? {
        guard
            let row = try reader.first(
                "SELECT command, entered, author, scope FROM district_open_requests WHERE id = ?",
                [.text(id.description)]),
            let author = Author(try row.text("author")), let scope = Scope(try row.text("scope"))
        else { return nil }
        return OpenRequest(
            command: try row.text("command"), entered: try JSON(parsing: try row.text("entered")).members ?? [:],
            author: author, scope: scope)
    }

    // MARK: uses of AI that are switched

    static func applySwitch(_ event: Event, _ payload: [String: JSON], _ writer: any Writer) throws {
        try writer.execute(
            """
            INSERT INTO district_ai_switches (use, is_on, at) VALUES (?, ?, ?)
            ON CONFLICT (use) DO UPDATE SET is_on = excluded.is_on, at = excluded.at
            """,
            [
                .text(payload["use"]?.text ?? ""), .flag(payload["on"]?.bool ?? false),
                .integer(event.recorded.microseconds),
            ])
    }

    static func isSwitchedOff(_ use: String, in reader: any Reader) throws -> Bool {
        try reader.first("SELECT is_on FROM district_ai_switches WHERE use = ?", [.text(use)])?.integer("is_on") == 0
    }

    // MARK: reactions that failed

    struct Retry {
        let reaction: String
        let event: Identifier
        let attempts: Int64
    }

    static func scheduleRetry(
        _ reaction: String, _ event: Identifier, attempts: Int64, due: Timestamp, reason: String, in writer: any Writer
    ) throws {
        try writer.execute(
            """
            INSERT INTO district_reaction_retries (reaction, event, attempts, due, reason) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (reaction, event) DO UPDATE SET attempts = excluded.attempts, due = excluded.due,
                reason = excluded.reason
            """,
            [
                .text(reaction), .text(event.description), .integer(attempts), .integer(due.microseconds),
                .text(reason),
            ])
    }

    static func isWaiting(_ retry: Retry, in reader: any Reader) throws -> Bool {
        try reader.first(
            "SELECT attempts FROM district_reaction_retries WHERE reaction = ? AND event = ?",
            [.text(retry.reaction), .text(retry.event.description)])?.integer("attempts") == retry.attempts
    }

    static func forgetRetry(_ reaction: String, _ event: Identifier, in writer: any Writer) throws {
        try writer.execute(
            "DELETE FROM district_reaction_retries WHERE reaction = ? AND event = ?",
            [.text(reaction), .text(event.description)])
    }

    static func dueRetries(_ now: Timestamp, in reader: any Reader) throws -> [Retry] {
        try reader.query(
            "SELECT reaction, event, attempts FROM district_reaction_retries WHERE due <= ? ORDER BY due LIMIT 100",
            [.integer(now.microseconds)]
        ).compactMap { row in
            guard let event = Identifier(try row.text("event")) else { return nil }
            return Retry(reaction: try row.text("reaction"), event: event, attempts: try row.integer("attempts"))
        }
    }

    // MARK: cursors of whoever follows the Record

    static func cursor(_ name: String, in reader: any Reader) throws -> Int64? {
        try reader.first("SELECT leaf FROM district_cursors WHERE name = ?", [.text(name)])?.integer("leaf")
    }

    static func setCursor(_ name: String, _ leaf: Int64, in writer: any Writer) throws {
        try writer.execute(
            """
            INSERT INTO district_cursors (name, leaf) VALUES (?, ?)
            ON CONFLICT (name) DO UPDATE SET leaf = excluded.leaf
            """,
            [.text(name), .integer(leaf)])
    }
}
