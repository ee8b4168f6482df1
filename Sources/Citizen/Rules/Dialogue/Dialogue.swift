import Record

/// A conversation as a value: everything that the next turn needs, and nothing else. It encodes to JSON, so that any
/// node answers the next turn.
struct Dialogue: Codable, Sendable, Hashable {
    /// The language spoken.
    var tongue: String
    /// Where it stands.
    var phase: Phase = .idle
    /// Where it goes back to from a question in between (a person? another topic? after an emergency).
    var back: Phase?
    /// What they want, once it is understood.
    var intent: String?
    /// What is known for it, by slot.
    var answers: [String: Answer] = [:]
    /// The slot that was asked for.
    var asking: String?
    /// What the slot may be, likeliest first, the first being asked.
    var options: [Answer] = []
    /// The intents it may be, or the one that would replace another.
    var choices: [String] = []
    /// The words that the choices were heard in.
    var heard: String?
    /// What engines outside proposed for those words.
    var hints: [Hint] = []
    /// Times in a row that nothing was understood, and that nothing was said.
    var failures = 0
    var silences = 0
    /// How often values were read back; the next commit carries the number.
    var readBacks = 0
    /// The values of the last read-back, which alone a yes may commit.
    var readBack: [String: String] = [:]
    /// The number under which a request was sent whose outcome is not known yet: no other may be used before it is.
    var pending: Int?
    /// Whether nothing was taken under that number, as a look-up said; it may then be used again or left.
    var isNotTaken: Bool?
    /// Where to call back, and when.
    var phone: Answer?
    var time: String?
    /// Whether a person was told to call later, so that nobody is waited for in the conversation.
    var isCallBack: Bool?
    /// Why a person takes over, as far as that was decided.
    var reason: HandoverRequested.Reason?
    /// How slow the voice speaks: 0 as usual, 1 slower, 2 slowest.
    var slowness = 0
    /// How things came to an end so far, one entry for each intent.
    var closed: [Closed] = []
    /// The numbers that were told in this conversation, the latest last.
    var receipts: [String]?
    /// Whether an emergency was heard at any time.
    var hadEmergency = false
    /// What was said last, to be said again.
    var last = Said()

    /// A conversation that begins.
    init(_ language: Language) { tongue = language.rawValue }

    /// Whether a request was sent and nobody knows yet what became of it, wherever the conversation has gone since: it
    /// is looked up before anything is said or done about it.
    var isInDoubt: Bool { pending != nil && isNotTaken != true }

    /// The language spoken.
    var language: Language { Language(rawValue: tongue) ?? .ko }

    /// Where a conversation stands.
    enum Phase: String, Codable, Sendable, Hashable, CaseIterable {
        /// Nothing is in hand.
        case idle
        /// One of several intents is being asked for.
        case choosing
        /// A slot is being asked for.
        case filling
        /// What was said for a slot could be several things.
        case clarifying
        /// The values were read back, and a yes is awaited.
        case confirming
        /// They said no to the read-back: what is to be changed?
        case changing
        /// The request is being sent.
        case committing
        /// It was sent, and nobody knows yet whether it was taken.
        case unconfirmed
        /// A service is being asked.
        case asking
        /// Something else was asked for: is the first to be left?
        case leaving
        /// A person was offered.
        case offering
        /// 119 was named; what was in hand has stopped.
        case emergency
        /// The desk is closed: a phone number, then a time, then a yes.
        case callPhone, callTime, callConfirming
        /// Something came to its end: anything else?
        case finished
        /// A person has it now.
        case handedOver
        /// It is over.
        case ended
    }

    /// A value that is known for a slot, with what it was said in.
    struct Answer: Codable, Sendable, Hashable {
        /// The value as canonical JSON.
        let value: String
        /// How it is read back.
        let ko: String, en: String
        /// The words it was said in, and where they stand in the utterance.
        let evidence: String
        let from: Int, to: Int

        init(_ filled: Filled) {
            value = filled.value.canonicalText
            ko = filled.spoken.ko
            en = filled.spoken.en
            evidence = filled.evidence
            from = filled.span.lowerBound
            to = filled.span.upperBound
        }

        /// As it was heard.
        var filled: Filled { Filled(value: json, spoken: spoken, span: from..<max(from, to), evidence: evidence) }
        /// The value.
        var json: JSON { (try? JSON(parsing: value)) ?? .null }
        /// How it is read back.
        var spoken: Words { Words(ko, en) }
    }

    /// Something that came to its end.
    struct Closed: Codable, Sendable, Hashable {
        let intent: String
        let how: How

        enum How: String, Codable, Sendable, Hashable { case done, looked, left, refused }
    }
}
