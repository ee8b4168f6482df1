import Access
import District
import Record
import Store

/// A participant signs that they took part.
enum SignTraining {
    static let form = Form(
        "safety.training.sign", title: Words("교육 참여 서명", "Sign for a training session"),
        help: Words("본인이 이 교육에 끝까지 참여했음을 서명합니다.", "You sign that you took part in this session to its end."),
        fields: [Field("session", Words("교육", "Session"), .reference(kind: "training", source: nil))],
        permission: .signedIn)

    static let command = Command(form) { ask, tables in
        let id = ask.values.text("session")
        guard let person = ask.caller.person,
            let session = try TrainingTable.session(id, for: ask.tenant, in: tables),
            let signed = try TrainingTable.hasSigned(person, in: id, reader: tables)
        else { throw TrainingRefusals.noSession }
        guard !signed else {
            throw Refusal(
                .conflict, "training.already-signed", Words("이미 서명한 교육입니다.", "You have already signed for this."))
        }
        return [
            Draft(
                "safety.training.signed", stream: "training/\(id)", scope: session.scope,
                payload: ["session": .string(id), "person": .string(person.rawValue)])
        ]
    }
}
