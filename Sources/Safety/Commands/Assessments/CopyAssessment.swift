import Access
import District
import Record
import Store
import Twin

/// Takes another place's assessment as a draft: its hazards, each marked with where it came from, and nothing that was
/// done about them there. It can be reported only once they were confirmed on the spot.
enum CopyAssessment {
    static func command(_ book: AssessmentBook) -> Command {
        Command(form) { ask, tables in
            let tenant = try ask.tenant
            guard let source = try AssessmentRegister.find(ask.values.text("source"), for: tenant, in: tables) else {
                throw AssessmentAsk.unknown("source", Words("그런 위험성평가가 없습니다.", "There is no such assessment."))
            }
            let thing = try PlaceOfWork.find(ask.values.text("thing"), for: tenant, in: tables)
            let kind = AssessmentKind(rawValue: ask.values.text("kind")) ?? .initial
            let plan = try AssessmentPlan(ask, kind: kind)
            let id = Identifier(at: ask.now)
            let opened = try plan.draft(
                thing, method: source.method, scale: source.scale, book: book, id: id, copiedFrom: source.id, tenant,
                in: tables)
            let hazards = try AssessmentRegister.hazards(of: source.id, for: tenant, in: tables)
            let copies = hazards.filter { !$0.isRemoved }.map { hazard in
                Draft(
                    AssessmentEvent.hazardAdded, stream: "assessment/\(id)", scope: thing.scope,
                    payload: [
                        "assessment": .string(id.description), "hazard": .string(Identifier(at: ask.now).description),
                        "thing": .string(thing.id.rawValue), "description": .string(hazard.description),
                        "accident": .string(hazard.accident.rawValue), "likelihood": .init(hazard.inherent.likelihood),
                        "severity": .init(hazard.inherent.severity), "copied_from": .string(hazard.id),
                    ])
            }
            return [opened] + copies
        }
    }

    static let form = Form(
        "safety.assessment.copy", title: Words("다른 평가에서 가져오기", "Copy an assessment"),
        help: Words(
            "다른 장소의 위험요인을 초안으로 가져옵니다. 이곳을 근로자와 돌아보고 하나씩 확인해야 보고할 수 있습니다.",
            "Takes another place's hazards as a draft. Each must be confirmed here on a walk-round before it is reported."
        ),
        fields: [
            Field("source", Words("가져올 평가", "Copied from"), .reference(kind: "assessment", source: nil)),
            Field("thing", Words("장소나 설비", "Place or machine"), .reference(kind: "thing", source: "/api/v1/things")),
            Field("process", Words("작업 이름", "Work"), .text(maximum: 120)),
            Field("kind", Words("평가 시기", "Occasion"), .choice(AssessmentKind.choices)),
            Field("planned", Words("순회점검 예정 시각", "Walk-round planned for"), .moment),
            Field("work_starts", Words("작업 시작 예정", "Work begins"), .moment, required: false),
        ],
        permission: AssessmentAsk.permission(AssessmentAsk.managers, "safety.assessment.copy"))
}
