import Access
import District
import Record
import Store

/// Somebody comes into a group.
enum JoinGroup {
    static let name = "alliance.group.join"

    static let command = Command(
        Form(
            name, title: Words("구성원 위촉", "Take a member in"),
            help: Words(
                "이름은 관리기관과 입주기업 사용자, 같은 분과 구성원에게만 보이고, 시민에게는 구분별 인원만 보입니다.",
                "The zone, users of its firms and the group's own members read names; citizens see only how many come from where."
            ),
            fields: [GroupAsk.group] + MemberForm.fields(Words("구성원", "Member")),
            permission: GroupAsk.permission(name), surfaces: GroupAsk.surfaces)
    ) { ask, tables in
        let found = try GroupAsk.led(ask, tables)
        return [GroupEvents.join(try MemberForm.member(of: found.group.id, found.members, ask, tables))]
    }
}

/// A member leaves; who leads the group or owns open milestones hands these over first.
enum LeaveGroup {
    static let name = "alliance.group.leave"

    static let command = Command(
        Form(
            name, title: Words("구성원 해촉", "A member leaves"),
            help: Words(
                "위원장이거나 이정표를 맡고 있으면 먼저 넘겨야 합니다. 외부 인사의 이름은 함께 삭제됩니다.",
                "Whoever leads the group or owns milestones hands them over first. An outsider's name is erased with it."
            ),
            fields: [GroupAsk.member],
            permission: GroupAsk.permission(name), confirmation: .readBack)
    ) { ask, tables in
        guard let member = try GroupTable.member(ask.values.text("member"), in: tables), member.isActive else {
            throw Refusal(.notFound, of: "member", "unknown", Words("그런 구성원이 없습니다.", "There is no such member."))
        }
        let found = try GroupAsk.found(member.group, ask, tables)
        try GroupAsk.checkLeads(found)
        guard member.id != found.group.chair, try MilestoneTable.open(of: member.id, in: tables).isEmpty else {
            throw Refusal(
                .conflict, of: "member", "owner",
                Words(
                    "위원장이거나 이정표를 맡고 있습니다. 먼저 넘겨 주세요.", "They lead the group or own milestones: hand these over first."))
        }
        return [GroupEvents.part(GroupEvents.left, member)]
    }
}

/// The name of somebody from outside is erased, of a member or of one who left: what they did for the group stays.
enum EraseMember {
    static let name = "alliance.group.erase"

    static let command = Command(
        Form(
            name, title: Words("외부 인사 이름 삭제", "Erase an outsider's name"),
            help: Words(
                "본인이 요청하면 이름을 삭제합니다. 소속과 활동 기록은 남고, 삭제한 이름은 되돌릴 수 없습니다.",
                "Erases the name where its owner asks for it. Organisation and record stay; it cannot be undone."),
            fields: [GroupAsk.member],
            permission: GroupAsk.permission(name), confirmation: .readBack)
    ) { ask, tables in
        guard let member = try GroupTable.member(ask.values.text("member"), in: tables) else {
            throw Refusal(.notFound, of: "member", "unknown", Words("그런 구성원이 없습니다.", "There is no such member."))
        }
        // A group that has ended keeps names too: whoever led it may still erase them.
        try GroupAsk.checkMayLead(try GroupAsk.found(member.group, ask, tables))
        guard member.person == nil, member.name != nil else {
            throw Refusal(
                .conflict, of: "member", "nameless",
                Words("삭제할 외부 인사의 이름이 없습니다.", "There is no outsider's name to erase."))
        }
        return [GroupEvents.part(GroupEvents.erased, member)]
    }
}

/// Another member leads the group.
enum NameChair {
    static let name = "alliance.group.chair"

    static let command = Command(
        Form(
            name, title: Words("위원장 지정", "Name the chair"),
            help: Words("구성원 가운데 위원장을 지정합니다.", "Names one of the members chair."),
            fields: [GroupAsk.member],
            permission: .roles([.zoneOfficer]).orToken("command:\(name)"))
    ) { ask, tables in
        let id = ask.values.text("member")
        guard let member = try GroupTable.member(id, in: tables), member.isActive,
            let group = try GroupTable.find(member.group, in: tables)
        else {
            throw Refusal(.notFound, of: "member", "unknown", Words("그런 구성원이 없습니다.", "There is no such member."))
        }
        guard group.chair != id else {
            throw Refusal(.conflict, of: "member", "chair", Words("이미 위원장입니다.", "They lead it already."))
        }
        return [GroupEvents.chair(group.id, id)]
    }
}

/// A group has done its work, or is given up.
enum EndGroup {
    static let name = "alliance.group.end"

    static let command = Command(
        Form(
            name, title: Words("분과 활동 마치기", "End a working group"),
            help: Words("남은 이정표가 없어야 합니다. 기록은 남습니다.", "No milestone may be open. What was recorded stays."),
            fields: [GroupAsk.group, GroupAsk.reason()],
            permission: .roles([.zoneOfficer]).orToken("command:\(name)"), confirmation: .readBack)
    ) { ask, tables in
        let found = try GroupAsk.led(ask, tables)
        let open = try MilestoneTable.all(in: tables).count { $0.group == found.group.id && $0.state == .open }
        guard open == 0 else {
            throw Refusal(
                .conflict, of: "group", "open",
                Words("진행 중인 이정표가 \(open)개 있습니다.", "\(open) of its milestones are still open."))
        }
        return [
            Draft(
                GroupEvents.ended, stream: "working-group/\(found.group.id)", scope: .everyone,
                payload: ["group": .string(found.group.id), "reason": .string(ask.values.text("reason"))])
        ]
    }
}
