import District
import Record
import Store

/// A milestone was reached, with what shows it.
enum ReachMilestone {
    static let name = "alliance.milestone.reach"

    static let command = Command(
        Form(
            name, title: Words("이정표 달성", "Reach a milestone"),
            help: Words("무엇으로 알 수 있는지 함께 남기고 공개합니다.", "Says, in public, what shows that it was reached."),
            fields: [
                GroupAsk.milestone,
                GroupAsk.day(
                    "day", Words("달성한 날", "Day it was reached"), required: false,
                    help: Words("비우면 오늘입니다.", "Today where it is left empty.")),
                Field(
                    "evidence", Words("무엇으로 알 수 있나", "What shows it"), .longText(maximum: 1000),
                    help: Words(
                        "문서 번호, 주소, 시험 성적서 등. 누구나 볼 수 있습니다.",
                        "A document, an address, a test report … Everybody reads it.")),
            ],
            permission: GroupAsk.permission(name), surfaces: GroupAsk.spoken)
    ) { ask, tables in
        let (milestone, _) = try GroupAsk.answered(ask, tables)
        let day = try GroupAsk.past("day", ask)
        let roadmap = Roadmap(try MilestoneTable.all(in: tables))
        if let open = milestone.needs.compactMap({ roadmap.milestones[$0] }).first(where: { $0.state == .open }) {
            throw Refusal(
                .conflict, of: "milestone", "needs",
                Words(
                    "먼저 이루어야 할 ‘\(open.title.ko)’이(가) 아직 진행 중입니다.", "“\(open.title.en)” comes first and is still open.")
            )
        }
        return [
            milestone.draft(
                MilestoneChanged.Change.reached.type,
                ["day": .string(day.description), "evidence": .string(ask.values.text("evidence"))])
        ]
    }
}

/// A milestone is given up, with the reason.
enum DropMilestone {
    static let name = "alliance.milestone.drop"

    static let command = Command(
        Form(
            name, title: Words("이정표 중단", "Give a milestone up"),
            help: Words(
                "중단하는 사유를 공개합니다. 이것이 필요했던 이정표는 때를 알 수 없게 됩니다.",
                "Says why, in public. When what needs it will come is unknown then."),
            fields: [GroupAsk.milestone, GroupAsk.reason()],
            permission: GroupAsk.permission(name), confirmation: .readBack, surfaces: GroupAsk.surfaces)
    ) { ask, tables in
        let (milestone, _) = try GroupAsk.answered(ask, tables)
        return [
            milestone.draft(
                MilestoneChanged.Change.dropped.type,
                ["day": .string(KoreanDay(ask.now).description), "reason": .string(ask.values.text("reason"))])
        ]
    }
}

/// What came of a milestone was measured.
enum MeasureOutcome {
    static let name = "alliance.outcome.measure"

    static let command = Command(
        Form(
            name, title: Words("성과 측정 등록", "Measure an outcome"),
            help: Words(
                "이정표로 무엇이 얼마나 달라졌는지 출처와 함께 공개합니다.", "Says, in public and with its source, what a milestone changed."),
            fields: [
                GroupAsk.milestone,
                Field("metric", Words("지표", "Metric"), .text(maximum: 120)),
                Field("metric_en", Words("지표(영어)", "Metric in English"), .text(maximum: 120), required: false),
                Field("unit", Words("단위", "Unit"), .text(maximum: 20)),
                Field(
                    "before", Words("전", "Before"), .number(-1e12...1e12, unit: nil), required: false,
                    help: Words("모르면 비웁니다.", "Leave it empty where unknown.")),
                Field("value", Words("값", "Value"), .number(-1e12...1e12, unit: nil)),
                GroupAsk.day("day", Words("기준일", "Day for which it holds"), required: false),
                Field("source", Words("출처", "Source"), .text(maximum: 300)),
                Field(
                    "level", Words("근거 수준", "Evidence level"), .choice(OutcomeLevel.choices),
                    help: Words(
                        "메릴랜드 과학적 방법 척도. 높을수록 이정표 때문이라고 볼 근거가 큽니다.",
                        "Maryland Scientific Methods Scale: the higher, the surer that the milestone brought it about.")
                ),
            ],
            permission: GroupAsk.permission(name), surfaces: GroupAsk.surfaces)
    ) { ask, tables in
        let (milestone, _) = try GroupAsk.anyState(ask, tables)
        guard milestone.state != .dropped else {
            throw Refusal(.conflict, of: "milestone", "dropped", Words("중단한 이정표입니다.", "It was given up."))
        }
        let (day, metric) = (try GroupAsk.past("day", ask), ask.values.words("metric"))
        var payload: [String: JSON] = [
            "outcome": .string(Identifier(at: ask.now).description), "metric": metric.json,
            "unit": .string(ask.values.text("unit")), "value": .number(ask.values.number("value") ?? 0),
            "day": .string(day.description), "source": .string(ask.values.text("source")),
            "level": .decimal(Int64(ask.values.text("level")) ?? 1),
        ]
        if let before = ask.values.number("before") { payload["before"] = .number(before) }
        return [milestone.draft(GroupEvents.measured, payload)]
    }
}

/// How sure it is that something brought an outcome about, as forms offer it.
enum OutcomeLevel {
    static let choices = [
        Field.Choice("1", Words("1 – 전후 또는 한 시점 비교", "1 – before and after, or one moment")),
        Field.Choice("2", Words("2 – 조건을 맞춘 비교", "2 – compared with controls")),
        Field.Choice("3", Words("3 – 비교 집단과의 전후 차이", "3 – before and after against a comparison group")),
        Field.Choice("4", Words("4 – 준실험", "4 – quasi-random")),
        Field.Choice("5", Words("5 – 무작위 실험", "5 – randomised")),
    ]
}
