import Access
import District
import Record
import Store

/// Which badge is whose. Its number is a secret: what stands in the tables and, in the person's vault, on the Record is its
/// hash; whoever loses the badge gets another one, and the old one opens nothing any more.
enum RegisterBadge {
    static let event = "robots.badge.registered"
    static let withdrawal = "robots.badge.withdrawn"

    /// Who looks after a firm's people.
    static let roles: Set<Role> = [.operator, .administrator, .executive, .zoneOfficer]

    private static let person = Field(
        "person", Words("사람", "Person"), .reference(kind: "person", source: "/api/v1/choices/person"))

    static let register = Command(
        Form(
            "robots.badge.register", title: Words("직원증 등록", "Register a staff badge"),
            help: Words(
                "로봇에게서 물건을 받을 때 대는 직원증입니다. 번호는 저장하지 않고 해시만 남습니다. 다시 등록하면 전의 직원증은 쓸 수 없습니다.",
                "The badge that is held to a robot. Its number is not kept, only its hash. A new one ends the one before."
            ),
            fields: [
                person,
                Field(
                    "badge", Words("직원증 번호", "Number of the badge"), .text(maximum: 80),
                    help: Words("직원증을 읽혀 넣습니다. 여덟 자 이상", "Scan the badge: eight characters or more"),
                    isPersonal: true, isSecret: true),
            ], permission: .roles(roles), confirmation: .readBack, surfaces: [.web, .http])
    ) { ask, tables in
        let (holder, firm) = try holder(ask, tables)
        let hash = try BadgeNumber(ask.values.text("badge"), of: firm).hash
        guard try BadgeTable.holder(of: hash, in: tables).map({ $0 == holder.id }) ?? true else {
            let words = Words("다른 사람 앞으로 등록된 직원증입니다.", "This badge is registered for somebody else.")
            throw Refusal(.conflict, "badge.taken", of: "badge", "unique", words)
        }
        return [
            Draft(
                event, stream: "badge/\(holder.id)", scope: .firm(firm),
                payload: ["person": .string(holder.id.rawValue)],
                personal: ["hash": PersonalContent(of: holder.id, .string(hash))])
        ]
    }

    static let withdraw = Command(
        Form(
            "robots.badge.withdraw", title: Words("직원증 해지", "Withdraw a staff badge"),
            help: Words("잃어버렸거나 더 쓰지 않는 직원증을 막습니다.", "Ends a badge that was lost or is no longer used."),
            fields: [person], permission: .roles(roles), confirmation: .readBack, surfaces: [.web, .http])
    ) { ask, tables in
        let (holder, firm) = try holder(ask, tables)
        guard try BadgeTable.has(holder.id, in: tables) else {
            let words = Words("등록된 직원증이 없습니다.", "No badge is registered.")
            throw Refusal(.conflict, "badge.none", of: "person", "badge", words)
        }
        return [
            Draft(
                withdrawal, stream: "badge/\(holder.id)", scope: .firm(firm),
                payload: ["person": .string(holder.id.rawValue)])
        ]
    }

    private static func holder(_ ask: Ask, _ tables: any Reader) throws -> (Person, FirmID) {
        let id = PersonID(ask.values.text("person"))
        guard let person = try Directory.person(id, for: try ask.tenant, in: tables), person.active,
            let firm = person.firm
        else {
            let words = Words("이 회사에 그런 사람이 없습니다.", "There is no such person in this firm.")
            throw Refusal(.notFound, "badge.person", of: "person", "known", words)
        }
        return (person, firm)
    }
}
