/// A UUID of version 7 (RFC 9562): sorts by the time it was made, and needs no one's permission.
public struct Identifier: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The upper and the lower 64 bits.
    public let high: UInt64, low: UInt64

    /// A new identifier for something that came to be at a given moment.
    public init(at moment: Timestamp = .now()) {
        var generator = SystemRandomNumberGenerator()
        self.init(at: moment, using: &generator)
    }

    /// A new identifier whose random bits come from the given generator (seeded in simulations).
    public init(at moment: Timestamp, using generator: inout some RandomNumberGenerator) {
        let time = UInt64(bitPattern: moment.milliseconds) & 0xFFFF_FFFF_FFFF
        // Microseconds within the millisecond fill rand_a, so that identifiers made in order sort in order.
        let fraction = UInt64((moment.microseconds - moment.milliseconds * 1000) * 4096 / 1000)
        high = time << 16 | 0x7000 | fraction & 0xFFF
        low = generator.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    }

    /// From its usual text, `018f…-7…-8…`, in either case.
    public init?(_ text: some StringProtocol) {
        var words: (high: UInt64, low: UInt64) = (0, 0)
        var offset = 0
        for byte in text.utf8 {
            defer { offset += 1 }
            if offset == 8 || offset == 13 || offset == 18 || offset == 23 {
                guard byte == 45 else { return nil }
                continue
            }
            guard let digit = Hex.value(of: byte) else { return nil }
            words = (words.high << 4 | words.low >> 60, words.low << 4 | UInt64(digit))
        }
        guard offset == 36 else { return nil }
        (high, low) = words
    }

    /// Lower-case hexadecimal with hyphens.
    public var description: String {
        let hex = Array("0123456789abcdef".utf8)
        return String(unsafeUninitializedCapacity: 36) { out in
            var at = 0
            for nibble in 0..<32 {
                if nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20 {
                    out[at] = 45
                    at += 1
                }
                let word = nibble < 16 ? high : low
                out[at] = hex[Int(word >> UInt64(60 - nibble % 16 * 4) & 15)]
                at += 1
            }
            return 36
        }
    }

    /// The earlier one first, since an identifier begins with its time.
    public static func < (left: Identifier, right: Identifier) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}
