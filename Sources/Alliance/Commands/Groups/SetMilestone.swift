import District
import Record
import Store

/// A milestone is set: by when, whose it is, and what it needs.
enum SetMilestone {
    static let name = "alliance.milestone.set"

    static let command = Command(
        Form(
            name, title: Words("이정표 등록", "Set a milestone"),
            help: Words(
                "누가 무엇을 언제까지 이룰지 정합니다. 기한이 지나면 맡은 사람에게 알리고 시민이 보는 로드맵에 늦어진 것으로 나옵니다.",
                "Who is to reach what by when. If the day passes, its owner is told and the public roadmap shows it as late."
            ),
            fields: [
                GroupAsk.group,
                Field("title", Words("이정표", "Milestone"), .text(maximum: 120), help: GroupAsk.publicWords),
                Field("title_en", Words("이정표(영어)", "Milestone in English"), .text(maximum: 120), required: false),
                Field("layer", Words("계층", "Layer"), .choice(RoadmapLayer.choices)),
                GroupAsk.member("owner", Words("맡은 사람", "Owner")),
                GroupAsk.day("due", Words("기한", "Due day")),
                Milestones.needs,
                Milestones.work,
                GroupAsk.day(
                    "agreed", Words("합의한 날", "Day it was agreed"), required: false,
                    help: Words(
                        "전에 합의한 이정표를 옮겨 적을 때 적습니다. 이때는 이미 지난 기한도 받습니다.",
                        "For one that was agreed earlier; its due day may then have passed.")),
            ],
            permission: GroupAsk.permission(name), surfaces: GroupAsk.surfaces)
    ) { ask, tables in
        let found = try GroupAsk.led(ask, tables)
        let (due, today) = (try GroupAsk.day("due", ask), KoreanDay(ask.now))
        let agreed = ask.values["agreed"] == nil ? nil : try GroupAsk.past("agreed", ask)
        guard due >= agreed ?? today else {
            throw Refusal(
                .invalid, of: "due", "past",
                Words(
                    "기한은 오늘(전에 합의했다면 합의한 날)보다 앞설 수 없습니다.",
                    "It cannot be due before today, or before the day it was agreed."))
        }
        let owner = try found.member(ask.values.text("owner"), field: "owner")
        let roadmap = Roadmap(try MilestoneTable.all(in: tables))
        let needs = Milestones.needs(ask)
        let milestone = Milestone(
            id: Identifier(at: ask.now).description, group: found.group.id, title: ask.values.words("title"),
            layer: RoadmapLayer(rawValue: ask.values.text("layer")) ?? .product, owner: owner.id, due: due,
            firstDue: due,
            work: ask.values.integer("work_days") ?? 0, needs: needs, state: .open, slipped: nil, why: nil, ended: nil,
            note: nil)
        try Milestones.check(needs, of: milestone.id, due: due, in: roadmap)
        return [milestone.setting(agreed: agreed)]
    }
}

/// What a milestone needs is said anew, with the reason.
enum LinkMilestone {
    static let name = "alliance.milestone.link"

    static let command = Command(
        Form(
            name, title: Words("선행 이정표 변경", "Change what a milestone needs"),
            help: Words(
                "먼저 이루어야 할 이정표를 다시 정합니다. 서로 맞물려 돌면 받지 않습니다.",
                "Says anew which milestones come first. One that would come to need itself is refused."),
            fields: [GroupAsk.milestone, Milestones.needs, Milestones.work, GroupAsk.reason()],
            permission: GroupAsk.permission(name), surfaces: GroupAsk.surfaces)
    ) { ask, tables in
        let (milestone, found) = try GroupAsk.answered(ask, tables)
        try GroupAsk.checkLeads(found)
        let needs = Milestones.needs(ask)
        try Milestones.check(
            needs, of: milestone.id, due: milestone.due, in: Roadmap(try MilestoneTable.all(in: tables)))
        return [
            milestone.draft(
                GroupEvents.linked,
                [
                    "needs": .array(needs.map { .string($0) }), "reason": .string(ask.values.text("reason")),
                    "work_days": .decimal(ask.values.integer("work_days") ?? milestone.work),
                ])
        ]
    }
}

/// What the commands on milestones' links share.
enum Milestones {
    static let needs = Field(
        "needs", Words("먼저 이루어야 할 이정표", "Milestones that come first"),
        .list(
            [GroupAsk.milestone(Words("이정표", "Milestone"), required: true)], maximum: 20), required: false)
    static let work = Field(
        "work_days", Words("그 뒤에 필요한 날수", "Days of work after them"), .integer(0...3650, unit: "d"), required: false,
        help: Words(
            "모르면 비웁니다. 늦어짐이 얼마나 밀리는지 이것으로 셈합니다.", "Leave it empty where unknown; it tells how far a delay pushes."))

    static func needs(_ ask: Ask) -> [String] {
        var needs: [String] = []
        for entry in ask.values["needs"]?.elements ?? [] {
            if let id = entry["milestone"]?.text, !needs.contains(id) { needs.append(id) }
        }
        return needs
    }

    /// What is needed exists, was not given up, is due no later, and leads to no circle.
    static func check(_ needs: [String], of id: String, due: KoreanDay, in roadmap: Roadmap, field: String = "needs")
        throws(Refusal)
    {
        for need in needs {
            guard let before = roadmap.milestones[need], before.state != .dropped else {
                throw Refusal(
                    .invalid, of: field, "unknown",
                    Words("먼저 이루어야 할 이정표가 없거나 중단된 것입니다.", "What it needs does not exist or was given up."))
            }
            guard before.state == .reached || before.due <= due else {
                throw Refusal(
                    .invalid, of: field, "later",
                    Words(
                        "‘\(before.title.ko)’의 기한(\(before.due))이 이 이정표의 기한보다 늦습니다.",
                        "“\(before.title.en)” is due later (\(before.due)) than this one."))
            }
        }
        if let way = roadmap.cycle(from: id, needing: needs) {
            let names = way.map { roadmap.milestones[$0]?.title ?? Words("이 이정표", "this one") }
            throw Refusal(
                .invalid, of: field, "cycle",
                Words(
                    "서로 맞물려 돕니다: \(names.map(\.ko).joined(separator: " → "))",
                    "They would need each other: \(names.map(\.en).joined(separator: " → "))"))
        }
    }
}
