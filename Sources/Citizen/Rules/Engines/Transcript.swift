import Record

/// What a recogniser took down, as far as it may be shown and understood.
enum Transcript {
    /// The words of an answer: one line of at most as many characters as a turn takes; nil where there are none.
    static func words(from answer: JSON) -> String? {
        guard let text = answer["text"]?.text else { return nil }
        let clean = text.unicodeScalars.map { scalar -> Character in
            switch scalar.properties.generalCategory {
            // Signs that show nothing or turn the line round: a recogniser hears none of them.
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: " "
            default: Character(scalar)
            }
        }
        let words = String(clean).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return words.isEmpty ? nil : String(words.prefix(Utterance.longest))
    }
}
