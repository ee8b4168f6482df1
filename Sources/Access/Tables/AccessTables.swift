public import Record
public import Store

/// Access' tables, and how its events fill them.
public enum AccessTables {
    /// The schema, in order.
    public static let migrations: [Migration] = [
        Migration(
            "access.001.directory",
            [
                """
                CREATE TABLE access_firms (
                  id TEXT PRIMARY KEY, name TEXT NOT NULL, registration TEXT NOT NULL, headcount BIGINT,
                  scope TEXT NOT NULL, words TEXT NOT NULL)
                """,
                "CREATE INDEX access_firms_scope ON access_firms (scope, name)",
                "CREATE INDEX access_firms_name ON access_firms (name, id)",
                """
                CREATE TABLE access_people (
                  id TEXT PRIMARY KEY, name TEXT, language TEXT NOT NULL, firm TEXT, scope TEXT NOT NULL,
                  words TEXT NOT NULL, active BIGINT NOT NULL)
                """,
                "CREATE INDEX access_people_scope ON access_people (scope, name)",
                "CREATE INDEX access_people_name ON access_people (name, id)",
                "CREATE TABLE access_roles (person TEXT NOT NULL, role TEXT NOT NULL, PRIMARY KEY (person, role))",
            ]),
        Credentials.migration, Throttle.migration, Sessions.migration, SetupLink.migration, APITokens.migration,
        AuditOfLooks.migration,
    ]

    /// The tables that come out of the Record: a rebuild empties them first. Credentials, sessions, tokens, links and
    /// the audit of looks are not among them.
    public static let projected = ["access_firms", "access_people", "access_roles"]

    /// Brings one event into the tables.
    /// - Parameters:
    ///   - event: one of ``AccessEvents/types``.
    ///   - disclosed: its personal content out of the vault; without `name` the person is shown as erased.
    /// - Throws: ``AccessError`` with code `invalid` where the payload is not this event's, or ``StoreError``.
    public static func apply(_ event: Event, disclosed: [String: JSON], in transaction: any Writer) throws {
        let subject = try Self.subject(event)
        switch event.type {
        case AccessEvents.firmRegistered, AccessEvents.firmChanged:
            try keep(
                Firm(
                    id: FirmID(subject), name: try text("name", event), registration: try text("registration", event),
                    headcount: event.payload["headcount"]?.integer.map { Int($0) }),
                scope: event.scope, in: transaction)
        case AccessEvents.personAdded, AccessEvents.personChanged:
            try keep(
                Person(
                    id: PersonID(subject), name: disclosed["name"]?.text,
                    language: Language(rawValue: try text("language", event)) ?? .ko,
                    firm: event.payload["firm"]?.text.map { FirmID($0) }),
                in: transaction)
        case AccessEvents.personLeft:
            try transaction.execute("UPDATE access_people SET active = 0 WHERE id = ?", [.text(subject)])
        case AccessEvents.roleGranted:
            try transaction.execute(
                "INSERT INTO access_roles (person, role) VALUES (?, ?) ON CONFLICT (person, role) DO NOTHING",
                [.text(subject), .text(try text("role", event))])
        case AccessEvents.roleRevoked:
            try transaction.execute(
                "DELETE FROM access_roles WHERE person = ? AND role = ?",
                [.text(subject), .text(try text("role", event))])
        default: throw malformed(event, "type")
        }
    }

    /// Shows a person as erased at once, and ends their account and sessions, when the vault has forgotten them.
    public static func forget(_ person: PersonID, in transaction: any Writer) throws {
        let id: [SQLValue] = [.text(person.rawValue)]
        try transaction.execute("UPDATE access_people SET name = NULL, words = id, active = 0 WHERE id = ?", id)
        try transaction.execute("DELETE FROM access_credentials WHERE person = ?", id)
        try transaction.execute("DELETE FROM access_sessions WHERE person = ?", id)
    }

    /// Removes ended sessions and links and forgotten failures; to be called now and then.
    public static func prune(at now: Timestamp, in transaction: any Writer) throws {
        try Sessions.prune(at: now, in: transaction)
        try SetupLink.prune(at: now, in: transaction)
        try Throttle.prune(at: now, in: transaction)
    }

    private static func keep(_ firm: Firm, scope: Scope, in transaction: any Writer) throws {
        try transaction.execute(
            """
            INSERT INTO access_firms (id, name, registration, headcount, scope, words) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, registration = excluded.registration,
              headcount = excluded.headcount, scope = excluded.scope, words = excluded.words
            """,
            [
                .text(firm.id.rawValue), .text(firm.name), .text(firm.registration),
                .optional(firm.headcount.map { Int64($0) }), .text(scope.text),
                .text("\(firm.id) \(firm.name) \(firm.registration)".lowercased()),
            ])
    }

    private static func keep(_ person: Person, in transaction: any Writer) throws {
        try transaction.execute(
            """
            INSERT INTO access_people (id, name, language, firm, scope, words, active) VALUES (?, ?, ?, ?, ?, ?, 1)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, language = excluded.language, firm = excluded.firm,
              scope = excluded.scope, words = excluded.words
            """,
            [
                .text(person.id.rawValue), .optional(person.name), .text(person.language.rawValue),
                .optional(person.firm?.rawValue), .text(person.scope.text),
                .text("\(person.id) \(person.name ?? "")".lowercased()),
            ])
    }

    /// What the stream names: `person/p1` → `p1`.
    private static func subject(_ event: Event) throws(AccessError) -> String {
        guard let slash = event.stream.firstIndex(of: "/") else { throw malformed(event, "stream") }
        return String(event.stream[event.stream.index(after: slash)...])
    }

    private static func text(_ field: String, _ event: Event) throws(AccessError) -> String {
        guard let text = event.payload[field]?.text else { throw malformed(event, field) }
        return text
    }

    private static func malformed(_ event: Event, _ field: String) -> AccessError {
        AccessError(
            .invalid, field: field, rule: "payload",
            Words("\(event.type) 기록의 내용이 올바르지 않습니다.", "The payload of a \(event.type) is not sound."))
    }
}
