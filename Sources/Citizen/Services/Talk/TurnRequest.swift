import District
import Record

/// One turn as it comes in: what was said, in which conversation.
struct TurnRequest: Sendable {
    /// The conversation's code; nil begins one.
    var dialogue: String?
    /// Which turn it is; the same number again gets the first answer again.
    var turn: Int64?
    var input: Input
    var language: Language
    /// How it comes: `text`, `voice`, `phone`, `cli`, `open311`, `mcp`.
    var channel: String
    /// A coarse group, where somebody says it: `under-40`, `40-69`, `70+`.
    var ageGroup: String?
    /// How slow the answer should be spoken: 0, 1 or 2.
    var slowness: Int?

    static let channels: Set<String> = ["text", "voice", "phone", "cli", "desk"]
    static let ageGroups: Set<String> = ["under-40", "40-69", "70+"]

    /// Reads what a program sent.
    /// - Throws: ``Refusal`` naming what is wrong with it.
    init(_ json: JSON, language fallback: Language) throws(Refusal) {
        guard let members = json.members else { throw Self.wrong("body", "object") }
        language = members["language"]?.text.flatMap { Language(rawValue: $0) } ?? fallback
        if let asked = members["language"], asked.text.flatMap({ Language(rawValue: $0) }) == nil {
            throw Self.wrong("language", "ko or en")
        }
        switch (members["text"], members["event"]?.text) {
        case (.string(let text)?, nil):
            guard text.utf8.count <= 8000 else { throw Self.wrong("text", "length") }
            input = .said(Utterance(text, language))
        case (nil, "silence"): input = .silence
        case (nil, "noise"): input = .noise
        case (nil, "start"), (nil, nil): input = .start
        default: throw Self.wrong("event", "text, or one of start, silence, noise")
        }
        channel = members["channel"]?.text ?? "text"
        guard Self.channels.contains(channel) else { throw Self.wrong("channel", "known") }
        ageGroup = members["age_group"]?.text
        if let ageGroup, !Self.ageGroups.contains(ageGroup) { throw Self.wrong("age_group", "known") }
        slowness = members["speed"]?.text.flatMap { ["normal": 0, "slow": 1, "slowest": 2][$0] }
        if members["speed"] != nil, slowness == nil { throw Self.wrong("speed", "normal, slow or slowest") }
        dialogue = members["dialogue"]?.text
        if let dialogue, dialogue.utf8.count > 64 { throw Self.wrong("dialogue", "length") }
        if let given = members["turn"] {
            guard let number = given.integer, number > 0 else { throw Self.wrong("turn", "a whole number from 1") }
            turn = number
        }
    }

    init(
        dialogue: String? = nil, turn: Int64? = nil, _ input: Input, _ language: Language = .ko,
        channel: String = "text"
    ) {
        self.dialogue = dialogue
        self.turn = turn
        self.input = input
        self.language = language
        self.channel = channel
    }

    private static func wrong(_ field: String, _ rule: String) -> Refusal {
        Refusal(
            .invalid, "turn.invalid", Words("보낸 내용을 확인해 주세요.", "Please check what was sent."),
            faults: [.init(field: field, rule: rule, words: Words("\(field): \(rule)", "\(field): \(rule)"))])
    }
}
