/// What was said, made even: small Latin letters, whole syllables, no fillers, no elongation, no signs. Every letter
/// knows which characters of the raw utterance it stands for.
struct Normalised: Sendable, Hashable {
    /// The letters, without the spaces between words.
    let letters: [UInt32]
    /// Which characters of the utterance each letter stands for.
    let spans: [Range<Int>]
    /// The words, as ranges of letters.
    let words: [Range<Int>]
    /// Whether it was written as a question.
    let asks: Bool

    /// A word as text.
    func word(_ index: Int) -> String { text(words[index]) }

    /// Some of the letters as text.
    func text(_ range: Range<Int>) -> String {
        var text = ""
        text.unicodeScalars.append(contentsOf: letters[range].compactMap(Unicode.Scalar.init))
        return text
    }

    /// The words with single spaces between them.
    var text: String { words.map(text).joined(separator: " ") }

    /// Which characters of the utterance some letters stand for.
    func raw(_ range: Range<Int>) -> Range<Int> {
        let spans = spans[range]
        guard let low = spans.map(\.lowerBound).min(), let high = spans.map(\.upperBound).max() else { return 0..<0 }
        return low..<high
    }
}
