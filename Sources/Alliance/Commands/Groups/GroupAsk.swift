import Access
import District
import Record
import Store

/// What the commands on groups and milestones ask, find and refuse in the same way.
enum GroupAsk {
    static let surfaces: Set<Form.Surface> = [.web, .http, .cli, .mcp]
    static let spoken: Set<Form.Surface> = [.web, .http, .cli, .mcp, .voice]

    /// Whoever is signed in may ask; who may do it, the group decides: its chair, the owner, the zone.
    static func permission(_ command: String) -> Permission { .signedIn.orToken("command:\(command)") }

    // What a page's link has chosen already is asked without a search: then nobody reads an identifier.
    static let group = Field("group", Words("분과", "Working group"), .reference(kind: "working-group", source: nil))
    static let milestone = Field("milestone", Words("이정표", "Milestone"), .reference(kind: "milestone", source: nil))
    static let member = Field("member", Words("구성원", "Member"), .reference(kind: "group-member", source: nil))

    /// Where the members and milestones are that a form offers.
    static let choices = "/api/v1/alliance/groups/choices"
    static func member(_ name: String, _ label: Words) -> Field {
        Field(name, label, .reference(kind: "group-member", source: "\(choices)/member"))
    }
    static func milestone(_ label: Words, required: Bool) -> Field {
        Field("milestone", label, .reference(kind: "milestone", source: "\(choices)/milestone"), required: required)
    }
    static func day(_ name: String, _ label: Words, required: Bool = true, help: Words? = nil) -> Field {
        Field(
            name, label, .text(maximum: 10), required: required,
            help: help ?? Words("예: 2026-12-31", "Such as 2026-12-31"),
            spoken: .day)
    }
    static let publicWords = Words("누구나 볼 수 있습니다. 사람의 이름은 쓰지 마세요.", "Everybody reads it; please name nobody.")
    static func reason(_ label: Words = Words("사유", "Reason")) -> Field {
        Field("reason", label, .longText(maximum: 1000), help: publicWords)
    }

    /// A group with its members, and what whoever asks is in it.
    struct Found {
        let group: WorkingGroup
        let members: [GroupMember]
        let standing: GroupStanding

        /// The active member of an identifier.
        func member(_ id: String, field: String) throws(Refusal) -> GroupMember {
            guard let member = members.first(where: { $0.id == id && $0.isActive }) else {
                throw Refusal(
                    .invalid, of: field, "member", Words("이 분과의 구성원을 골라 주세요.", "Please choose a member of this group."))
            }
            return member
        }
    }

    static func found(_ id: String, _ ask: Ask, _ tables: any Reader) throws -> Found {
        guard let group = try GroupTable.find(id, in: tables) else {
            throw Refusal(.notFound, of: "group", "unknown", Words("그런 분과가 없습니다.", "There is no such working group."))
        }
        let members = try GroupTable.members(of: id, in: tables)
        return Found(group: group, members: members, standing: GroupStanding(of: ask.caller, in: group, members))
    }

    /// The group that is meant, for whoever leads it, while it works.
    static func led(_ ask: Ask, _ tables: any Reader) throws -> Found {
        let found = try found(ask.values.text("group"), ask, tables)
        try checkLeads(found)
        return found
    }

    static func checkLeads(_ found: Found) throws(Refusal) {
        try checkMayLead(found)
        guard found.group.ended == nil else {
            throw Refusal(.conflict, of: "group", "ended", Words("활동을 마친 분과입니다.", "This working group has ended."))
        }
    }

    /// That whoever asks leads the group, or led it until it ended.
    static func checkMayLead(_ found: Found) throws(Refusal) {
        guard found.standing.leads else {
            throw Refusal(
                .forbidden, "group.chair",
                Words("위원장과 관리기관만 할 수 있습니다.", "Only the group's chair and the zone may do this."))
        }
    }

    /// The open milestone that is meant, for whoever answers for it.
    static func answered(_ ask: Ask, _ tables: any Reader) throws -> (milestone: Milestone, found: Found) {
        let (milestone, found) = try anyState(ask, tables)
        guard milestone.state == .open else {
            throw Refusal(
                .conflict, of: "milestone", "closed",
                Words("이미 달성했거나 중단한 이정표입니다.", "It was reached or given up already."))
        }
        return (milestone, found)
    }

    /// The milestone that is meant, whatever became of it, for whoever answers for it.
    static func anyState(_ ask: Ask, _ tables: any Reader) throws -> (milestone: Milestone, found: Found) {
        guard let milestone = try MilestoneTable.find(ask.values.text("milestone"), in: tables) else {
            throw Refusal(.notFound, of: "milestone", "unknown", Words("그런 이정표가 없습니다.", "There is no such milestone."))
        }
        let found = try found(milestone.group, ask, tables)
        guard found.standing.answers(for: milestone) else {
            throw Refusal(
                .forbidden, "milestone.owner",
                Words(
                    "이정표를 맡은 사람, 위원장, 관리기관만 할 수 있습니다.",
                    "Only the milestone's owner, the group's chair and the zone may do this."))
        }
        return (milestone, found)
    }

    /// A day out of a field.
    static func day(_ field: String, _ ask: Ask) throws(Refusal) -> KoreanDay {
        guard let day = ask.values.day(field) else {
            throw Refusal.noDay(field)
        }
        return day
    }

    /// A day out of a field that is not in the future; today where it was left out.
    static func past(_ field: String, _ ask: Ask) throws(Refusal) -> KoreanDay {
        let today = KoreanDay(ask.now)
        guard ask.values[field] != nil else { return today }
        let day = try day(field, ask)
        guard day <= today else {
            throw Refusal(.invalid, of: field, "future", Words("오늘이나 그 전의 날짜여야 합니다.", "It must not be in the future."))
        }
        return day
    }
}
