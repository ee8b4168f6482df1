import Access
import District
import Record
import Store

extension Conversations {
    /// Does what the machine wants done, and says what came of it.
    func run(_ effect: Effect, _ taken: Taken, _ language: Language, in spine: Spine) async -> Input.Result {
        switch effect {
        case .commit(let intent, let values, let number):
            return await commit(intent, values, number, taken, in: spine)
        case .check(let intent, _, let number):
            do {
                let outcome = try await spine.district.answered(
                    Self.key(taken, number), to: intent, by: taken.caller)
                guard let outcome else { return .notTaken }
                return await result(of: outcome, spine)
            } catch {
                spine.district.report("what became of a citizen's request could not be looked up", error)
                return .receipt(.unconfirmed)
            }
        case .ask(let intent, let values):
            let room = spine.district.inquiries[intent].flatMap { Lookup($0) }
            guard let lookup = lookups[intent] ?? room, await counts(in: spine.district) else {
                return .answered(.unavailable)
            }
            return .answered(await lookup.answer(values, taken.caller, spine, language))
        case .launch(let intent, let values):
            if let launch = launches[intent] { return .link(launch.link(values)) }
            guard let form = spine.district.forms[intent] else { return .answered(.unavailable) }
            return .link(CommandPage.link(form, values))
        case .confide, .handOver, .emergency, .end: return .notTaken
        }
    }

    /// Counts an answer that leaves nothing on the Record as one act of the machine, where it may still act.
    func counts(in district: District) async -> Bool {
        do {
            return try await district.call(use) == .runs
        } catch {
            district.report("an answer could not be counted", error)
            return false
        }
    }

    /// One commit under one key: the dialogue and the number of the read-back that was said yes to.
    private func commit(
        _ intent: String, _ values: [String: JSON], _ number: Int, _ taken: Taken, in spine: Spine
    ) async -> Input.Result {
        do {
            let outcome = try await spine.district.perform(
                intent, values, by: taken.caller, key: Self.key(taken, number), correlation: taken.kept.id,
                confirmed: true, means: use)
            return await result(of: outcome, spine)
        } catch let refusal as Refusal {
            return .refused(refusal)
        } catch let error as StoreError where [.unavailable, .full, .conflict, .closed].contains(error.code) {
            spine.district.report("a citizen's request was not stored", error)
            return .refused(
                Refusal(
                    .unavailable, "store.\(error.code.rawValue)",
                    Words("지금은 접수할 수 없습니다. 접수된 것은 없습니다.", "This cannot be taken now. Nothing was stored.")))
        } catch {
            // It may have been done or not: then nothing is claimed, and nothing is sent again before it is looked up.
            spine.district.report("the outcome of a citizen's request is unknown", error)
            return .receipt(.unconfirmed)
        }
    }

    /// Where a request is seen that was just taken. Its name opens nothing: it leads whoever has just asked to its code.
    func link(to result: Input.Result, _ language: Language, in district: District) async throws -> Said.Link? {
        let number: String
        switch result {
        case .receipt(.number(let told)), .receipt(.kept(let told)): number = told
        default: return nil
        }
        guard let request = try await district.store.read({ try RequestTable.find(number: number, in: $0) }) else {
            return nil
        }
        return Said.Link(
            href: "/citizen/requests/\(request.id)", title: replies.text(.receiptLink, [:], language))
    }

    private func result(of outcome: Outcome, _ spine: Spine) async -> Input.Result {
        if outcome.events.contains(where: { $0.type == "district.request.opened" }) { return .waits }
        return .receipt(await receipt(outcome, spine))
    }

    private static func key(_ taken: Taken, _ number: Int) -> String { "talk-\(taken.kept.id)-\(number)" }

    // MARK: what goes on the Record

