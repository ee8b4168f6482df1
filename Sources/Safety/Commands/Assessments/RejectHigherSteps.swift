import Access
import District
import Record
import Store

/// Writes down why each of the four steps above protective equipment was rejected.
enum RejectHigherSteps {
    /// Fewer characters than this are no reason.
    static let shortest = 10
    private static let higher = ControlStep.allCases.filter { $0 != .ppe }

    static let form = Form(
        "safety.assessment.reject-higher-steps", title: Words("더 나은 대책을 쓰지 못하는 사유", "Why higher steps were rejected"),
        help: Words(
            "보호구만 쓰려면 네 단계마다 사유를 적어야 합니다. 사람이 죽을 수 있는 위험은 그래도 높음으로 남습니다.",
            "Protective equipment alone needs a reason for each of the four steps; what can kill stays high all the same."
        ),
        fields: [AssessmentAsk.hazard]
            + higher.map { step in
                Field(
                    step.rawValue,
                    Words("\(step.words.ko)을(를) 쓰지 못하는 사유", "Why not: \(step.words.en.lowercased())"),
                    .longText(maximum: 600))
            },
        permission: AssessmentAsk.permission(AssessmentAsk.managers, "safety.assessment.reject-higher-steps"))

    static let command = Command(form) { ask, tables in
        let (hazard, assessment) = try AssessmentAsk.findHazard(ask, in: tables, [.open, .reported, .shared])
        let reasons = higher.map { ($0, ask.values.text($0.rawValue)) }
        let short = reasons.filter { $0.1.count < shortest }
        guard short.isEmpty else {
            throw Refusal(
                .invalid, "control.reason",
                Words("사유를 \(shortest)자 이상으로 적어 주세요.", "Please give reasons of at least \(shortest) characters."),
                faults: short.map {
                    .init(
                        field: $0.0.rawValue, rule: "minimum",
                        words: Words("\(shortest)자 이상 적어 주세요.", "At least \(shortest) characters."))
                })
        }
        guard Set(reasons.map(\.1)).count == reasons.count else {
            throw AssessmentAsk.invalid(
                "control.same-reason", higher[0].rawValue, "distinct",
                Words("단계마다 다른 사유를 적어 주세요.", "Each step needs a reason of its own."))
        }
        return [
            AssessmentAsk.draft(
                AssessmentEvent.stepsRejected, assessment,
                [
                    "hazard": .string(hazard.id),
                    "reasons": .object(
                        Dictionary(reasons.map { ($0.0.rawValue, .string($0.1)) }, uniquingKeysWith: { $1 })),
                ])
        ]
    }
}
