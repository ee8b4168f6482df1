import Access
import District
import Record
import Store

/// Answers an appeal: a person who does not own the use.
enum AnswerAppeal {
    static let command = Command(
        Form(
            "stewardship.appeal.answer", title: Words("이의에 답하기", "Answer an objection"),
            help: Words(
                "그 인공지능의 담당자가 아닌 사람이 답합니다. 접수 코드를 가진 시민이 그대로 읽습니다.",
                "Answered by somebody who does not own the use. Whoever holds the code reads it as it stands."),
            fields: [
                Field("appeal", Words("이의", "Objection"), .reference(kind: "ai-appeal", source: nil)),
                Field(
                    "outcome", Words("결정", "Decision"),
                    .choice(Appeal.Outcome.allCases.map { Field.Choice($0.rawValue, $0.words) })),
                Field("answer", Words("답변", "Answer"), .longText(maximum: 2000), isPersonal: true),
                WrongAct.field(condition: .init("outcome", is: "upheld")),
            ],
            permission: .roles([.zoneOfficer, .administrator]))
    ) { ask, tables in
        guard let appeal = try AppealTable.find(id: ask.values.text("appeal"), in: tables) else {
            throw refusal(.notFound, "unknown", Words("그런 이의가 없습니다.", "There is no such objection."))
        }
        guard appeal.answered == nil else {
            throw refusal(.conflict, "answered", Words("이미 답한 이의입니다.", "It was answered already."))
        }
        guard let person = ask.caller.person else {
            throw refusal(.forbidden, "person", Words("사람만 답할 수 있습니다.", "Only a person can answer."))
        }
        try checkOther(person, appeal, in: tables)
        let answered = Draft(
            AppealEvents.answered, stream: Appeal.stream + appeal.id, scope: .zone,
            payload: ["outcome": .string(ask.values.text("outcome"))],
            personal: [
                "answer": PersonalContent(
                    of: Appeal.subject(appeal.id), .string(ResidentNumber.masked(ask.values.text("answer"))))
            ], expectedVersion: 1)
        let isUpheld = ask.values.text("outcome") == Appeal.Outcome.upheld.rawValue
        return [answered] + (isUpheld ? try WrongAct.drafts(ask, of: appeal.use, in: tables) : [])
    }

    /// - Throws: ``Refusal`` where somebody owns the use that the objection is to.
    static func checkOther(_ person: PersonID, _ appeal: Appeal, in tables: any Reader) throws {
        guard let use = appeal.use, let owner = try RegisterTable.find(use, in: tables)?.fields["owner"],
            owner == person.rawValue
        else { return }
        throw refusal(
            .forbidden, "owner",
            Words(
                "담당자는 자기 인공지능에 대한 이의에 답할 수 없습니다. 다른 사람이 답해야 합니다.",
                "The owner cannot answer objections to their own use; somebody else must."))
    }

    private static func refusal(_ kind: Refusal.Kind, _ rule: String, _ words: Words) -> Refusal {
        Refusal(kind, "appeal.\(rule)", of: "appeal", rule, words)
    }
}
