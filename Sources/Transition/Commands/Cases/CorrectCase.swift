import Access
import District
import Record
import Store

/// An officer corrects a claim of a case: with a source and a reason. What was said stands beside it.
struct CorrectCase {
    let shelf: CaseShelf

    static let name = "transition.case.correct"

    var command: Command {
        Command(
            Form(
                Self.name, title: Words("사례의 내용 바로잡기", "Correct a claim of a case"),
                help: Words(
                    "처음 내용과 바로잡은 내용이 함께 보입니다.", "What was said and what is right are both shown."),
                fields: [
                    Field("case", Words("사례", "Case"), .reference(kind: "city-case", source: CaseRoutes.choices)),
                    Field(
                        "claim", Words("바로잡을 내용", "Which claim"),
                        .reference(kind: "case-claim", source: CaseChoices.claim),
                        help: Words("사례 화면의 ‘바로잡기’에서 오면 채워져 있습니다.", "The case's page fills it in.")),
                    Field("words_ko", Words("바른 내용(한국어)", "What is right (Korean)"), .text(maximum: 400)),
                    Field("words_en", Words("바른 내용(영어)", "What is right (English)"), .text(maximum: 400)),
                    Field("title", Words("출처 제목", "Source: title"), .text(maximum: 200)),
                    Field("publisher", Words("출처를 펴낸 곳", "Source: publisher"), .text(maximum: 120)),
                    Field("url", Words("출처 주소", "Source: address"), .text(maximum: 400)),
                    Field("reason", Words("사유", "Why"), .text(maximum: 400)),
                ], permission: .roles(AddCase.people).orToken("command:\(Self.name)"), after: "/transition/cases/{case}"
            )
        ) { [shelf] ask, tables in
            guard let body = try shelf.find(ask.values.text("case"), in: tables) else { throw CaseShelf.unknown }
            let place = CaseChoices.part(ask.values.text("claim"), of: body.id)
            guard body.claims.contains(where: { $0.place == place }) else {
                throw Refusal(
                    .invalid, "case.claim", Words("바로잡을 내용을 찾을 수 없습니다.", "This claim is not in the case."),
                    faults: [
                        .init(field: "claim", rule: "known", words: Words("그런 내용이 없습니다.", "There is no such claim."))
                    ])
            }
            let url = ask.values.text("url")
            guard url.hasPrefix("https://") || url.hasPrefix("http://") else {
                throw Refusal(
                    .invalid, "case.url", Words("출처 주소를 확인해 주세요.", "Please check the source's address."),
                    faults: [
                        .init(
                            field: "url", rule: "url",
                            words: Words("http:// 또는 https://로 시작해야 합니다.", "It begins with http:// or https://."))
                    ])
            }
            return [
                Draft(
                    CaseTable.corrected, stream: "case/\(body.id)", scope: .everyone,
                    payload: [
                        "case": .string(body.id), "claim": .string(place),
                        "words": Words(ask.values.text("words_ko"), ask.values.text("words_en")).json,
                        "title": .string(ask.values.text("title")),
                        "publisher": .string(ask.values.text("publisher")), "url": .string(url),
                        "read": .string(KoreanDay(ask.now).description), "reason": .string(ask.values.text("reason")),
                    ])
            ]
        }
    }
}

/// An officer answers whether a condition holds here, where statistics cannot tell.
struct AnswerCondition {
    let shelf: CaseShelf

    static let name = "transition.condition.answer"

