import Access
import District
import Record

extension Exchange {
    /// Somebody said something: first what works everywhere, then what this state awaits.
    mutating func hear(_ utterance: Utterance) {
        if utterance.text.allSatisfy(\.isWhitespace) { return silence() }
        d.silences = 0
        if let always = ear.always(utterance, { values(in: utterance) }), !isProse(always, utterance) {
            trace.heard.append("always:\(always.rawValue)")
            return obey(always, utterance)
        }
        switch d.phase {
        case .handedOver: return say(.already)
        case .ended:
            say(.ended)
            return
        case .callPhone, .callTime, .callConfirming: return hearCall(utterance)
        case .emergency where d.isInDoubt: return hearAfterEmergency(utterance)
        case _ where d.isInDoubt: return check()
        case .asking: return proceed()
        default: break
        }
        guard world.standing == .runs else {
            // Why is for the house; whoever asks is told who goes on.
            say(.stopped)
            return toPerson(.stopped)
        }
        switch d.phase {
        case .choosing: hearChoice(utterance)
        case .filling: hearSlot(utterance)
        case .clarifying: hearClarified(utterance)
        case .confirming: hearConfirmed(utterance)
        case .changing: hearChange(utterance)
        case .leaving: hearLeaving(utterance)
        case .offering: hearOffer(utterance)
        case .emergency where d.intent != nil: hearAfterEmergency(utterance)
        default: hearWish(utterance)
        }
    }

    /// An address, wherever one is said.
    private static let address = Slot(
        name: "address", label: Words("", ""), question: Words("", ""), kind: .address, required: false,
        condition: nil, isPersonal: true)

    /// Where values stand that say a place or answer the question asked.
    private func values(in utterance: Utterance) -> [Range<Int>] {
        let isCall = [.callPhone, .callConfirming].contains(d.phase)
        let asked = isCall ? Self.phone : intent?.slots.first { $0.name == d.asking }
        var slots = [(Self.address, false)]
        switch asked?.kind {
        case .phone, .bus: slots += asked.map { [($0, true)] } ?? []
        default: break
        }
        return slots.flatMap { slot, isAsked -> [Range<Int>] in
            switch ear.hear(utterance, slot, place(of: slot, isAsked: isAsked)) {
            case .value(let filled): [filled.span]
            case .unclear(let options): options.map(\.span)
            case .impossible, .nothing: []
            }
        }
    }

    private mutating func obey(_ always: Always, _ utterance: Utterance) {
        switch always {
        case .emergency: emergency(ear.danger(utterance))
        case .person:
            d.failures = 0
            toPerson(.asked)
        case .again: again()
        case .slower:
            say(d.slowness < 2 ? .slower : .slowest)
            d.slowness = min(2, d.slowness + 1)
            repeatLast()
        case .restart: restart()
        case .cancel: cancel()
        case .help: help()
        }
    }

    /// Somebody is in danger: 119 before anything else; what was in hand stops.
    private mutating func emergency(_ danger: Danger?) {
        d.hadEmergency = true
        d.failures = 0
        effects.append(.emergency)
        say(Replies.Key(danger))
        if let number = danger?.number { said.links.append(Said.Link(href: "tel:\(number)", title: number)) }
        said.links.append(Said.Link(href: "tel:119", title: "119"))
        if [.handedOver, .ended].contains(d.phase) { return }
        if d.phase == .finished || d.intent == nil { drop() }
        d.phase = .emergency
        d.readBack = [:]
        if let intent {
            if !d.isInDoubt { say(.emergencyStopped) }
            say(.emergencyResume, ["title": intent.title[d.language]])
            offerYesNo()
        }
    }

    private mutating func hearAfterEmergency(_ utterance: Utterance) {
        switch assent(utterance) {
        case .yes:
            progress()
            if d.isInDoubt { return check() }
            d.back = nil
            proceed()
        case .no:
            if d.isInDoubt { return check() }
            finish(.left)
            say(.anythingElse)
        case .unclear:
            if fail() { return }
            say(.emergencyAgain, ["title": intent?.title[d.language] ?? ""])
            said.links.append(Said.Link(href: "tel:119", title: "119"))
            offerYesNo()
        }
    }

    mutating func again() { repeatLast() }

    /// What was said last, once more, with all that stood beside it.
    mutating func repeatLast() {
        guard !d.last.lines.isEmpty else { return say(.greeting) }
        let before = said
        said = d.last
        said.lines = before.lines + said.lines.filter { !before.lines.contains($0) }
        said.keys = before.keys + said.keys
    }

    private mutating func restart() {
        if [.handedOver, .ended].contains(d.phase) { return say(d.phase == .ended ? .ended : .already) }
        if d.isInDoubt { return check() }
        if let intent = d.intent { d.closed.append(Dialogue.Closed(intent: intent, how: .left)) }
        drop()
        progress()
        d.phase = .idle
        say(.restarted)
    }

    mutating func cancel() {
        switch d.phase {
        case .handedOver: return say(.already)
        case .ended: return say(.ended)
        case _ where d.isInDoubt: return check()
        default: break
        }
        let had = d.intent != nil || [.callPhone, .callTime, .callConfirming, .choosing].contains(d.phase)
        finish(.left)
        say(had ? .cancelled : .nothingToCancel)
        say(.anythingElse)
    }

    private mutating func help() {
        switch d.phase {
        case .filling, .clarifying, .changing: say(.helpFilling)
        case .confirming: say(.helpConfirming)
        default:
            let open = ear.intents.values.filter { world.allows($0.permission) }.sorted { $0.name < $1.name }
            // What citizens come for before what the district's own people do.
            let own = open.filter { $0.name.hasPrefix("citizen.") || $0.kind == .lookup }
            let titles = (own.isEmpty ? open : own).prefix(4).map { $0.title[d.language] }
            return say(.help, ["examples": titles.joined(separator: ", ")])
        }
        repeatLast()
    }

    /// Nobody said anything: the question again, and the second time a person is offered.
    mutating func silence() {
        trace.heard.append("silence")
        switch d.phase {
        case .handedOver, .ended: return repeatLast()
        case .offering, .emergency, .callPhone, .callTime, .callConfirming: return repeatLast()
        case _ where d.isInDoubt: return check()
        case .asking: return proceed()
        case .finished:
            say(.goodbye)
            return close()
        default: break
        }
        d.silences += 1
        if d.silences >= Self.patience { return offer(.silence) }
        say(.silence)
        repeatLast()
    }

    /// A sound that was no words changes nothing.
    mutating func noise() {
        trace.heard.append("noise")
        if [.committing, .unconfirmed].contains(d.phase) { return check() }
        say(.noise)
        repeatLast()
    }

    /// It is over.
    mutating func close() {
        drop()
        d.phase = .ended
        effects.append(.end)
    }

    /// Hears yes or no, and writes down that it did.
    mutating func assent(_ utterance: Utterance) -> Assent {
        let assent = ear.assent(utterance)
        trace.heard.append("assent:\(assent)")
        return assent
    }
}
