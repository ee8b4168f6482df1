public import Record
public import Store

/// A one-time link that lets whoever holds it make their account: printed at the first start, or sent as an invitation.
public struct SetupLink: Sendable, Hashable {
    /// What the account will be.
    public let roles: Set<Role>
    /// The firm it will belong to.
    public let firm: FirmID?
    /// The person it is for, where they exist already (a forgotten password); nil where one is to be added.
    public let person: PersonID?
    /// When it ends unused.
    public let expires: Timestamp

    static let migration = Migration(
        "access.005.setup-links",
        [
            """
            CREATE TABLE access_setup_links (
              hash BLOB PRIMARY KEY, roles TEXT NOT NULL, firm TEXT, person TEXT, expires BIGINT NOT NULL, used BIGINT)
            """,
            "CREATE INDEX access_setup_links_expires ON access_setup_links (expires)",
        ])

    /// The roles of whoever signs in first.
    public static let firstRoles: Set<Role> = [.administrator, .zoneOfficer]

    /// Makes a link.
    /// - Parameters:
    ///   - lifetime: seconds until it ends unused.
    /// - Returns: the token for the link's address; only its hash is kept.
    public static func issue(
        roles: Set<Role>, firm: FirmID? = nil, person: PersonID? = nil, lifetime: Double = 86_400,
        at now: Timestamp, in transaction: any Writer
    ) throws -> String {
        let token = Secret().text
        try transaction.execute(
            "INSERT INTO access_setup_links (hash, roles, firm, person, expires) VALUES (?, ?, ?, ?, ?)",
            [
                .blob(Secret.hash(token)), .text(roles.text), .optional(firm?.rawValue), .optional(person?.rawValue),
                .integer(now.advanced(bySeconds: lifetime).microseconds),
            ])
        return token
    }

    /// What a token's link offers, for the page that asks for name and password.
    /// - Throws: ``AccessError`` with code `linkNotValid`.
    public static func look(_ token: String, at now: Timestamp, in transaction: any Reader) throws -> SetupLink {
        let row = try transaction.first(
            "SELECT roles, firm, person, expires FROM access_setup_links WHERE hash = ? AND used IS NULL AND expires > ?",
            [.blob(Secret.hash(token)), .integer(now.microseconds)])
        guard let row else { throw AccessError.linkNotValid }
        return SetupLink(
            roles: Role.set(try row.text("roles")), firm: try row.optionalText("firm").map { FirmID($0) },
            person: try row.optionalText("person").map { PersonID($0) },
            expires: Timestamp(microseconds: try row.integer("expires")))
    }

    /// Uses a link up, in the transaction that makes the account.
    /// - Throws: ``AccessError`` with code `linkNotValid` where it is unknown, used or expired.
    public static func use(_ token: String, at now: Timestamp, in transaction: any Writer) throws -> SetupLink {
        let link = try look(token, at: now, in: transaction)
        let changed = try transaction.execute(
            "UPDATE access_setup_links SET used = ? WHERE hash = ? AND used IS NULL",
            [.integer(now.microseconds), .blob(Secret.hash(token))])
        guard changed == 1 else { throw AccessError.linkNotValid }
        return link
    }

    /// Ends all unused links, before the first sign-in link is printed anew at the next start.
    public static func revokeAll(in transaction: any Writer) throws {
        try transaction.execute("DELETE FROM access_setup_links WHERE used IS NULL")
    }

    /// Ends the unused links by which a firm's first people of these roles would come in, before new ones are made.
    public static func end(roles: Set<Role>, firm: FirmID, in transaction: any Writer) throws {
        try transaction.execute(
            "DELETE FROM access_setup_links WHERE used IS NULL AND person IS NULL AND roles = ? AND firm = ?",
            [.text(roles.text), .text(firm.rawValue)])
    }

    static func prune(at now: Timestamp, in transaction: any Writer) throws {
        try transaction.execute("DELETE FROM access_setup_links WHERE expires <= ?", [.integer(now.microseconds)])
    }

    /// What is to be recorded when a person makes their account by this link; nothing where they are known already.
    /// - Throws: ``AccessError`` with code `invalid`.
    public func drafts(person id: PersonID, name: String, language: Language) throws(AccessError) -> [Draft] {
        guard person == nil else { return [] }
        let person = Person(id: id, name: name, language: language, firm: firm, roles: roles)
        return [try AccessEvents.personAdded(person)] + roles.sorted().map { AccessEvents.roleGranted($0, to: person) }
    }
}
