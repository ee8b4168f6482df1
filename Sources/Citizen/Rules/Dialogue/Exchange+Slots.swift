import District
import Record

extension Exchange {
    /// Where and when a slot is heard.
    func place(of slot: Slot, isAsked: Bool, near: Range<Int>? = nil) -> Ear.Place {
        var names: [Named] = []
        if case .reference(let kind) = slot.kind { names = world.names(kind) }
        return Ear.Place(now: world.now, near: near, isAsked: isAsked, names: names)
    }

    /// A value with its evidence, written down.
    mutating func note(_ filled: Filled, _ slot: String) -> Dialogue.Answer {
        trace.filled.append(
            Trace.Entry(
                slot: slot, evidence: filled.evidence, from: filled.span.lowerBound, to: filled.span.upperBound))
        return Dialogue.Answer(filled)
    }

    /// Whether a slot is asked, given what is known.
    func applies(_ slot: Slot) -> Bool {
        guard let condition = slot.condition else { return true }
        guard let answer = d.answers[condition.field] else { return false }
        return (answer.json.text ?? answer.json.canonicalText) == condition.value
    }

    /// What must still be asked.
    var missing: Slot? {
        intent?.slots.first { $0.required && applies($0) && d.answers[$0.name] == nil }
    }

    /// What is known and counts, in the form's order.
    var known: [(slot: Slot, known: Dialogue.Answer)] {
        (intent?.slots ?? []).compactMap { slot in
            guard applies(slot), let answer = d.answers[slot.name] else { return nil }
            return (slot, answer)
        }
    }

    /// The values to send.
    var values: [String: JSON] {
        Dictionary(known.map { ($0.slot.name, $0.known.json) }, uniquingKeysWith: { first, _ in first })
    }

    /// Goes on: the next question, or the read-back, or the service.
    mutating func proceed() {
        guard let intent else {
            d.phase = .idle
            return say(.listening)
        }
        if let slot = missing { return ask(slot) }
        switch intent.kind {
        case .command: readBack()
        case .lookup:
            d.phase = .asking
            effects.append(.ask(intent: intent.name, values: values))
        case .launch:
            d.phase = .asking
            effects.append(.launch(intent: intent.name, values: values))
        }
    }

    /// One question.
    mutating func ask(_ slot: Slot) {
        if d.asking == nil, said.lines.isEmpty, let intent {
            say(.understood, ["title": intent.title[d.language]])
        }
        d.phase = .filling
        d.asking = slot.name
        d.options = []
        say(slot.question)
        switch slot.kind {
        case .choice(let options) where options.count <= 6: said.choices = options.map { $0.label[d.language] }
        case .flag: offerYesNo()
        default: break
        }
    }

    /// Takes what was said for the slots that are not known yet, the asked one first.
    /// - Returns: whether anything came of it: a value, a question back, or that it cannot be.
    @discardableResult
    mutating func take(_ utterance: Utterance, asked: Slot?, spans: [String: Range<Int>] = [:]) -> Bool {
        var used: [Range<Int>] = []
        var (took, unclear): (Bool, (Slot, [Filled])?) = (false, nil)
        let open = (intent?.slots ?? []).filter { $0.name != asked?.name && d.answers[$0.name] == nil }
        // Free words that were asked for are taken whole; nothing else is looked for in them. Beside a name there may be
        // a number.
        let others = asked.map { Self.isText($0.kind) } == true ? [] : open
        for slot in (asked.map { [$0] } ?? []) + others {
            let (isAsked, near) = (slot.name == asked?.name, spans[slot.name])
            guard isAsked || near != nil || !Self.isText(slot.kind), isAsked || applies(slot) else { continue }
            switch repaired(ear.hear(utterance, slot, place(of: slot, isAsked: isAsked, near: near)), slot, utterance) {
            case .value(let filled):
                if !isAsked, case .address = slot.kind, Self.isVague(filled.evidence) { continue }
                guard isAsked || near != nil || !used.contains(where: { $0.overlaps(filled.span) }) else { continue }
                d.answers[slot.name] = note(filled, slot.name)
                used.append(filled.span)
                took = true
            case .unclear(let options):
                guard let first = options.first, unclear == nil,
                    isAsked || near != nil || !used.contains(where: { $0.overlaps(first.span) })
                else { continue }
                unclear = (slot, options)
                used.append(first.span)
            case .impossible(let words) where isAsked || near != nil:
                trace.heard.append("impossible:\(slot.name)")
                say(words)
                if isAsked { return true }
            case .impossible, .nothing: break
            }
        }
        guard let (slot, options) = unclear else { return took }
        d.asking = slot.name
        d.options = options.map { note($0, slot.name) }
        askOption()
        return true
    }

    /// What was heard, as it was put right in the same breath: `공일공 일이삼사… 아니 일이삼오`.
    private func repaired(_ heard: Heard, _ slot: Slot, _ utterance: Utterance) -> Heard {
        guard case .value(let filled) = heard, !Self.isFree(slot.kind) else { return heard }
        let again = ear.correct(utterance, [(slot, Dialogue.Answer(filled))], place(of: slot, isAsked: true))
        return again[slot.name] ?? heard
    }

