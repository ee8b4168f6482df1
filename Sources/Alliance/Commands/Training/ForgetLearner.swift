import Access
import District
import Record
import Store

/// Asks that what binds somebody's credentials to them be erased: the e-mail addresses they gave, and the salts.
/// ``TrainingErasure`` does it.
enum ForgetLearner {
    static let command = Command(
        Form(
            "alliance.training.forget", title: Words("교육 전자우편과 수료증 연결 삭제", "Erase what binds my credentials to me"),
            help: Words(
                "신청할 때 적은 전자우편과 수료증을 본인과 이어 주는 값을 지웁니다. 교육 기록은 남지만 수료증을 다시 내려받을 수 없습니다. 되돌릴 수 없습니다.",
                """
                Erases the e-mail addresses you gave and what ties your credentials to you. Results stay, credentials cannot be \
                downloaded again, and it cannot be undone.
                """),
            fields: [
                Field(
                    "person", Words("대상자", "Whose"), .reference(kind: "person", source: nil), required: false,
                    help: Words("비우면 본인입니다.", "Left empty: yourself."))
            ],
            permission: .signedIn.orToken("command:alliance.training.forget"), confirmation: .readBack)
    ) { ask, tables in
        let named = ask.values.text("person")
        guard let person = named.isEmpty ? ask.caller.person : PersonID(named),
            person == ask.caller.person || TrainingRefusals.isRunner(ask.caller)
        else {
            throw TrainingRefusals.fault(
                "person", "person", Words("그런 사람이 없습니다.", "There is no such person."), .notFound)
        }
        guard try ErasureTable.holds(person, in: tables), !(try ErasureTable.isAsked(person, in: tables)) else {
            throw TrainingRefusals.fault(
                "person", "nothing",
                Words("지울 개인정보가 없거나 이미 지우는 중입니다.", "There is nothing to erase, or it is under way."),
                .conflict)
        }
        let scope = try EnrolmentTable.of(person, in: tables).first?.scope ?? .zone
        return [
            Draft(
                TrainingEvents.asked, stream: "training-learner/\(person)", scope: scope,
                payload: ["person": .string(person.rawValue)])
        ]
    }
}
