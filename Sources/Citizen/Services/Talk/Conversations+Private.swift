import Access
import District
import Record

extension Conversations {
    /// What a private conversation begins with.
    enum Confided {
        /// It goes on; this is answered.
        case opened(JSON)
        /// The room has no more to say than this, and nothing was private yet.
        case closed(Input.Result)
    }

    /// Goes on in private: under a code of its own, so that nothing tells that the conversation before came to this.
    func confide(
        _ intent: String, _ values: [String: JSON], _ request: TurnRequest, _ caller: Caller, after step: Step,
        in spine: Spine
    ) async throws -> Confided {
        guard await counts(in: spine.district) else { return .closed(.answered(.unavailable)) }
        let (code, now) = (Secret.code(), spine.district.clock())
        var line = PrivateLine(
            intent: intent, values: values, caller: caller.author.text, name: Secret.code(), last: now, said: Said(),
            slowness: step.dialogue.slowness)
        var said = step.said
        said.lines.append(replies.text(.confided, [:], request.language))
        let (told, isOver) = await ask(line, "", by: caller, request.language, in: spine)
        guard !isOver else { return .closed(.answered(.said(told.text, fields: [:]))) }
        said.lines += told.lines
        line.said = told
        line.answer = try await answer(line, code, said, false, request.language, in: spine)
        try privates.open(line, code: code)
        return .opened(line.answer)
    }

    /// A turn of a private conversation.
    /// - Returns: what is answered; nil where the code opens none.
    func confided(
        _ code: String, _ request: TurnRequest, by caller: Caller, in spine: Spine
    ) async throws -> JSON? {
        let now = spine.district.clock()
        switch privates.take(code, request.turn, caller: caller.author.text, at: now) {
        case .none: return nil
        case .answered(let answer): return answer
        case .refused(let refusal): throw refusal
        case .taken(var line):
            do {
                line.turn += 1
                line.last = now
                if let slowness = request.slowness { line.slowness = slowness }
                let (said, isOver) = try await hear(request, &line, by: caller, in: spine)
                line.answer = try await answer(line, code, said, isOver, request.language, in: spine)
                privates.put(isOver ? nil : line, code: code)
                return line.answer
            } catch {
                privates.put(nil, code: code)
                throw error
            }
        }
    }

    /// What works everywhere is heard first, and the rest is the room's alone to hear.
    private func hear(
        _ request: TurnRequest, _ line: inout PrivateLine, by caller: Caller, in spine: Spine
    ) async throws -> (Said, isOver: Bool) {
        func tell(_ key: Replies.Key, then more: Said? = nil) -> Said {
            Said(lines: [replies.text(key, [:], request.language)] + (more?.lines ?? []))
        }
        guard try await spine.district.standing(of: use) == .runs else { return (tell(.stopped), true) }
        guard case .said(let utterance) = request.input, !utterance.text.allSatisfy(\.isWhitespace) else {
            return (line.said, false)
        }
        switch try machine(in: spine).ear.always(utterance, { [] }) {
        case .emergency:
            spine.gauges.add("slipway_citizen_emergencies_total", labels: "")
            guard let alarm = try alarm(utterance.text, request.language, in: spine) else { break }
            return (Said(lines: [alarm.text], links: alarm.links), false)
        case .again: return (line.said, false)
        case .slower:
            let key: Replies.Key = line.slowness < 2 ? .slower : .slowest
            line.slowness = min(2, line.slowness + 1)
            return (tell(key, then: line.said), false)
        case .person: return (tell(.confidedPerson, then: line.said), false)
        case .cancel: return (tell(.confidedLeft), true)
        case .help, .restart, nil: break
        }
        let (said, isOver) = await ask(line, utterance.text, by: caller, request.language, in: spine)
        line.said = said
        return (said, isOver)
    }

    /// Puts what was said to the room, and says what it answers.
    private func ask(
        _ line: PrivateLine, _ text: String, by caller: Caller, _ language: Language, in spine: Spine
    ) async -> (Said, isOver: Bool) {
        var values = line.values
        values[PrivateLine.line] = .string(line.name)
        if !text.isEmpty { values[PrivateLine.said] = .string(text) }
        do {
            return (Said(lines: [try await spine.answer(line.intent, values, by: caller)[language]]), true)
        } catch let refusal as Refusal {
            guard refusal.kind == .invalid, let fault = refusal.faults.first, fault.field == PrivateLine.said else {
                return (Said(lines: [refusal.words[language]]), refusal.kind != .unavailable)
            }
            return (Said(lines: [fault.words[language]]), false)
        } catch {
            // What went wrong is told, never what was said.
            spine.district.report("a room could not answer in private", error)
            return (Said(lines: [replies.text(.confidedBroken, [:], language)]), false)
        }
    }

    private func answer(
        _ line: PrivateLine, _ code: String, _ said: Said, _ isOver: Bool, _ language: Language, in spine: Spine
    ) async throws -> JSON {
        var dialogue = Dialogue(language)
        dialogue.phase = isOver ? .ended : .filling
        dialogue.slowness = line.slowness
        let notice = try await notice(in: spine.district)
        let json = TurnAnswer.json(code: code, line.turn, dialogue, said, notice: notice)
        // Gateways keep nothing of it, and no voice of somebody else's reads it aloud.
        return .object((json.members ?? [:]).merging(["private": true]) { $1 })
    }

    static let busy = Refusal(
        .conflict, "turn.busy", Words("앞의 말씀을 아직 처리하고 있습니다.", "The turn before is still being dealt with."))
}
