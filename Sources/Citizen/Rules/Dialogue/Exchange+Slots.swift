import District
import Foundation
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
        if intent.kind == .command, objects(to: intent) { return }
        if let slot = missing { return ask(slot) }
        switch intent.kind {
        case .command: readBack()
        case .lookup where intent.isPrivate:
            d.phase = .asking
            effects.append(.confide(intent: intent.name, values: values))
        case .lookup:
            d.phase = .asking
            effects.append(.ask(intent: intent.name, values: asked(intent)))
        case .launch:
            d.phase = .asking
            effects.append(.launch(intent: intent.name, values: values))
        }
    }

    /// Whether something is held against what is known: it is said at once, and asked again.
    private mutating func objects(to intent: Intent) -> Bool {
        let faults = ear.objections(intent.name, values, world.now)
        let known = intent.slots.filter { d.answers[$0.name] != nil }
        let broken = faults.compactMap { fault in known.first { $0.name == fault.field }.map { (fault, $0) } }
        guard let (fault, slot) = broken.first else { return false }
        trace.heard.append("impossible:\(slot.name)")
        for fault in faults { d.answers[fault.field] = nil }
        d.readBack = [:]
        settle()
        say(fault.words)
        ask(slot)
        return true
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
            let claimed = isAsked ? [] : others.filter { $0.names(like: slot) }.compactMap { spans[$0.name] }
            guard isAsked || near != nil || !Self.isText(slot.kind), isAsked || applies(slot) else { continue }
            switch repaired(ear.hear(utterance, slot, place(of: slot, isAsked: isAsked, near: near)), slot, utterance) {
            case .value(let filled):
                if !isAsked, case .address = slot.kind, Self.isVague(filled.evidence) { continue }
                guard isAsked || near != nil || !used.contains(where: { $0.overlaps(filled.span) }) else { continue }
                // What stands where the sentence has another slot of the kind is that one's: where it goes is not whence.
                guard near?.overlaps(filled.span) == true || !claimed.contains(where: { $0.overlaps(filled.span) })
                else { continue }
                d.answers[slot.name] = note(filled, slot.name)
                used.append(filled.span)
                took = true
            case .unclear(let options):
                guard let first = options.first, unclear == nil,
                    isAsked || near != nil || !used.contains(where: { $0.overlaps(first.span) }),
                    near?.overlaps(first.span) == true || !claimed.contains(where: { $0.overlaps(first.span) })
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
    static func isText(_ kind: Slot.Kind) -> Bool {
        if case .text = kind { return true }
        return false
    }

    mutating func hearSlot(_ utterance: Utterance) {
        guard let slot = intent?.slots.first(where: { $0.name == d.asking }) else { return proceed() }
        if intent?.kind == .lookup, Self.lets(utterance) { return cancel() }
        if !Self.isFree(slot.kind) || ear.assent(utterance) == .unclear, isCorrected(by: utterance) { return }
        // Whatever is said may be free words; a phone number is no other wish, however it sounds.
        if Self.isFree(slot.kind), isOther(utterance, from: isProse(slot) ? Self.plainly : Self.topic) { return }
        let before = d.answers.count
        let took = take(utterance, asked: slot)
        tellsThings(beside: slot, utterance)
        if d.phase == .clarifying { return progress() }
        if !took, helpsWithoutNumber(utterance) { return }
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
        if slot.name == d.asking, let match = ear.understand(utterance, world.allows).only, match.intent == d.intent {
            take(utterance, asked: nil, spans: match.spans)
            if d.answers.count > before || d.phase == .clarifying {
                progress()
                return d.phase == .clarifying ? () : proceed()
            }
        }
        // What is known said once more is no misunderstanding.
        if repeatsKnown(utterance) { return ask(slot) }
        if fail() { return }
        say(.notUnderstood)
        ask(slot)
    }

    /// Whether a value that is known was said again.
    private func repeatsKnown(_ utterance: Utterance) -> Bool {
        known.contains { slot, before in
            guard case .choice = slot.kind, utterance.text.count <= 20,
                case .value(let filled) = ear.hear(utterance, slot, place(of: slot, isAsked: true))
            else { return false }
            return Dialogue.Answer(filled).value == before.value
        }
    }

    /// Words that join things.
    private static let joints = ["하고 ", "이랑 ", "랑 ", "와 ", "과 ", "그리고 ", " and ", ", "]

    /// `두 개요 침대하고 장롱`, where only a number was asked: the things are told anew with it, and none may be lost.
    private mutating func tellsThings(beside asked: Slot, _ utterance: Utterance) {
        guard case .integer = asked.kind, let number = d.answers[asked.name], d.phase == .filling,
            utterance[number.from..<number.to] == number.evidence
        else { return }
        let characters = Array(utterance.text)
        let rests = [characters[number.to...], characters[..<number.from]].map { part in
            String(part).trimmingPrefix { "요이 ,.".contains($0) }
        }
        for (slot, before) in known where Self.isText(slot.kind) && slot.required {
            guard let value = before.json.text,
                let rest = rests.first(where: { rest in Self.joints.contains { rest.contains($0) } }),
                case .value(let filled) = ear.hear(
                    Utterance(String(rest), d.language), slot, place(of: slot, isAsked: true)),
                let told = filled.value.text, told != value
            else { continue }
            trace.heard.append("change:\(slot.name)")
            let start = utterance.text.range(of: told).map {
                utterance.text.distance(from: utterance.text.startIndex, to: $0.lowerBound)
            }
            guard let start else { continue }
            let whole = Filled(
                value: filled.value, spoken: filled.spoken, span: start..<start + told.count, evidence: told)
            d.answers[slot.name] = note(whole, slot.name)
            say(.corrected, ["label": slot.label[d.language], "value": filled.spoken[d.language]])
        }
    }

    // MARK: what could be several things

    mutating func askOption() {
        guard let first = d.options.first, let slot = intent?.slots.first(where: { $0.name == d.asking }) else {
            return proceed()
        }
        d.phase = .clarifying
        let spoken = withDay(first.spoken, slot)[d.language]
        say(d.options.count > 1 ? .clarify : .clarifyLast, ["first": spoken, "label": slot.label[d.language]])
        said.choices = d.options.count > 1 ? d.options.prefix(3).map { $0.spoken[d.language] } : []
        if d.options.count == 1 { offerYesNo() }
    }

    /// A time with the day it is for, where that is known: `11월 25일 수요일 오후 두 시`.
    private func withDay(_ spoken: Words, _ slot: Slot) -> Words {
        guard case .time = slot.kind else { return spoken }
        let days = known.filter { if case .day = $0.slot.kind { true } else { false } }
        guard days.count == 1, let day = days.first?.known.spoken else { return spoken }
        return Words("\(day.ko) \(spoken.ko)", "\(day.en), \(spoken.en)")
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
            // An answer to a question that comes later is one; this one is asked again.
            if takesBeside(utterance) { return askOption() }
            if isOther(utterance) { return }
        }
        if fail() { return }
        askOption()
    }

    /// Takes what was said for other slots while one is being clarified: a name and a number in answer to a day.
    private mutating func takesBeside(_ utterance: Utterance) -> Bool {
        let (asking, options) = (d.asking, d.options)
        var used: [Range<Int>] = []
        // A number first, so that the name is what is left.
        let open = (intent?.slots ?? []).filter {
            $0.name != asking && d.answers[$0.name] == nil && applies($0) && !Self.isText($0.kind)
                && !Self.isFlag($0.kind)
        }.sorted { Self.isPhone($0.kind) && !Self.isPhone($1.kind) }
        var took = false
        for slot in open {
            var isName = false
            if case .name = slot.kind { isName = true }
            // A place is asked; a name may be told bare.
            if case .address = slot.kind { continue }
            let heard = ear.hear(isName ? without(used, utterance) : utterance, slot, place(of: slot, isAsked: isName))
            guard slot.required || isName, case .value(let filled) = heard else { continue }
            d.answers[slot.name] = note(filled, slot.name)
            used.append(filled.span)
            took = true
        }
        (d.asking, d.options) = (asking, options)
        if took { progress() }
        return took
    }

    private static func isPhone(_ kind: Slot.Kind) -> Bool {
        if case .phone = kind { return true }
        return false
    }

    /// What was said with some of it silent; every character keeps its place.
    private func without(_ spans: [Range<Int>], _ utterance: Utterance) -> Utterance {
        var characters = Array(utterance.text)
        for span in spans { for index in span where characters.indices.contains(index) { characters[index] = " " } }
        return Utterance(String(characters), d.language)
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
