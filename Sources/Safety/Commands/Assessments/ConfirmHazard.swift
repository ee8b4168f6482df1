import Access
import District
import Record
import Store

/// Says of a hazard that it was looked at on a walk-round here: it exists here too, or it does not.
enum ConfirmHazard {
    static let form = Form(
        "safety.assessment.confirm-hazard", title: Words("현장에서 위험요인 확인", "Confirm a hazard on the spot"),
        help: Words(
            "순회점검에서 본 대로 답해 주세요. 이곳에 없는 위험은 평가에서 빠집니다.",
            "Answer as it was seen on the walk-round; what does not exist here leaves the assessment."),
        fields: [
            AssessmentAsk.hazard,
            Field("is_there", Words("이곳에도 있는 위험입니까?", "Does it exist here too?"), .flag),
        ],
        permission: AssessmentAsk.permission(AssessmentAsk.everyone, "safety.assessment.confirm-hazard"),
        surfaces: [.web, .http, .cli, .mcp])

    static let command = Command(form) { ask, tables in
        let (hazard, assessment) = try AssessmentAsk.findHazard(ask, in: tables, [.open])
        let rounds = try AssessmentRegister.rounds(of: assessment.id, for: try ask.tenant, in: tables)
        guard let walk = rounds.last(where: { $0.way == .walk && $0.workers > 0 }) else {
            throw Refusal(
                .conflict, "assessment.no-walk-round",
                Words("근로자와 함께 순회점검을 먼저 해 주세요.", "Please walk round with workers first."))
        }
        return [
            AssessmentAsk.draft(
                AssessmentEvent.hazardConfirmed, assessment,
                [
                    "hazard": .string(hazard.id), "round": .string(walk.id),
                    "is_there": .bool(ask.values.flag("is_there")),
                ])
        ]
    }
}
