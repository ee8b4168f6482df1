import Access
import District
import Record
import Store

/// What stands in the way in law or practice: raised with who decides and by when, and decided with a reason.
enum RaiseObstacle {
    static let raise = Command(
        Form(
            "alliance.investment.raise", title: Words("규제 애로 등록", "Raise an obstacle"),
            help: Words("무엇이 막혀 있고 누가 언제까지 결정하는지 적습니다.", "What stands in the way, who decides, and by when."),
            fields: [
                InvestmentAsk.found, Field("what", Words("애로 내용", "Obstacle"), .text(maximum: 300)),
                Field("rule", Words("관련 규정", "Rule"), .text(maximum: 200)),
                Field("decider", Words("결정 기관", "Who decides"), .text(maximum: 100)),
                GrowthAsk.dayField("due", Words("결정 기한", "To be decided by"), required: true),
            ], permission: InvestmentAsk.permission("alliance.investment.raise"))
    ) { ask, tables in
        let (found, due) = (try InvestmentAsk.found(ask, tables), try GrowthAsk.day(ask, "due"))
        guard due >= KoreanDay(ask.now) else {
            throw GrowthAsk.fault("due", "investment.due", Words("지난 날짜입니다.", "That day has passed."))
        }
        return [
            Draft(
                InvestmentEvents.raised, stream: "investment/\(found.id)", scope: found.scope,
                payload: [
                    "obstacle": .string("\(Identifier(at: ask.now))"), "what": .string(ask.values.text("what")),
                    "rule": .string(ask.values.text("rule")), "decider": .string(ask.values.text("decider")),
                    "due": .string(due.description), "day": .string(KoreanDay(ask.now).description),
                ])
        ]
    }

    private static let fields = [
        Field("obstacle", Words("규제 애로", "Obstacle"), .reference(kind: "investment-obstacle", source: nil)),
        Field(
            "decision", Words("결정", "Decision"),
            .choice(Obstacle.Decision.allCases.map { Field.Choice($0.rawValue, $0.words) })),
        GrowthAsk.dayField("day", Words("결정일", "Day")),
        Field(
            "due", Words("새 기한", "New day"), .text(maximum: 10), required: false,
            condition: .init("decision", is: Obstacle.Decision.deferred.rawValue), spoken: .day),
        InvestmentAsk.reason,
    ]

    static let decide = Command(
        Form(
            "alliance.investment.decide", title: Words("규제 애로 결정 등록", "Record a decision"),
            help: Words(
                "결정과 이유를 남깁니다. 보류하면 새 기한이 있어야 합니다.",
                "Records what was decided and why; what is put off needs a new day."),
            fields: fields, permission: InvestmentAsk.permission("alliance.investment.decide"))
    ) { ask, tables in
        let (obstacle, found) = try named(ask, tables)
        guard obstacle.isOpen else {
            throw GrowthAsk.fault(
                "obstacle", "investment.decided", Words("이미 결정된 애로입니다.", "It was decided before."), kind: .conflict)
        }
        return [try decided(obstacle, found, ask)]
    }

    /// What was recorded as decided was recorded wrongly: the entry that was wrong stays on the Record.
    static let correct = Command(
        Form(
            "alliance.investment.correct", title: Words("규제 애로 결정 바로잡기", "Put a decision right"),
            help: Words(
                "잘못 등록한 결정을 바로잡습니다. 처음 등록한 내용도 기록에 남습니다.",
                "Puts right what was recorded wrongly. What was recorded before stays on the Record."),
            fields: fields + [Field("why", Words("바로잡는 사유", "Why it is put right"), .text(maximum: 300))],
            permission: InvestmentAsk.permission("alliance.investment.correct"), confirmation: .readBack)
    ) { ask, tables in
        let (obstacle, found) = try named(ask, tables)
        guard obstacle.decision != nil else {
            throw GrowthAsk.fault(
                "obstacle", "investment.undecided", Words("아직 결정을 등록하지 않은 애로입니다.", "Nothing was recorded as decided."),
                kind: .conflict)
        }
        var draft = try decided(obstacle, found, ask)
        draft.payload["corrected"] = .string(ask.values.text("why"))
        return [draft]
    }

    private static func named(_ ask: Ask, _ tables: any Reader) throws -> (Obstacle, InvestmentCase) {
        let tenant = try ask.tenant
        guard
            let obstacle = try InvestmentTable.obstacle(ask.values.text("obstacle"), for: tenant, in: tables),
            let found = try InvestmentTable.find(obstacle.caseID, for: tenant, in: tables)
        else {
            throw GrowthAsk.fault(
                "obstacle", "investment.obstacle", Words("그런 애로가 없습니다.", "There is no such obstacle."), kind: .notFound)
        }
        return (obstacle, found)
    }

    private static func decided(_ obstacle: Obstacle, _ found: InvestmentCase, _ ask: Ask) throws -> Draft {
        let day = try GrowthAsk.past(ask, "day")
        var due = obstacle.due
        if ask.values.text("decision") == Obstacle.Decision.deferred.rawValue {
            due = try GrowthAsk.day(ask, "due")
            guard !ask.values.text("due").isEmpty, due > day else {
                throw GrowthAsk.fault(
                    "due", "investment.due", Words("보류하면 결정일 뒤의 새 기한을 적어 주세요.", "What is put off needs a later day."))
            }
        }
        return Draft(
            InvestmentEvents.decided, stream: "investment/\(found.id)", scope: found.scope,
            payload: [
                "obstacle": .string(obstacle.id), "decision": .string(ask.values.text("decision")),
                "day": .string(day.description), "due": .string(due.description),
                "reason": .string(ask.values.text("reason")),
            ])
    }
}
