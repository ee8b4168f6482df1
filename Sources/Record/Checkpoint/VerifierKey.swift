import Crypto

/// The public half of a key that signs notes: `name+id+base64(algorithm ‖ public key)` (C2SP signed-note, a "vkey").
public struct VerifierKey: Sendable, Hashable, CustomStringConvertible {
    /// What a key signs: the algorithm's byte in its text.
    public enum Kind: UInt8, Sendable {
        /// A log's or an author's key: Ed25519 over the note's text.
        case note = 1
        /// A witness's key: Ed25519 over the time and the checkpoint (C2SP tlog-cosignature, `cosignature/v1`).
        case cosignature = 4
    }

    /// The key's name; a log's is its origin.
    public let name: String
    /// The identifier under which signatures name it.
    public let id: UInt32
    /// What it signs.
    public let kind: Kind
    /// The 32 bytes of the Ed25519 public key.
    public let publicKey: [UInt8]

    init(name: String, kind: Kind = .note, publicKey: [UInt8]) {
        self.name = name
        self.kind = kind
        self.publicKey = publicKey
        id = NoteKey.id(name: name, kind: kind, publicKey: publicKey)
    }

    /// Reads a verifier key's text.
    /// - Throws: ``RecordError`` with code `key`.
    public init(_ text: some StringProtocol) throws(RecordError) {
        let parts = try NoteKey.parts(text)
        self.init(name: parts.name, kind: parts.kind, publicKey: parts.key)
        guard id == parts.id else { throw RecordError(.key, "the identifier is not this key's") }
    }

    /// The key's text.
    public var description: String { NoteKey.text(name, id, kind, publicKey) }

    /// Whether a signature line is meant for this key.
    func isNamed(by signature: SignedNote.Signature) -> Bool { signature.name == name && signature.keyID == id }

    func verifies(_ signature: [UInt8], of text: String) -> Bool {
        let message: String
        var bytes = signature[...]
        switch kind {
        case .note: message = text
        case .cosignature:
            guard let time = Cosignature.time(in: signature) else { return false }
            message = Cosignature.message(text, time: time)
            bytes = bytes.dropFirst(8)
        }
        // Bytes that are no point of the curve verify nothing.
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else { return false }
        return key.isValidSignature(bytes, for: Array(message.utf8))
    }
}
