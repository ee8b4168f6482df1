#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Noise that is a function of its place alone: any second can be computed by itself, and always comes out the same.
struct HashedNoise: Sendable, Hashable {
    /// The stream; equal seeds give equal noise.
    let seed: UInt64

    /// Noise of a stream within a stream, such as one sensor's.
    init(seed: UInt64, stream: UInt64 = 0) {
        self.seed = Self.mix(seed &+ Self.mix(stream &+ 0x9E37_79B9_7F4A_7C15))
    }

    /// The finaliser of SplitMix64 (Steele, Lea, Flood 2014).
    static func mix(_ value: UInt64) -> UInt64 {
        var bits = value &+ 0x9E37_79B9_7F4A_7C15
        bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
        return bits ^ bits >> 31
    }

    /// Evenly between 0 and 1, without either.
    func uniform(_ index: Int64) -> Double {
        let bits = Self.mix(seed ^ Self.mix(UInt64(bitPattern: index)))
        return (Double(bits >> 11) + 0.5) / 9_007_199_254_740_992
    }

    /// Gaussian with mean 0 and variance 1 (Box and Muller 1958).
    func gaussian(_ index: Int64) -> Double {
        (-2 * log(uniform(2 &* index))).squareRoot() * cos(2 * .pi * uniform(2 &* index &+ 1))
    }

    /// Like an AR(1) process of variance 1, cut off to a moving average of so many terms.
    func smooth(_ index: Int64, correlation: Double, terms: Int = 24) -> Double {
        var sum = 0.0
        var square = 0.0
        var weight = 1.0
        for back in 0..<Int64(terms) {
            sum += weight * gaussian(index &- back)
            square += weight * weight
            weight *= correlation
        }
        return sum / square.squareRoot()
    }
}

extension HashedNoise {
    /// The cosine of so many full turns.
    static func cosine(turns: Double) -> Double { cos(2 * .pi * turns) }
}
