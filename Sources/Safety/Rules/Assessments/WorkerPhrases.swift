import District
import Record

/// Short sentences in every language of the district's workers.
struct WorkerPhrases: Sendable {
    private let phrases: [String: [WorkerLanguage: String]]

    /// The longest sentence that still fits a phone, in characters.
    static let longest = 120

    /// The sentences that the pages about assessments use.
    static let needed =
        ["read_this", "stop_right", "ask", "understood", "danger", "measure"]
        + RiskBand.allCases.map(\.rawValue)

    /// - Throws: ``HandbookError`` naming the sentence that a language lacks, or that is too long.
    init(_ json: JSON, file: String) throws(HandbookError) {
        var phrases: [String: [WorkerLanguage: String]] = [:]
        for key in Self.needed {
            for language in WorkerLanguage.allCases {
                guard let text = json[key]?[language.rawValue]?.text, (1...Self.longest).contains(text.count) else {
                    throw HandbookError(
                        file: file, place: "\(key)/\(language.rawValue)", rule: "1 to \(Self.longest) characters")
                }
                phrases[key, default: [:]][language] = text
            }
        }
        self.phrases = phrases
    }

    /// A sentence in a language; Korean where the language lacks it.
    func text(_ key: String, _ language: WorkerLanguage) -> String {
        phrases[key]?[language] ?? phrases[key]?[.ko] ?? key
    }
}
