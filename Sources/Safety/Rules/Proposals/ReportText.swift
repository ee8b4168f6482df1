import Foundation

/// A free text as the classifier reads it: composed syllables, lower case, every run of digits one zero, everything
/// else one blank; so that "3m", "8 m" and "８ｍ" read alike.
struct ReportText: Sendable, Hashable {
    let scalars: [Unicode.Scalar]

    /// The longest text that is read, in signs; what follows changes nothing.
    static let longest = 2000

    init(_ text: String) {
        var scalars: [Unicode.Scalar] = [" "]
        let folded = String(text.prefix(Self.longest)).precomposedStringWithCompatibilityMapping.lowercased()
        for scalar in folded.unicodeScalars {
            let next: Unicode.Scalar =
                if scalar.properties.numericType != nil {
                    "0"
                } else if scalar.properties.isAlphabetic {
                    scalar
                } else {
                    " "
                }
            if next == " " || next == "0", scalars.last == next { continue }
            scalars.append(next)
        }
        if scalars.last != " " { scalars.append(" ") }
        self.scalars = scalars
    }

    /// The letters of the syllables (Unicode 3.12): 떨 as ㄸ, ㅓ, ㄹ, so that 떨어져 and 떨어졌 share more than two.
    var letters: [Unicode.Scalar] {
        scalars.flatMap { scalar -> [Unicode.Scalar] in
            guard (0xAC00...0xD7A3).contains(scalar.value) else { return [scalar] }
            let index = scalar.value - 0xAC00
            let parts = [0x1100 + index / 588, 0x1161 + index % 588 / 28, index % 28 == 0 ? 0 : 0x11A7 + index % 28]
            return parts.filter { $0 > 0 }.compactMap { Unicode.Scalar($0) }
        }
    }

    /// What the text consists of: runs of one to four signs, and of four to six letters, each once, by their hash.
    var grams: Set<UInt64> {
        var grams: Set<UInt64> = []
        Self.collect(scalars, 1...4, kind: 1, into: &grams)
        Self.collect(letters, 4...6, kind: 2, into: &grams)
        return grams
    }

    /// The runs of two to four signs as they can be shown, with their hash; none begins or ends with a blank.
    var shown: [(gram: String, hash: UInt64)] {
        var shown: [(String, UInt64)] = []
        var seen: Set<UInt64> = []
        for length in 2...4 where scalars.count >= length {
            for start in 0...(scalars.count - length) {
                let run = scalars[start..<start + length]
                guard run.first != " ", run.last != " " else { continue }
                let hash = Self.hash(run, kind: 1)
                guard seen.insert(hash).inserted else { continue }
                var text = String.UnicodeScalarView()
                text.append(contentsOf: run)
                shown.append((String(text), hash))
            }
        }
        return shown
    }

    private static func collect(
        _ scalars: [Unicode.Scalar], _ lengths: ClosedRange<Int>, kind: UInt64, into grams: inout Set<UInt64>
    ) {
        for start in scalars.indices {
            var hash = seed(kind)
            for length in 1...lengths.upperBound {
                let at = start + length - 1
                guard at < scalars.count else { break }
                hash = step(hash, scalars[at])
                if length >= lengths.lowerBound, !(length == 1 && scalars[at] == " ") { grams.insert(hash) }
            }
        }
    }

    private static func hash(_ run: ArraySlice<Unicode.Scalar>, kind: UInt64) -> UInt64 { run.reduce(seed(kind), step) }

    /// FNV-1a over 64 bits, a sign at a time: no two runs of one house's vocabulary meet in practice.
    private static func seed(_ kind: UInt64) -> UInt64 { (0xCBF2_9CE4_8422_2325 ^ kind) &* 0x0000_0100_0000_01B3 }
    private static func step(_ hash: UInt64, _ scalar: Unicode.Scalar) -> UInt64 {
        (hash ^ UInt64(scalar.value)) &* 0x0000_0100_0000_01B3
    }
}
