import Access
import District
import Record
import Store

/// Plans a control against a hazard: where it stands in the hierarchy, who does it, by when.
enum AddControl {
    static let form = Form(
        "safety.assessment.add-control", title: Words("대책 세우기", "Plan a control"),
        help: Words(
            "위에 있는 단계부터 생각해 주세요. 효과를 확인하기 전까지는 위험이 낮아지지 않습니다.",
            "Think of the higher steps first. A control lowers the risk only once it was verified."),
        fields: [
            AssessmentAsk.hazard,
            Field(
                "step", Words("대책의 단계", "Step of the hierarchy"),
                .choice(ControlStep.allCases.map { Field.Choice($0.rawValue, $0.words) })),
            Field("description", Words("무엇을 하나", "What is done"), .longText(maximum: 500)),
            Field("owner", Words("맡은 사람", "Owner"), .reference(kind: "person", source: "/api/v1/choices/person")),
            Field("due", Words("기한", "Due"), .moment),
            Field(
                "likelihood_steps", Words("빈도를 몇 단계 낮추나", "Steps of frequency it takes"), .integer(0...5, unit: nil),
                help: Words(
                    "단계마다 한도가 있습니다: 공학적 2, 관리적·보호구 1",
                    "Each step has its limit: engineering 2, administrative and PPE 1")),
            Field(
                "severity_steps", Words("강도를 몇 단계 낮추나", "Steps of severity it takes"), .integer(0...5, unit: nil),
                required: false,
                help: Words(
                    "관리적 대책과 보호구는 강도를 낮추지 못합니다.", "Administrative measures and PPE take none.")),
        ],
        permission: AssessmentAsk.permission(AssessmentAsk.everyone, "safety.assessment.add-control"),
        surfaces: [.web, .http, .cli, .mcp, .voice])

    static let command = Command(form) { ask, tables in
        let (hazard, assessment) = try AssessmentAsk.findHazard(ask, in: tables, [.open, .reported, .shared])
        let step = ControlStep(rawValue: ask.values.text("step")) ?? .ppe
        let severity = ask.values.integer("severity_steps") ?? 0
        guard severity <= Int64(step.mostSeverity) else {
            throw AssessmentAsk.invalid(
                "control.severity", "severity_steps", "maximum",
                step.mostSeverity == 0
                    ? Words("\(step.words.ko)은(는) 강도를 낮추지 못합니다.", "\(step.words.en) never lowers severity.")
                    : Words("강도는 \(step.mostSeverity)단계까지 낮출 수 있습니다.", "It takes \(step.mostSeverity) at most."))
        }
        let likelihood = ask.values.integer("likelihood_steps") ?? 0
        guard likelihood <= Int64(step.mostLikelihood) else {
            throw AssessmentAsk.invalid(
                "control.likelihood", "likelihood_steps", "maximum",
                Words("빈도는 \(step.mostLikelihood)단계까지 낮출 수 있습니다.", "It takes \(step.mostLikelihood) at most."))
        }
        let owner = PersonID(ask.values.text("owner"))
        guard try Directory.person(owner, for: try ask.tenant, in: tables)?.active == true else {
            throw AssessmentAsk.invalid(
                "control.owner", "owner", "reference", Words("맡을 사람을 골라 주세요.", "Please choose who does it."))
        }
        let due = ask.values.moment("due") ?? ask.now
        guard due > ask.now else {
            throw AssessmentAsk.invalid(
                "control.due", "due", "future", Words("기한은 지금 이후여야 합니다.", "The due date must lie ahead."))
        }
        return [
            AssessmentAsk.draft(
                AssessmentEvent.controlAdded, assessment,
                [
                    "control": .string(Identifier(at: ask.now).description), "hazard": .string(hazard.id),
                    "step": .string(step.rawValue), "description": .string(ask.values.text("description")),
                    "owner": .string(owner.rawValue), "due": .string(due.description),
                    "likelihood_steps": .init(Int(likelihood)), "severity_steps": .init(Int(severity)),
                ])
        ]
    }
}
