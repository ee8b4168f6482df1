import Access
import District
import HTTPTypes
import Record
import Store
import Web

/// One call of a tool that changes something: first what will be done is shown, then a yes, then one commit.
struct MCPCommit: Sendable {
    let tool: String
    let form: Form
    let message: MCPMessage
    let visit: Visit
    /// What becomes of what is asked of the city.
    let services: CityServices

    private var district: District { visit.spine.district }

    /// The tool's answer.
    /// - Throws: ``Refusal``, which the tool answers with; ``MCPFault`` where the state is not what was given out.
    func answer(_ arguments: [String: JSON]) async throws -> JSON {
        let values = try form.check(arguments)
        let hash = ContentHash.sha256(JSON.object(values.members).canonical)
        let check = MCPCheck(form, visit.caller)
        guard check != .none else {
            return try await commit(
                values, by: visit.caller, key: visit.headers[Self.idempotencyKey], correlation: nil)
        }
        guard let carried = message.params["requestState"] else { return try await ask(values, hash, check) }
        let state = try await open(carried)
        try state.check(tool: tool, token: token, arguments: hash, at: visit.now)
        if let consent = state.consent { return try await resume(state, consent, values, carried.text ?? "") }
        guard check == .elicitation else { throw MCPState.broken }
        switch MCPAnswer(message.params["inputResponses"]?["confirm"], needsTick: true) {
        case .none:
            return MCPResult.asks("confirm", try await formParams(values, link: nil), state: carried.text ?? "")
        case .no: return MCPResult.declined(visit.language)
        case .yes: return try await commit(values, by: visit.caller, key: state.key, correlation: nil)
        }
    }

    /// The token that asks.
    private var token: String {
        guard case .token(let id) = visit.caller.identity else { return "" }
        return id
    }

    // MARK: - The first call

    private func ask(_ values: FormValues, _ hash: String, _ check: MCPCheck) async throws -> JSON {
        let expires = visit.now.advanced(bySeconds: MCPState.life)
        let nonce = Secret.code()
        guard check == .consent else {
            guard message.showsForms else { throw MCPFault.capability(["elicitation": ["form": .object([:])]]) }
            let state = MCPState(
                nonce: nonce, tool: tool, token: token, arguments: hash, expires: expires, consent: nil)
            return MCPResult.asks("confirm", try await formParams(values, link: nil), state: try await seal(state))
        }
        guard message.showsForms || message.opensAddresses else {
            throw MCPFault.capability(["elicitation": ["url": .object([:])]])
        }
        try District.allow(form.permission, visit.caller)
        let consent = try await MCPConsents(district: district).ask(
            form, values, arguments: hash, token: token, until: expires, by: visit.caller)
        let state = MCPState(
            nonce: nonce, tool: tool, token: token, arguments: hash, expires: expires, consent: consent)
        return try await asksConsent(consent, values, state: try await seal(state))
    }

    private func asksConsent(_ consent: String, _ values: FormValues, state: String) async throws -> JSON {
        let link = "\(visit.site)/citizen/consents/\(consent)"
        guard message.opensAddresses else {
            return MCPResult.asks("consent", try await formParams(values, link: link), state: state)
        }
        let words = Words(
            "아래 주소에서 내용을 보고 직접 '네'라고 답해야 처리됩니다.",
            "It is done only after you have read it and said yes at this address.")
        return MCPResult.asks(
            "consent",
            [
                "mode": "url", "url": .string(link),
                "message": .string(
                    "\(try await readBack(values))\n\n\(words[visit.language])"
                ),
            ], state: state)
    }

    private func readBack(_ values: FormValues) async throws -> String {
        let names = try await ReadBack.names(form, values.members, for: visit.caller, in: district)
        return ReadBack(form, values.members, visit.language, names: names).text(visit.language)
    }

