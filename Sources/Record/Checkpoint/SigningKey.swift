import Crypto

/// The private half of a key that signs notes. Its text belongs in a file that only Slipway can read.
public struct SigningKey: Sendable {
    /// The key's name; a log's is its origin.
    public let name: String
    /// What it signs.
    public let kind: VerifierKey.Kind
    private let key: Curve25519.Signing.PrivateKey

    /// A new key, from the system's randomness.
    /// - Throws: ``RecordError`` with code `key` where the text cannot name a key.
    public init(generatingFor name: String, kind: VerifierKey.Kind = .note) throws(RecordError) {
        guard NoteKey.isName(name) else { throw RecordError(.key, "\(name) cannot name a key") }
        self.name = name
        self.kind = kind
        key = Curve25519.Signing.PrivateKey()
    }

    /// Reads `PRIVATE+KEY+name+id+base64(algorithm ‖ seed)`, the form that Go's sumdb/note and its relatives keep.
    /// - Throws: ``RecordError`` with code `key`.
    public init(_ text: String) throws(RecordError) {
        guard text.hasPrefix(Self.mark) else { throw RecordError(.key, "not a private key") }
        let parts = try NoteKey.parts(text.dropFirst(Self.mark.count))
        do {
            key = try Curve25519.Signing.PrivateKey(rawRepresentation: parts.key)
        } catch {
            throw RecordError(.key, "not an Ed25519 private key")
        }
        name = parts.name
        kind = parts.kind
        guard verifier.id == parts.id else { throw RecordError(.key, "the identifier is not this key's") }
    }

    private static let mark = "PRIVATE+KEY+"

    /// The key's text, to be kept secret.
    public var secretText: String { Self.mark + NoteKey.text(name, verifier.id, kind, Array(key.rawRepresentation)) }

    /// The public half, to be given to everyone.
    public var verifier: VerifierKey {
        VerifierKey(name: name, kind: kind, publicKey: Array(key.publicKey.rawRepresentation))
    }

    /// The Ed25519 signature (64 bytes) over bytes that are no note: a credential, which says itself what it is. A key that
    /// signs these signs no log.
    public func signature(over bytes: [UInt8]) throws -> [UInt8] { Array(try key.signature(for: bytes)) }

    /// Signs a text that ends in a newline.
    func sign(_ text: String) throws -> SignedNote {
        let signature = Array(try key.signature(for: Array(text.utf8)))
        return SignedNote(
            text: text, signatures: [.init(name: name, keyID: verifier.id, bytes: signature)])
    }

    /// A witness's line under a checkpoint, dated in whole seconds.
    func cosign(_ text: String, at moment: Timestamp) throws -> SignedNote.Signature {
        let time = moment.microseconds / 1_000_000
        let signature = try key.signature(for: Array(Cosignature.message(text, time: time).utf8))
        return .init(name: name, keyID: verifier.id, bytes: [UInt8](bigEndian: time) + Array(signature))
    }
}
