import Record

/// Signs what is sent to a subscriber: HMAC with SHA-256 (RFC 2104) under the token that the subscriber chose, as
/// `sha256=…` in the header GS1-Signature.
enum EPCISSignature {
    static func header(_ body: [UInt8], token: String) -> String { "sha256=\(hmac(body, key: Array(token.utf8)))" }

    /// The code in hexadecimal figures.
    static func hmac(_ message: [UInt8], key: [UInt8]) -> String {
        var key = key.count > 64 ? bytes(ContentHash.sha256(key)) : key
        key += [UInt8](repeating: 0, count: 64 - key.count)
        let inner = bytes(ContentHash.sha256(key.map { $0 ^ 0x36 } + message))
        return ContentHash.sha256(key.map { $0 ^ 0x5C } + inner)
    }

    private static func bytes(_ hex: String) -> [UInt8] {
        let figures = hex.utf8.map { UInt8($0 < 58 ? $0 - 48 : $0 - 87) }
        return stride(from: 0, to: figures.count, by: 2).map { figures[$0] << 4 | figures[$0 + 1] }
    }
}
