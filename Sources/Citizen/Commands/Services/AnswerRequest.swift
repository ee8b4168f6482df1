import Access
import District
import Record
import Store

/// What the commands of the desk ask in the same way.
enum RequestAsk {
    static let field = Field("request", Words("접수 번호", "Number"), .reference(kind: "city-request", source: nil))

    static func find(_ ask: Ask, in tables: any Reader) throws -> CityRequest {
        guard let request = try RequestTable.find(number: ask.values.text("request"), for: ask.tenant, in: tables)
        else {
            throw Refusal(.notFound, "request.unknown", Words("그런 접수가 없습니다.", "There is no such request."))
        }
        guard request.state.isOpen else {
            throw Refusal(.conflict, "request.over", Words("이미 끝난 접수입니다.", "This request is over already."))
        }
        return request
    }

    /// Whose words these are: the citizen's own where there is one, so that they are forgotten together.
    static func subject(_ request: CityRequest) -> PersonID {
        if case .person(let person) = request.scope { return person }
        return PersonID("request-\(request.event)")
    }
}

/// Answers whoever asked; the answer is read with the request's code.
enum AnswerRequest {
    static let command = Command(
        Form(
            "citizen.request.answer", title: Words("접수에 답하기", "Answer a request"),
            help: Words("신청한 분이 접수 조회에서 이 답을 봅니다.", "Whoever asked reads this with their code."),
            fields: [
                RequestAsk.field, Field("answer", Words("답변", "Answer"), .longText(maximum: 2000), isPersonal: true),
            ],
            permission: .roles([.zoneOfficer]).orToken("command:citizen.request.answer"))
    ) { ask, tables in
        let request = try RequestAsk.find(ask, in: tables)
        return [
            Draft(
                RequestEvents.answered, stream: CityRequest.stream + request.id, scope: request.scope,
                payload: ["number": .string(request.number)],
                personal: [
                    "answer": PersonalContent(
                        of: RequestAsk.subject(request), .string(ask.values.text("answer")))
                ], expectedVersion: request.version, answers: request.event)
        ]
    }
}

/// Ends a request.
enum CloseRequest {
    static let command = Command(
        Form(
            "citizen.request.close", title: Words("접수 끝내기", "Close a request"),
            help: Words("처리한 결과를 고르면 접수가 끝납니다.", "Says how it ended; nothing more is done then."),
            fields: [
                RequestAsk.field,
                Field(
                    "result", Words("처리 결과", "Result"),
                    .choice(CityRequest.Result.allCases.map { Field.Choice($0.rawValue, $0.words) })),
            ],
            permission: .roles([.zoneOfficer]).orToken("command:citizen.request.close"), confirmation: .readBack)
    ) { ask, tables in
        let request = try RequestAsk.find(ask, in: tables)
        return [
            Draft(
                RequestEvents.closed, stream: CityRequest.stream + request.id, scope: request.scope,
                payload: ["number": .string(request.number), "result": .string(ask.values.text("result"))],
                expectedVersion: request.version, answers: request.event)
        ]
    }
}
