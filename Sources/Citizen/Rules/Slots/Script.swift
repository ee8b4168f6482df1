import Record

/// What was said, letter by letter as it is read: small Latin letters, whole syllables, plain spaces. Letter `i` is
/// character `i` of the utterance, so that every span counts the characters that were said.
struct Script: Sendable {
    /// One letter for each character; 0 for what is no letter of ours (an emoji).
    let letters: [UInt32]
    /// The characters as they were said.
    private let characters: [Character]

    init(_ utterance: Utterance) {
        characters = Array(utterance.text)
        letters = characters.map(Self.letter)
    }

    init(_ text: String) { self.init(Utterance(text)) }

    /// A text of any length.
    init(plain text: String) {
        characters = Array(text)
        letters = characters.map(Self.letter)
    }

    private init(letters: [UInt32], characters: [Character]) {
        self.letters = letters
        self.characters = characters
    }

    /// The same with silence outside a span; every letter keeps its place.
    func only(_ span: Range<Int>) -> Script {
        var silent = letters
        for index in silent.indices where !span.contains(index) { silent[index] = 0x20 }
        return Script(letters: silent, characters: characters)
    }

    /// How many letters there are.
    var count: Int { letters.count }

    /// The letter at a place, a space outside.
    func letter(_ index: Int) -> UInt32 { letters.indices.contains(index) ? letters[index] : 0x20 }

    /// The words as they were said.
    func said(_ span: Range<Int>) -> String { String(characters[span.clamped(to: 0..<count)]) }

    /// The next place that holds no space.
    func skip(_ index: Int) -> Int {
        var index = index
        while index < count, letters[index] == 0x20 { index += 1 }
        return index
    }

    /// Where a word ends that is written at a place; a space in the word may be left out or doubled.
    func reads(_ word: [UInt32], at index: Int) -> Int? {
        var at = index
        for letter in word {
            if letter == 0x20 {
                at = skip(at)
            } else {
                guard at < count, letters[at] == letter else { return nil }
                at += 1
            }
        }
        return at
    }

    /// Whether a word can begin at a place: nothing spoken stands directly before.
    func startsWord(_ index: Int) -> Bool { index == 0 || !Self.isSpoken(letter(index - 1)) }

    /// Whether a word can end at a place: nothing spoken stands there.
    func endsWord(_ index: Int) -> Bool { index >= count || !Self.isSpoken(letter(index)) }

    /// The span without spaces and signs at its ends.
    func trimmed(_ span: Range<Int>) -> Range<Int> {
        var (low, high) = (max(0, span.lowerBound), min(count, span.upperBound))
        while low < high, !Self.isSpoken(letters[low]), letters[low] != 0x2B { low += 1 }
        while low < high, !Self.isSpoken(letters[high - 1]) { high -= 1 }
        return low..<max(low, high)
    }

    /// Whether a letter is a syllable.
    static func isSyllable(_ letter: UInt32) -> Bool { (0xAC00...0xD7A3).contains(letter) }
    /// Whether a letter is a digit.
    static func isDigit(_ letter: UInt32) -> Bool { (0x30...0x39).contains(letter) }
    /// Whether a letter is a small Latin letter.
    static func isLatin(_ letter: UInt32) -> Bool { (0x61...0x7A).contains(letter) }
    /// Whether a letter is spoken: a syllable, a Latin letter, a digit, a jamo.
    static func isSpoken(_ letter: UInt32) -> Bool {
        isSyllable(letter) || isDigit(letter) || isLatin(letter) || (0x3131...0x3163).contains(letter)
    }

    /// A text as letters, as words of a lexicon are kept.
    static func letters(_ text: String) -> [UInt32] { text.map(letter) }

    /// The letter that a character is read as.
    static func letter(_ character: Character) -> UInt32 {
        let scalars = character.unicodeScalars
        guard let first = scalars.first?.value else { return 0 }
        if scalars.count > 1 { return syllable(scalars.map(\.value)) ?? (first == 0x0D ? 0x20 : 0) }
        switch first {
        case 0x41...0x5A: return first + 0x20
        case 0xFF21...0xFF3A: return first - 0xFEC0
        case 0xFF01...0xFF5E: return first - 0xFEE0
        case 0x09...0x0D, 0xA0, 0x3000, 0x200B: return 0x20
        case 0x2018, 0x2019: return 0x27
        case 0x2010...0x2015, 0x2212, 0x301C: return 0x2D
        default: return first
        }
    }

    /// The syllable that conjoining jamo spell.
    private static func syllable(_ scalars: [UInt32]) -> UInt32? {
        guard scalars.count >= 2, (0x1100...0x1112).contains(scalars[0]), (0x1161...0x1175).contains(scalars[1]) else {
            return nil
        }
        let final = scalars.count > 2 && (0x11A8...0x11C2).contains(scalars[2]) ? Int(scalars[2] - 0x11A7) : 0
        return Jamo.syllable(initial: Int(scalars[0] - 0x1100), medial: Int(scalars[1] - 0x1161), final: final)
    }
}
