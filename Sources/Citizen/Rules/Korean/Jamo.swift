/// Hangul taken apart into its letters (jamo), and put together again (Unicode 16, chapter 3.12).
///
/// What is compared is *sound*, so letters that most people pronounce alike today are one letter here (`ㅐ`/`ㅔ`,
/// `ㅚ`/`ㅙ`/`ㅞ`), and a double final (`ㄺ`) is its two letters. Latin letters and digits have codes of their own.
enum Jamo {
    private static let initials: [UInt8] = [1, 2, 4, 7, 8, 9, 17, 18, 19, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30]
    private static let finals: [[UInt8]] = [
        [], [1], [2], [1, 21], [4], [4, 24], [4, 30], [7], [9], [9, 1], [9, 17], [9, 18], [9, 21], [9, 28], [9, 29],
        [9, 30], [17], [18], [18, 21], [21], [22], [23], [24], [26], [27], [28], [29], [30],
    ]
    /// The medial vowels by their number, alike sounds folded: code 31 is `ㅏ`.
    private static let medials: [UInt8] = [
        31, 32, 33, 32, 35, 32, 37, 32, 39, 40, 42, 42, 43, 44, 45, 42, 47, 48, 49, 50, 51,
    ]

    /// Whether a code is a vowel's.
    static func isVowel(_ code: UInt8) -> Bool { (31...51).contains(code) }

    /// The codes of a letter: a syllable's jamo, a Latin letter, a digit; none for any other sign.
    static func codes(of letter: UInt32) -> [UInt8] {
        switch letter {
        case 0xAC00...0xD7A3:
            let index = Int(letter - 0xAC00)
            return [initials[index / 588], medials[index % 588 / 28]] + finals[index % 28]
        case 0x3131...0x314E: return cluster(UInt8(letter - 0x3130))
        case 0x314F...0x3163: return [medials[Int(letter - 0x314F)]]
        case 0x61...0x7A: return [UInt8(60 + letter - 0x61)]
        case 0x30...0x39: return [UInt8(90 + letter - 0x30)]
        default: return []
        }
    }

    /// The codes of a text, its spaces and signs left out.
    static func codes(_ text: String) -> [UInt8] { text.unicodeScalars.flatMap { codes(of: $0.value) } }

    /// A lone consonant of the compatibility block; a double one as its two letters.
    private static func cluster(_ code: UInt8) -> [UInt8] {
        switch code {
        case 3: [1, 21]
        case 5: [4, 24]
        case 6: [4, 30]
        case 10: [9, 1]
        case 11: [9, 17]
        case 12: [9, 18]
        case 13: [9, 21]
        case 14: [9, 28]
        case 15: [9, 29]
        case 16: [9, 30]
        case 20: [18, 21]
        default: [code]
        }
    }

    /// A syllable's initial, medial and final as numbers of their own lists; nil where the letter is no syllable.
    static func parts(of letter: UInt32) -> (initial: Int, medial: Int, final: Int)? {
        guard (0xAC00...0xD7A3).contains(letter) else { return nil }
        let index = Int(letter - 0xAC00)
        return (index / 588, index % 588 / 28, index % 28)
    }

    /// The syllable of an initial (0–18), a medial (0–20) and a final (0–27, 0 is none).
    static func syllable(initial: Int, medial: Int, final: Int) -> UInt32 {
        UInt32(0xAC00 + (initial * 21 + medial) * 28 + final)
    }

    /// Whether a text ends on a consonant, by which Korean chooses `은` or `는`; nil where it ends on no syllable.
    static func endsClosed(_ text: String) -> Bool? {
        guard
            let last = text.unicodeScalars.last(where: {
                $0.properties.isAlphabetic || $0.properties.numericType != nil
            })
        else { return nil }
        return parts(of: last.value).map { $0.final != 0 }
    }

    /// Consonants that are easily taken for one another: plain, aspirated and tense ones, and the sonorants.
    private static let families: [UInt8] = {
        var family = [UInt8](repeating: 0, count: 100)
        for (number, codes) in [[1, 2, 27], [7, 8, 28], [18, 19, 29], [21, 22], [24, 25, 26], [4, 9, 17, 23]]
            .enumerated()
        {
            for code in codes { family[code] = UInt8(number + 1) }
        }
        return family
    }()

    /// How many letters must be put in, taken out or changed to make one of the other; at most `limit + 1`.
    static func distance(_ one: ArraySlice<UInt8>, _ other: ArraySlice<UInt8>, limit: Int) -> Int {
        guard abs(one.count - other.count) <= limit else { return limit + 1 }
        var row = Array(0...other.count)
        for (line, letter) in one.enumerated() {
            var diagonal = row[0]
            row[0] = line + 1
            var least = row[0]
            for (column, second) in other.enumerated() {
                let next = letter == second ? diagonal : 1 + min(diagonal, row[column], row[column + 1])
                diagonal = row[column + 1]
                row[column + 1] = next
                least = min(least, next)
            }
            if least > limit { return limit + 1 }
        }
        return row[other.count]
    }

    /// What it takes to make one of the other: 2 for a letter put in, taken out, changed or swapped with the next, 1 where
    /// it is changed into one that sounds like it; at most `limit + 1` (optimal string alignment).
    static func mishearing(_ one: ArraySlice<UInt8>, _ other: [UInt8], limit: Int) -> Int {
        guard abs(one.count - other.count) * 2 <= limit else { return limit + 1 }
        let one = Array(one)
        var older = [Int](repeating: 0, count: other.count + 1)
        var old = (0...other.count).map { $0 * 2 }
        for line in one.indices {
            var row = [Int](repeating: (line + 1) * 2, count: other.count + 1)
            var least = row[0]
            for column in other.indices {
                let change: Int
                if one[line] == other[column] {
                    change = 0
                } else {
                    let family = families[Int(one[line])]
                    change = family != 0 && family == families[Int(other[column])] ? 1 : 2
                }
                var cost = min(old[column] + change, old[column + 1] + 2, row[column] + 2)
                if line > 0, column > 0, one[line] == other[column - 1], one[line - 1] == other[column] {
                    cost = min(cost, older[column - 1] + 2)
                }
                row[column + 1] = cost
                least = min(least, cost)
            }
            if least > limit { return limit + 1 }
            (older, old) = (old, row)
        }
        return old[other.count]
    }
}
