/// Numbers that come out the same for the same seed (SplitMix64: Steele, Lea, Flood 2014), so that what was learnt, drawn
/// or simulated once can be repeated anywhere.
public struct SeededDraw: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Numbers of a seed.
    public init(seed: UInt64) { state = seed }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// Evenly from 0 up to, not including, 1.
    public mutating func uniform() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }

    /// Evenly from 0 up to, not including, `bound`, which is more than zero.
    public mutating func below(_ bound: Int) -> Int { Int(((next() >> 32) &* UInt64(truncatingIfNeeded: bound)) >> 32) }

    /// Whether something of this probability happens.
    public mutating func happens(_ probability: Double) -> Bool { uniform() < probability }

    /// One of several; nil where there is none.
    public mutating func pick<Element>(_ elements: [Element]) -> Element? {
        elements.isEmpty ? nil : elements[Int(next() % UInt64(elements.count))]
    }

    /// The same elements in another order (Fisher and Yates).
    public mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
        var elements = elements
        for last in stride(from: elements.count - 1, to: 0, by: -1) {
            elements.swapAt(last, Int(next() % UInt64(last + 1)))
        }
        return elements
    }
}
