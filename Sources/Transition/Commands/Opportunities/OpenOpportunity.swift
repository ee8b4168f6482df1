import Access
import District
import Record
import Store

/// The district takes up an opportunity: out of a prediction that stands on the Record, or by the officer's own
/// judgement, which is then said.
enum OpenOpportunity {
    static let name = "transition.opportunity.open"
    static let people = ImportEconomy.people

    static let command = Command(
        Form(
            name, title: Words("기회로 채택", "Take up an opportunity"),
            help: Words(
                "지역이 키우려는 산업을 정합니다. 근거가 된 예측이나 판단이 함께 공개됩니다.",
                "Names an industry that the district means to grow into; what it rests on is public."),
            fields: [
                Field(
                    "economy", Words("통계", "Statistics"), .reference(kind: "economy", source: CaseChoices.economy)),
                Field("region", Words("지역", "Region"), .text(maximum: 200)),
                Field("industry", Words("산업", "Industry"), .text(maximum: 200)),
                Field(
                    "basis", Words("근거", "What it rests on"),
                    .choice([
                        .init("forecast", Words("기록에 있는 예측", "A prediction on the Record")),
                        .init("judgement", Words("담당자의 판단(예측 아님)", "Own judgement, no prediction")),
                    ])),
                Field(
                    // The region's page carries it along: nobody reads its identifier.
                    "forecast", Words("예측", "Forecast"), .reference(kind: "economy-forecast", source: nil),
                    help: Words("지역 화면의 ‘기회로 채택’에서 골라 주세요.", "Begin on a region's page, where it is chosen."),
                    condition: .init("basis", is: "forecast")),
                Field("title_ko", Words("제목(한국어)", "Title (Korean)"), .text(maximum: 120)),
                Field("title_en", Words("제목(영어)", "Title (English)"), .text(maximum: 120)),
                Field("why", Words("사유", "Why"), .longText(maximum: 1000)),
            ], permission: .roles(people).orToken("command:\(name)"), confirmation: .readBack,
            after: "/transition/opportunities/{it}")
    ) { ask, tables in
        let (economy, region) = (ask.values.text("economy"), ask.values.text("region"))
        let industry = ask.values.text("industry")
        try ChooseHome.knows(economy, ask, tables)
        let tenant = try ask.tenant
        let standing = try OpportunityTable.list(of: (economy, region), for: tenant, in: tables)
        guard !standing.contains(where: { $0.industry == industry && $0.closed == nil }) else {
            throw Refusal(
                .conflict, "opportunity.open",
                Words("이미 채택하여 추진하고 있는 기회입니다.", "This opportunity is already being pursued."))
        }
        let id = Identifier(at: ask.now).description
        var payload: [String: JSON] = [
            "opportunity": .string(id), "title": Words(ask.values.text("title_ko"), ask.values.text("title_en")).json,
            "economy": .string(economy), "region": .string(region), "industry": .string(industry),
            "basis": .string(ask.values.text("basis")), "why": .string(ask.values.text("why")),
        ]
        if ask.values.text("basis") == Opportunity.Basis.forecast.rawValue {
            let forecasts = try ForecastTable.forecasts(of: economy, for: tenant, in: tables)
            let forecast = forecasts.first { $0.id == ask.values.text("forecast") }
            // The odds are the Record's, never the form's.
            let prediction = try forecast.flatMap { forecast in
                try ForecastTable.predictions(of: forecast, region: region, in: tables).first {
                    $0.industry == industry
                }
            }
            guard let forecast, let prediction else {
                throw Refusal(
                    .invalid, "opportunity.forecast",
                    Words("그런 예측이 기록에 없습니다.", "No such prediction stands on the Record."),
                    faults: [
                        .init(
                            field: "forecast", rule: "recorded",
                            words: Words(
                                "이 지역과 산업을 말한 예측이어야 합니다. 아니면 ‘담당자의 판단’을 고르세요.",
                                "It must speak of this region and industry; else choose own judgement."))
                    ])
            }
            guard try !ForecastTable.isWithdrawn(event: forecast.event, in: tables) else {
                throw stale(
                    "withdrawn",
                    Words("이 예측에 쓰인 통계가 철회되었습니다.", "Statistics that this forecast rests on were withdrawn."))
            }
            guard
                try forecasts.first(where: { try !ForecastTable.isWithdrawn(event: $0.event, in: tables) })?.id
                    == forecast.id
            else {
                throw stale("newest", Words("더 새로운 예측이 있습니다.", "There is a newer forecast."))
            }
            payload["forecast"] = .string(forecast.id)
            payload["forecast_event"] = .string(forecast.event)
            payload["odds"] = .number(prediction.odds)
            payload["base"] = .decimal(Int64(forecast.base))
            payload["target"] = .decimal(Int64(forecast.target))
        }
        return [
            Draft(OpportunityOpened.type, stream: "opportunity/\(id)", scope: .everyone, payload: payload)
        ]
    }
}

