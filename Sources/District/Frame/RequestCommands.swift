import Access
import Record
import Store

/// The second person's signature under a request that waits for one.
enum SignRequest {
    static let command = Command(
        Form(
            "district.request.sign",
            title: Words("두 번째 서명", "Sign as the second person"),
            help: Words(
                "다른 사람이 올린 요청을 확인하고 서명합니다. 서명하면 바로 처리됩니다.",
                "Signs what another person has asked for; it is done at once."),
            fields: [Field("request", Words("요청", "Request"), .reference(kind: "request", source: nil))],
            permission: .signedIn, confirmation: .readBack)
    ) { ask, tables in
        // The request's own command decides; the frame runs it after this signature (see Ledger.sign).
        let (id, request) = try openRequest(ask, in: tables)
        guard case .person(let signer) = ask.caller.author, request.author != ask.caller.author else {
            throw Refusal(
                .conflict, "request.same-person",
                Words("요청한 사람이 아닌 다른 사람이 서명해야 합니다.", "Someone other than who asked must sign."))
        }
        return [
            Draft(
                "district.request.signed", stream: "request/\(id)", scope: request.scope,
                payload: ["request": .string(id.description), "signer": .string(signer.rawValue)])
        ]
    }
}

/// A request that waits for a second person is not granted, or whoever asked takes it back: nothing is done.
enum RefuseRequest {
    static let refused = "district.request.refused"

    static func command(guests: [any Capability]) -> Command {
        let forms = Dictionary(
            guests.flatMap(\.commands).map { ($0.form.name, $0.form) }, uniquingKeysWith: { one, _ in one })
        return Command(
            Form(
                "district.request.refuse",
                title: Words("요청 거절", "Refuse a request"),
                help: Words(
                    "두 번째 서명을 기다리는 요청을 거절하거나, 내가 올린 요청을 거둡니다. 아무것도 처리하지 않습니다.",
                    "Refuses what waits for a second person, or takes back what one asked for. Nothing is done."),
                fields: [
                    Field("request", Words("요청", "Request"), .reference(kind: "request", source: nil)),
                    Field("why", Words("사유", "Why"), .text(maximum: 300)),
                ], permission: .signedIn)
        ) { ask, tables in
            let (id, request) = try openRequest(ask, in: tables)
            let isOwn = request.author == ask.caller.author
            if !isOwn {
                guard case .secondPerson(let roles) = forms[request.command]?.confirmation else {
                    throw Refusal.noRequest
                }
                try District.allow(.roles(roles), ask.caller)
            }
            return [
                Draft(
                    refused, stream: "request/\(id)", scope: request.scope,
                    payload: [
                        "request": .string(id.description), "why": .string(ask.values.text("why")),
                        "own": .bool(isOwn),
                    ])
            ]
        }
    }
}

/// The request that a form names, while it waits and whoever asks may see it.
private func openRequest(
    _ ask: Ask, in tables: any Reader
) throws -> (id: Identifier, request: FrameTables.OpenRequest) {
    guard let id = Identifier(ask.values.text("request")),
        let request = try FrameTables.openRequest(id, in: tables),
        try ask.tenant.sees(request.scope)
    else { throw Refusal.noRequest }
    return (id, request)
}

extension Refusal {
    /// No such request waits for a second person.
    static let noRequest = Refusal(
        .notFound, "request.unknown", Words("기다리는 요청이 없습니다.", "No such request is waiting."))
}
