public import Record
public import Store

/// The keys of programs. Not on the Record: they come back from backup only.
public enum APITokens {
    static let migration = Migration(
        "access.006.tokens",
        [
            """
            CREATE TABLE access_tokens (
              hash BLOB PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, scopes TEXT NOT NULL,
              firm TEXT, scope TEXT NOT NULL, roles TEXT NOT NULL, created_by TEXT NOT NULL, created BIGINT NOT NULL,
              used BIGINT, expires BIGINT, revoked BIGINT)
            """,
            // One name stands for one credential for ever: events name their author by it.
            "CREATE UNIQUE INDEX access_tokens_name ON access_tokens (scope, name)",
        ])

    /// Makes a token.
    /// - Returns: the key, told once, and the token.
    /// - Throws: ``AccessError`` with code `invalid`, `forbidden` or `taken`.
    public static func issue(
        _ request: APITokenRequest, by caller: Caller, at now: Timestamp, in transaction: any Writer
    ) throws -> (key: String, token: APIToken) {
        try request.check(by: caller)
        let scope = request.firm.map { Scope.firm($0) } ?? .zone
        guard
            try transaction.first(
                "SELECT id FROM access_tokens WHERE scope = ? AND name = ?", [.text(scope.text), .text(request.name)])
                == nil
        else {
            throw AccessError(
                .taken, field: "name", rule: "unique",
                Words("이미 사용한 토큰 이름입니다.", "A token of this name was made before."))
        }
        let key = APIToken.prefix + Secret().text
        let token = APIToken(
            id: Identifier(at: now).description, name: request.name, scopes: request.scopes, firm: request.firm,
            roles: request.roles, createdBy: caller.author, created: now, used: nil, expires: request.expires,
            revoked: nil)
        try transaction.execute(
            """
            INSERT INTO access_tokens (hash, id, name, scopes, firm, scope, roles, created_by, created, expires)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .blob(Secret.hash(key)), .text(token.id), .text(token.name),
                .text(token.scopes.sorted().joined(separator: " ")), .optional(token.firm?.rawValue),
                .text(scope.text), .text(token.roles.text), .text(token.createdBy.text), .integer(now.microseconds),
                .optional(token.expires?.microseconds),
            ])
        return (key, token)
    }

    /// The token of a key; nil where it is unknown, revoked or ended. Who asks with it is ``APIToken/caller``.
    public static func find(key: String, at now: Timestamp, in transaction: any Reader) throws -> APIToken? {
        guard key.hasPrefix(APIToken.prefix) else { return nil }
        return try transaction.first(
            "SELECT \(columns) FROM access_tokens WHERE hash = ?", [.blob(Secret.hash(key))]
        ).map(token).flatMap { $0.isAlive(at: now) ? $0 : nil }
    }

    /// Who made a token: in whose name its program asks. Nil where there is no such token.
    public static func maker(of id: String, in transaction: any Reader) throws -> Author? {
        try transaction.first("SELECT created_by FROM access_tokens WHERE id = ?", [.text(id)])
            .flatMap { Author(try $0.text("created_by")) }
    }

    /// Writes down that a token is in use; see ``APIToken/needsTouch(at:)``.
    public static func touch(_ token: APIToken, at now: Timestamp, in transaction: any Writer) throws {
        try transaction.execute(
            "UPDATE access_tokens SET used = ? WHERE id = ?", [.integer(now.microseconds), .text(token.id)])
    }

    /// A tenant's tokens by name, the revoked ones too.
    public static func list(
        for tenant: Tenant, limit: Int = 50, offset: Int = 0, in transaction: any Reader
    ) throws -> Listing<APIToken> {
        let own = tenant.condition(column: "scope")
        return try transaction.listing(
            columns, from: "access_tokens WHERE \(own.sql)", own.arguments, order: "name, id", limit: limit,
            offset: offset, token)
    }

    /// Revokes a tenant's token for good.
    /// - Returns: whether the tenant had it, and it was alive until now.
    @discardableResult
    public static func revoke(
        _ id: String, for tenant: Tenant, at now: Timestamp, in transaction: any Writer
    ) throws -> Bool {
        let own = tenant.condition(column: "scope")
        return try transaction.execute(
            "UPDATE access_tokens SET revoked = ? WHERE id = ? AND revoked IS NULL AND \(own.sql)",
            [.integer(now.microseconds), .text(id)] + own.arguments) > 0
    }

    private static let columns = "id, name, scopes, firm, roles, created_by, created, used, expires, revoked"

    private static func token(_ row: Row) throws -> APIToken {
        func moment(_ column: String) throws -> Timestamp? {
            try row.optionalInteger(column).map { Timestamp(microseconds: $0) }
        }
        return APIToken(
            id: try row.text("id"), name: try row.text("name"),
            scopes: Set(try row.text("scopes").split(separator: " ").map(String.init)),
            firm: try row.optionalText("firm").map { FirmID($0) }, roles: Role.set(try row.text("roles")),
            createdBy: Author(try row.text("created_by")) ?? .system("unknown"),
            created: Timestamp(microseconds: try row.integer("created")), used: try moment("used"),
            expires: try moment("expires"), revoked: try moment("revoked"))
    }
}
