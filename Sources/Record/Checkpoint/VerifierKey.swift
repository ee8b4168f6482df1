import Crypto

/// The public half of a key that signs notes: `name+id+base64(0x01 ‖ public key)` (C2SP signed-note, a "vkey").
public struct VerifierKey: Sendable, Hashable, CustomStringConvertible {
    /// The key's name; a log's is its origin.
    public let name: String
    /// The identifier under which signatures name it.
    public let id: UInt32
    /// The 32 bytes of the Ed25519 public key.
    public let publicKey: [UInt8]

    init(name: String, publicKey: [UInt8]) {
        self.name = name
        self.publicKey = publicKey
        id = NoteKey.id(name: name, publicKey: publicKey)
    }

    /// Reads a verifier key's text.
    /// - Throws: ``RecordError`` with code `key`.
    public init(_ text: some StringProtocol) throws(RecordError) {
        let parts = try NoteKey.parts(text)
        self.init(name: parts.name, publicKey: parts.key)
        guard id == parts.id else { throw RecordError(.key, "the identifier is not this key's") }
    }

    /// The key's text.
    public var description: String { NoteKey.text(name, id, publicKey) }

    func verifies(_ signature: [UInt8], of text: String) -> Bool {
        // Bytes that are no point of the curve verify nothing.
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else { return false }
        return key.isValidSignature(signature, for: Array(text.utf8))
    }
}
