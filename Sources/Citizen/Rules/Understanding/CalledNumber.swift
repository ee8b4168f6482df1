/// A service's number that is called for: `119`, `119 불러`, `일일구`. Inside a longer number, an address or a telephone
/// number it calls nobody.
struct CalledNumber: Sendable {
    private let numbers: PatternSet
    /// What is said behind a number by whoever wants it called.
    private let calls: PatternSet

    init(_ numbers: PatternSet, calls: PatternSet) {
        self.numbers = numbers
        self.calls = calls
    }

    /// Whether one is called for in what was said.
    /// - Parameters:
    ///   - harmless: what is not listened to: `119번 버스`.
    ///   - values: where, in characters, values stand that answer a question.
    func stands(in said: Normalised, _ sound: Sound, harmless: PatternSet, values: () -> [Range<Int>]) -> Bool {
        let found = numbers.ranges(in: sound).filter { !isInside($0, of: said) }
        guard !found.isEmpty else { return false }
        let hidden = harmless.ranges(in: sound)
        return found.contains { letters in
            guard !hidden.contains(where: { $0.overlaps(letters) }) else { return false }
            // Called for by a word behind it, wherever it stands.
            if calls.begins(in: sound, within: letters.upperBound..<min(letters.upperBound + 4, sound.count)) {
                return true
            }
            guard !isNumberBeside(letters, of: said) else { return false }
            let raw = said.raw(letters)
            return !values().contains { $0.overlaps(raw) }
        }
    }

    /// Whether it is part of a word that is a longer number.
    private func isInside(_ letters: Range<Int>, of said: Normalised) -> Bool {
        guard let word = said.words.first(where: { $0.overlaps(letters) }) else { return true }
        let isWritten = Self.isFigure(said.letters[letters.lowerBound])
        let before = said.letters[word.lowerBound..<min(letters.lowerBound, said.letters.count)]
        let after = said.letters[min(letters.upperBound, word.upperBound)..<word.upperBound]
        if isWritten {
            return before.last.map(Self.isFigure) == true || after.first.map(Self.isFigure) == true
        }
        // `이` before it may be a particle, and behind it a verb: two make a number.
        return !before.isEmpty && before.allSatisfy(Self.isSpoken)
            || after.prefix(2).count == 2 && after.prefix(2).allSatisfy(Self.isSpoken)
    }

    /// Whether the words before or behind it are numbers: `010 119 3333`.
    private func isNumberBeside(_ letters: Range<Int>, of said: Normalised) -> Bool {
        guard let place = said.words.firstIndex(where: { $0.overlaps(letters) }) else { return false }
        return [place - 1, place + 1].contains { index in
            guard said.words.indices.contains(index), said.words[index].count > 1 else { return false }
            let word = said.letters[said.words[index]]
            return word.allSatisfy(Self.isFigure) || word.allSatisfy(Self.isSpoken)
        }
    }

    private static func isFigure(_ letter: UInt32) -> Bool { (0x30...0x39).contains(letter) }

    /// The syllables that figures are spoken in.
    private static let spoken = Set("공영일이삼사오육륙칠팔구".unicodeScalars.map(\.value))
    private static func isSpoken(_ letter: UInt32) -> Bool { spoken.contains(letter) }
}
