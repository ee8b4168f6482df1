import Access
import District
import Record
import Store

/// What the commands that answer an opinion ask in the same way.
enum OpinionAsk {
    static let field = Field("opinion", Words("의견", "Opinion"), .reference(kind: "opinion", source: nil))
    static let answerers = Permission.roles([.executive, .safetyManager])

    static func find(_ ask: Ask, in tables: any Reader) throws -> Opinion {
        guard let opinion = try OpinionTable.find(ask.values.text("opinion"), for: ask.tenant, in: tables),
            opinion.firm == ask.caller.firm
        else {
            throw Refusal(.notFound, "opinion.unknown", Words("그런 의견이 없습니다.", "There is no such opinion."))
        }
        return opinion
    }

    static func fault(_ field: String, _ rule: String, _ words: Words, kind: Refusal.Kind = .invalid) -> Refusal {
        Refusal(kind, "opinion.\(rule)", of: field, rule, words)
    }

    static func personal(_ ask: Ask, _ field: String, _ opinion: String) -> [String: PersonalContent] {
        [
            field: PersonalContent(
                of: ask.caller.person ?? PersonID("opinion-\(opinion)"), .string(ask.values.text(field)))
        ]
    }
}

/// Decides what is done with an opinion, and says why.
enum DecideOpinion {
    static let command = Command(
        Form(
            "safety.opinion.decide", title: Words("의견에 답하기", "Answer an opinion"),
            help: Words(
                "반영할지 정하고 이유를 알립니다. 모든 근로자가 봅니다.", "Decides what is done and says why; every worker sees it."),
            fields: [
                OpinionAsk.field,
                Field(
                    "decision", Words("결정", "Decision"),
                    .choice(Opinion.Decision.allCases.map { Field.Choice($0.rawValue, $0.words) })),
                Field(
                    "reason", Words("이유와 할 일", "Why, and what will be done"), .longText(maximum: 1000), isPersonal: true
                ),
                Field(
                    "due", Words("언제까지", "By when"), .text(maximum: 10), required: false,
                    help: Words("반영한다면 꼭 적어 주세요. 예: 2026-12-10", "Needed where it is accepted, for example 2026-12-10.")
                ),
            ],
            permission: OpinionAsk.answerers.orToken("command:safety.opinion.decide"))
    ) { ask, tables in
        let opinion = try OpinionAsk.find(ask, in: tables)
        guard opinion.state == .waiting else {
            throw OpinionAsk.fault(
                "opinion", "decided", Words("이미 답한 의견입니다.", "It was answered already."), kind: .conflict)
        }
        var payload: [String: JSON] = ["decision": .string(ask.values.text("decision"))]
        if ask.values.text("decision") != Opinion.Decision.reject.rawValue {
            guard let due = ask.values.day("due"), due >= KoreanDay(ask.now) else {
                throw OpinionAsk.fault(
                    "due", "due", Words("오늘 이후의 날짜를 적어 주세요.", "Please give a day, today or later."))
            }
            payload["due"] = .string(due.description)
        }
        return [
            Draft(
                "safety.opinion.decided", stream: "opinion/\(opinion.id)", scope: .firm(opinion.firm), payload: payload,
                personal: OpinionAsk.personal(ask, "reason", opinion.id), expectedVersion: 1)
        ]
    }
}

/// Says that what was decided is done; from then on the opinion is evidence of SAPA Decree 4(7).
enum FinishOpinion {
    static let command = Command(
        Form(
            "safety.opinion.finish", title: Words("의견 처리 완료", "Say that an opinion was acted on"),
            help: Words("무엇을 했는지 알립니다. 사진을 붙일 수 있습니다.", "Says what was done; a photo may be added."),
            fields: [
                OpinionAsk.field,
                Field("outcome", Words("한 일", "What was done"), .longText(maximum: 1000), isPersonal: true),
                Field(
                    "file", Words("사진·문서", "Photo or document"), .attachment(maximumBytes: 20 << 20), required: false),
            ],
            permission: OpinionAsk.answerers.orToken("command:safety.opinion.finish"))
    ) { ask, tables in
        let opinion = try OpinionAsk.find(ask, in: tables)
        guard opinion.state == .decided else {
            let isWaiting = opinion.state == .waiting
            throw OpinionAsk.fault(
                "opinion", isWaiting ? "undecided" : "over",
                isWaiting
                    ? Words("먼저 답해 주세요.", "Please answer it first.")
                    : Words("이미 끝난 의견입니다.", "It is over already."), kind: .conflict)
        }
        try DutyFile.check(ask.values.text("file"), for: ask.tenant, field: "file", in: tables)
        var payload: [String: JSON] = ["decision": .string(opinion.decision?.rawValue ?? "")]
        if let file = ask.values["file"] { payload["file"] = file }
        return [
            Draft(
                "safety.opinion.done", stream: "opinion/\(opinion.id)", scope: .firm(opinion.firm), payload: payload,
                personal: OpinionAsk.personal(ask, "outcome", opinion.id), expectedVersion: 2)
        ]
    }
}

/// Keeps the minutes of a committee or a meeting at which workers were heard: they count as evidence too.
enum KeepMinutes {
    static let bodies = [
        Field.Choice("committee", Words("산업안전보건위원회", "OSH committee")),
        Field.Choice("council", Words("노사협의회", "Labour-management council")),
        Field.Choice("meeting", Words("근로자 간담회", "Meeting with workers")),
    ]

    static let command = Command(
        Form(
            "safety.committee.minute", title: Words("회의록 등록", "Keep minutes"),
            help: Words("근로자의 의견을 들은 회의의 기록을 남깁니다.", "Keeps the minutes of a meeting at which workers were heard."),
            fields: [
                Field("body", Words("회의", "Meeting"), .choice(bodies)),
                Field(
                    "day", Words("날짜", "Day"), .text(maximum: 10),
                    help: Words("예: 2026-11-20", "For example 2026-11-20")),
                Field("heads", Words("참석 인원", "How many took part"), .integer(2...1000, unit: nil)),
                Field("summary", Words("의논한 내용", "What was discussed"), .longText(maximum: 2000), isPersonal: true),
                Field("file", Words("회의록", "Minutes"), .attachment(maximumBytes: 20 << 20)),
            ],
            permission: OpinionAsk.answerers.orToken("command:safety.committee.minute"))
    ) { ask, tables in
        guard let firm = ask.caller.firm else {
            throw Refusal(
                .forbidden, "opinion.no-firm",
                Words("기업에 소속된 사람만 할 수 있습니다.", "Only people of a firm can do this."))
        }
        guard let day = ask.values.day("day"), day <= KoreanDay(ask.now) else {
            throw OpinionAsk.fault("day", "day", Words("오늘까지의 날짜를 적어 주세요.", "Please give a day up to today."))
        }
        try DutyFile.check(ask.values.text("file"), for: ask.tenant, field: "file", in: tables)
        let id = Identifier(at: ask.now)
        return [
            Draft(
                "safety.committee.minuted", stream: "minutes/\(id)", scope: .firm(firm),
                payload: [
                    "body": .string(ask.values.text("body")), "day": .string(day.description),
                    "heads": ask.values["heads"] ?? 0, "file": .string(ask.values.text("file")),
                ],
                personal: [
                    "summary": PersonalContent(
                        of: ask.caller.person ?? PersonID("minutes-\(id)"), .string(ask.values.text("summary")))
                ])
        ]
    }
}
