/// An integer of any size: what an exact fraction is made of. Only what a count of shares needs: sum, difference, product,
/// comparison; no division.
struct BigInteger: Sendable, Hashable {
    /// Whether it is below zero; never of zero.
    private(set) var isNegative: Bool
    /// Its magnitude, least significant word first, without leading zeros; empty for zero.
    private(set) var words: [UInt64]

    init(_ value: Int) {
        isNegative = value < 0
        words = value == 0 ? [] : [UInt64(value.magnitude)]
    }

    private init(isNegative: Bool, words: [UInt64]) {
        var words = words
        while words.last == 0 { words.removeLast() }
        self.isNegative = isNegative && !words.isEmpty
        self.words = words
    }

    static func + (one: BigInteger, other: BigInteger) -> BigInteger {
        if one.isNegative == other.isNegative {
            return BigInteger(isNegative: one.isNegative, words: sum(one.words, other.words))
        }
        return isLess(one.words, other.words)
            ? BigInteger(isNegative: other.isNegative, words: difference(other.words, one.words))
            : BigInteger(isNegative: one.isNegative, words: difference(one.words, other.words))
    }

    static prefix func - (value: BigInteger) -> BigInteger {
        BigInteger(isNegative: !value.isNegative, words: value.words)
    }

    static func - (one: BigInteger, other: BigInteger) -> BigInteger { one + -other }

    static func * (one: BigInteger, other: BigInteger) -> BigInteger {
        guard !one.words.isEmpty, !other.words.isEmpty else { return BigInteger(0) }
        var words = [UInt64](repeating: 0, count: one.words.count + other.words.count)
        for (place, word) in one.words.enumerated() {
            var carry: UInt64 = 0
            for (offset, factor) in other.words.enumerated() {
                let product = word.multipliedFullWidth(by: factor)
                let (first, over) = words[place + offset].addingReportingOverflow(product.low)
                let (second, again) = first.addingReportingOverflow(carry)
                words[place + offset] = second
                // No overflow: the high word of a product is at most 2⁶⁴ − 2.
                carry = product.high &+ (over ? 1 : 0) &+ (again ? 1 : 0)
            }
            words[place + other.words.count] = carry
        }
        return BigInteger(isNegative: one.isNegative != other.isNegative, words: words)
    }

    /// A number in floating point and a power of two that it is to be multiplied by: what is too large for one alone.
    var scaled: (significand: Double, exponent: Int) {
        guard let high = words.last else { return (0, 0) }
        let low = words.count > 1 ? words[words.count - 2] : 0
        let value = Double(high) + Double(low) / 18_446_744_073_709_551_616
        return (isNegative ? -value : value, 64 * (words.count - 1))
    }

    private static func sum(_ one: [UInt64], _ other: [UInt64]) -> [UInt64] {
        let (long, short) = one.count < other.count ? (other, one) : (one, other)
        var (words, carry) = (long, false)
        for place in long.indices {
            let addend = place < short.count ? short[place] : 0
            if addend == 0, !carry, place >= short.count { break }
            let (first, over) = words[place].addingReportingOverflow(addend)
            let (second, again) = first.addingReportingOverflow(carry ? 1 : 0)
            words[place] = second
            carry = over || again
        }
        if carry { words.append(1) }
        return words
    }

    /// The difference of magnitudes, of which the first is not less.
    private static func difference(_ one: [UInt64], _ other: [UInt64]) -> [UInt64] {
        var (words, borrow) = (one, false)
        for place in one.indices {
            let subtrahend = place < other.count ? other[place] : 0
            let (first, under) = words[place].subtractingReportingOverflow(subtrahend)
            let (second, again) = first.subtractingReportingOverflow(borrow ? 1 : 0)
            words[place] = second
            borrow = under || again
        }
        return words
    }

    private static func isLess(_ one: [UInt64], _ other: [UInt64]) -> Bool {
        guard one.count == other.count else { return one.count < other.count }
        for place in one.indices.reversed() where one[place] != other[place] { return one[place] < other[place] }
        return false
    }
}

extension BigInteger: Comparable {
    static func < (one: BigInteger, other: BigInteger) -> Bool {
        guard one.isNegative == other.isNegative else { return one.isNegative }
        return one.isNegative ? isLess(other.words, one.words) : isLess(one.words, other.words)
    }
}
