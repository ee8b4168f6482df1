import District
import Record

extension Exchange {
    /// Reads everything back and asks for a yes to exactly that.
    mutating func readBack() {
        guard let intent else { return proceed() }
        d.phase = .confirming
        d.asking = nil
        d.options = []
        d.readBack = known.reduce(into: [:]) { $0[$1.slot.name] = $1.known.value }
        // A number under which nothing was taken is used again.
        if d.pending == nil { d.readBacks += 1 }
        let pairs = known.map { Said.Pair(label: $0.slot.label[d.language], value: $0.known.spoken[d.language]) }
        let joint = d.language == .ko ? " " : ": "
        let list = pairs.map { "\($0.label)\(joint)\($0.value)" }.joined(separator: d.language == .ko ? ", " : "; ")
        say(.readBack, ["title": intent.title[d.language]])
        if !list.isEmpty { say(Words("\(list).", "\(list).")) }
        say(.readBackQuestion)
        said.readBack = pairs
        offerYesNo()
    }

    /// The only way to a commit: a yes, given as the answer to the read-back of exactly these values.
    mutating func hearConfirmed(_ utterance: Utterance) {
        if changed(by: utterance) { return }
        switch assent(utterance) {
        // `네 그…` goes on: a yes that trails off is not one to commit on.
        case .yes where !Self.trailsOff(utterance):
            if isAmbiguous(utterance) { return }
            commit()
        case .no:
            progress()
            askChange()
        case .yes, .unclear:
            if isOther(utterance) || isAmbiguous(utterance) { return }
            // Nothing that was said since counts as read back: the next yes is to a new read-back.
            d.readBack = [:]
            if let slot = valueCalled(in: utterance) {
                trace.heard.append("change:\(slot.name)")
                progress()
                settle()
                d.answers[slot.name] = nil
                return ask(slot)
            }
            if fail() { return }
            say(.notUnderstood)
            guard Self.soundsLikeChange(utterance) else { return readBack() }
            trace.heard.append("change")
            askChange()
        }
    }

    /// Asks which value is to be changed.
    private mutating func askChange() {
        d.phase = .changing
        d.readBack = [:]
        say(.change)
        said.choices = known.map { $0.slot.label[d.language] }
    }

    /// The one value that is called by its name (`주소가 틀렸어요`), known or not.
    private func valueCalled(in utterance: Utterance) -> Slot? {
        let text = Self.plain(utterance.text)
        let slots = (intent?.slots ?? []).filter { slot in
            guard applies(slot) else { return false }
            let label = Self.plain(slot.label[d.language])
            return label.count > 1 && text.contains(label)
        }
        return slots.count == 1 ? slots[0] : nil
    }

    private static func plain(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }

    /// Words with which something is changed.
    private static let changes = [
        "말고", "아니라", "아니고", "틀렸", "틀려", "틀린", "다르", "달라", "바꿔", "바꾸", "고쳐", "고치", "수정", "빼고", "빼줘", "추가", "잘못",
        "도 있", "도 같이", "도 해", "더 ", "대신", "번호", " wait", "instead", "make it", "change", "wrong", "number", "also",
        "not ",
    ]

    /// Whether what was not understood has the look of a change: a word of changing, or a number.
    static func soundsLikeChange(_ utterance: Utterance) -> Bool {
        let text = " " + utterance.text.lowercased()
        return text.contains(where: \.isNumber) || changes.contains { text.contains($0) }
    }

    /// Whether the answer names another number, day or time than was read back, with nothing said of what it is
    /// (`넷` after `두 통`): then it is asked, even where the words are also used as a yes.
    private mutating func isAmbiguous(_ utterance: Utterance) -> Bool {
        var others: [(slot: Slot, options: [Filled])] = []
        for (slot, before) in known where Self.isCounted(slot.kind) {
            let options: [Filled] =
                switch ear.hear(utterance, slot, place(of: slot, isAsked: true)) {
                case .value(let filled): [filled]
                case .unclear(let filled): filled
                case .impossible, .nothing: []
                }
            guard !options.isEmpty, !options.contains(where: { Dialogue.Answer($0).value == before.value }) else {
                continue
            }
            others.append((slot, options))
        }
        guard let (slot, options) = others.first else { return false }
        trace.heard.append("ambiguous:\(slot.name)")
        d.readBack = [:]
        settle()
        d.asking = slot.name
        d.options = options.map { note($0, slot.name) }
        askOption()
        return true
    }

