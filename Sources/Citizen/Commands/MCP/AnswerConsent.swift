import Access
import District
import Record

/// A person says yes or no to what a program asks for in their name. No program can: it takes a signed-in person.
enum AnswerConsent {
    static let form = Form(
        "citizen.consent.answer",
        title: Words("프로그램 요청 확인", "Answer a program's request"),
        help: Words(
            "내 이름으로 움직이는 프로그램이 요청한 일을 허락하거나 거절합니다.",
            "Allows or refuses what a program asks for in your name."),
        fields: [
            Field("consent", Words("요청", "Request"), .reference(kind: "consent", source: nil)),
            Field(
                "answer", Words("답", "Answer"),
                .choice([
                    Field.Choice("yes", Words("네, 그대로 처리합니다", "Yes, do exactly this")),
                    Field.Choice("no", Words("아니요, 하지 않습니다", "No, do nothing")),
                ])),
            Field(
                "shown", Words("본 내용", "What was shown"), .text(maximum: 100), required: false,
                help: Words("화면에 보인 내용의 해시", "The hash of what was shown")),
        ],
        // Not on the page of forms: a yes is said where what it is for is shown.
        permission: .signedIn, surfaces: [.http])

    static let command = Command(form) { ask, tables in
        guard let consent = try ConsentTable.find(ask.values.text("consent"), in: tables), consent.isFor(ask.caller)
        else {
            throw Refusal(
                .notFound, "consent.unknown", Words("그런 요청이 없습니다.", "There is no such request, or not for you."))
        }
        guard consent.state == .waiting else {
            throw Refusal(.conflict, "consent.answered", Words("이미 답한 요청입니다.", "This was answered already."))
        }
        guard ask.now < consent.expires else {
            throw Refusal(
                .conflict, "consent.expired",
                Words(
                    "답할 수 있는 시간이 지났습니다. 아무것도 처리하지 않았습니다.",
                    "The time to answer is over. Nothing was done."))
        }
        guard ask.values.text("answer") != "yes" || ask.values.text("shown") == consent.arguments else {
            let words = Words(
                "확인한 내용이 요청한 내용과 다릅니다. 요청을 열어 내용을 보고 답해 주세요.",
                "What was shown is not what is asked for. Open the request and answer there.")
            throw Refusal(.conflict, "consent.not-shown", of: "shown", "shown", words)
        }
        return [
            Draft(
                ask.values.text("answer") == "yes" ? ConsentTable.given : ConsentTable.refused,
                stream: "consent/\(consent.id)", scope: consent.scope,
                payload: ["command": .string(consent.command), "arguments": .string(consent.arguments)],
                answers: consent.event)
        ]
    }
}

extension Consent {
    /// Whom its events concern.
    var scope: Scope { person.map { .person($0) } ?? .zone }
}
