import Access
import District
import Record
import Store

/// A supervisor's judgement of an inspection: accepted, or returned to be taken again.
enum ReviewInspection {
    static let form = Form(
        "safety.inspection.review", title: Words("점검 결과 검토", "Review an inspection"),
        help: Words(
            "점검 결과를 확인합니다. 되돌려 보낸 점검은 한 것으로 치지 않습니다.",
            "Looks an inspection over. One that is returned does not count as done."),
        fields: [
            Field("inspection", Words("점검", "Inspection"), .reference(kind: "inspection", source: nil)),
            Field(
                "verdict", Words("판단", "Verdict"),
                .choice([
                    Field.Choice("accepted", Words("확인함", "Accept")),
                    Field.Choice("returned", Words("다시 점검", "Return")),
                ])),
            Field(
                "note", Words("이유", "Why"), .longText(maximum: 500),
                condition: Field.Condition("verdict", is: "returned"),
                isPersonal: true),
        ],
        permission: .roles([.safetyManager, .executive]).orToken("command:safety.inspection.review"),
        surfaces: [.web, .http, .cli, .mcp, .voice])

    static let command = Command(form) { ask, tables in
        guard let found = try InspectionTables.inspection(ask.values.text("inspection"), for: ask.tenant, in: tables)
        else { throw InspectionRefusals.noInspection }
        guard ask.caller.person != found.inspector else {
            throw Refusal(
                .forbidden, "inspection.own-review",
                Words("자기가 한 점검은 다른 사람이 검토합니다.", "Somebody else reviews one's own inspection."))
        }
        guard found.verdict == nil else {
            throw Refusal(
                .conflict, "inspection.reviewed", Words("이미 검토한 점검입니다.", "This inspection is reviewed already."))
        }
        let note = ask.values.text("note")
        return [
            Draft(
                "safety.inspection.reviewed", stream: "inspection/\(found.id)", scope: found.scope,
                payload: [
                    "inspection": .string(found.id), "schedule": .string(found.schedule),
                    "verdict": .string(ask.values.text("verdict")),
                ],
                personal: note.isEmpty ? [:] : ["note": PersonalContent(of: found.inspector, .string(note))],
                expectedVersion: 1)
        ]
    }
}
