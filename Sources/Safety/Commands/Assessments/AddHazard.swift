import Access
import District
import Record
import Store
import Twin

/// Adds a hazard to an assessment and judges it by the assessment's method, before anything is done about it.
enum AddHazard {
    static let levels = [
        Field.Choice("low", RiskBand.low.words), Field.Choice("medium", RiskBand.medium.words),
        Field.Choice("high", RiskBand.high.words),
    ]

    private static func only(_ method: AssessmentMethod) -> Field.Condition { .init("method", is: method.rawValue) }

    static let form = Form(
        "safety.assessment.add-hazard", title: Words("위험요인 추가", "Add a hazard"),
        help: Words(
            "대책을 세우기 전의 위험을 그대로 판단해 주세요.", "Judge the risk as it is before anything is done about it."),
        fields: [
            AssessmentAsk.field,
            Field("method", Words("평가 방법", "Method"), .reference(kind: "method", source: nil)),
            Field("thing", Words("장소나 설비", "Place or machine"), .reference(kind: "thing", source: "/api/v1/things")),
            Field(
                "description", Words("무엇이 어떻게 위험한가", "What could happen, and how"), .longText(maximum: 500),
                help: Words(
                    "예: 금형을 바꾸는 중 슬라이드가 내려와 손이 끼인다", "For example: the slide comes down while the die is changed")),
            Field("accident", Words("사고 유형", "Accident type"), .choice(AccidentType.choices)),
            Field(
                "likelihood", Words("빈도", "Frequency"), .integer(1...6, unit: nil),
                help: Words("1은 거의 없음, 숫자가 클수록 잦음", "1 is hardly ever; higher is more often"),
                condition: only(.frequencySeverity)),
            Field(
                "severity", Words("강도", "Severity"), .integer(1...6, unit: nil),
                help: Words("1은 가벼운 부상, 가장 큰 수는 사망", "1 is a slight injury, the highest is death"),
                condition: only(.frequencySeverity)),
            Field("level", Words("위험 수준", "Level"), .choice(levels), condition: only(.threeStep)),
            Field(
                "is_adequate", Words("지금 상태가 기준에 맞습니까?", "Does it meet the standard now?"), .flag,
                condition: only(.checklist)),
            Field(
                "is_acceptable", Words("지금 그대로 작업해도 됩니까?", "May work go on as it is?"), .flag,
                condition: only(.onePoint)),
            Field(
                "could_kill", Words("사람이 죽을 수도 있는 위험입니까?", "Could someone die of it?"), .flag, required: false,
                help: Words("빈도·강도법에서는 강도로 판단합니다.", "Under frequency × severity the severity says so.")),
        ],
        permission: AssessmentAsk.permission(AssessmentAsk.everyone, "safety.assessment.add-hazard"),
        surfaces: [.web, .http, .cli, .mcp, .voice])

    static let command = Command(form) { ask, tables in
        let assessment = try AssessmentAsk.find(ask, in: tables, [.open])
        guard ask.values.text("method") == assessment.method.rawValue else {
            throw AssessmentAsk.invalid(
                "assessment.method", "method", "reference",
                Words(
                    "이 평가는 \(assessment.method.words.ko)(으)로 합니다.",
                    "This assessment is made by: \(assessment.method.words.en)."))
        }
        let thing = try PlaceOfWork.find(ask.values.text("thing"), for: try ask.tenant, in: tables)
        guard thing.scope == assessment.scope else {
            throw AssessmentAsk.invalid(
                "thing.not-a-firms", "thing", "reference",
                Words("평가하는 기업의 장소를 골라 주세요.", "Please choose a place of the firm assessed."))
        }
        let risk = try judged(ask, assessment)
        return [
            AssessmentAsk.draft(
                AssessmentEvent.hazardAdded, assessment,
                [
                    "hazard": .string(Identifier(at: ask.now).description), "thing": .string(thing.id.rawValue),
                    "description": .string(ask.values.text("description")),
                    "accident": .string(ask.values.text("accident")), "likelihood": .init(risk.likelihood),
                    "severity": .init(risk.severity),
                ])
        ]
    }

    private static func judged(_ ask: Ask, _ assessment: Assessment) throws -> Risk {
        let severity = ask.values.flag("could_kill") ? 2 : 1
        switch assessment.method {
        case .frequencySeverity:
            let risk = Risk(
                likelihood: Int(ask.values.integer("likelihood") ?? 0),
                severity: Int(ask.values.integer("severity") ?? 0))
            guard assessment.scale.holds(risk) else {
                let (most, worst) = (assessment.scale.likelihoods, assessment.scale.severities)
                throw AssessmentAsk.invalid(
                    "assessment.off-scale", risk.likelihood > most ? "likelihood" : "severity", "bounds",
                    Words(
                        "이 평가의 척도는 빈도 1~\(most), 강도 1~\(worst)입니다.",
                        "The scale has frequency 1–\(most), severity 1–\(worst)."))
            }
            return risk
        case .threeStep:
            let level = RiskBand(rawValue: ask.values.text("level")) ?? .high
            return Risk(likelihood: min(level.rank + 1, 3), severity: severity)
        case .checklist: return Risk(likelihood: ask.values.flag("is_adequate") ? 1 : 3, severity: severity)
        case .onePoint: return Risk(likelihood: ask.values.flag("is_acceptable") ? 1 : 3, severity: severity)
        }
    }
}
