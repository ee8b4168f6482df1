import District
import Record

/// The few words of the picker's page in the workers' languages, read from `floor-words.json`: short, since gloves and hurry
/// leave room for little else. Korean stands beside each, so that everybody on the floor means the same.
struct FloorWords: Sendable {
    /// A language of the floor.
    struct Language: Sendable, Hashable {
        /// ISO 639: `vi`, `fil`.
        let code: String
        /// As its speakers call it.
        let name: String
        /// As browsers name it (BCP 47).
        var tag: String { code == "zh" ? "zh-Hans" : code }
    }

    /// Languages that must be there: Korean, English, and those that workers of the district's centres speak.
    static let required = ["ko", "en", "vi", "zh", "uz", "ne", "km", "id", "th", "my", "mn", "fil"]

    let languages: [Language]
    private let words: [String: [String: String]]

    var keys: [String] { words.keys.sorted() }

    /// Reads the words, each of which stands in every language and is no longer than fits a button.
    /// - Throws: ``HandbookError`` naming word, language and rule.
    init(_ json: JSON, file: String) throws(HandbookError) {
        let longest = Int(json["longest"]?.integer ?? 60)
        let names = json["languages"]?.members ?? [:]
        for code in Self.required where names[code]?.text == nil {
            throw HandbookError(file: file, place: "languages.\(code)", rule: "is missing")
        }
        let more = names.keys.filter { !Self.required.contains($0) }.sorted()
        languages = (Self.required + more).map { Language(code: $0, name: names[$0]?.text ?? $0) }
        var words: [String: [String: String]] = [:]
        for (key, texts) in json["words"]?.members ?? [:] {
            for language in languages {
                guard let text = texts[language.code]?.text, !text.isEmpty else {
                    throw HandbookError(file: file, place: "\(key).\(language.code)", rule: "is missing")
                }
                guard text.count <= longest else {
                    throw HandbookError(
                        file: file, place: "\(key).\(language.code)", rule: "at most \(longest) characters")
                }
                words[key, default: [:]][language.code] = text
            }
        }
        guard !words.isEmpty else { throw HandbookError(file: file, place: "words", rule: "is empty") }
        self.words = words
    }

    /// The language of a code; nil where the floor does not speak it.
    func language(_ code: String) -> Language? { languages.first { $0.code == code } }

    /// What a word is; its key where there is none, so that a mistake is seen.
    func text(_ key: String, _ language: Language) -> String { words[key]?[language.code] ?? key }

    /// Every word as templates take it: `text`, `tag`, and `ko` beside it where it is another language.
    func json(_ language: Language) -> JSON {
        .object(Dictionary(keys.map { ($0, json($0, language)) }, uniquingKeysWith: { $1 }))
    }

    func json(_ key: String, _ language: Language) -> JSON {
        var members: [String: JSON] = ["text": .string(text(key, language)), "tag": .string(language.tag)]
        if language.code != "ko" { members["ko"] = .string(words[key]?["ko"] ?? key) }
        return .object(members)
    }

    /// The word for what a refusal says; nil where only its own words do.
    static func word(for code: String) -> String? {
        switch code {
        case "pick.place": "wrong_place"
        case "pick.item": "wrong_item"
        case "pick.quantity": "wrong_quantity"
        case "pick.done", "pick.unknown", "pick.others": "changed"
        default: nil
        }
    }
}
