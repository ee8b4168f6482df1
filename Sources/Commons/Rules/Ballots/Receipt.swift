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

    /// The receipt as a file: statement, Ed25519 signature over its canonical bytes, the key that made it, and the proof that the
    /// event stands on the Record; `record` is null until a checkpoint covers it.
    func file(signedBy key: SigningKey?, proof: ReceiptProof? = nil) throws -> JSON {
        let record = proof?.json ?? .null
        guard let key else { return ["receipt": statement, "signature": .null, "record": record] }
        return [
            "receipt": statement, "signature": .string(try key.signature(over: statement.canonical).hex),
            "public_key": .string(key.verifier.publicKey.hex), "algorithm": "Ed25519", "record": record,
        ]
    }
}
