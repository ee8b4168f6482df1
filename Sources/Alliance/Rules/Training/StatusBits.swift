/// The bits of a status list (W3C Bitstring Status List 1.0): one a credential, 1 where it counts no more.
struct StatusBits: Sendable, Hashable {
    /// As many as the standard demands at the least, so that no bit says whose it is: 16 KiB.
    static let count: Int64 = 131_072
    /// How many of them are given out before a new list begins; half, so that a free one is found at once.
    static let used: Int64 = count / 2

    private(set) var bytes = [UInt8](repeating: 0, count: Int(count / 8))

    /// The list with these bits set; the first bit is the leftmost.
    init(_ revoked: [Int64]) {
        for index in revoked where (0..<Self.count).contains(index) {
            bytes[Int(index / 8)] |= 0x80 >> UInt8(index % 8)
        }
    }

    /// Multibase (`u`, base64url without padding) of the gzip of the bits.
    var encoded: String { "u" + CompactJWS.base64url(Self.gzip(bytes)) }

    /// Bytes as gzip (RFC 1952) of one stored block (RFC 1951, 3.2.4): at most 65,535 of them. The list is short enough to
    /// travel as it is.
    static func gzip(_ bytes: [UInt8]) -> [UInt8] {
        precondition(bytes.count <= 65_535, "one stored block holds no more")
        let count = UInt16(bytes.count)
        func little(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(value >> ($0 * 8) & 255) } }
        let head: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
        let block: [UInt8] = [1, UInt8(count & 255), UInt8(count >> 8), UInt8(~count & 255), UInt8(~count >> 8)]
        return head + block + bytes + little(checksum(bytes)) + little(UInt32(bytes.count))
    }

    /// CRC-32 as gzip has it (ISO 3309).
    static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~UInt32(0)) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1 }
        }
    }
}
