/// GS1-128 (ISO/IEC 15417): start C, FNC1, pairs of figures, check sign, stop; as widths of bars and spaces in turn.
enum Code128 {
    /// Widths of bar, space, bar, space, bar, space of each of the 106 signs, and of the stop.
    static let patterns = """
        212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222
        123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321
        232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121
        313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224
        111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111
        111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113
        114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112
        """.split { " \n".contains($0) }.map { $0.utf8.map { Int($0 - 48) } }

    private static let (startC, fnc1, stop) = (105, 102, 106)

    /// The signs of an even number of figures, check sign and stop among them; nil where there are other signs.
    static func signs(_ figures: String) -> [Int]? {
        let bytes = Array(figures.utf8)
        guard !bytes.isEmpty, bytes.count % 2 == 0, bytes.allSatisfy({ (48...57).contains($0) }) else { return nil }
        var data = [fnc1]
        for at in stride(from: 0, to: bytes.count, by: 2) {
            let (tens, ones) = (Int(bytes[at]) - 48, Int(bytes[at + 1]) - 48)
            data.append(tens * 10 + ones)
        }
        var sum = startC
        for (index, sign) in data.enumerated() { sum += (index + 1) * sign }
        let check = sum % 103
        return [startC] + data + [check, stop]
    }

    /// The bars: where each begins and how wide it is, in modules.
    static func bars(_ figures: String) -> [(at: Int, width: Int)] {
        var (at, bars) = (0, [(at: Int, width: Int)]())
        for sign in signs(figures) ?? [] {
            for (index, width) in patterns[sign].enumerated() {
                if index % 2 == 0 { bars.append((at, width)) }
                at += width
            }
        }
        return bars
    }

    /// How many modules the whole is wide.
    static func width(_ figures: String) -> Int { bars(figures).last.map { $0.at + $0.width } ?? 0 }
}
