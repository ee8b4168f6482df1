import Record

/// SplitMix64: the same numbers for the same seed, so that a failure can be repeated.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

extension JSON {
    static func random(depth: Int, using generator: inout SeededGenerator) -> JSON {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &generator) {
        case 0: return .null
        case 1: return .bool(.random(using: &generator))
        case 2:
            let number = Double(bitPattern: generator.next())
            return .number(number.isFinite ? number : 1)
        case 3: return .number(Double(Int.random(in: -1000...1000, using: &generator)) / 8)
        case 4: return .string(text(using: &generator))
        case 5:
            return .array(
                (0..<Int.random(in: 0..<5, using: &generator)).map { _ in random(depth: depth - 1, using: &generator) })
        default:
            var members: [String: JSON] = [:]
            for _ in 0..<Int.random(in: 0..<5, using: &generator) {
                members[text(using: &generator)] = random(depth: depth - 1, using: &generator)
            }
            return .object(members)
        }
    }

    private static func text(using generator: inout SeededGenerator) -> String {
        let scalars = [
            "a", "Z", "\"", "\\", "\n", "\u{1}", "\u{7F}", "é", "가", "\u{E000}", "\u{FB33}", "😂", "\u{2028}", "/",
        ]
        return (0..<Int.random(in: 0..<8, using: &generator)).map { _ in
            scalars[Int.random(in: scalars.indices, using: &generator)]
        }.joined()
    }
}
