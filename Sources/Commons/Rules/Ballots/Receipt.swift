import Record

/// What a voter carries away: that a ballot of this commitment is on the Record. It holds no name and no choice.
struct Receipt: Sendable, Hashable {
    let vote: String
    let number: String
    let commitment: String
    /// The event that stands on the Record.
    let event: String

    /// The words that are signed, as canonical JSON (RFC 8785).
    var statement: JSON {
        [
            "vote": .string(vote), "ballot": .string(number), "commitment": .string(commitment),
            "event": .string(event),
        ]
    }

    /// The receipt as a file: statement, Ed25519 signature over its canonical bytes, and the key that made it.
    func file(signedBy key: SigningKey?) throws -> JSON {
        guard let key else { return ["receipt": statement, "signature": .null] }
        return [
            "receipt": statement, "signature": .string(Self.hex(try key.signature(over: statement.canonical))),
            "public_key": .string(Self.hex(key.verifier.publicKey)), "algorithm": "Ed25519",
        ]
    }

    static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
