public import Record

/// What Access puts on the Record: firms, people and the roles they hold. Passwords, sessions and tokens never are.
public enum AccessEvents {
    /// A firm became a tenant of the district.
    public static let firmRegistered = "access.firm.registered"
    /// A firm's particulars changed.
    public static let firmChanged = "access.firm.changed"
    /// A person became known.
    public static let personAdded = "access.person.added"
    /// A person's name, language or firm changed.
    public static let personChanged = "access.person.changed"
    /// A person left: they sign in no more.
    public static let personLeft = "access.person.left"
    /// A person was given a role.
    public static let roleGranted = "access.role.granted"
    /// A role was taken from a person.
    public static let roleRevoked = "access.role.revoked"

    /// Every type that ``AccessTables/apply(_:disclosed:in:)`` understands.
    public static let types = [
        firmRegistered, firmChanged, personAdded, personChanged, personLeft, roleGranted, roleRevoked,
    ]

    /// A firm becomes a tenant of the district.
    /// - Throws: ``AccessError`` with code `invalid`.
    public static func firmRegistered(_ firm: Firm) throws(AccessError) -> Draft { try draft(firmRegistered, firm) }

    /// A firm's particulars change.
    /// - Throws: ``AccessError`` with code `invalid`.
    public static func firmChanged(_ firm: Firm) throws(AccessError) -> Draft { try draft(firmChanged, firm) }

    /// A person becomes known. Roles are granted by events of their own.
    /// - Throws: ``AccessError`` with code `invalid`.
    public static func personAdded(_ person: Person) throws(AccessError) -> Draft { try draft(personAdded, person) }

    /// A person's name, language or firm changes.
    /// - Throws: ``AccessError`` with code `invalid`.
    public static func personChanged(_ person: Person) throws(AccessError) -> Draft {
        try draft(personChanged, person)
    }

    /// A person leaves.
    public static func personLeft(_ person: Person) -> Draft {
        Draft(personLeft, stream: stream(person), scope: person.scope)
    }

    /// A person is given a role.
    public static func roleGranted(_ role: Role, to person: Person) -> Draft {
        Draft(roleGranted, stream: stream(person), scope: person.scope, payload: ["role": .string(role.rawValue)])
    }

    /// A role is taken from a person.
    public static func roleRevoked(_ role: Role, from person: Person) -> Draft {
        Draft(roleRevoked, stream: stream(person), scope: person.scope, payload: ["role": .string(role.rawValue)])
    }

    private static func draft(_ type: String, _ firm: Firm) throws(AccessError) -> Draft {
        try firm.check()
        return Draft(
            type, stream: "firm/\(firm.id)", scope: .firm(firm.id),
            payload: [
                "name": .string(firm.name), "registration": .string(firm.registration),
                "headcount": firm.headcount.map { .number(Double($0)) } ?? .null,
            ])
    }

    private static func draft(_ type: String, _ person: Person) throws(AccessError) -> Draft {
        try Checks.identifier(person.id.rawValue, field: "person")
        if let firm = person.firm { try Checks.identifier(firm.rawValue, field: "firm") }
        try Checks.text(person.name ?? "", field: "name", 1...100)
        return Draft(
            type, stream: stream(person), scope: person.scope,
            payload: [
                "language": .string(person.language.rawValue),
                "firm": person.firm.map { .string($0.rawValue) } ?? .null,
            ],
            personal: ["name": PersonalContent(of: person.id, .string(person.name ?? ""))])
    }

    private static func stream(_ person: Person) -> String { "person/\(person.id)" }
}
