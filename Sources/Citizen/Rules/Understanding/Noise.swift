/// What a bad line and a bad recogniser make of an utterance, repeatable by its seed: like-sounding jamo, lost spaces,
/// sounds that move into the next syllable.
struct Noise: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// SplitMix64 (Steele, Lea, Flood 2014).
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Initials, medials and finals that are taken for one another, by their numbers.
    private static let initials = [
        [0, 1, 15], [3, 4, 16], [7, 8, 17], [9, 10], [12, 13, 14], [2, 5, 6], [11, 18],
    ]
    private static let medials = [
        [0, 4], [8, 13], [1, 5], [18, 20], [2, 6], [12, 17], [11, 10, 15], [16, 20], [9, 0],
    ]
    private static let finals = [[4, 21, 16], [1, 17, 7, 19], [8, 0], [4, 0], [20, 19]]

    /// The text with about so large a part of its signs changed.
    mutating func disturb(_ text: String, share: Double) -> String {
        var signs = text.unicodeScalars.map(\.value)
        for index in signs.indices where Double.random(in: 0..<1, using: &self) < share {
            if signs[index] == 0x20 {
                signs[index] = 0
            } else if (0x61...0x7A).contains(signs[index]), index + 1 < signs.count, Bool.random(using: &self) {
                signs.swapAt(index, index + 1)
            } else if (0x61...0x7A).contains(signs[index]) {
                signs[index] = Bool.random(using: &self) ? 0 : UInt32.random(in: 0x61...0x7A, using: &self)
            } else if let parts = Jamo.parts(of: signs[index]) {
                signs[index] = disturbed(parts)
            }
        }
        var result = ""
        result.unicodeScalars.append(contentsOf: signs.filter { $0 != 0 }.compactMap(Unicode.Scalar.init))
        return result
    }

    private mutating func disturbed(_ parts: (initial: Int, medial: Int, final: Int)) -> UInt32 {
        var (initial, medial, final) = parts
        switch Int.random(in: 0..<3, using: &self) {
        case 0: initial = alike(initial, Self.initials)
        case 1: medial = alike(medial, Self.medials)
        default: final = alike(final, Self.finals)
        }
        return Jamo.syllable(initial: initial, medial: medial, final: final)
    }

    private mutating func alike(_ sound: Int, _ groups: [[Int]]) -> Int {
        let others = groups.filter { $0.contains(sound) }.flatMap { $0 }.filter { $0 != sound }
        return others.randomElement(using: &self) ?? sound
    }
}
