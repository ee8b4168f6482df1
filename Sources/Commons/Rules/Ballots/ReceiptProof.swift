import Record

/// What shows without the house that a ballot's event stands on the Record: what opens its leaf, the way from the leaf to the
/// root, and the checkpoint that was signed over that root.
struct ReceiptProof: Sendable, Hashable {
    let opening: Opening
    let proof: InclusionProof
    let checkpoint: SignedCheckpoint
    /// The key that signed the checkpoint, as the house publishes it.
    let key: VerifierKey

    /// Whether leaf, way and root agree, and the key signed that root.
    var holds: Bool {
        guard proof.size == checkpoint.checkpoint.size,
            proof.verifies(opening.leafHash, root: checkpoint.checkpoint.root)
        else { return false }
        do throws(RecordError) {
            try checkpoint.verify(with: [key])
            return true
        } catch {
            return false
        }
    }

    /// As a receipt carries it.
    var json: JSON {
        [
            "leaf": .decimal(proof.leaf), "salt": .string(opening.salt.hex),
            "body": .string(String(decoding: opening.body, as: UTF8.self)), "size": .decimal(proof.size),
            "path": .array(proof.path.map { .string($0.description) }), "checkpoint": .string(checkpoint.description),
            "key": .string(key.description),
        ]
    }
}
