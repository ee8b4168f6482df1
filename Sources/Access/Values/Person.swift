public import Record

/// A person who can sign in, or is spoken of.
public struct Person: Sendable, Hashable {
    /// Their identifier: lower-case letters, digits and hyphens; says nothing about them.
    public let id: PersonID
    /// Their name; nil once it was erased.
    public var name: String?
    /// The language they read.
    public var language: Language
    /// The firm they work for, if any.
    public var firm: FirmID?
    /// What they are in the district.
    public var roles: Set<Role>
    /// False once they left.
    public var active: Bool

    /// A person.
    public init(
        id: PersonID, name: String?, language: Language = .ko, firm: FirmID? = nil, roles: Set<Role> = [],
        active: Bool = true
    ) {
        self.id = id
        self.name = name
        self.language = language
        self.firm = firm
        self.roles = roles
        self.active = active
    }

    /// Whom rows about this person concern: their firm, or the zone where they have none.
    var scope: Scope { firm.map { .firm($0) } ?? .zone }
}
