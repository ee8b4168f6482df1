import District
import Record
import Store

/// A milestone's due day is moved, with the reason.
enum MoveMilestone {
    static let name = "alliance.milestone.move"

    static let command = Command(
        Form(
            name, title: Words("이정표 기한 변경", "Move a due day"),
            help: Words(
                "새 기한과 사유가 공개됩니다. 처음 기한도 함께 남습니다.",
                "The new day and the reason are public; the first day stays beside it."),
            fields: [GroupAsk.milestone, GroupAsk.day("due", Words("새 기한", "New due day")), GroupAsk.reason()],
            permission: GroupAsk.permission(name), surfaces: GroupAsk.spoken)
    ) { ask, tables in
        let (milestone, _) = try GroupAsk.answered(ask, tables)
        let due = try GroupAsk.day("due", ask)
        guard due >= KoreanDay(ask.now), due != milestone.due else {
            throw Refusal(
                .invalid, of: "due", "past",
                Words("오늘이나 그 뒤의, 지금과 다른 날이어야 합니다.", "It must be another day, today or later."))
        }
        let roadmap = Roadmap(try MilestoneTable.all(in: tables))
        try Milestones.check(
            milestone.needs.filter { roadmap.milestones[$0]?.state == .open }, of: milestone.id, due: due, in: roadmap)
        return [
            milestone.draft(
                MilestoneChanged.Change.moved.type, due: due,
                ["was": .string(milestone.due.description), "reason": .string(ask.values.text("reason"))])
        ]
    }
}

/// The owner of a late milestone says why it is late.
enum ExplainSlip {
    static let name = "alliance.milestone.explain"

    static let command = Command(
        Form(
            name, title: Words("이정표 지연 사유 등록", "Say why it is late"),
            help: Words("시민이 보는 로드맵에 사유가 함께 나옵니다.", "The public roadmap shows the reason."),
            fields: [GroupAsk.milestone, GroupAsk.reason(Words("늦어진 사유", "Why it is late"))],
            permission: GroupAsk.permission(name), surfaces: GroupAsk.spoken)
    ) { ask, tables in
        let (milestone, _) = try GroupAsk.answered(ask, tables)
        guard milestone.isLate(on: KoreanDay(ask.now)) else {
            throw Refusal(.conflict, of: "milestone", "in-time", Words("기한이 지나지 않았습니다.", "Its due day has not passed."))
        }
        return [milestone.draft(GroupEvents.explained, ["reason": .string(ask.values.text("reason"))])]
    }
}

/// A milestone is another member's from now on.
enum HandMilestone {
    static let name = "alliance.milestone.hand"

    static let command = Command(
        Form(
            name, title: Words("이정표 담당자 변경", "Hand a milestone over"),
            help: Words("같은 분과의 다른 구성원에게 넘깁니다.", "Hands it to another member of the group."),
            fields: [GroupAsk.milestone, GroupAsk.member("owner", Words("새로 맡을 사람", "New owner")), GroupAsk.reason()],
            permission: GroupAsk.permission(name), surfaces: GroupAsk.surfaces)
    ) { ask, tables in
        let (milestone, found) = try GroupAsk.answered(ask, tables)
        try GroupAsk.checkLeads(found)
        let owner = try found.member(ask.values.text("owner"), field: "owner")
        guard owner.id != milestone.owner else {
            throw Refusal(.conflict, of: "owner", "same", Words("이미 맡고 있습니다.", "It is theirs already."))
        }
        return [
            milestone.draft(
                GroupEvents.handed, ["owner": .string(owner.id), "reason": .string(ask.values.text("reason"))])
        ]
    }
}
