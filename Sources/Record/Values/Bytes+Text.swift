#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Hexadecimal digits.
enum Hex {
    static let digits = Array("0123456789abcdef".utf8)

    /// What a digit of either case stands for.
    static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x41...0x46: digit - 0x37
        case 0x61...0x66: digit - 0x57
        default: nil
        }
    }
}

extension [UInt8] {
    /// The bytes in lower-case hexadecimal.
    public var hex: String {
        String(unsafeUninitializedCapacity: count * 2) { out in
            for (offset, byte) in self.enumerated() {
                out[offset * 2] = Hex.digits[Int(byte >> 4)]
                out[offset * 2 + 1] = Hex.digits[Int(byte & 15)]
            }
            return count * 2
        }
    }

    /// From hexadecimal; nil where the text is none.
    init?(hex text: some StringProtocol) {
        let digits = text.utf8.compactMap(Hex.value)
        guard digits.count == text.utf8.count, digits.count.isMultiple(of: 2) else { return nil }
        self = stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    /// The bytes in base 64 (RFC 4648 §4).
    var base64: String { Data(self).base64EncodedString() }

    /// From base 64; nil where the text is none, or not the one text that these bytes have.
    init?(base64 text: some StringProtocol) {
        guard let data = Data(base64Encoded: String(text)) else { return nil }
        self = Array(data)
        guard base64 == String(text) else { return nil }
    }

    /// A number in so many bytes, the most significant first.
    init(bigEndian value: some FixedWidthInteger) {
        self = Swift.withUnsafeBytes(of: value.bigEndian) { Array($0) }
    }
}
