public import Record
public import Store

/// The sessions of those signed in. Not on the Record: they come back from backup only.
public enum Sessions {
    static let migration = Migration(
        "access.004.sessions",
        [
            """
            CREATE TABLE access_sessions (
              hash BLOB PRIMARY KEY, id TEXT NOT NULL UNIQUE, person TEXT NOT NULL, csrf TEXT NOT NULL,
              address TEXT NOT NULL, agent TEXT NOT NULL, created BIGINT NOT NULL, seen BIGINT NOT NULL)
            """,
            "CREATE INDEX access_sessions_person ON access_sessions (person, seen)",
            "CREATE INDEX access_sessions_seen ON access_sessions (seen)",
            "CREATE INDEX access_sessions_created ON access_sessions (created)",
        ])

    /// Opens a session.
    public static func open(
        _ person: PersonID, address: String, agent: String, at now: Timestamp, in transaction: any Writer
    ) throws -> OpenedSession {
        let token = Secret().text
        let session = Session(
            id: Identifier(at: now).description, person: person, csrf: Secret().text,
            address: String(address.prefix(100)), agent: String(agent.prefix(200)), created: now, seen: now)
        try transaction.execute(
            """
            INSERT INTO access_sessions (hash, id, person, csrf, address, agent, created, seen)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .blob(Secret.hash(token)), .text(session.id), .text(person.rawValue), .text(session.csrf),
                .text(session.address), .text(session.agent), .integer(now.microseconds), .integer(now.microseconds),
            ])
        return OpenedSession(token: token, session: session)
    }

    /// The session of a token, and who asks with it; nil where it is unknown, ended, or its person has left.
    public static func find(
        token: String, at now: Timestamp, in transaction: any Reader
    ) throws -> (session: Session, caller: Caller)? {
        guard
            let row = try transaction.first(
                "SELECT \(columns) FROM access_sessions WHERE hash = ?", [.blob(Secret.hash(token))])
        else { return nil }
        let session = try session(row)
        guard now < session.expires, let caller = try Directory.caller(session.person, in: transaction) else {
            return nil
        }
        return (session, caller)
    }

    /// Writes down that a session is in use; see ``Session/needsTouch(at:)``.
    public static func touch(_ session: Session, at now: Timestamp, in transaction: any Writer) throws {
        try transaction.execute(
            "UPDATE access_sessions SET seen = ? WHERE id = ? AND seen < ?",
            [.integer(now.microseconds), .text(session.id), .integer(now.microseconds)])
    }

    /// The living sessions of a person, last used first.
    public static func list(of person: PersonID, at now: Timestamp, in transaction: any Reader) throws -> [Session] {
        try transaction.query(
            "SELECT \(columns) FROM access_sessions WHERE person = ? ORDER BY seen DESC LIMIT 100",
            [.text(person.rawValue)]
        ).map(session).filter { now < $0.expires }
    }

    /// Ends one session of a person.
    /// - Returns: whether they had it.
    @discardableResult
    public static func revoke(_ id: String, of person: PersonID, in transaction: any Writer) throws -> Bool {
        try transaction.execute(
            "DELETE FROM access_sessions WHERE id = ? AND person = ?", [.text(id), .text(person.rawValue)]) > 0
    }

    /// Ends every session of a person, but for the one they sit at: after a change of password.
    public static func revokeAll(of person: PersonID, except kept: String? = nil, in transaction: any Writer) throws {
        try transaction.execute(
            "DELETE FROM access_sessions WHERE person = ? AND id <> ?",
            [.text(person.rawValue), .text(kept ?? "")])
    }

    static func prune(at now: Timestamp, in transaction: any Writer) throws {
        try transaction.execute(
            "DELETE FROM access_sessions WHERE seen <= ? OR created <= ?",
            [
                .integer(now.advanced(bySeconds: -Session.idle).microseconds),
                .integer(now.advanced(bySeconds: -Session.longest).microseconds),
            ])
    }

    private static let columns = "id, person, csrf, address, agent, created, seen"

    private static func session(_ row: Row) throws -> Session {
        Session(
            id: try row.text("id"), person: PersonID(try row.text("person")), csrf: try row.text("csrf"),
            address: try row.text("address"), agent: try row.text("agent"),
            created: Timestamp(microseconds: try row.integer("created")),
            seen: Timestamp(microseconds: try row.integer("seen")))
    }
}
