/// Unsigned LEB128 and zigzag, as in Protocol Buffers' wire format.
extension [UInt8] {
    mutating func append(varint value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }

    mutating func append(text: String) {
        append(varint: UInt64(text.utf8.count))
        append(contentsOf: text.utf8)
    }
}

extension Int64 {
    /// Small magnitudes of either sign become small unsigned numbers.
    var zigzag: UInt64 { UInt64(bitPattern: (self << 1) ^ (self >> 63)) }

    init(zigzag: UInt64) { self = Int64(bitPattern: zigzag >> 1) ^ -Int64(bitPattern: zigzag & 1) }
}

/// Reads what was written; whatever the bytes are, it throws rather than traps.
struct ByteReader {
    private let bytes: [UInt8]
    private(set) var offset: Int

    init(_ bytes: [UInt8], from offset: Int = 0) {
        self.bytes = bytes
        self.offset = offset
    }

    var remaining: Int { bytes.count - offset }

    mutating func byte() throws(SeriesError) -> UInt8 {
        guard offset < bytes.count else { throw damaged("the bytes end too early") }
        defer { offset += 1 }
        return bytes[offset]
    }

    mutating func varint() throws(SeriesError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = try byte()
            guard shift < 63 || byte <= 1 else { throw damaged("a number has more than 64 bits") }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
    }

    mutating func zigzag() throws(SeriesError) -> Int64 { Int64(zigzag: try varint()) }

    /// A count of things of which each takes at least so many bytes: a damaged count cannot ask for all memory.
    mutating func count(ofAtLeast size: Int) throws(SeriesError) -> Int {
        let count = try varint()
        guard count <= UInt64(remaining / size) else { throw damaged("more is announced than follows") }
        return Int(count)
    }

    /// So many bytes, the lowest first.
    mutating func word(bytes count: Int) throws(SeriesError) -> UInt64 {
        guard count <= 8, count <= remaining else { throw damaged("the bytes end too early") }
        var value: UInt64 = 0
        for index in 0..<count { value |= UInt64(bytes[offset + index]) << UInt64(8 * index) }
        offset += count
        return value
    }

    mutating func text() throws(SeriesError) -> String {
        let count = try count(ofAtLeast: 1)
        defer { offset += count }
        guard let text = String(validating: bytes[offset..<offset + count], as: UTF8.self) else {
            throw damaged("a text is not UTF-8")
        }
        return text
    }

    mutating func quality() throws(SeriesError) -> Quality {
        guard let quality = Quality(rawValue: try byte()) else { throw damaged("no such quality") }
        return quality
    }

    func damaged(_ what: String) -> SeriesError { SeriesError(.damaged, at: offset, what) }
}
