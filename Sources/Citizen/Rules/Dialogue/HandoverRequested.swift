import Record

/// What a dialogue tells the desk: somebody wants a person, or the machine was of no use. The desk's page follows it.
struct HandoverRequested: Sendable, Hashable {
    /// The event type that carries it, on the stream `handover/…`.
    static let type = "citizen.handover.requested"

    /// Why a person takes over.
    enum Reason: String, Sendable, Hashable, Codable, CaseIterable {
        /// They asked for one.
        case asked
        /// They were not understood twice in a row.
        case failures
        /// They were silent, were offered a person and said yes.
        case silence
        /// The use of AI that understands does not stand.
        case stopped
        /// The service refused, or did not say whether it had taken the request.
        case service
    }

    /// Somebody else's words and data, kept in the vault under the dialogue's pseudo-person.
    struct Content: Sendable, Hashable {
        /// What was said, masked, in order; `who` is `citizen` or `slipway`.
        var transcript: [Line]
        /// What was filled in so far, as it is read back.
        var slots: [Slot]
        /// Where they are called back, in digits; nil where the desk was open.
        var phone: String?
        /// When they would like to be called, in their words.
        var time: String?

        /// One thing said.
        struct Line: Sendable, Hashable {
            let who: String
            let text: String
        }

        /// One thing known.
        struct Slot: Sendable, Hashable {
            let name: String
            let label: Words
            let value: Words
        }
    }

    /// The hand-over's identifier.
    let id: String
    /// The dialogue's identifier, `/citizen/dialogues/…`.
    let dialogue: String
    /// Why.
    let reason: Reason
    /// What they wanted, where it was understood.
    let intent: String?
    /// Whether the desk was open; where not, they wait for a call.
    let isOpen: Bool
    /// The language they speak.
    let language: Language
    /// How they came: `text`, `voice`, `phone`, `cli`.
    let channel: String
    /// Whose content it is: a person known, or `caller-…`.
    let subject: PersonID

    /// The stream of a hand-over.
    static func stream(_ id: String) -> String { "handover/\(id)" }

    /// The event to append.
    func draft(_ content: Content) -> Draft {
        var payload: [String: JSON] = [
            "dialogue": .string(dialogue), "reason": .string(reason.rawValue), "open": .bool(isOpen),
            "language": .string(language.rawValue), "channel": .string(channel), "subject": .string(subject.rawValue),
        ]
        if let intent { payload["intent"] = .string(intent) }
        return Draft(
            Self.type, stream: Self.stream(id), scope: .zone, payload: payload,
            personal: ["content": PersonalContent(of: subject, content.json)])
    }

    /// Reads the fact from its event's stream and payload; nil where they are another's.
    init?(stream: String, payload: [String: JSON]) {
        guard stream.hasPrefix("handover/"), let dialogue = payload["dialogue"]?.text,
            let reason = payload["reason"]?.text.flatMap({ Reason(rawValue: $0) }),
            let language = payload["language"]?.text.flatMap({ Language(rawValue: $0) }),
            let channel = payload["channel"]?.text, let subject = payload["subject"]?.text
        else { return nil }
        self.init(
            id: String(stream.dropFirst("handover/".count)), dialogue: dialogue, reason: reason,
            intent: payload["intent"]?.text, isOpen: payload["open"]?.bool ?? false, language: language,
            channel: channel, subject: PersonID(subject))
    }

    init(
        id: String, dialogue: String, reason: Reason, intent: String?, isOpen: Bool, language: Language,
        channel: String, subject: PersonID
    ) {
        self.id = id
        self.dialogue = dialogue
        self.reason = reason
        self.intent = intent
        self.isOpen = isOpen
        self.language = language
        self.channel = channel
        self.subject = subject
    }
}

extension HandoverRequested.Content {
    /// As the vault keeps it, under `content`.
    var json: JSON {
        var members: [String: JSON] = [
            "transcript": .array(transcript.map { ["who": .string($0.who), "text": .string($0.text)] }),
            "slots": .array(
                slots.map {
                    [
                        "name": .string($0.name), "label_ko": .string($0.label.ko), "label_en": .string($0.label.en),
                        "value_ko": .string($0.value.ko), "value_en": .string($0.value.en),
                    ]
                }),
        ]
        if let phone { members["phone"] = .string(phone) }
        if let time { members["time"] = .string(time) }
        return .object(members)
    }

    /// Reads what the vault disclosed; nil once it was forgotten.
    init?(_ json: JSON) {
        guard let lines = json["transcript"]?.elements else { return nil }
        transcript = lines.map { Line(who: $0["who"]?.text ?? "", text: $0["text"]?.text ?? "") }
        slots = (json["slots"]?.elements ?? []).map {
            Slot(
                name: $0["name"]?.text ?? "",
                label: Words($0["label_ko"]?.text ?? "", $0["label_en"]?.text ?? ""),
                value: Words($0["value_ko"]?.text ?? "", $0["value_en"]?.text ?? ""))
        }
        phone = json["phone"]?.text
        time = json["time"]?.text
    }
}