    /// Everything that was said so far, masked.
    private func transcript(
        _ kept: DialogueTable.Kept, _ turn: DialogueTable.Turn?, in district: District
    ) async throws -> [HandoverRequested.Content.Line] {
        let before = try await district.store.read { try DialogueTable.turns(of: kept.id, in: $0) }
        return (before + (turn.map { [$0] } ?? [])).flatMap { turn -> [HandoverRequested.Content.Line] in
            let heard = turn.input["text"]?.text ?? turn.input["event"]?.text.map { "(\($0))" } ?? ""
            return [.init(who: "citizen", text: mask(heard)), .init(who: "slipway", text: mask(turn.said))]
        }
    }

    /// Tells the desk. Told again after a crash, the stream's first event stands and this one is refused.
    func handOver(
        _ kept: DialogueTable.Kept, _ reason: HandoverRequested.Reason, _ turn: DialogueTable.Turn, isOpen: Bool,
        in spine: Spine
    ) async throws {
        let district = spine.district
        let state = kept.state
        let request = HandoverRequested(
            id: kept.id.description, dialogue: kept.id.description, reason: reason, intent: state.intent,
            isOpen: isOpen, language: state.language, channel: kept.channel, subject: kept.subject)
        let intents = try machine(in: spine).ear.intents
        let slots = (state.intent.flatMap { intents[$0]?.slots } ?? []).compactMap { slot in
            state.answers[slot.name].map {
                HandoverRequested.Content.Slot(name: slot.name, label: slot.label, value: $0.spoken)
            }
        }
        var draft = request.draft(
            HandoverRequested.Content(
                transcript: try await transcript(kept, turn, in: district), slots: slots,
                phone: phone(of: state, intents), time: isOpen ? nil : state.time))
        draft.expectedVersion = 0
        let speech = try await speech(kept, turn, in: district)
        try await once([draft], [judged(.escalated, kept, speech).draft], kept, in: district)
    }

    /// Where they can be called: the number given for a call, else the one given for what was in hand, so that they can
    /// still be reached when the desk closes.
    private func phone(of state: Dialogue, _ intents: [String: Intent]) -> String? {
        if let given = state.phone?.json.text { return given }
        return (state.intent.flatMap { intents[$0]?.slots } ?? []).lazy.compactMap { slot in
            guard case .phone = slot.kind else { return nil }
            return state.answers[slot.name]?.json.text
        }.first
    }

    /// Tells that the machine did what was asked for, as soon as it has: what it did well is counted by the same clock as
    /// what it handed over.
    func serve(_ kept: DialogueTable.Kept, _ turn: DialogueTable.Turn, in district: District) async throws {
        let ending = Ending(kept.state)
        let id = kept.id.description
        let act =
            ending.outcome == .done ? try await district.store.read { try ActTable.last(of: id, in: $0) } : nil
        let speech = try await speech(kept, turn, in: district)
        try await once(
            [],
            [
                Draft(
                    DeskEvents.served, stream: "dialogue-served/\(kept.id)", scope: .zone,
                    payload: account(of: kept, ending, turn), expectedVersion: 0),
                judged(.kept, kept, speech, act: act).draft,
            ], kept, in: district)
    }

    /// Reports how a conversation ended, once.
    func report(_ kept: DialogueTable.Kept, _ turn: DialogueTable.Turn?, in district: District) async throws {
        var payload = account(of: kept, Ending(kept.state), turn)
        payload["failures"] = .number(Double(kept.state.failures))
        payload["edition"] = .string(use.model)
        payload["intents"] = .array(
            kept.state.closed.map { ["intent": .string($0.intent), "how": .string($0.how.rawValue)] })
        let lines = try await transcript(kept, turn, in: district)
        let content: JSON = .array(lines.map { ["who": .string($0.who), "text": .string($0.text)] })
        try await once(
            [],
            [
                Draft(
                    DeskEvents.ended, stream: "dialogue/\(kept.id)", scope: .zone, payload: payload,
                    personal: ["transcript": PersonalContent(of: kept.subject, content)], expectedVersion: 0)
            ], kept, in: district)
    }