    /// Whether a place that nobody asked for yet is no address: `집 앞 도로` is asked, `중앙로 12` is taken.
    private static func isVague(_ evidence: String) -> Bool { !evidence.contains(where: \.isNumber) }

    /// Whether anything that is said is such a value.
    static func isFree(_ kind: Slot.Kind) -> Bool {
        switch kind {
        case .text, .name: true
        default: false
        }
    }

    /// Whether it is free words, of which nothing can be told; a name is said to be one (`제 이름은 …`).
    private static func isText(_ kind: Slot.Kind) -> Bool {
        if case .text = kind { return true }
        return false
    }

    mutating func hearSlot(_ utterance: Utterance) {
        guard let slot = intent?.slots.first(where: { $0.name == d.asking }) else { return proceed() }
        if !Self.isFree(slot.kind) || ear.assent(utterance) == .unclear, isCorrected(by: utterance) { return }
        // Whatever is said may be free words; a phone number is no other wish, however it sounds.
        if Self.isFree(slot.kind), isOther(utterance) { return }
        let before = d.answers.count
        let took = take(utterance, asked: slot)
        if d.phase == .clarifying { return progress() }
        if d.answers.count > before {
            progress()
            return proceed()
        }
        // Said, but it cannot be: the reason was given, and the question comes again.
        if took {
            if fail() { return }
            return ask(slot)
        }
        if isOther(utterance) { return }
        if slot.name == d.asking, case .one(let match) = ear.understand(utterance), match.intent == d.intent {
            take(utterance, asked: nil, spans: match.spans)
            if d.answers.count > before || d.phase == .clarifying {
                progress()
                return d.phase == .clarifying ? () : proceed()
            }
        }
        if fail() { return }
        say(.notUnderstood)
        ask(slot)
    }

    // MARK: what could be several things

    mutating func askOption() {
        guard let first = d.options.first, let slot = intent?.slots.first(where: { $0.name == d.asking }) else {
            return proceed()
        }
        d.phase = .clarifying
        if d.options.count > 1 {
            say(.clarify, ["first": first.spoken[d.language], "label": slot.label[d.language]])
        } else {
            say(.clarifyLast, ["first": first.spoken[d.language], "label": slot.label[d.language]])
        }
        said.choices = d.options.count > 1 ? d.options.prefix(3).map { $0.spoken[d.language] } : []
        if d.options.count == 1 { offerYesNo() }
    }

    mutating func hearClarified(_ utterance: Utterance) {
        guard let slot = intent?.slots.first(where: { $0.name == d.asking }) else { return proceed() }
        switch assent(utterance) {
        case .yes:
            d.answers[slot.name] = d.options.first
            d.options = []
            progress()
            return proceed()
        case .no:
            d.options = Array(d.options.dropFirst())
            return d.options.isEmpty ? ask(slot) : askOption()
        case .unclear: break
        }
        if let chosen = Choosing.chosen(utterance.text, of: d.options.map(\.spoken)) {
            trace.heard.append("choice:\(chosen)")
            d.answers[slot.name] = d.options[chosen]
            d.options = []
            progress()
            return proceed()
        }
        switch ear.hear(utterance, slot, place(of: slot, isAsked: true)) {
        case .value(let filled):
            d.answers[slot.name] = note(filled, slot.name)
            d.options = []
            progress()
            return proceed()
        case .unclear(let options) where options.map(Dialogue.Answer.init).map(\.value) != d.options.map(\.value):
            d.options = options.map { note($0, slot.name) }
            return askOption()
        case .impossible(let words):
            say(words)
        default:
            if isOther(utterance) { return }
        }
        if fail() { return }
        askOption()
    }

    // MARK: corrections

    /// Whether what was said changes something that is known (`이십오일 말고 이십육일`); only that changes.
    mutating func isCorrected(by utterance: Utterance) -> Bool {
        if d.isInDoubt {
            check()
            return true
        }
        let known = known
        guard !known.isEmpty else { return false }
        var lines: [(Slot, Dialogue.Answer)] = []
        for (slot, before) in known {
            let heard = ear.correct(utterance, [(slot, before)], place(of: slot, isAsked: false))
            switch heard[slot.name] {
            case .value(let filled):
                let answer = note(filled, slot.name)
                guard answer.value != before.value else { continue }
                d.answers[slot.name] = answer
                lines.append((slot, answer))
            case .unclear(let options) where !options.isEmpty:
                trace.heard.append("correction:\(slot.name)")
                d.asking = slot.name
                d.options = options.map { note($0, slot.name) }
                progress()
                askOption()
                return true
            case .impossible(let words):
                say(words)
                goOnAfterCorrection()
                return true
            default: continue
            }
        }
        guard !lines.isEmpty else { return false }
        progress()
        for (slot, answer) in lines {
            trace.heard.append("correction:\(slot.name)")
            say(.corrected, ["label": slot.label[d.language], "value": answer.spoken[d.language]])
        }
        goOnAfterCorrection()
        return true
    }

    /// A value that was changed was never read back, and was never sent: it goes under a number of its own.
    private mutating func goOnAfterCorrection() {
        d.readBack = [:]
        settle()
        proceed()
    }
}
