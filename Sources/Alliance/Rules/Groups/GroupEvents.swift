import District
import Record

/// The events of working groups and their roadmaps, by their types.
enum GroupEvents {
    static let formed = WorkingGroupFormed.type
    static let joined = "alliance.group.joined"
    static let left = "alliance.group.left"
    static let erased = "alliance.group.erased"
    static let chaired = "alliance.group.chaired"
    static let ended = "alliance.group.ended"
    static let held = "alliance.meeting.held"
    static let decided = "alliance.decision.made"
    static let explained = "alliance.milestone.explained"
    static let handed = "alliance.milestone.handed"
    static let linked = "alliance.milestone.linked"
    static let measured = OutcomeMeasured.type

    /// Every type that changes a milestone, with the word by which the log of changes keeps it.
    static let changes: [String: String] = Dictionary(
        MilestoneChanged.Change.allCases.map { ($0.type, $0.rawValue) } + [
            (explained, "explained"), (handed, "handed"), (linked, "linked"), (measured, "measured"),
        ], uniquingKeysWith: { first, _ in first })

    /// A group is formed; it is everybody's to know.
    static func form(
        _ id: String, title: Words, field: String, purpose: Words, opportunity: String?, on day: KoreanDay
    ) -> Draft {
        var payload: [String: JSON] = [
            "group": .string(id), "title": title.json, "field": .string(field), "purpose": purpose.json,
            "formed": .string(day.description),
        ]
        if let opportunity { payload["opportunity"] = .string(opportunity) }
        return Draft(formed, stream: "working-group/\(id)", scope: .everyone, payload: payload)
    }

    /// Somebody comes into a group. The name of one from outside goes to the vault; a person of the house has one there.
    static func join(_ member: GroupMember) -> Draft {
        var draft = Draft(
            joined, stream: "working-group/\(member.group)", scope: .zone,
            payload: [
                "group": .string(member.group), "member": .string(member.id),
                "sector": .string(member.sector.rawValue), "organisation": .string(member.organisation),
            ])
        if let person = member.person {
            draft.payload["person"] = .string(person.rawValue)
        } else if let name = member.name {
            draft.personal["name"] = PersonalContent(of: subject(member.id), .string(name))
        }
        return draft
    }

    /// Under whose key the vault keeps the name of one from outside: each membership has its own, so that it can be
    /// forgotten alone.
    static func subject(_ member: String) -> PersonID { PersonID("group-member-\(member)") }

    /// A member leaves, or the name of one from outside is erased; after either the name is nowhere.
    static func part(_ type: String, _ member: GroupMember) -> Draft {
        Draft(
            type, stream: "working-group/\(member.group)", scope: .zone,
            payload: ["group": .string(member.group), "member": .string(member.id)])
    }

    /// A member leads the group from now on.
    static func chair(_ group: String, _ member: String) -> Draft {
        Draft(
            chaired, stream: "working-group/\(group)", scope: .zone,
            payload: ["group": .string(group), "member": .string(member)])
    }
}

extension Milestone {
    /// An event of this milestone, with what every one of them says. Milestones are public, and so is what becomes of them.
    func draft(_ type: String, due day: KoreanDay? = nil, _ more: [String: JSON] = [:]) -> Draft {
        var payload: [String: JSON] = [
            "milestone": .string(id), "title": title.json, "group": .string(group),
            "due": .string((day ?? due).description),
        ]
        // Whoever promised hears of every change.
        if let promise { payload["promise"] = .string(promise) }
        return Draft(type, stream: "milestone/\(id)", scope: .everyone, payload: more.merging(payload) { $1 })
    }

    /// It is set, with all that there is to say of it.
    /// - Parameter agreed: the day it was agreed, where that was earlier than today.
    func setting(agreed: KoreanDay?) -> Draft {
        var more: [String: JSON] = [
            "layer": .string(layer.rawValue), "owner": .string(owner), "work_days": .decimal(work),
            "needs": .array(needs.map { .string($0) }),
        ]
        if let agreed { more["agreed"] = .string(agreed.description) }
        return draft(MilestoneChanged.Change.set.type, more)
    }

    /// It slipped, as the house's rule finds when its due day has passed.
    func slipping(on today: KoreanDay) -> Draft {
        draft(MilestoneChanged.Change.slipped.type, ["days_late": .decimal(daysLate(on: today))])
    }
}
