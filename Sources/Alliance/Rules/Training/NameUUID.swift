import Record

/// A UUID out of a name (RFC 4122, 4.3, version 5): the same name always gives the same one, on every machine.
enum NameUUID {
    /// The UUID of a name in a namespace, in its usual text.
    static func of(_ name: String, in namespace: [UInt8] = urls) -> String {
        var bytes = Array(sha1(namespace + Array(name.utf8)).prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x50
        bytes[8] = bytes[8] & 0x3F | 0x80
        let hex = bytes.hex
        var text = ""
        for (place, digit) in hex.enumerated() {
            if [8, 12, 16, 20].contains(place) { text.append("-") }
            text.append(digit)
        }
        return text
    }

    /// The namespace of URLs (RFC 4122, appendix C): 6ba7b811-9dad-11d1-80b4-00c04fd430c8.
    static let urls: [UInt8] = [
        0x6B, 0xA7, 0xB8, 0x11, 0x9D, 0xAD, 0x11, 0xD1, 0x80, 0xB4, 0x00, 0xC0, 0x4F, 0xD4, 0x30, 0xC8,
    ]

    /// SHA-1 (FIPS 180-4, 6.1). It names things here and protects nothing.
    static func sha1(_ message: [UInt8]) -> [UInt8] {
        func turned(_ value: UInt32, _ by: UInt32) -> UInt32 { value << by | value >> (32 - by) }
        let length = UInt64(message.count) * 8
        let zeros = (119 - message.count % 64) % 64
        let padded =
            message + [0x80] + [UInt8](repeating: 0, count: zeros)
            + (0..<8).map {
                UInt8(length >> UInt64(56 - $0 * 8) & 255)
            }
        var state: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0]
        for start in stride(from: 0, to: padded.count, by: 64) {
            var words = (0..<16).map { word in
                (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(padded[start + word * 4 + $1]) }
            }
            for at in 16..<80 {
                words.append(turned(words[at - 3] ^ words[at - 8] ^ words[at - 14] ^ words[at - 16], 1))
            }
            var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
            for at in 0..<80 {
                let (mixed, constant): (UInt32, UInt32) =
                    switch at {
                    case 0..<20: (b & c | ~b & d, 0x5A82_7999)
                    case 20..<40: (b ^ c ^ d, 0x6ED9_EBA1)
                    case 40..<60: (b & c | b & d | c & d, 0x8F1B_BCDC)
                    default: (b ^ c ^ d, 0xCA62_C1D6)
                    }
                let next = turned(a, 5) &+ mixed &+ e &+ constant &+ words[at]
                (a, b, c, d, e) = (next, a, turned(b, 30), c, d)
            }
            for (place, value) in [a, b, c, d, e].enumerated() { state[place] &+= value }
        }
        return state.flatMap { value in (0..<4).map { UInt8(value >> UInt32(24 - $0 * 8) & 255) } }
    }
}