    /// What figures are made of.
    private func account(
        of kept: DialogueTable.Kept, _ ending: Ending, _ turn: DialogueTable.Turn?
    ) -> [String: JSON] {
        var payload: [String: JSON] = [
            "outcome": .string(ending.outcome.rawValue), "turns": .number(Double(max(kept.turn, turn?.number ?? 0))),
            "language": .string(kept.state.tongue), "channel": .string(kept.channel),
        ]
        if let intent = ending.intent { payload["intent"] = .string(intent) }
        if let age = kept.ageGroup { payload["age_group"] = .string(age) }
        return payload
    }

    private func judged(
        _ verdict: AIUseJudged.Verdict, _ kept: DialogueTable.Kept, _ speech: SpeechGroup?, act: Identifier? = nil
    ) -> AIUseJudged {
        var groups = ["language": kept.state.tongue, "channel": kept.channel]
        if let age = kept.ageGroup { groups["age"] = age }
        if let speech { groups["speech"] = speech.rawValue }
        return AIUseJudged(use.id, verdict, act: act, groups: groups)
    }

    /// How somebody spoke, as coarsely as a figure needs it.
    private func speech(
        _ kept: DialogueTable.Kept, _ turn: DialogueTable.Turn?, in district: District
    ) async throws -> SpeechGroup? {
        guard kept.state.language == .ko else { return nil }
        let before = try await district.store.read { try DialogueTable.turns(of: kept.id, in: $0) }
        return SpeechGroup.of((before + (turn.map { [$0] } ?? [])).compactMap { $0.input["text"]?.text })
    }

    /// Records what may be recorded only once, all of it together; where it was before, that stands.
    /// - Parameters:
    ///   - acts: what the machine did; a pilot's cap counts each.
    ///   - facts: what is told beside it, and is no act.
    private func once(
        _ acts: [Draft], _ facts: [Draft], _ kept: DialogueTable.Kept, in district: District
    ) async throws {
        func record(by author: Author) async throws {
            try await district.transact { transaction in
                if !acts.isEmpty { try transaction.record(acts, origin: Origin(author: author, correlation: kept.id)) }
                guard !facts.isEmpty else { return }
                try transaction.record(
                    facts, origin: Origin(author: .system("citizen.talk"), correlation: kept.id))
            }
        }
        do {
            try await record(by: .model(use.id))
        } catch let error as RecordError where error.code == .conflict {
            return
        } catch let refusal as Refusal where refusal.code.hasPrefix("ai.") {
            // It was stopped meanwhile: what happened before stays true, and the desk must hear of it.
            do {
                try await record(by: .system("citizen.talk"))
            } catch let error as RecordError where error.code == .conflict {
                return
            }
        }
    }
}

/// How a conversation ended, all told.
struct Ending: Sendable, Hashable {
    /// What it came to.
    enum Outcome: String, Sendable, Hashable, CaseIterable {
        case done
        case lookedUp = "looked-up"
        case handedOver = "handed-over"
        case abandoned, emergency, refused
    }

    let outcome: Outcome
    let intent: String?

    /// A person before all else, then danger, then what was done.
    init(_ dialogue: Dialogue) {
        intent = dialogue.intent ?? dialogue.closed.last?.intent
        let hows = dialogue.closed.map(\.how)
        outcome =
            if dialogue.phase == .handedOver {
                .handedOver
            } else if dialogue.hadEmergency {
                .emergency
            } else if hows.contains(.done) {
                .done
            } else if hows.contains(.looked) {
                .lookedUp
            } else if hows.contains(.refused) {
                .refused
            } else {
                .abandoned
            }
    }

    /// Whether the machine has done something that was asked for. Of who left, nothing is known.
    static func isServed(_ dialogue: Dialogue) -> Bool {
        dialogue.closed.contains { [.done, .looked].contains($0.how) }
    }
}
