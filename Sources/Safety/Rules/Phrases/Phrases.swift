import District
import Record

/// Short safety phrases in the workers' languages, with the pictogram beside each: read from `phrases.json`.
struct Phrases: Sendable {
    /// One phrase.
    struct Phrase: Sendable, Hashable {
        /// What it says, in every language.
        let text: [WorkerLanguage: String]
        /// Its sign in `pictograms.svg`.
        let pictogram: String?
    }

    private let phrases: [String: Phrase]

    /// Their keys, in order.
    var keys: [String] { phrases.keys.sorted() }

    /// Reads the handbook's phrases and holds them against the rules: every language, the same placeholders, no longer
    /// than fits a button, and each in its own script.
    /// - Throws: ``HandbookError`` naming phrase, language and rule.
    init(_ book: Handbook) throws(HandbookError) {
        let file = "phrases.json"
        let json = try book.read(file).json
        let longest = json["longest"]?.integer ?? 90
        var phrases: [String: Phrase] = [:]
        for (key, entry) in (json["phrases"]?.members ?? [:]).sorted(by: { $0.key < $1.key }) {
            var texts: [WorkerLanguage: String] = [:]
            for language in WorkerLanguage.allCases {
                let place = "\(key).\(language.rawValue)"
                guard let text = entry["text"]?[language.rawValue]?.text, !text.isEmpty else {
                    throw HandbookError(file: file, place: place, rule: "is missing")
                }
                guard text.count <= longest else {
                    throw HandbookError(file: file, place: place, rule: "at most \(longest) characters")
                }
                guard PhraseScript(language).fits(text) else {
                    throw HandbookError(file: file, place: place, rule: "script of \(language.rawValue)")
                }
                texts[language] = text
            }
            let slots = Self.slots(texts[.ko] ?? "")
            for (language, text) in texts where Self.slots(text) != slots {
                throw HandbookError(file: file, place: "\(key).\(language.rawValue)", rule: "placeholders as in Korean")
            }
            phrases[key] = Phrase(text: texts, pictogram: entry["pictogram"]?.text)
        }
        self.phrases = phrases
    }

    /// What a phrase says; its key where there is none, so that a mistake is seen.
    func text(_ key: String, _ language: WorkerLanguage, _ slots: [String: String] = [:]) -> String {
        var text = phrases[key]?.text[language] ?? key
        for (name, value) in slots { text = text.replacing("{\(name)}", with: value) }
        return text
    }

    /// The pictogram beside a phrase.
    func pictogram(_ key: String) -> String? { phrases[key]?.pictogram }

    /// The placeholders of a text, in order of their names.
    static func slots(_ text: String) -> [String] {
        text.matches(of: /\{(\w+)\}/).map { String($0.1) }.sorted()
    }
}

/// The script a language is written in.
struct PhraseScript: Sendable {
    private let blocks: [ClosedRange<UInt32>]

    init(_ language: WorkerLanguage) {
        blocks =
            switch language {
            case .ko: [0xAC00...0xD7A3]
            case .zh: [0x4E00...0x9FFF]
            case .ne: [0x0900...0x097F]
            case .km: [0x1780...0x17FF]
            case .th: [0x0E00...0x0E7F]
            case .my: [0x1000...0x109F]
            case .en, .vi, .id, .uz:
                [0x0041...0x005A, 0x0061...0x007A, 0x00C0...0x024F, 0x02BB...0x02BC, 0x1E00...0x1EFF]
            }
    }

    /// Whether every letter outside placeholders is of this script, and there is at least one.
    func fits(_ text: String) -> Bool {
        let plain = text.replacing(/\{\w+\}/, with: "")
        let letters = plain.unicodeScalars.filter { $0.properties.isAlphabetic }
        return !letters.isEmpty && letters.allSatisfy { letter in blocks.contains { $0.contains(letter.value) } }
    }
}

extension WorkerLanguage {
    /// How a screen reader and the browser name it (BCP 47).
    var tag: String { self == .zh ? "zh-Hans" : rawValue }

    /// The first of a browser's languages that workers are spoken to in; Korean where none is.
    static func preferred(_ accept: String) -> WorkerLanguage {
        accept.split(separator: ",").lazy.compactMap { part in
            WorkerLanguage(rawValue: part.prefix { $0 != ";" && $0 != "-" }.lowercased().filter { !$0.isWhitespace })
        }.first ?? .ko
    }
}
