import Access
import District
import Record

/// A worker says what should be safer, by name; the page takes the same without a name (see `draft`).
enum GiveOpinion {
    static let form = Form(
        "safety.opinion.give", title: Words("안전보건 의견 내기", "Say what should be safer"),
        help: Words(
            "불편하거나 위험하다고 느낀 것, 바꾸었으면 하는 것을 알려 주세요. 어떻게 처리했는지 모두 볼 수 있습니다.",
            "Say what feels unsafe or should change. Everyone in the firm sees what became of it."),
        fields: [
            Field(
                "topic", Words("무엇에 관한 의견인가요", "What is it about"),
                .choice(Opinion.Topic.allCases.map { Field.Choice($0.rawValue, $0.words) })),
            Field("text", Words("의견", "Opinion"), .longText(maximum: 2000), isPersonal: true),
        ],
        permission: .roles([.worker, .operator, .safetyManager, .executive]),
        surfaces: [.web, .http, .cli, .mcp, .voice])

    static let command = Command(form) { ask, _ in
        guard let firm = ask.caller.firm else {
            throw Refusal(
                .forbidden, "opinion.no-firm",
                Words("기업에 소속된 사람만 할 수 있습니다.", "Only people of a firm can do this."))
        }
        return [draft(ask.values, firm: firm, by: ask.caller.person, at: ask.now, offline: ask.offline)]
    }

    /// The opinion as it goes on the Record. Without a person it says nothing of who spoke: no name, no number, and it
    /// is recorded by the house.
    static func draft(
        _ values: FormValues, firm: FirmID, by person: PersonID?, at now: Timestamp, offline: Ask.Offline? = nil
    ) -> Draft {
        let id = Identifier(at: now)
        var payload: [String: JSON] = [
            "topic": .string(values.text("topic")), "anonymous": .bool(person == nil),
        ]
        if person != nil, let offline { payload["offline"] = offline.json }
        return Draft(
            "safety.opinion.given", stream: "opinion/\(id)", scope: .firm(firm), payload: payload,
            personal: ["text": PersonalContent(of: person ?? PersonID("opinion-\(id)"), .string(values.text("text")))])
    }
}
