/// A checkpoint as it is published, kept elsewhere and brought back.
public struct SignedCheckpoint: Sendable, Hashable, CustomStringConvertible {
    /// What is signed.
    public let checkpoint: Checkpoint
    /// The note, with the log's signature and perhaps those of witnesses.
    public let note: SignedNote

    /// Reads a checkpoint; its signatures are not checked yet.
    /// - Throws: ``RecordError`` with code `note`.
    public init(parsing text: String) throws(RecordError) {
        note = try SignedNote(parsing: text)
        checkpoint = try Checkpoint(text: note.text)
    }

    init(checkpoint: Checkpoint, note: SignedNote) {
        self.checkpoint = checkpoint
        self.note = note
    }

    init(_ checkpoint: Checkpoint, signedBy key: SigningKey) throws {
        self.checkpoint = checkpoint
        note = try key.sign(checkpoint.text)
    }

    /// The published text.
    public var description: String { note.description }

    /// Checks that one of these keys signed this, and that no signature of theirs under it is false.
    /// - Throws: ``RecordError`` with code `signature`.
    public func verify(with keys: [VerifierKey]) throws(RecordError) { try note.verify(with: keys) }
}
