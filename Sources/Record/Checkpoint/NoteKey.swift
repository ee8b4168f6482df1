import Crypto

/// What the two halves of a note's Ed25519 key have in common.
enum NoteKey {
    /// The first four bytes of SHA-256(name ‖ newline ‖ algorithm ‖ public key).
    static func id(name: String, kind: VerifierKey.Kind, publicKey: [UInt8]) -> UInt32 {
        SHA256.hash(data: Array(name.utf8) + [0x0A, kind.rawValue] + publicKey).prefix(4)
            .reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Whether a text can name a key: not empty, without spaces, control characters and plus signs.
    static func isName(_ text: some StringProtocol) -> Bool {
        !text.isEmpty
            && text.unicodeScalars.allSatisfy { !$0.properties.isWhitespace && $0.value > 0x20 && $0 != "+" }
    }

    /// What a key's text says.
    struct Parts {
        let name: String
        let id: UInt32
        let kind: VerifierKey.Kind
        let key: [UInt8]
    }

    /// Splits `name+id+base64(algorithm ‖ 32 bytes)` and checks its shape.
    static func parts(_ text: some StringProtocol) throws(RecordError) -> Parts {
        // Base 64 may hold plus signs of its own, so only the first two part.
        let parts = text.split(separator: "+" as Character, maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, isName(parts[0]), parts[1].utf8.count == 8, let id = UInt32(parts[1], radix: 16),
            let key = [UInt8](base64: parts[2])
        else { throw RecordError(.key, "not of the form name+id+key") }
        guard let kind = key.first.flatMap({ VerifierKey.Kind(rawValue: $0) }), key.count == 33 else {
            throw RecordError(.key, "not an Ed25519 key")
        }
        return Parts(name: String(parts[0]), id: id, kind: kind, key: Array(key[1...]))
    }

    static func text(_ name: String, _ id: UInt32, _ kind: VerifierKey.Kind, _ key: [UInt8]) -> String {
        "\(name)+\([UInt8](bigEndian: id).hex)+\(([kind.rawValue] + key).base64)"
    }
}
