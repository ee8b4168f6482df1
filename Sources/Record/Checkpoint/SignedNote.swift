/// A text and the signatures under it (C2SP signed-note).
///
/// Signatures are only read here; who may be believed is ``verify(with:)``'s question.
public struct SignedNote: Sendable, Hashable, CustomStringConvertible {
    /// One line of signature.
    public struct Signature: Sendable, Hashable {
        /// The key's name.
        public let name: String
        /// The key's identifier.
        public let keyID: UInt32
        /// The signature itself; its shape depends on the kind of key.
        public let bytes: [UInt8]

        /// The line, with its newline.
        public var text: String { "— \(name) \(([UInt8](bigEndian: keyID) + bytes).base64)\n" }
    }

    /// The most bytes and signatures of a note that is read.
    static let limits = (bytes: 1 << 20, signatures: 64)

    /// What is signed, with its last newline.
    public let text: String
    /// The signatures, known or not.
    public let signatures: [Signature]

    init(text: String, signatures: [Signature]) {
        self.text = text
        self.signatures = signatures
    }

    /// Reads a note.
    /// - Throws: ``RecordError`` with code `note`.
    public init(parsing note: String) throws(RecordError) {
        let bytes = Array(note.utf8)
        guard bytes.count <= Self.limits.bytes else { throw RecordError(.note, "the note is too long") }
        guard bytes.allSatisfy({ $0 >= 0x20 || $0 == 0x0A }) else {
            throw RecordError(.note, "a control character stands in the note")
        }
        // The last empty line parts the text from its signatures.
        guard bytes.last == 0x0A,
            let blank = bytes.indices.dropFirst().last(where: { bytes[$0] == 0x0A && bytes[$0 - 1] == 0x0A })
        else { throw RecordError(.note, "no empty line before the signatures, or no newline at the end") }
        text = String(decoding: bytes[..<blank], as: UTF8.self)
        let lines = bytes[(blank + 1)...].dropLast().split(separator: 0x0A, omittingEmptySubsequences: false)
        guard lines.count <= Self.limits.signatures else { throw RecordError(.note, "too many signatures") }
        var signatures: [Signature] = []
        for line in lines { signatures.append(try Self.signature(String(decoding: line, as: UTF8.self))) }
        self.signatures = signatures
    }

    /// Reads signature lines, as a witness answers with them.
    /// - Throws: ``RecordError`` with code `note`.
    public static func lines(_ text: String) throws(RecordError) -> [Signature] {
        var lines: [Signature] = []
        for line in text.split(separator: "\n" as Character).prefix(limits.signatures) {
            lines.append(try signature(String(line)))
        }
        return lines
    }

    private static func signature(_ line: String) throws(RecordError) -> Signature {
        let parts = line.split(separator: " " as Character, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "—", NoteKey.isName(parts[1]), let bytes = [UInt8](base64: parts[2]),
            bytes.count > 4
        else { throw RecordError(.note, "no signature line: \(line)") }
        let keyID = bytes[..<4].reduce(0) { $0 << 8 | UInt32($1) }
        return Signature(name: String(parts[1]), keyID: keyID, bytes: Array(bytes[4...]))
    }

    /// The whole note.
    public var description: String {
        signatures.reduce(text + "\n") { $0 + $1.text }
    }

    /// Checks every signature of a known key; others are passed over, as the standard asks.
    /// - Throws: ``RecordError`` with code `signature` where one is false, or none is of a known key.
    public func verify(with keys: [VerifierKey]) throws(RecordError) {
        var verified = 0
        for signature in signatures {
            // A witness vouches for what a log signed, and never instead of it.
            guard let key = keys.first(where: { $0.kind == .note && $0.isNamed(by: signature) }) else { continue }
            guard key.verifies(signature.bytes, of: text) else {
                throw RecordError(.signature, "the signature of \(key.name) does not belong to this text")
            }
            verified += 1
        }
        guard verified > 0 else { throw RecordError(.signature, "no signature of a known key") }
    }
}
