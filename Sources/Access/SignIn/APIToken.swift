public import Record

/// A program's key: what it may do, for which firm, in which roles. The key itself is told once.
public struct APIToken: Sendable, Hashable {
    /// Names it in lists; gives no access.
    public let id: String
    /// What people call it; stands in its events as `machine:firm/name`.
    public let name: String
    /// What it allows: `readings:write`, `command:sensing.alarm.acknowledge`, `read`, `*`.
    public let scopes: Set<String>
    /// The firm it acts for; nil for the zone's own.
    public let firm: FirmID?
    /// Its roles.
    public let roles: Set<Role>
    /// Who made it.
    public let createdBy: Author
    /// When it was made.
    public let created: Timestamp
    /// When it was last used, to within a minute; nil where never.
    public let used: Timestamp?
    /// When it ends; nil where never.
    public let expires: Timestamp?
    /// When it was revoked; nil where it was not.
    public let revoked: Timestamp?

    /// Every key begins so, so that people and scanners know one when they see it.
    public static let prefix = "slw_"

    /// Whether it opens anything.
    public func isAlive(at now: Timestamp) -> Bool { revoked == nil && (expires.map { now < $0 } ?? true) }

    /// Whether its last use should be written down: once a minute is enough.
    public func needsTouch(at now: Timestamp) -> Bool { used.map { now.seconds(since: $0) >= 60 } ?? true }

    /// Who asks with it.
    public var caller: Caller {
        Caller(.token(id), name: name, roles: roles, firm: firm, tokenScopes: scopes)
    }
}

/// What is asked for when a token is made.
public struct APITokenRequest: Sendable, Hashable {
    /// What people will call it: letters, digits, `-`, `_` and `.`.
    public var name: String
    /// What it shall allow.
    public var scopes: Set<String>
    /// The firm it shall act for; nil for the zone's own.
    public var firm: FirmID?
    /// Its roles.
    public var roles: Set<Role>
    /// When it shall end; nil for never.
    public var expires: Timestamp?

    /// What is asked for.
    public init(
        name: String, scopes: Set<String>, firm: FirmID? = nil, roles: Set<Role> = [], expires: Timestamp? = nil
    ) {
        self.name = name
        self.scopes = scopes
        self.firm = firm
        self.roles = roles
        self.expires = expires
    }

    /// Checks the fields, and that nobody hands out more than they have.
    /// - Throws: ``AccessError`` with code `invalid` or `forbidden`.
    public func check(by caller: Caller) throws(AccessError) {
        try Checks.text(name, field: "name", 1...64)
        guard name.allSatisfy({ $0.isLetter || $0.isNumber || "-_.".contains($0) }) else {
            throw AccessError(
                .invalid, field: "name", rule: "characters",
                Words("이름에는 글자, 숫자, -, _, .만 쓸 수 있습니다.", "A name has letters, digits, -, _ and . only."))
        }
        let sound = scopes.allSatisfy { scope in
            scope == "*"
                || (scope.hasSuffix(":*") || scope.hasSuffix(".*") ? scope.dropLast() : scope[...]).utf8.allSatisfy {
                    (97...122).contains($0) || (45...58).contains($0) && $0 != 47
                }
        }
        guard sound, (1...50).contains(scopes.count), scopes.allSatisfy({ (1...100).contains($0.utf8.count) }) else {
            throw AccessError(
                .invalid, field: "scopes", rule: "scope",
                Words("허용 범위를 1개 이상 50개 이하로 지정해 주십시오.", "Please name 1 to 50 scopes."))
        }
        switch caller.identity {
        case .system: return
        case .person: break
        case .token: throw .forbidden("token")
        case .anonymous: throw .signInRequired
        }
        guard roles.isSubset(of: caller.roles) else { throw .forbidden("role") }
        if case .firm(let own) = try caller.tenant, firm != own { throw .forbidden("firm") }
    }
}
