/// What a log hands a witness: its new checkpoint, and the proof that the tree has grown out of the one the witness
/// signed last (the body of C2SP tlog-witness `add-checkpoint`).
public struct WitnessRequest: Sendable, Hashable {
    /// The size of the checkpoint that the witness signed last; 0 where there was none.
    public let oldSize: Int64
    /// The consistency proof from that size.
    public let proof: [TreeHash]
    /// The new checkpoint.
    public let checkpoint: SignedCheckpoint

    /// The most hashes of a proof.
    static let longestProof = 63

    /// What a log hands a witness.
    public init(oldSize: Int64, proof: [TreeHash], checkpoint: SignedCheckpoint) {
        self.oldSize = oldSize
        self.proof = proof
        self.checkpoint = checkpoint
    }

    /// Reads a request's body.
    /// - Throws: ``RecordError`` with code `note`.
    public init(parsing body: String) throws(RecordError) {
        guard let blank = body.range(ofFirst: "\n\n") else {
            throw RecordError(.note, "no empty line before the checkpoint")
        }
        let lines = body[..<blank.lowerBound].split(separator: "\n" as Character, omittingEmptySubsequences: false)
        let words = lines[0].split(separator: " " as Character, omittingEmptySubsequences: false)
        guard words.count == 2, words[0] == "old", let size = Int64(words[1]), size >= 0, String(size) == words[1]
        else { throw RecordError(.note, "the first line is not “old” and a size") }
        guard lines.count - 1 <= Self.longestProof else { throw RecordError(.note, "the proof is too long") }
        oldSize = size
        var proof: [TreeHash] = []
        for line in lines.dropFirst() {
            guard let hash = [UInt8](base64: line).flatMap({ TreeHash(bytes: $0) }) else {
                throw RecordError(.note, "\(line) is no hash")
            }
            proof.append(hash)
        }
        self.proof = proof
        checkpoint = try SignedCheckpoint(parsing: String(body[blank.upperBound...]))
    }

    /// The body.
    public var body: String {
        "old \(oldSize)\n" + proof.map { "\($0.bytes.base64)\n" }.joined() + "\n\(checkpoint)"
    }
}

extension String {
    /// Where a text first stands in this one, compared byte by byte.
    fileprivate func range(ofFirst text: String) -> Range<String.Index>? {
        let wanted = Array(text.utf8)
        var start = utf8.startIndex
        while start < utf8.endIndex {
            if utf8[start...].starts(with: wanted) { return start..<utf8.index(start, offsetBy: wanted.count) }
            start = utf8.index(after: start)
        }
        return nil
    }
}