    /// Whether a bare word may be such a value.
    private static func isCounted(_ kind: Slot.Kind) -> Bool {
        switch kind {
        case .integer, .number, .day, .time, .moment, .duration, .amount: true
        default: false
        }
    }

    /// Words with which a sentence begins that was not ended.
    private static let beginnings: Set<Substring> = [
        "그", "그게", "근데", "그런데", "저", "저기", "음", "어", "아", "이", "but", "um", "uh", "er", "well",
    ]

    /// Whether something was begun behind the yes and not said.
    static func trailsOff(_ utterance: Utterance) -> Bool {
        let words = utterance.text.lowercased().split { !$0.isLetter && !$0.isNumber }
        return words.count > 1 && words.last.map { beginnings.contains($0) } == true
    }

    private mutating func commit() {
        let now = known.reduce(into: [String: String]()) { $0[$1.slot.name] = $1.known.value }
        guard let intent, now == d.readBack, missing == nil else { return readBack() }
        progress()
        d.phase = .committing
        let number = d.pending ?? d.readBacks
        (d.pending, d.isNotTaken) = (number, nil)
        effects.append(.commit(intent: intent.name, values: values, number: number))
    }

    /// Looks up what became of a request; nothing is sent.
    mutating func check() {
        guard let intent, let number = d.pending else {
            d.phase = .idle
            return say(.listening)
        }
        d.phase = .unconfirmed
        effects.append(.check(intent: intent.name, values: values, number: number))
    }

    /// Whether what was said changes a value, in words of correction or by naming another value of the same kind.
    mutating func changed(by utterance: Utterance) -> Bool {
        if d.isInDoubt {
            check()
            return true
        }
        if isCorrected(by: utterance) { return true }
        guard ear.assent(utterance) == .unclear else { return false }
        var changes: [(Slot, Heard)] = []
        for (slot, before) in known where !Self.isFree(slot.kind) && !Self.isFlag(slot.kind) {
            let heard = ear.hear(utterance, slot, place(of: slot, isAsked: false))
            switch heard {
            case .value(let filled) where Dialogue.Answer(filled).value != before.value: changes.append((slot, heard))
            case .unclear(let options) where !options.contains(where: { Dialogue.Answer($0).value == before.value }):
                changes.append((slot, heard))
            default: continue
            }
        }
        // Two slots of a kind: it is not known which is meant.
        guard changes.count == 1, let (slot, heard) = changes.first else { return false }
        trace.heard.append("change:\(slot.name)")
        progress()
        d.readBack = [:]
        settle()
        switch heard {
        case .value(let filled):
            d.answers[slot.name] = note(filled, slot.name)
            say(.corrected, ["label": slot.label[d.language], "value": filled.spoken[d.language]])
            proceed()
        case .unclear(let options):
            d.asking = slot.name
            d.options = options.map { note($0, slot.name) }
            askOption()
        default: return false
        }
        return true
    }

    static func isFlag(_ kind: Slot.Kind) -> Bool {
        if case .flag = kind { return true }
        return false
    }

    /// They said no to the read-back: what is to be changed?
    mutating func hearChange(_ utterance: Utterance) {
        if changed(by: utterance) { return }
        let labels = known.map(\.slot.label)
        let named = labels.indices.filter { utterance.text.contains(labels[$0][d.language]) }
        if let index = named.count == 1 ? named[0] : Choosing.chosen(utterance.text, of: labels) {
            let slot = known[index].slot
            trace.heard.append("change:\(slot.name)")
            progress()
            d.answers[slot.name] = nil
            settle()
            return ask(slot)
        }
        switch ear.assent(utterance) {
        case .no:
            finish(.left)
            say(.cancelled)
            return say(.anythingElse)
        // All was well: it is read back once more, and only a yes to that sends it.
        case .yes: return proceed()
        case .unclear: break
        }
        if let slot = valueCalled(in: utterance) {
            trace.heard.append("change:\(slot.name)")
            progress()
            d.answers[slot.name] = nil
            settle()
            return ask(slot)
        }
        if isOther(utterance) { return }
        if fail() { return }
        say(.change)
        said.choices = known.map { $0.slot.label[d.language] }
    }
}
