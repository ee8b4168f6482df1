/// Numbers as text.
enum DecimalNumber {
    /// What a text turned out to be.
    enum Reading: Equatable {
        case number(Double)
        /// Spelled as a number, but larger than a double can be.
        case tooLarge
        /// NaN or an infinity, in letters.
        case notFinite
        /// No number at all.
        case none
    }

    /// Powers of ten that a double holds exactly.
    private static let powers: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    /// The double nearest to the decimal number that a stretch of bytes spells: `-12.5e-3`, with a point or, where
    /// `decimal` is a comma, with either. Hexadecimal and blanks are refused.
    ///
    /// What a sensor sends takes the quick way: a whole number up to 2⁵³ and a power of ten up to 10²² are both exact
    /// doubles, so that one multiplication or division gives the nearest one (Clinger 1990).
    static func read(_ bytes: [UInt8], _ range: Range<Int>, decimal: UInt8 = 46) -> Reading {
        var at = range.lowerBound
        let end = range.upperBound
        let isNegative = at < end && bytes[at] == 45
        if at < end, bytes[at] == 45 || bytes[at] == 43 { at += 1 }
        var mantissa: UInt64 = 0
        var exponent = 0
        var digits = 0
        var isExact = true
        var isAfterPoint = false
        while at < end {
            let byte = bytes[at]
            if byte >= 48, byte <= 57 {
                digits += 1
                if mantissa > 900_000_000_000_000_000 {
                    isExact = false
                } else {
                    mantissa = mantissa * 10 + UInt64(byte - 48)
                }
                if isAfterPoint { exponent -= 1 }
            } else if byte == 46 || byte == decimal, !isAfterPoint {
                isAfterPoint = true
            } else {
                break
            }
            at += 1
        }
        guard digits > 0 else { return word(bytes, range) }
        if at < end, bytes[at] == 101 || bytes[at] == 69 {
            guard let power = wholeNumber(bytes, at + 1..<end) else { return .none }
            exponent += power
            at = end
        }
        guard at == end else { return .none }
        if isExact, mantissa <= 1 << 53, abs(exponent) <= 22 {
            let size = exponent < 0 ? Double(mantissa) / powers[-exponent] : Double(mantissa) * powers[exponent]
            return .number(isNegative ? -size : size)
        }
        return slow(bytes, range, decimal)
    }

    /// The exponent's digits with their sign; bounded, for nothing beyond matters.
    private static func wholeNumber(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
        var at = range.lowerBound
        let isNegative = at < range.upperBound && bytes[at] == 45
        if at < range.upperBound, bytes[at] == 45 || bytes[at] == 43 { at += 1 }
        guard at < range.upperBound else { return nil }
        var value = 0
        for byte in bytes[at..<range.upperBound] {
            guard byte >= 48, byte <= 57 else { return nil }
            value = min(value * 10 + Int(byte - 48), 100_000)
        }
        return isNegative ? -value : value
    }

    private static func slow(_ bytes: [UInt8], _ range: Range<Int>, _ decimal: UInt8) -> Reading {
        let text = String(decoding: bytes[range].map { $0 == decimal ? 46 : $0 }, as: UTF8.self)
        guard let value = Double(text) else { return .none }
        return value.isFinite ? .number(value) : .tooLarge
    }

    private static func word(_ bytes: [UInt8], _ range: Range<Int>) -> Reading {
        guard range.count <= 9 else { return .none }
        let letters = String(decoding: bytes[range], as: UTF8.self).lowercased().drop { $0 == "-" || $0 == "+" }
        return ["nan", "inf", "infinity"].contains(String(letters)) ? .notFinite : .none
    }

    /// The same for a text.
    static func read(_ text: some StringProtocol) -> Reading {
        let bytes = Array(text.utf8)
        return read(bytes, bytes.indices)
    }
}
