import Record

/// What somebody said in one turn, as it was heard.
struct Utterance: Sendable, Hashable {
    /// Every character as it came, at most ``longest`` of them; spans of slots count its characters.
    let text: String
    /// The language it is understood in.
    let language: Language
    /// What engines outside proposed for it, kept with it so that a turn can be replayed: only ever asked.
    var hints: [Hint] = []

    /// How many characters of a turn are listened to.
    static let longest = 1000

    /// What somebody said in one turn.
    init(_ text: String, _ language: Language = .ko) {
        self.text = String(text.prefix(Self.longest))
        self.language = language
    }

    /// A part of what was said.
    subscript(_ span: Range<Int>) -> String {
        let characters = Array(text)
        let span = span.clamped(to: 0..<characters.count)
        return String(characters[span])
    }
}

/// A request that may be meant, as an engine outside proposes it: a question, never an answer.
struct Hint: Sendable, Hashable, Codable {
    /// The intent's name.
    let intent: String
    /// Where words for its slots were said, in characters: candidates for the slots' own parsers.
    let spans: [String: Range<Int>]
}