extension OpenOpportunity {
    /// A prediction that no longer speaks of what is known.
    private static func stale(_ rule: String, _ words: Words) -> Refusal {
        Refusal(.conflict, "opportunity.\(rule)", of: "forecast", rule, words)
    }
}

/// What the commands about opportunities share.
enum Opportunities {
    static let field = Field("opportunity", Words("기회", "Opportunity"), .reference(kind: "opportunity", source: nil))

    /// The opportunity that is meant, where it is still open.
    static func open(_ ask: Ask, _ tables: any Reader) throws -> Opportunity {
        guard
            let found = try OpportunityTable.find(ask.values.text("opportunity"), for: try ask.tenant, in: tables)
        else {
            throw Refusal(.notFound, "opportunity.unknown", Words("그런 기회가 없습니다.", "There is no such opportunity."))
        }
        guard found.closed == nil else {
            throw Refusal(.conflict, "opportunity.closed", Words("이미 종료한 기회입니다.", "This opportunity is closed."))
        }
        return found
    }
}

/// An opportunity rests on another city's experience: which, and what of it can be carried over.
struct LinkCase {
    let shelf: CaseShelf

    static let name = "transition.opportunity.link-case"

    var command: Command {
        Command(
            Form(
                Self.name, title: Words("사례 연결", "Link a case"),
                help: Words("기회가 어느 도시의 경험을 본보기로 삼는지 밝힙니다.", "Says on which city's experience an opportunity rests."),
                fields: [
                    Opportunities.field,
                    Field("case", Words("사례", "Case"), .reference(kind: "city-case", source: CaseRoutes.choices)),
                    Field(
                        "carries", Words("적용할 수 있는 점", "What of it can be carried over"), .longText(maximum: 600)),
                ], permission: .roles(OpenOpportunity.people).orToken("command:\(Self.name)"),
                after: "/transition/opportunities/{opportunity}")
        ) { [shelf] ask, tables in
            let opportunity = try Opportunities.open(ask, tables)
            guard let body = try shelf.find(ask.values.text("case"), in: tables) else { throw CaseShelf.unknown }
            guard try !OpportunityTable.cases(of: opportunity.id, in: tables).contains(where: { $0.caseID == body.id })
            else {
                throw Refusal(.conflict, "opportunity.linked", Words("이미 연결한 사례입니다.", "This case is linked already."))
            }
            return [
                Draft(
                    CaseLinked.type, stream: "opportunity/\(opportunity.id)", scope: .everyone,
                    payload: [
                        "opportunity": .string(opportunity.id), "case": .string(body.id), "title": body.name.json,
                        "level": .decimal(Int64(body.level)), "carries": .string(ask.values.text("carries")),
                    ])
            ]
        }
    }
}

/// An opportunity ends: reached, dropped, or part of another one; with a reason.
enum CloseOpportunity {
    static let name = "transition.opportunity.close"

    static let command = Command(
        Form(
            name, title: Words("기회 종료", "Close an opportunity"),
            help: Words("달성했거나 더 추진하지 않는 사유를 남깁니다.", "Keeps why it is pursued no longer, or that it was reached."),
            fields: [
                Opportunities.field,
                Field(
                    "how", Words("종료 구분", "How"),
                    .choice([
                        .init("reached", Words("달성", "It was reached")),
                        .init("dropped", Words("중단", "It is given up")),
                        .init("merged", Words("다른 기회에 통합", "It becomes part of another")),
                    ])), Field("reason", Words("사유", "Why"), .longText(maximum: 600)),
            ], permission: .roles(OpenOpportunity.people).orToken("command:\(name)"), confirmation: .readBack,
            after: "/transition/opportunities/{opportunity}")
    ) { ask, tables in
        let opportunity = try Opportunities.open(ask, tables)
        return [
            Draft(
                OpportunityTable.closed, stream: "opportunity/\(opportunity.id)", scope: .everyone,
                payload: [
                    "opportunity": .string(opportunity.id), "how": .string(ask.values.text("how")),
                    "reason": .string(ask.values.text("reason")),
                ])
        ]
    }
}