    var command: Command {
        Command(
            Form(
                Self.name, title: Words("적용 조건 답변", "Answer a condition"),
                help: Words(
                    "통계로 알 수 없는 조건이 우리 지역에서 갖추어져 있는지 사유와 함께 답합니다.",
                    "Says with a reason whether a condition holds here that statistics cannot tell."),
                fields: [
                    Field("case", Words("사례", "Case"), .reference(kind: "city-case", source: CaseRoutes.choices)),
                    Field(
                        "condition", Words("조건", "Condition"),
                        .reference(kind: "case-condition", source: CaseChoices.condition)),
                    Field(
                        "economy", Words("통계", "Statistics"), .reference(kind: "economy", source: CaseChoices.economy),
                        required: false),
                    Field(
                        "region", Words("어느 지역의 답입니까?", "Of which region?"), .text(maximum: 200), required: false,
                        help: Words("적지 않으면 우리 지역의 답입니다.", "Left empty it is the district's own.")),
                    Field("held", Words("갖추어져 있습니까?", "Does it hold?"), .flag),
                    Field("reason", Words("사유", "Why"), .text(maximum: 400)),
                ], permission: .roles(AddCase.people).orToken("command:\(Self.name)"), after: "/transition/cases/{case}"
            )
        ) { [shelf] ask, tables in
            guard let body = try shelf.find(ask.values.text("case"), in: tables) else { throw CaseShelf.unknown }
            let id = CaseChoices.part(ask.values.text("condition"), of: body.id)
            guard body.conditions.contains(where: { $0.id == id }) else {
                throw Refusal(
                    .invalid, "case.condition", Words("그런 조건이 없습니다.", "There is no such condition."),
                    faults: [
                        .init(
                            field: "condition", rule: "known",
                            words: Words("사례에 적힌 조건이어야 합니다.", "It must be one of the case."))
                    ])
            }
            let place = try Self.place(ask, tables)
            return [
                Draft(
                    CaseTable.answered, stream: "case/\(body.id)", scope: .everyone,
                    payload: [
                        "case": .string(body.id), "condition": .string(id), "economy": .string(place.economy),
                        "region": .string(place.region), "held": .bool(ask.values.flag("held")),
                        "reason": .string(ask.values.text("reason")),
                    ])
            ]
        }
    }
}

extension AnswerCondition {
    /// The region that is answered for: what holds in one says nothing of another.
    private static func place(_ ask: Ask, _ tables: any Reader) throws -> CaseTable.Home {
        let (economy, region) = (ask.values.text("economy"), ask.values.text("region"))
        if !economy.isEmpty, !region.isEmpty { return CaseTable.Home(economy: economy, region: region) }
        guard economy.isEmpty, region.isEmpty, let home = try CaseTable.home(in: tables) else {
            throw Refusal(
                .invalid, "case.region", Words("어느 지역의 답인지 정해 주세요.", "Please say of which region."),
                faults: [
                    .init(
                        field: "region", rule: "known",
                        words: Words(
                            "통계와 지역을 함께 적거나, 먼저 우리 지역을 정해 주세요.",
                            "Name statistics and region, or choose the district's own first."))
                ])
        }
        return home
    }
}

/// An officer says which region of which statistics is the district's own: cases are held against it.
enum ChooseHome {
    static let name = "transition.home.choose"

    static let command = Command(
        Form(
            name, title: Words("우리 지역 정하기", "Choose the district's own region"),
            help: Words("사례의 조건을 이 지역의 통계로 확인합니다.", "Conditions of cases are held against its statistics."),
            fields: [
                Field(
                    "economy", Words("통계", "Statistics"), .reference(kind: "economy", source: CaseChoices.economy)),
                Field("region", Words("지역", "Region"), .text(maximum: 200)),
            ], permission: .roles(AddCase.people).orToken("command:\(name)"), after: "/transition/cases")
    ) { ask, tables in
        let economy = ask.values.text("economy")
        try knows(economy, ask, tables)
        return [
            Draft(
                CaseTable.chosen, stream: "economy/\(economy)", scope: .everyone,
                payload: ["economy": .string(economy), "region": .string(ask.values.text("region"))])
        ]
    }

    /// The statistics must stand.
    static func knows(_ economy: String, _ ask: Ask, _ tables: any Reader) throws {
        let versions = try EconomyTable.versions(of: economy, for: try ask.tenant, in: tables)
        guard versions.contains(where: { $0.withdrawn == nil }) else {
            throw Refusal(
                .invalid, "economy.unknown", Words("그런 통계가 없습니다.", "There are no such statistics."),
                faults: [
                    .init(
                        field: "economy", rule: "known",
                        words: Words("가져온 통계의 이름을 적어 주세요.", "Name statistics that were brought in."))
                ])
        }
    }
}
