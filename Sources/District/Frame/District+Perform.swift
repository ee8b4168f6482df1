public import Access
public import Record
import Store

extension District {
    /// Does what is asked, once.
    ///
    /// - Parameters:
    ///   - name: the command.
    ///   - entered: the values, as text from a web form or typed from JSON.
    ///   - caller: who asks.
    ///   - key: an idempotency key of the caller's making; the same key with the same values gives the first answer again.
    ///   - correlation: what this belongs to; a new one where nil.
    ///   - confirmed: whether the caller has had the values read back and said yes.
    ///   - offline: what a phone says of when this was filled in, where it was without a connection.
    ///   - means: the use of AI by whose help it is asked: it must stand in the very transaction that does it, and what is
    ///     done is counted as one act of it.
    /// - Throws: ``Refusal``; `StoreError` where the database fails.
    public func perform(
        _ name: String, _ entered: [String: JSON], by caller: Caller, key: String? = nil,
        correlation: Identifier? = nil, confirmed: Bool = false, offline: Ask.Offline? = nil, means: AIUse? = nil
    ) async throws -> Outcome {
        guard let command = plan.commands[name] else {
            throw Refusal(.notFound, "command.unknown", Words("그런 명령이 없습니다.", "There is no such command."))
        }
        try Self.allow(command.form.permission, caller)
        let values = try (try await offered(name) ?? command.form).check(entered)
        if command.form.confirmation == .readBack, !confirmed {
            try await foresee(command, values, caller)
            throw Refusal(
                .needsConfirmation, "command.read-back",
                Words("내용을 확인한 뒤 다시 보내 주세요.", "Please confirm what was read back."))
        }
        if let key, key.isEmpty || key.utf8.count > 200 {
            throw Refusal(
                .invalid, "key.length",
                Words("중복 방지 키는 1~200바이트여야 합니다.", "An idempotency key has 1 to 200 bytes."))
        }
        let request = Request(
            command: command, values: values, caller: caller, key: key,
            correlation: correlation ?? Identifier(at: clock()), offline: offline, means: means)
        let place = try await admit(command.form, caller, key)
        let (ledger, plan, now) = (ledger, plan, clock)
        do {
            let (events, outcome) = try await store.write { try request.run(ledger, plan, now(), in: $0) }
            if outcome.repeated, let place { anonymous.leave(place) }
            tell(events)
            return outcome
        } catch {
            // Of an unknown outcome it may well be that something was written.
            if let place, (error as? StoreError)?.code != .outcomeUnknown { anonymous.leave(place) }
            throw error
        }
    }

    /// Whether it would be refused once it is confirmed: nobody says yes to what cannot be. Of somebody unknown it is not
    /// asked beforehand, for what they try is counted where it is done.
    private func foresee(_ command: Command, _ values: FormValues, _ caller: Caller) async throws {
        guard caller.isKnown else { return }
        let ask = Ask(values: values, caller: caller, now: clock(), cosigner: nil, offline: nil)
        _ = try await store.read { try command.decide(ask, $0) }
    }

    /// What a command takes its optional fields to be that were left out, for whoever may ask for it.
    public func assumed(_ name: String, _ entered: [String: JSON], by caller: Caller) async throws -> [String: JSON] {
        guard let command = plan.commands[name], caller.isKnown else { return [:] }
        try Self.allow(command.form.permission, caller)
        let values = try (try await offered(name) ?? command.form).check(entered)
        let ask = Ask(values: values, caller: caller, now: clock(), cosigner: nil, offline: nil)
        return try await store.read { try command.assume(ask, $0) }.filter { values[$0.key] == nil }
    }

    /// Counts what somebody unknown sends over the network; what was done before under its key costs nothing again.
    /// - Throws: ``Refusal`` with kind `tooOften`.
    private func admit(_ form: Form, _ caller: Caller, _ key: String?) async throws -> AnonymousBound.Place? {
        guard !caller.isKnown, !form.hasOwnBound, let address = Arrival.address else { return nil }
        do throws(Refusal) {
            return try anonymous.enter(form.name, from: address, at: clock())
        } catch {
            guard let key, try await answered(key, to: form.name, by: caller) != nil else { throw error }
            return nil
        }
    }

    /// Whether a caller may.
    /// - Throws: ``Refusal`` with kind `unauthenticated` or `forbidden`.
    public static func allow(_ permission: Permission, _ caller: Caller) throws(Refusal) {
        do throws(AccessError) {
            try permission.check(caller)
        } catch {
            throw Refusal(error)
        }
    }
}

/// A checked request, on its way through one transaction.
private struct Request: Sendable {
    let command: Command
    let values: FormValues
    let caller: Caller
    let key: String?
    let correlation: Identifier
    let offline: Ask.Offline?
    let means: AIUse?

