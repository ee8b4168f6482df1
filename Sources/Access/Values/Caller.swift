public import Record

/// Who asks. Made by Access alone, out of a session or a token, so that nobody states their own rights.
public struct Caller: Sendable, Hashable {
    /// What kind of caller it is.
    public enum Identity: Sendable, Hashable {
        /// Someone signed in.
        case person(PersonID)
        /// A program with an API token, by the token's identifier.
        case token(String)
        /// Slipway itself, by the name of the part.
        case system(String)
        /// Nobody known.
        case anonymous
    }

    /// Who it is.
    public let identity: Identity
    /// What to call them: the person's name, the token's name; nil where unknown or erased.
    public let name: String?
    /// What they are in the district.
    public let roles: Set<Role>
    /// The firm they act for.
    public let firm: FirmID?
    /// What a token allows; empty for everyone else, whom no token limits.
    public let tokenScopes: Set<String>
    /// The language to answer in.
    public let language: Language

    init(
        _ identity: Identity, name: String? = nil, roles: Set<Role> = [], firm: FirmID? = nil,
        tokenScopes: Set<String> = [], language: Language = .ko
    ) {
        self.identity = identity
        self.name = name
        self.roles = roles
        self.firm = firm
        self.tokenScopes = tokenScopes
        self.language = language
    }

    /// Nobody known.
    public static func anonymous(_ language: Language = .ko) -> Caller { Caller(.anonymous, language: language) }

    /// Slipway itself: services, migrations and commands on the machine's own console. Passes every permission.
    public static func system(_ part: String, _ language: Language = .ko) -> Caller {
        Caller(.system(part), name: part, language: language)
    }

    /// Whether this is someone known.
    public var isKnown: Bool { identity != .anonymous }

    /// The person, where it is one.
    public var person: PersonID? {
        guard case .person(let id) = identity else { return nil }
        return id
    }

    /// On whose behalf this caller's queries ask: the zone for its officers and for Slipway itself, else the firm.
    /// - Throws: ``AccessError`` with code `signInRequired` or `forbidden` where there is neither.
    public var tenant: Tenant {
        get throws(AccessError) {
            if let authority = ZoneAuthority(self) { return .zone(authority) }
            if let firm { return .firm(firm) }
            throw isKnown ? .forbidden("tenant") : .signInRequired
        }
    }

    /// Who stands as the author of this caller's events. A token stands as `machine:firm/name`.
    public var author: Author {
        switch identity {
        case .person(let id): .person(id)
        case .token(let id): .machine((firm.map { "\($0)/" } ?? "") + (name ?? id))
        case .system(let part): .system(part)
        case .anonymous: .system("anonymous")
        }
    }
}
