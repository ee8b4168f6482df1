import Access
import District
import Record
import Store

/// Asks people for their yes in a program's behalf.
struct MCPConsents: Sendable {
    let district: District

    /// Records that a program asks, in whose name, for what; until when it waits.
    /// - Returns: its code.
    func ask(
        _ form: Form, _ values: FormValues, arguments: String, token: String, until expires: Timestamp,
        by caller: Caller
    ) async throws -> String {
        let now = district.clock()
        let (maker, waiting) = try await district.store.read { reader -> (PersonID?, Int64) in
            let maker = try APITokens.maker(of: token, in: reader).flatMap { author -> PersonID? in
                guard case .person(let person) = author else { return nil }
                return person
            }
            return (maker, try ConsentTable.waiting(for: maker, at: now, in: reader))
        }
        guard waiting < Consent.most else {
            throw Refusal(
                .tooOften, "consent.many",
                Words(
                    "답을 기다리는 요청이 너무 많습니다. 먼저 답한 뒤 다시 요청해 주세요.",
                    "Too many requests wait for an answer. Please have them answered first."))
        }
        let id = Secret.code()
        var payload: [String: JSON] = [
            "token": .string(token), "program": .string(caller.name ?? token), "command": .string(form.name),
            "arguments": .string(arguments), "expires": .string(expires.description),
        ]
        if let maker { payload["person"] = .string(maker.rawValue) }
        let subject = maker ?? PersonID("consent-\(id)")
        try await district.record(
            [
                Draft(
                    ConsentTable.asked, stream: "consent/\(id)", scope: maker.map { .person($0) } ?? .zone,
                    payload: payload,
                    personal: ["values": PersonalContent(of: subject, .object(values.members))])
            ], origin: Origin(author: caller.author))
        return id
    }

    /// Records that the program does not want it any more.
    func withdraw(_ consent: Consent, by caller: Caller) async throws {
        try await district.record(
            [
                Draft(
                    ConsentTable.withdrawn, stream: "consent/\(consent.id)", scope: consent.scope,
                    payload: ["command": .string(consent.command)], answers: consent.event)
            ], origin: Origin(author: caller.author))
    }

    /// What a program asked for; nil where it has been forgotten.
    func values(of consent: Consent) async throws -> [String: JSON]? {
        let district = district
        return try await district.store.read { reader in
            guard let event = try district.log.event(consent.event, in: reader) else { return nil }
            let values = try district.payload(of: event, in: reader)["values"]?.members
            return values?["erased"] == true ? nil : values
        }
    }
}
