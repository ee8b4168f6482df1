import Record

extension LineProtocol {
    /// The bytes that mean something in a line.
    enum Sign {
        static let newline: UInt8 = 10
        static let carriageReturn: UInt8 = 13
        static let space: UInt8 = 32
        static let quote: UInt8 = 34
        static let hash: UInt8 = 35
        static let comma: UInt8 = 44
        static let minus: UInt8 = 45
        static let equals: UInt8 = 61
        static let backslash: UInt8 = 92
    }

    /// Moves to the next of three bytes that no backslash protects, or to the end of the line.
    /// - Returns: a hash of what was passed (FNV-1a, 64 bits).
    @discardableResult
    mutating func scan(_ one: UInt8, _ other: UInt8, _ third: UInt8) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        while at < bytes.count {
            let byte = bytes[at]
            if byte == one || byte == other || byte == third || byte == Sign.newline { break }
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
            at += 1
            if byte == Sign.backslash, at < bytes.count, bytes[at] != Sign.newline {
                hash = (hash ^ UInt64(bytes[at])) &* 0x100_0000_01B3
                at += 1
            }
        }
        return hash
    }

    mutating func skipBlanks() {
        while at < bytes.count, bytes[at] == Sign.space || bytes[at] == Sign.carriageReturn { at += 1 }
    }

    /// Whether two stretches hold the same bytes.
    func same(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
        guard left.count == right.count else { return false }
        for offset in 0..<left.count where bytes[left.lowerBound + offset] != bytes[right.lowerBound + offset] {
            return false
        }
        return true
    }

    /// The text of a stretch, without the backslashes that protect commas, spaces and equals signs.
    func text(_ range: Range<Int>) -> String {
        guard bytes[range].contains(Sign.backslash) else { return String(decoding: bytes[range], as: UTF8.self) }
        var out: [UInt8] = []
        var index = range.lowerBound
        while index < range.upperBound {
            if bytes[index] == Sign.backslash, index + 1 < range.upperBound,
                [Sign.comma, Sign.space, Sign.equals].contains(bytes[index + 1])
            {
                index += 1
            }
            out.append(bytes[index])
            index += 1
        }
        return String(decoding: out, as: UTF8.self)
    }

    func rejection(_ field: String, _ rule: Rejection.Rule, _ range: Range<Int> = 0..<0) -> Rejection {
        // Four bytes a sign at most, of which 80 are shown.
        Rejection(line: began, field: field, rule, String(decoding: bytes[range.prefix(400)], as: UTF8.self))
    }
}
