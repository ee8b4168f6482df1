/// Numbers as text.
enum DecimalNumber {
    /// Powers of ten that a double holds exactly.
    private static let powers: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    /// The double a text spells; nil where it spells none. What a sensor sends (up to 15 digits) takes the quick way:
    /// a whole number and a power of ten that are both exact give the nearest double in one division (Clinger 1990).
    static func double(_ text: ArraySlice<UInt8>) -> Double? {
        var index = text.startIndex
        let isNegative = index < text.endIndex && text[index] == 45
        if isNegative || index < text.endIndex && text[index] == 43 { index += 1 }
        var mantissa: Int64 = 0
        var digits = 0
        var decimals = 0
        var isAfterPoint = false
        while index < text.endIndex {
            let byte = text[index]
            if byte >= 48, byte <= 57 {
                guard digits < 15 else { return Double(String(decoding: text, as: UTF8.self)) }
                mantissa = mantissa * 10 + Int64(byte - 48)
                digits += 1
                if isAfterPoint { decimals += 1 }
            } else if byte == 46, !isAfterPoint {
                isAfterPoint = true
            } else {
                return Double(String(decoding: text, as: UTF8.self))
            }
            index += 1
        }
        guard digits > 0 else { return nil }
        let value = Double(mantissa) / powers[decimals]
        return isNegative ? -value : value
    }
}
