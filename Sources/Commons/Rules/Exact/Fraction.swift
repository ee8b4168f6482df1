/// An exact fraction with a denominator above zero; not reduced. Equal values may be written differently, so they are compared,
/// never hashed.
struct Fraction: Sendable {
    let numerator: BigInteger
    /// Above zero.
    let denominator: BigInteger

    init(_ numerator: BigInteger, _ denominator: BigInteger) {
        self.numerator = numerator
        self.denominator = denominator
    }

    init(_ numerator: Int, _ denominator: Int = 1) {
        self.init(BigInteger(numerator), BigInteger(denominator))
    }

    static func * (one: Fraction, factor: Int) -> Fraction {
        Fraction(one.numerator * BigInteger(factor), one.denominator)
    }
}

extension Fraction: Comparable {
    static func < (one: Fraction, other: Fraction) -> Bool {
        one.numerator * other.denominator < other.numerator * one.denominator
    }

    static func == (one: Fraction, other: Fraction) -> Bool {
        one.numerator * other.denominator == other.numerator * one.denominator
    }
}

extension Fraction {
    /// The nearest number in floating point, to within a few units in the last place.
    var approximate: Double {
        let (above, over) = numerator.scaled
        let (below, under) = denominator.scaled
        return above / below * Double(sign: .plus, exponent: over - under, significand: 1)
    }
}
