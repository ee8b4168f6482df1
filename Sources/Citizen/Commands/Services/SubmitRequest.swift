import Access
import District
import Record

/// Asks the city for one of its services: one command for each, made of its entry in the handbook.
enum SubmitRequest {
    /// The command of a service; nil for a look-up, which changes nothing.
    static func command(_ service: CityService) -> Command? {
        guard let name = service.command else { return nil }
        let form = Form(
            name, title: service.name, help: service.description, fields: service.fields.map(\.field),
            permission: .anyone, confirmation: .readBack, surfaces: [.web, .http, .cli, .mcp, .voice],
            after: "/citizen/requests/{it}")
        return Command(form) { ask, tables in
            let code = Secret.code()
            let number = try CityRequest.number(at: ask.now) { try RequestTable.isTaken($0, in: tables) }
            return [try draft(service, ask.values.members, by: ask.caller, code: code, number: number, at: ask.now)]
        }
    }

    /// The request as it goes on the Record: named by an identifier that opens nothing. Its code is in the vault, and of
    /// it stands a hash; whoever asked is told it once, by ``RequestCode``.
    static func draft(
        _ service: CityService, _ values: [String: JSON], by caller: Caller, code: String, number: String,
        at now: Timestamp
    ) throws(Refusal) -> Draft {
        let values = try RequestCheck(now: now).checked(values, of: service)
        let hidden = Set(service.fields.filter(\.field.isPersonal).map(\.field.name))
        let personal = values.filter { hidden.contains($0.key) }
        var payload: [String: JSON] = [
            "service": .string(service.code), "number": .string(number),
            "values": .object(values.filter { !hidden.contains($0.key) }), "code_hash": .string(CityRequest.hash(code)),
        ]
        if service.isPublic { payload["area"] = PublicPlace(values).json }
        if let due = service.due(since: now) { payload["due"] = .string(due.description) }
        // Somebody unknown is a person too: theirs is kept apart from everybody else's, so that it can be forgotten.
        let subject = caller.person ?? PersonID("caller-\(Identifier(at: now))")
        var content = ["code": PersonalContent(of: subject, .string(code))]
        if !personal.isEmpty { content["personal"] = PersonalContent(of: subject, .object(personal)) }
        return Draft(
            RequestEvents.submitted, stream: CityRequest.stream + Identifier(at: now).description,
            scope: caller.person.map { .person($0) } ?? .zone, payload: payload,
            personal: content)
    }
}