    func run(_ ledger: Ledger, _ plan: Plan, _ now: Timestamp, in transaction: any Writer) throws -> ([Event], Outcome)
    {
        let who = FrameTables.who(caller, key: key, form: command.form)
        // A hash, for the values may be about a person and this table forgets nobody.
        let fingerprint = TreeHash.leaf(JSON.object(values.members).canonical).description
        if let key, let before = try FrameTables.answered(who, key, in: transaction) {
            guard try before.text("command") == command.form.name, try before.text("fingerprint") == fingerprint,
                let outcome = Outcome(stored: try JSON(parsing: try before.text("outcome")))
            else {
                throw Refusal(
                    .conflict, "key.reused",
                    Words("같은 중복 방지 키로 다른 내용을 보냈습니다.", "This idempotency key was used for something else."))
            }
            return ([], outcome)
        }
        if let means, let refusal = try ledger.standing(of: means.id, in: transaction).refusal { throw refusal }
        let drafts = try decide(command, now, in: transaction)
        // Protected from colleagues, and from whoever is handed an export: only the vault knows who asked.
        let author = command.form.isConfidential ? Author.system("confidential") : caller.author
        let origin = Origin(author: author, correlation: correlation)
        var events = try ledger.settle(drafts, origin: origin, in: transaction)
        if command.form.name == "district.request.sign" {
            events += try sign(ledger, plan, now, signature: events.first, in: transaction)
        }
        let outcome = Outcome(
            correlation: events.first?.correlation ?? correlation,
            events: events.map { Outcome.Recorded(id: $0.id, type: $0.type, stream: $0.stream) }, repeated: false)
        if let key {
            try FrameTables.remember(
                who, key, command: command.form.name, fingerprint: fingerprint, outcome: outcome.json, at: now,
                in: transaction)
        }
        if let means, let act = events.first {
            let acted = AIUseActed(means.id, act: act.id).draft
            let origin = Origin(author: author, correlation: act.correlation, cause: act.id)
            events += try ledger.settle([acted], origin: origin, in: transaction)
        }
        return (events, outcome)
    }

    private func decide(_ command: Command, _ now: Timestamp, in reader: any Reader) throws -> [Draft] {
        let drafts = try command.decide(
            Ask(values: values, caller: caller, now: now, cosigner: nil, offline: offline), reader)
        guard case .secondPerson = command.form.confirmation else { return drafts }
        if case .token = caller.identity {
            throw Refusal(
                .forbidden, "request.person-needed",
                Words("두 사람의 서명이 필요한 일은 사람이 요청해야 합니다.", "What two people sign must be asked for by a person."))
        }
        // Decided now so that a request nobody could grant is refused at once; done when the second person signs.
        let id = Identifier(at: now)
        let personal = Set(command.form.fields.filter(\.holdsPersonal).map(\.name))
        let content = values.members.filter { personal.contains($0.key) }
        return [
            Draft(
                "district.request.opened", stream: "request/\(id)", scope: drafts.first?.scope ?? .zone,
                payload: [
                    "request": .string(id.description), "command": .string(command.form.name),
                    "values": .object(values.members.filter { !personal.contains($0.key) }),
                ],
                personal: content.isEmpty
                    ? [:]
                    : ["personal": PersonalContent(of: caller.person ?? PersonID("request-\(id)"), .object(content))])
        ]
    }

    /// Runs the command whose request was just signed, in the name of who asked first.
    private func sign(
        _ ledger: Ledger, _ plan: Plan, _ now: Timestamp, signature: Event?, in transaction: any Writer
    ) throws -> [Event] {
        guard let signature, let id = Identifier(values.text("request")),
            let opened = try ledger.log.events(inStream: "request/\(id)", in: transaction).first,
            let name = opened.payload["command"]?.text, let asked = plan.commands[name],
            case .secondPerson(let roles) = asked.form.confirmation, case .person(let signer) = caller.author
        else {
            throw Refusal.noRequest
        }
        try District.allow(.roles(roles), caller)
        let payload = try ledger.log.disclosed(opened, in: transaction)
        let content = payload["personal"]?.members ?? [:]
        guard content["erased"] != true else {
            throw Refusal(
                .conflict, "request.erased",
                Words("요청 내용이 삭제되어 처리할 수 없습니다.", "What was asked for has been erased."))
        }
        let entered = try asked.form.check((payload["values"]?.members ?? [:]).merging(content) { $1 })
        let asker = try asker(opened.author, in: transaction)
        try District.allow(asked.form.permission, asker)
        let drafts = try asked.decide(
            Ask(values: entered, caller: asker, now: now, cosigner: signer, offline: nil), transaction)
        return try ledger.settle(
            drafts, origin: Origin(author: opened.author, correlation: opened.correlation, cause: signature.id),
            in: transaction)
    }

    /// Who asked first, with the rights and the firm they have now.
    private func asker(_ author: Author, in reader: any Reader) throws -> Caller {
        switch author {
        case .system(let part): return .system(part)
        case .person(let id):
            if let caller = try Directory.caller(id, in: reader) { return caller }
        default: break
        }
        throw Refusal(
            .conflict, "request.asker-gone",
            Words("요청한 사람이 더 이상 활동하지 않습니다.", "Whoever asked for this is no longer active."))
    }
}

extension Refusal {
    /// What Access refuses, as a refusal of the frame.
    public init(_ error: AccessError) {
        let kind: Kind =
            switch error.code {
            case .signInRequired, .wrongCredentials: .unauthenticated
            case .forbidden: .forbidden
            case .throttled: .tooOften
            case .weakPassword, .invalid: .invalid
            case .linkNotValid: .notFound
            case .taken: .conflict
            }
        self.init(
            kind, "access.\(error.code.rawValue)", error.words,
            faults: error.field.map { [Fault(field: $0, rule: error.rule, words: error.words)] } ?? [])
    }
}
