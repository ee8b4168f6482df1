import District
import Testing

@testable import Commons

@Suite("Exact numbers")
struct ExactTests {
    @Test(
        "sums, differences and products of numbers that fit are those of the machine", arguments: [1, 2, 3] as [UInt64])
    func small(seed: UInt64) {
        var draw = SeededDraw(seed: seed)
        for _ in 0..<2_000 {
            let (one, other) = (draw.below(2_000_001) - 1_000_000, draw.below(2_000_001) - 1_000_000)
            let (a, b) = (BigInteger(one), BigInteger(other))
            #expect(a + b == BigInteger(one + other))
            #expect(a - b == BigInteger(one - other))
            #expect(a * b == BigInteger(one * other))
            #expect((a < b) == (one < other))
        }
    }

    @Test("numbers of many words keep the laws of arithmetic", arguments: [4, 5] as [UInt64])
    func large(seed: UInt64) {
        var draw = SeededDraw(seed: seed)
        func number() -> BigInteger {
            (0..<6).reduce(BigInteger(1)) { product, _ in product * BigInteger(draw.below(1 << 30) - (1 << 29)) }
        }
        for _ in 0..<200 {
            let (a, b, c) = (number(), number(), number())
            #expect((a + b) * c == a * c + b * c)
            #expect(a - b == -(b - a))
            #expect((a + b) - b == a)
            #expect(a * b == b * a)
        }
        // 2¹²⁸ − 1 and 1 carry through every word.
        let most = BigInteger(Int.max) + BigInteger(Int.max) + BigInteger(1)
        let wide = most * (most + BigInteger(2))
        #expect(wide + BigInteger(1) - BigInteger(1) == wide)
        #expect((wide + BigInteger(1)).words == [0, 0, 1])
    }

    @Test("fractions compare crosswise, and are near their number in floating point")
    func fractions() {
        #expect(Fraction(1, 3) == Fraction(2, 6))
        #expect(Fraction(1, 3) < Fraction(334, 1000))
        #expect(!(Fraction(-1, 3) < Fraction(-2, 5)))
        #expect(abs(Fraction(22, 7).approximate - 22.0 / 7) < 1e-15)
        let huge = (0..<60).reduce(Fraction(3, 7)) { value, _ in
            Fraction(value.numerator * BigInteger(1 << 40), value.denominator * BigInteger(1 << 40))
        }
        #expect(abs(huge.approximate - 3.0 / 7) < 1e-15)
    }
}
