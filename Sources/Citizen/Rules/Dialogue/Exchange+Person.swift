import District
import Record

extension Exchange {
    /// The slot that a call-back asks for.
    static let phone = Slot(
        name: "callback_phone", label: Words("연락처", "Phone number"), question: Words("", ""), kind: .phone,
        required: true, condition: nil, isPersonal: true)

    /// A person takes over; where the desk is closed they call back.
    mutating func toPerson(_ reason: HandoverRequested.Reason) {
        if d.phase == .handedOver { return say(.already) }
        d.reason = reason
        if world.isDeskOpen {
            say(.connecting)
            return handOver()
        }
        if [.callPhone, .callTime, .callConfirming].contains(d.phase) { return repeatLast() }
        d.failures = 0
        say(.deskClosed, ["phone": world.deskPhone])
        if d.phone == nil, let known = knownPhone { d.phone = known }
        if d.phone == nil { askPhone() } else { askTime() }
    }

    private mutating func handOver() {
        d.phase = .handedOver
        d.readBack = [:]
        effects += [.handOver(d.reason ?? .asked), .end]
    }

    /// A number that was given for what was in hand.
    private var knownPhone: Dialogue.Answer? {
        intent?.slots.lazy.compactMap { slot -> Dialogue.Answer? in
            guard case .phone = slot.kind else { return nil }
            return d.answers[slot.name]
        }.first
    }

    private mutating func askPhone() {
        d.phase = .callPhone
        say(.askPhone)
    }

    private mutating func askTime() {
        d.phase = .callTime
        say(.askTime)
    }

    private mutating func confirmCall() {
        d.phase = .callConfirming
        let phone = d.phone?.spoken[d.language] ?? ""
        say(.callConfirm, ["phone": phone, "time": d.time ?? ""])
        said.readBack = [Said.Pair(label: Self.phone.label[d.language], value: phone)]
        offerYesNo()
    }

    /// A call-back is being arranged.
    mutating func hearCall(_ utterance: Utterance) {
        if leavesCall(utterance) { return }
        switch d.phase {
        case .callTime:
            d.time = String(utterance.text.filter { !$0.isNewline }.prefix(100))
            trace.filled.append(
                Trace.Entry(slot: "callback_time", evidence: utterance.text, from: 0, to: utterance.text.count))
            confirmCall()
        case .callConfirming:
            // A number first: `아니 일이삼오` is a correction, and only then a no.
            if let phone = heardPhone(utterance) {
                d.phone = phone
                return confirmCall()
            }
            switch assent(utterance) {
            case .yes:
                say(.callBooked)
                d.isCallBack = true
                handOver()
            case .no:
                d.phone = nil
                askPhone()
            case .unclear:
                if giveUpCall() { return }
                confirmCall()
            }
        default:
            guard let phone = heardPhone(utterance) else {
                if giveUpCall() { return }
                say(.notUnderstood)
                return askPhone()
            }
            d.phone = phone
            d.failures = 0
            if d.time == nil { askTime() } else { confirmCall() }
        }
    }

    /// Words with which no call is wanted.
    private static let refusals = [
        "안받", "됐어", "됐습니다", "필요없", "전화하지마", "전화하지말", "하지마", "하지말", "don'tcall", "dontcall", "nocall",
        "noneed",
    ]

    /// The way out of a call-back: something else is asked for, or no call is wanted.
    private mutating func leavesCall(_ utterance: Utterance) -> Bool {
        guard !d.isInDoubt else { return false }
        let text = utterance.text.lowercased().filter { !$0.isWhitespace }
        // `그러면 됐어요` agrees.
        let isRefused = !text.contains("면됐") && Self.refusals.contains { text.contains($0) }
        if isRefused || d.phase == .callPhone && ear.assent(utterance) == .no {
            if !isRefused, d.phone != nil || d.failures > 0 { return false }
            trace.heard.append("call:refused")
            (d.phone, d.time, d.reason) = (nil, nil, nil)
            finish(.left)
            say(.callLeft)
            say(.anythingElse)
            return true
        }
        guard world.standing == .runs, heardPhone(utterance) == nil,
            case .one(let match) = ear.understand(utterance, world.allows), match.score >= Self.topic
        else { return false }
        note([match])
        trace.heard.append("topic")
        (d.time, d.reason) = (nil, nil)
        begin(match, utterance)
        return true
    }

    /// Without a number nobody can call back: it is said whom to call and when, and the desk still hears of it.
    private mutating func giveUpCall() -> Bool {
        d.failures += 1
        guard d.failures >= Self.patience else { return false }
        say(.callWithout, ["phone": world.deskPhone])
        said.links.append(Said.Link(href: "tel:\(world.deskPhone)", title: world.deskPhone))
        d.isCallBack = true
        handOver()
        return true
    }

    private mutating func heardPhone(_ utterance: Utterance) -> Dialogue.Answer? {
        if let known = d.phone {
            let corrected = ear.correct(utterance, [(Self.phone, known)], place(of: Self.phone, isAsked: true))
            if case .value(let filled)? = corrected[Self.phone.name] { return note(filled, Self.phone.name) }
        }
        guard case .value(let filled) = ear.hear(utterance, Self.phone, place(of: Self.phone, isAsked: true)) else {
            return nil
        }
        return note(filled, Self.phone.name)
    }

    /// Offers a person; a yes to that is a yes to nothing else.
    mutating func offer(_ reason: HandoverRequested.Reason) {
        d.reason = reason
        if d.phase != .offering { d.back = d.phase }
        d.phase = .offering
        say(.offer)
        offerYesNo()
        said.choices.append(replies.text(.person, [:], d.language))
    }

    mutating func hearOffer(_ utterance: Utterance) {
        switch assent(utterance) {
        case .yes: toPerson(d.reason ?? .silence)
        case .no:
            progress()
            goBack()
        case .unclear:
            // They go on with what they were at.
            let phase = d.back ?? .idle
            d.back = nil
            d.phase = phase == .confirming ? .filling : phase
            if phase == .confirming { return proceedHearing(utterance) }
            hear(utterance)
        }
    }

    /// Back to the question before; a read-back is read again, for its yes must follow it.
    mutating func goBack() {
        let phase = d.back ?? .idle
        d.back = nil
        switch phase {
        case .confirming, .filling, .changing: proceed()
        case .clarifying: askOption()
        case .choosing: askChoice()
        default:
            d.phase = phase
            say(.listening)
        }
    }

    /// Words that came instead of an answer to the offer of a person, after a read-back: a change, or nothing.
    private mutating func proceedHearing(_ utterance: Utterance) {
        if changed(by: utterance) { return }
        if fail() { return }
        proceed()
    }
}
