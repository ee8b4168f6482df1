import Record

/// Makes an utterance even, so that the same request said twice is the same request read twice.
struct Normaliser: Sendable {
    /// Words that fill a pause and say nothing.
    let fillers: Set<[UInt32]>
    /// What recognisers and dialects make of a word, by its first letter: longest first.
    private let confusions: [UInt32: [(from: [UInt32], to: [UInt32])]]

    /// - Parameters:
    ///   - fillers: words that fill a pause.
    ///   - confusions: what is heard, and what was meant; without spaces.
    init(fillers: [String], confusions: [String: String]) {
        self.fillers = Set(fillers.map(Self.letters))
        var byFirst: [UInt32: [(from: [UInt32], to: [UInt32])]] = [:]
        for (from, to) in confusions {
            let letters = Self.letters(from)
            guard let first = letters.first else { continue }
            byFirst[first, default: []].append((letters, Self.letters(to)))
        }
        self.confusions = byFirst.mapValues { $0.sorted { $0.from.count > $1.from.count } }
    }

    /// A word of the lexicon as letters.
    static func letters(_ text: String) -> [UInt32] { Normaliser.plain.read(Utterance(text)).letters }

    /// Letters as a text.
    static func text(_ letters: [UInt32]) -> String {
        var text = ""
        text.unicodeScalars.append(contentsOf: letters.compactMap(Unicode.Scalar.init))
        return text
    }

    /// Nothing but letters made even.
    static let plain = Normaliser()

    private init() {
        fillers = []
        confusions = [:]
    }

    /// Reads an utterance.
    /// - Parameter keepsFillers: as answers are read, where `어` may be a yes.
    func read(_ utterance: Utterance, keepsFillers: Bool = false) -> Normalised {
        var asks = false
        var words: [[Letter]] = [[]]
        for (index, character) in utterance.text.enumerated() {
            for scalar in Self.even(character) {
                switch scalar {
                case 0x20:
                    if words.last?.isEmpty == false { words.append([]) }
                case 0x3F:
                    asks = true
                    if words.last?.isEmpty == false { words.append([]) }
                default: words[words.count - 1].append(Letter(value: scalar, span: index..<index + 1))
                }
            }
        }
        // An answer is taken as it was said: a yes with another script's sound in it is no clear yes.
        if !keepsFillers { words = words.flatMap(Self.byScript) }
        words = words.map(Self.shortened).map(confused).filter { !$0.isEmpty }
        if !keepsFillers {
            let spoken = words.map(withoutFiller).filter { !fillers.contains($0.map(\.value)) }
            words = spoken.isEmpty ? words : spoken
        }
        var ranges: [Range<Int>] = []
        var start = 0
        for word in words {
            ranges.append(start..<start + word.count)
            start += word.count
        }
        let letters = words.flatMap { $0 }
        return Normalised(letters: letters.map(\.value), spans: letters.map(\.span), words: ranges, asks: asks)
    }

    /// A letter and the characters it stands for.
    private struct Letter {
        let value: UInt32
        let span: Range<Int>
    }

    /// The even letters of a character: nothing for what is not said, a space for what stands between words.
    private static func even(_ character: Character) -> [UInt32] {
        let scalars = character.unicodeScalars.map(\.value)
        if let whole = composed(scalars) { return [whole] }
        return scalars.compactMap { scalar in
            switch scalar {
            case 0xFF01...0xFF5E: even(scalar - 0xFEE0)
            default: even(scalar)
            }
        }
    }

    private static func even(_ scalar: UInt32) -> UInt32? {
        switch scalar {
        case 0x41...0x5A: scalar + 0x20
        case 0x61...0x7A, 0x30...0x39, 0xAC00...0xD7A3, 0x3131...0x3163: scalar
        case 0x27, 0x2019, 0x200B, 0xFEFF: nil
        case 0x3F: scalar
        default: 0x20
        }
    }

    /// The syllable that conjoining jamo spell (text that comes from a Mac).
    private static func composed(_ scalars: [UInt32]) -> UInt32? {
        guard scalars.count >= 2, (0x1100...0x1112).contains(scalars[0]), (0x1161...0x1175).contains(scalars[1]) else {
            return nil
        }
        let final = scalars.count > 2 && (0x11A8...0x11C2).contains(scalars[2]) ? Int(scalars[2] - 0x11A7) : 0
        return Jamo.syllable(initial: Int(scalars[0] - 0x1100), medial: Int(scalars[1] - 0x1161), final: final)
    }

    /// A word's Korean and its Latin parts: `수고하십니다SRT`, `TBM했어요`.
    private static func byScript(_ word: [Letter]) -> [[Letter]] {
        var parts: [[Letter]] = []
        for letter in word {
            let isLatin = (0x61...0x7A).contains(letter.value)
            if let last = parts.last?.last?.value,
                isLatin && (0xAC00...0xD7A3).contains(last)
                    || (0xAC00...0xD7A3).contains(letter.value) && (0x61...0x7A).contains(last)
            {
                parts.append([letter])
            } else {
                parts.append((parts.popLast() ?? []) + [letter])
            }
        }
        return parts
    }

    /// A word without laughter and tears (`ㅋㅋ`, `ㅠㅠ`) and without what only makes it longer (`네에에`, `아아아`).
    private static func shortened(_ word: [Letter]) -> [Letter] {
        var kept: [Letter] = []
        var index = 0
        while index < word.count {
            let letter = word[index]
            var end = index + 1
            while end < word.count, word[end].value == letter.value { end += 1 }
            let run = end - index
            let isDrawn = run >= 2 && kept.last.map { draws(letter.value, from: $0.value) } == true
            let isDigit = (0x30...0x39).contains(letter.value)
            if !isDrawn { kept += word[index..<(run >= 3 && !isDigit ? index + 1 : end)] }
            index = end
        }
        let isSpoken = kept.contains { (0xAC00...0xD7A3).contains($0.value) || $0.value < 0x80 }
        return isSpoken
            ? kept.filter { !(0x3131...0x3163).contains($0.value) }
            : kept.filter { ![0x314B, 0x314E, 0x3160, 0x315C].contains($0.value) }
    }

    /// Whether a syllable only draws the vowel of the one before it: `에` after `네`.
    private static func draws(_ letter: UInt32, from before: UInt32) -> Bool {
        guard let letter = Jamo.parts(of: letter), let before = Jamo.parts(of: before) else { return false }
        return letter.initial == 11 && letter.final == 0 && before.final == 0 && letter.medial == before.medial
    }

    /// A word without the long filler that a recogniser left on it: `여보세요침대`.
    private func withoutFiller(_ word: [Letter]) -> [Letter] {
        for length in stride(from: min(word.count - 1, 8), through: 4, by: -1)
        where fillers.contains(word.prefix(length).map(\.value)) {
            return Array(word.dropFirst(length))
        }
        return word
    }

    private func confused(_ word: [Letter]) -> [Letter] {
        var result: [Letter] = []
        var index = 0
        while index < word.count {
            let rule = confusions[word[index].value]?.first { rule in
                rule.from.count <= word.count - index
                    && rule.from.elementsEqual(word[index..<index + rule.from.count].lazy.map(\.value))
            }
            guard let rule else {
                result.append(word[index])
                index += 1
                continue
            }
            let span = word[index].span.lowerBound..<word[index + rule.from.count - 1].span.upperBound
            result += rule.to.map { Letter(value: $0, span: span) }
            index += rule.from.count
        }
        return result
    }
}
