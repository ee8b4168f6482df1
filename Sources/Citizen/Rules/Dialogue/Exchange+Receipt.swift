import District
import Record

/// What became of a request: the one of this conversation needs no number, and whoever has none is told what to do.
extension Exchange {
    /// The question what became of a request.
    static let status = "lookup:status"

    /// The slot of an intent that is a receipt's number.
    private static func receipt(_ intent: Intent?) -> Slot? {
        intent?.slots.first { if case .receipt = $0.kind { true } else { false } }
    }

    /// The values that a look-up is asked with; a number told in this conversation is marked as one's own.
    func asked(_ intent: Intent) -> [String: JSON] {
        var values = values
        if let slot = Self.receipt(intent), let number = values[slot.name]?.text,
            d.receipts?.contains(where: { SaidNumber.candidates(number).contains($0) }) == true
        {
            values[LookupAnswering.own] = true
        }
        return values
    }

    /// Takes the latest number of this conversation where none was said, and helps whoever has none.
    /// - Returns: whether it is helped, so that nothing more is asked.
    mutating func takesReceipt(_ utterance: Utterance) -> Bool {
        guard let slot = Self.receipt(intent), d.answers[slot.name] == nil else { return false }
        guard !Self.lacksNumber(utterance), let number = d.receipts?.last else {
            return helpsWithoutNumber(utterance)
        }
        trace.heard.append("receipt:last")
        d.answers[slot.name] = Dialogue.Answer(
            Filled(
                value: .string(number), spoken: Words(number, number), span: 0..<utterance.text.count,
                evidence: utterance.text))
        return false
    }

    /// Whoever has no number is told what to do, and a person is offered.
    mutating func helpsWithoutNumber(_ utterance: Utterance) -> Bool {
        guard Self.receipt(intent) != nil, Self.lacksNumber(utterance) else { return false }
        trace.heard.append("receipt:none")
        progress()
        if let last = d.receipts?.last {
            say(.receiptLast, ["number": last])
        } else {
            say(.receiptUnknown)
        }
        finish(.left)
        offer(.asked)
        return true
    }

    /// Words with which somebody has no number.
    private static let lacks = [
        "몰라", "모르", "잊어", "잊었", "까먹", "이자뿌", "이자묵", "없어", "없는데", "없다", "없습니다", "생각이안", "기억이안", "기억안", "잃어버",
        "don'tknow", "dontknow", "donotknow", "forgot", "lost", "don'thave", "donthave", "noidea", "don'tremember",
    ]

    private static func lacksNumber(_ utterance: Utterance) -> Bool {
        let text = utterance.text.lowercased().filter { !$0.isWhitespace && $0 != "’" }
        return lacks.contains { text.contains($0) }
    }

    /// Words with which somebody lets a question be, where they are all that is said.
    private static let lettings: Set<String> = [
        "됐어", "됐어요", "됐습니다", "됐네요", "아니됐어", "아니됐어요", "아니요됐어요", "아니요됐습니다", "그냥됐어", "그냥됐어요", "괜찮아", "괜찮아요", "괜찮습니다",
        "필요없어", "필요없어요", "nothanks", "nothankyou", "that'sallright", "thatsallright", "itdoesn'tmatter",
    ]

    /// Whether somebody asks no more: `어떻게 됐어` asks.
    static func lets(_ utterance: Utterance) -> Bool {
        lettings.contains(utterance.text.lowercased().filter { $0.isLetter || $0 == "'" })
    }

    /// What was not understood as a wish may be a receipt's number, or mean the request of just now (`아까 그거`).
    mutating func asksReceipt(_ utterance: Utterance) -> Bool {
        guard let intent = ear.intents[Self.status], let slot = Self.receipt(intent) else { return false }
        let heard = ear.hear(utterance, slot, place(of: slot, isAsked: false))
        var isMeant = false
        if case .value = heard { isMeant = true }
        if d.receipts?.isEmpty == false, Self.meansLast(utterance) { isMeant = true }
        guard isMeant else { return false }
        trace.heard.append("receipt")
        begin(Match(intent: Self.status, score: 1, spans: [:]), utterance)
        return true
    }

    private static let just = [
        "아까", "방금", "좀전", "조금전", "금방", "그거", "그건", "내거", "내꺼", "thatone", "thatrequest", "itnow",
    ]
    private static let what = [
        "그거", "그건", "거", "것", "신청", "접수", "신고", "어떻게", "우째", "어찌", "됐", "언제", "what", "status", "request", "happen",
    ]

    private static func meansLast(_ utterance: Utterance) -> Bool {
        let text = utterance.text.lowercased().filter { !$0.isWhitespace }
        return text.count <= 24 && just.contains { text.contains($0) } && what.contains { text.contains($0) }
    }
}
