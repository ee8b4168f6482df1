public import Access
import Record
import Store

/// Who may give and take which role: the zone's officers any but the administrator's, an executive those of their own
/// firm, a safety manager those of the people who work; nobody more than they are.
public enum RoleRule {
    /// The roles that a caller may give and take.
    public static func roles(_ caller: Caller) -> [Role] {
        if caller.roles.contains(.administrator) { return Role.allCases }
        if caller.roles.contains(.zoneOfficer) { return Role.allCases.filter { $0 != .administrator } }
        let others: [Role] = [.safetyManager, .worker, .operator]
        if caller.roles.contains(.executive) { return [.executive] + others }
        return caller.roles.contains(.safetyManager) ? others : []
    }

    /// Who may come near these commands at all.
    public static let givers = Permission.roles([.administrator, .zoneOfficer, .executive, .safetyManager])

    static let fields = [
        Field("person", Words("사람", "Person"), .reference(kind: "person", source: nil)),
        Field("role", Words("역할", "Role"), .choice(Role.allCases.map { Field.Choice($0.rawValue, $0.words) })),
    ]

    /// The person and role asked about.
    /// - Throws: ``Refusal`` where the person is unknown to the caller, or the role is not theirs to give.
    static func find(_ ask: Ask, in tables: any Reader) throws -> (person: Person, role: Role) {
        guard let person = try Directory.person(PersonID(ask.values.text("person")), for: ask.tenant, in: tables),
            person.active
        else {
            throw refusal(
                .notFound, "person", "person.unknown", Words("그런 사람이 없습니다.", "There is no such person."))
        }
        guard let role = Role(rawValue: ask.values.text("role")), roles(ask.caller).contains(role) else {
            throw refusal(
                .forbidden, "role", "role.not-yours",
                Words("이 역할은 주거나 거둘 수 없습니다.", "This role is not yours to give or take."))
        }
        return (person, role)
    }

    static func refusal(_ kind: Refusal.Kind, _ field: String, _ code: String, _ words: Words) -> Refusal {
        Refusal(kind, code, of: field, code, words)
    }
}

/// Gives a role to someone who is here already.
enum GrantRole {
    static let command = Command(
        Form(
            "access.role.grant", title: Words("역할 부여", "Give a role"),
            help: Words(
                "이미 가입한 사람에게 역할을 더합니다. 다음 화면부터 바로 적용됩니다.",
                "Gives a role to a person who is here already; it holds from their next page on."),
            fields: RoleRule.fields, permission: RoleRule.givers, confirmation: .readBack)
    ) { ask, tables in
        let (person, role) = try RoleRule.find(ask, in: tables)
        guard !person.roles.contains(role) else {
            throw RoleRule.refusal(
                .conflict, "role", "role.held", Words("이미 가진 역할입니다.", "They have this role already."))
        }
        // Only the zone's own officers stand for no firm; in a firm nobody governs the zone.
        let isZones = [.zoneOfficer, .administrator].contains(role)
        guard isZones ? person.firm == nil : person.firm != nil || [.inspector, .citizen].contains(role) else {
            throw RoleRule.refusal(
                .conflict, "role", "role.firm",
                Words("이 사람의 소속에는 맞지 않는 역할입니다.", "This role does not fit where the person belongs."))
        }
        return [AccessEvents.roleGranted(role, to: person)]
    }
}

/// Takes a role from someone.
enum RevokeRole {
    static let command = Command(
        Form(
            "access.role.revoke", title: Words("역할 회수", "Take a role"),
            help: Words(
                "역할을 거둡니다. 지난 기록은 그대로 남습니다.", "Takes a role away; what was recorded stays."),
            fields: RoleRule.fields, permission: RoleRule.givers, confirmation: .readBack)
    ) { ask, tables in
        let (person, role) = try RoleRule.find(ask, in: tables)
        guard person.roles.contains(role) else {
            throw RoleRule.refusal(
                .conflict, "role", "role.not-held", Words("가지고 있지 않은 역할입니다.", "They do not have this role."))
        }
        // A firm without its executive, or a zone without its officer, could never be given one again from within.
        if [.executive, .zoneOfficer, .administrator].contains(role),
            try Directory.holders(of: role, in: person.firm, tables) <= 1
        {
            throw RoleRule.refusal(
                .conflict, "role", "role.last",
                Words("마지막 한 사람의 역할은 거둘 수 없습니다.", "The last person of this role keeps it."))
        }
        return [AccessEvents.roleRevoked(role, from: person)]
    }
}