    private func formParams(_ values: FormValues, link: String?) async throws -> JSON {
        var text = try await readBack(values)
        if let link {
            text +=
                "\n\n"
                + Words("이 주소에서 직접 '네'라고 답한 뒤 확인을 눌러 주세요: \(link)", "Say yes at \(link) first, then confirm here.")[
                    visit.language]
        }
        return [
            "mode": "form", "message": .string(text),
            "requestedSchema": [
                "type": "object", "required": ["confirmed"],
                "properties": [
                    "confirmed": [
                        "type": "boolean",
                        "title": .string(Words("네, 그대로 처리합니다", "Yes, do exactly this")[visit.language]),
                    ]
                ],
            ],
        ]
    }

    // MARK: - The retry

    private func resume(
        _ state: MCPState, _ id: String, _ values: FormValues, _ carried: String
    ) async throws -> JSON {
        let consent = try await district.store.read { try ConsentTable.find(id, in: $0) }
        guard let consent, consent.token == token, consent.command == form.name,
            consent.arguments == state.arguments
        else { throw MCPState.broken }
        switch consent.state {
        case .refused, .withdrawn: return MCPResult.declined(visit.language)
        case .waiting:
            guard MCPAnswer(message.params["inputResponses"]?["consent"], needsTick: false) != .no else {
                try await MCPConsents(district: district).withdraw(consent, by: visit.caller)
                return MCPResult.declined(visit.language)
            }
            // An accepted elicitation says that somebody was shown the address, not that they agreed.
            return try await asksConsent(id, values, state: carried)
        case .given:
            guard let giver = consent.giver,
                let person = try await district.store.read({ try Directory.caller(giver, in: $0) })
            else {
                throw Refusal(
                    .conflict, "consent.person-gone",
                    Words("허락한 사람이 더 이상 활동하지 않습니다.", "Whoever allowed this is no longer active."))
            }
            // The person read it and said yes: it is their act, with their rights of now, and the trace names the
            // program that asked.
            return try await commit(values, by: person, key: state.key, correlation: consent.correlation)
        }
    }

    private func commit(
        _ values: FormValues, by caller: Caller, key: String?, correlation: Identifier?
    ) async throws -> JSON {
        let outcome = try await district.perform(
            form.name, values.members, by: caller, key: key, correlation: correlation, confirmed: true)
        let receipt = await services.receipt(of: outcome, in: visit.spine, within: Self.patience)
        return MCPResult.done(form, outcome.json, receipt, visit.language)
    }

    // MARK: - What the client carries

    private func seal(_ state: MCPState) async throws -> String {
        let now = visit.now
        let (id, seal) = try await district.store.write { try MCPKeyTable.current(at: now, in: $0) }
        return "\(id).\(seal.sealed(state.json.canonical))"
    }

    private func open(_ carried: JSON) async throws -> MCPState {
        guard let text = carried.text, text.utf8.count <= 4096, let dot = text.firstIndex(of: ".") else {
            throw MCPState.broken
        }
        let now = visit.now
        let keys = try await district.store.read { try MCPKeyTable.keys(at: now, in: $0) }
        guard let key = keys.first(where: { $0.id == text[..<dot] }),
            let bytes = key.seal.opened(String(text[text.index(after: dot)...])),
            let json = try? JSON(parsing: bytes), let state = MCPState(json)
        else { throw MCPState.broken }
        return state
    }

    /// How long a city's system is waited for before its answer is called unknown.
    private static let patience = Duration.seconds(3)
    private static let idempotencyKey = HTTPField.Name("Idempotency-Key") ?? .ifMatch
}

/// What a client's user answered to an elicitation.
enum MCPAnswer: Sendable, Hashable {
    case none, yes, no

    /// - Parameter needsTick: whether `accept` alone is no yes: the box must be ticked too.
    init(_ response: JSON?, needsTick: Bool) {
        switch response?["action"]?.text {
        case nil: self = .none
        case "accept" where !needsTick || response?["content"]?["confirmed"] == true: self = .yes
        default: self = .no
        }
    }
}
