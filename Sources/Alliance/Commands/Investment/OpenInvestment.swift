import Access
import District
import Record
import Store

/// A firm comes in or moves: opened as a case, and moved from stage to stage with a reason each.
enum OpenInvestment {
    static let open = Command(
        Form(
            "alliance.investment.open", title: Words("투자 건 등록", "Open a case"),
            help: Words("들어오거나 옮기려는 기업과 필요한 일을 적습니다.", "A firm that means to come in or move, and what it needs."),
            fields: [
                Field("name", Words("기업 이름", "Firm"), .text(maximum: 100)),
                Field(
                    "firm", Words("이미 입주한 기업이면", "Where it is a firm of the zone"),
                    .reference(kind: "grant-firm", source: nil), required: false,
                    help: Words("고르면 그 기업도 이 건을 봅니다.", "Chosen, that firm sees the case too.")),
                Field(
                    "kind", Words("유형", "Kind"),
                    .choice(InvestmentKind.allCases.map { Field.Choice($0.rawValue, $0.words) })),
                Field(
                    "size", Words("규모", "Size"),
                    .choice(InvestmentSize.allCases.map { Field.Choice($0.rawValue, $0.words) })),
                Field(
                    "headcount", Words("상시근로자 수", "People"), .integer(0...1_000_000, unit: "명"), required: false,
                    help: Words("모르면 비워 둡니다.", "Leave blank where unknown.")),
                Field("sector", Words("업종", "Sector"), .text(maximum: 100)),
                Field(
                    "amount", Words("투자 예정액", "Planned investment"), .integer(GrowthAsk.amounts, unit: "원"),
                    required: false),
                Field("jobs", Words("신규 고용 계획", "Planned jobs"), .integer(0...1_000_000, unit: "명"), required: false),
                Field(
                    "tasks", Words("필요한 일", "What it needs"),
                    .list(
                        [
                            Field(
                                "task", Words("일", "Task"),
                                .choice(InvestmentTask.allCases.map { Field.Choice($0.rawValue, $0.words) }))
                        ], maximum: 7)),
            ], permission: InvestmentAsk.permission("alliance.investment.open"),
            after: "/alliance/investment/case/{it}")
    ) { ask, tables in
        let firm = ask.values.text("firm")
        if !firm.isEmpty, try Directory.firm(FirmID(firm), for: ask.tenant, in: tables) == nil {
            throw GrowthAsk.fault(
                "firm", "investment.firm", Words("그런 기업이 없습니다.", "There is no such firm."), kind: .notFound)
        }
        func number(_ field: String) -> JSON { ask.values.integer(field).map { .decimal($0) } ?? .null }
        return [
            Draft(
                InvestmentEvents.opened, stream: "investment/\(Identifier(at: ask.now))",
                scope: firm.isEmpty ? .zone : .firm(FirmID(firm)),
                payload: [
                    "name": .string(ask.values.text("name")), "firm": firm.isEmpty ? .null : .string(firm),
                    "kind": .string(ask.values.text("kind")), "size": .string(ask.values.text("size")),
                    "headcount": number("headcount"), "sector": .string(ask.values.text("sector")),
                    "amount": number("amount"), "jobs": number("jobs"),
                    "tasks": .array((ask.values["tasks"]?.elements ?? []).compactMap { $0["task"] }),
                    "day": .string(KoreanDay(ask.now).description),
                ])
        ]
    }

    static let move = Command(
        Form(
            "alliance.investment.move", title: Words("단계 바꾸기", "Change the stage"),
            help: Words("단계마다 이유를 남깁니다.", "Each change has its reason."),
            fields: [
                InvestmentAsk.found,
                Field(
                    "stage", Words("새 단계", "New stage"),
                    .choice(InvestmentStage.allCases.map { Field.Choice($0.rawValue, $0.words) })),
                GrowthAsk.dayField("day", Words("바뀐 날", "Day")), InvestmentAsk.reason,
            ], permission: InvestmentAsk.permission("alliance.investment.move"))
    ) { ask, tables in
        let (found, day) = (try InvestmentAsk.found(ask, tables), try GrowthAsk.past(ask, "day"))
        guard let stage = InvestmentStage(rawValue: ask.values.text("stage")), found.stage.mayBecome(stage) else {
            throw GrowthAsk.fault(
                "stage", "investment.stage",
                Words(
                    "‘\(found.stage.words.ko)’에서 그 단계로 바꿀 수 없습니다.", "It cannot go there from “\(found.stage.words.en)”."
                ),
                kind: .conflict)
        }
        guard day >= found.since else {
            throw GrowthAsk.fault(
                "day", "investment.day", Words("앞 단계가 시작된 날보다 빠릅니다.", "It is before the stage it is in began."))
        }
        return [
            Draft(
                InvestmentEvents.moved, stream: "investment/\(found.id)", scope: found.scope,
                payload: [
                    "stage": .string(stage.rawValue), "before": .string(found.stage.rawValue),
                    "day": .string(day.description), "reason": .string(ask.values.text("reason")),
                ])
        ]
    }
}
