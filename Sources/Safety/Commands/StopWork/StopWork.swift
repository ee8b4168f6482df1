import Access
import District
import Record
import Store
import Twin

/// Stops work because of urgent danger (OSH 52): any worker, at once, without asking anybody. Who it was stands in the
/// vault alone.
enum StopWork {
    /// Who works, and so may stop.
    static let roles: Set<Role> = [.worker, .operator, .safetyManager, .executive]

    private static let content = [
        Field(
            "accident", Words("무엇이 위험합니까?", "What is the danger?"), .choice(AccidentType.choices), required: false),
        Field("text", Words("내용", "What is it?"), .longText(maximum: 1000), required: false, isPersonal: true),
    ]

    /// By somebody signed in, whose name stays off the Record.
    static let command = Command(
        Form(
            "safety.work.stop", title: Words("작업 중지", "Stop work"),
            help: Words(
                "급박한 위험이 있으면 누구나 바로 멈추고 대피합니다. 누가 멈췄는지는 동료에게 보이지 않습니다.",
                "In urgent danger anyone stops at once and leaves. Colleagues do not see who it was."),
            fields: [Field("thing", Words("장소·설비", "Place or machine"), .reference(kind: "thing", source: nil))]
                + content,
            permission: .roles(roles).orToken("command:safety.work.stop"),
            surfaces: [.web, .http, .cli, .mcp, .voice, .offline], isConfidential: true)
    ) { ask, tables in
        let thing = try PlaceOfWork.find(ask.values.text("thing"), for: ask.tenant, in: tables)
        return [draft(ask, at: thing.id, scope: thing.scope, worker: ask.caller.person, [:])]
    }

    /// By the QR code of a place: offered on no surface but that page, which names the worker where they are signed in.
    static let byCode = Command(
        Form(
            "safety.work.stop-by-code", title: Words("QR 작업 중지", "Stop work by QR"),
            help: Words("QR로 들어온 작업중지를 접수합니다.", "Takes in a stop of work that came by a QR code."),
            fields: content + [
                Field("code", Words("코드", "Code"), .text(maximum: 60)),
                Field("worker", Words("근로자", "Worker"), .text(maximum: 100), required: false, isPersonal: true),
                Field("language", Words("언어", "Language"), .choice(WorkerLanguage.choices)),
            ], permission: .anyone, surfaces: [], isConfidential: true, hasOwnBound: true)
    ) { ask, tables in
        guard let place = try PlaceCodes.find(ask.values.text("code"), in: tables) else { throw ReportHazard.noPlace }
        // Somebody from elsewhere may stop work here too; only people of the firm can be treated worse for it by it.
        let worker = try ask.values.text("worker").nonempty.map { PersonID($0) }.flatMap {
            try Directory.person($0, for: .firm(place.firm), in: tables)?.id
        }
        return [
            draft(
                ask, at: place.thing, scope: .firm(place.firm), worker: worker,
                ["code": .string(place.code), "language": .string(ask.values.text("language"))])
        ]
    }

    private static func draft(
        _ ask: Ask, at thing: ThingID, scope: Scope, worker: PersonID?, _ more: [String: JSON]
    ) -> Draft {
        let id = Identifier(at: ask.now).description
        var payload = more.merging(["stop": .string(id), "thing": .string(thing.rawValue)]) { $1 }
        let (accident, text) = (ask.values.text("accident"), ask.values.text("text"))
        if !accident.isEmpty { payload["accident"] = .string(accident) }
        if let offline = ask.offline { payload["offline"] = offline.json }
        // A key of the stop's own: with the person forgotten, so are their words.
        let subject = worker ?? PersonID("stopper-\(id)")
        var personal: [String: PersonalContent] = [:]
        if let worker { personal["worker"] = PersonalContent(of: subject, .string(worker.rawValue)) }
        if !text.isEmpty { personal["text"] = PersonalContent(of: subject, .string(text)) }
        return Draft(
            WorkStopped.type, stream: "stop/\(id)", scope: scope,
            observed: ask.offline.map { min($0.corrected, ask.now) }, payload: payload, personal: personal,
            expectedVersion: 0)
    }

    /// Whoever stopped work says that they have read the answer.
    static let read = Command(
        Form(
            "safety.work.read", title: Words("답변을 읽음", "Answer read"),
            help: Words("작업을 멈춘 사람이 답변을 읽었음을 남깁니다.", "Whoever stopped work says that they read the answer."),
            fields: [StopAsk.field], permission: .roles(roles), surfaces: [.web, .http], isConfidential: true)
    ) { ask, tables in
        let (stop, tenant) = (try StopAsk.find(ask, tables), try ask.tenant)
        guard let person = ask.caller.person,
            try StopTable.own(person, for: tenant, in: tables).contains(where: { $0.id == stop.id })
        else {
            throw Refusal(
                .forbidden, "stop.not-yours", Words("작업을 멈춘 사람만 할 수 있습니다.", "Only whoever stopped work may."))
        }
        guard stop.answered != nil, stop.read == nil else { return [] }
        return [StopAsk.draft("safety.work.read", stop)]
    }
}

/// What the commands about stops share.
enum StopAsk {
    static let field = Field("stop", Words("작업중지", "Stop"), .reference(kind: "stop", source: nil))

    /// The stop that is meant.
    static func find(_ ask: Ask, _ tables: any Reader) throws -> WorkStop {
        guard let stop = try StopTable.find(ask.values.text("stop"), for: ask.tenant, in: tables) else {
            throw Refusal(.notFound, "stop.unknown", Words("그런 작업중지가 없습니다.", "There is no such stop."))
        }
        return stop
    }

    /// An event about a stop, which joins its trace.
    static func draft(_ type: String, _ stop: WorkStop, _ payload: [String: JSON] = [:]) -> Draft {
        var payload = payload
        payload["stop"] = .string(stop.id)
        return Draft(type, stream: "stop/\(stop.id)", scope: stop.scope, payload: payload, answers: stop.event)
    }
}
