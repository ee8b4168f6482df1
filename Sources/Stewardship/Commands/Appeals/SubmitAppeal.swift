import Access
import District
import Record
import Store

/// Anybody objects to a use of AI; what they say is theirs alone, under a key that no name leads to.
struct SubmitAppeal {
    let rules: AppealRules

    var command: Command {
        Command(
            Form(
                "stewardship.appeal.submit", title: Words("인공지능 이의 제기", "Object to a use of AI"),
                help: Words(
                    "이름 없이도 됩니다. 사람이 읽고 \(rules.days)일 안에 답합니다.",
                    "No name is needed. A person reads it and answers within \(rules.days) days."),
                fields: [
                    Field(
                        "use", Words("어떤 인공지능인가요", "Which AI"), .reference(kind: "ai-use", source: nil),
                        required: false, help: Words("모르면 비워 두세요.", "Leave it empty where you do not know.")),
                    Field(
                        "text", Words("무슨 일이 있었나요", "What happened"), .longText(maximum: 2000), isPersonal: true),
                    Field(
                        "wish", Words("무엇을 바라시나요", "What do you ask for"),
                        .choice(Appeal.Wish.allCases.map { Field.Choice($0.rawValue, $0.words) }), required: false),
                    Field(
                        "contact", Words("연락처", "How to reach you"), .text(maximum: 100), required: false,
                        help: Words("없어도 접수 코드로 답을 볼 수 있습니다.", "Without one, the code shows you the answer."),
                        isPersonal: true, spoken: .phone),
                ],
                permission: .anyone, confirmation: .readBack, surfaces: [.web, .http, .cli, .mcp, .voice],
                isConfidential: true)
        ) { [rules] ask, tables in
            let use = ask.values.text("use")
            if !use.isEmpty, try RegisterTable.find(use, in: tables) == nil {
                let words = Words("등록부에 그런 인공지능이 없습니다.", "The register has no such use of AI.")
                throw Refusal(.notFound, "appeal.use", of: "use", "known", words)
            }
            let (id, code) = (Identifier(at: ask.now).description, Secret.code())
            let subject = Appeal.subject(id)
            var payload: [String: JSON] = [
                "wish": .string(ask.values.text("wish").isEmpty ? "explain" : ask.values.text("wish")),
                "due": .string((KoreanDay(ask.now) + rules.days).description), "edition": .string(rules.edition),
                "code_hash": .string(Appeal.hash(code)),
            ]
            if !use.isEmpty { payload["use"] = .string(use) }
            var personal = [
                "text": PersonalContent(of: subject, .string(ResidentNumber.masked(ask.values.text("text")))),
                "code": PersonalContent(of: subject, .string(code)),
            ]
            let contact = ResidentNumber.masked(ask.values.text("contact"))
            if !contact.isEmpty { personal["contact"] = PersonalContent(of: subject, .string(contact)) }
            return [
                Draft(
                    AppealEvents.submitted, stream: Appeal.stream + id, scope: .zone, payload: payload,
                    personal: personal, expectedVersion: 0)
            ]
        }
    }
}
