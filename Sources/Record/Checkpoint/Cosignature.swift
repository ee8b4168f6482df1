/// A witness's statement that, at a time, a checkpoint's tree was the largest it had seen of this log, and grown out of
/// all it had seen before (C2SP tlog-cosignature, `cosignature/v1`).
public struct Cosignature: Sendable, Hashable {
    /// The witness's key.
    public let witness: VerifierKey
    /// When the witness signed, by its own clock, in whole seconds.
    public let time: Timestamp
    /// The line under the checkpoint.
    public let line: SignedNote.Signature

    /// The line as it stands in a note, with its newline.
    public var text: String { line.text }

    /// What a witness signs.
    static func message(_ checkpoint: String, time: Int64) -> String {
        "cosignature/v1\ntime \(time)\n\(checkpoint)"
    }

    /// The seconds since 1970 that lead a cosignature's bytes; nil where these are none.
    static func time(in bytes: [UInt8]) -> Int64? {
        guard bytes.count == 72 else { return nil }
        return Int64(exactly: bytes[..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }
}

extension SignedCheckpoint {
    /// The cosignatures of known witnesses under it; those of others are passed over, as the standard asks.
    /// - Throws: ``RecordError`` with code `signature` where one of a known witness is false.
    public func cosignatures(of witnesses: [VerifierKey]) throws(RecordError) -> [Cosignature] {
        var found: [Cosignature] = []
        for line in note.signatures {
            guard let key = witnesses.first(where: { $0.kind == .cosignature && $0.isNamed(by: line) }) else {
                continue
            }
            guard key.verifies(line.bytes, of: note.text), let seconds = Cosignature.time(in: line.bytes),
                let time = Timestamp(seconds: Double(seconds))
            else { throw RecordError(.signature, "the cosignature of \(key.name) does not belong to this checkpoint") }
            found.append(Cosignature(witness: key, time: time, line: line))
        }
        return found
    }

    /// The same checkpoint with further lines under it; one that stands there already is not repeated.
    public func adding(_ lines: [SignedNote.Signature]) -> SignedCheckpoint {
        let fresh = lines.filter { !note.signatures.contains($0) }
        return SignedCheckpoint(
            checkpoint: checkpoint, note: SignedNote(text: note.text, signatures: note.signatures + fresh))
    }

    /// The same checkpoint with the log's own signatures alone.
    public func only(_ key: VerifierKey) -> SignedCheckpoint {
        SignedCheckpoint(
            checkpoint: checkpoint,
            note: SignedNote(text: note.text, signatures: note.signatures.filter { key.isNamed(by: $0) }))
    }
}
