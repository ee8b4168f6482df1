import District
import Record
import Store

/// Has the Record signed up to now, and whoever vouches for it asked at once.
struct PackVouching: Sendable {
    let district: District
    let signer: Signer
    let vouching: Vouching

    /// The checkpoint that will vouch for a pack, with the cosignatures and the time-stamp that could be had.
    /// - Throws: ``RecordError`` where the tree no longer holds what was signed.
    func seal() async throws -> PackSeal {
        let (signer, vouching, clock) = (signer, vouching, district.clock)
        let wanted = try await district.store.write { writer -> Int64 in
            // Where a sequencer numbers events after their commit, the newest may still be waiting.
            try Sequencer(clock: clock).sequenceAll(in: writer)
            _ = try signer.checkpoint(in: writer)
            return try Signer.latest(in: writer)?.checkpoint.size ?? 0
        }
        await vouching.askWitnesses(of: district)
        let keys = vouching.witnessing.policy.witnesses.map(\.key)
        // While the house works, witnesses may have signed a later one than was asked for: that covers no less.
        let checkpoint = try await district.store.read { reader -> SignedCheckpoint? in
            if let signed = try vouching.witnessing.latest(in: reader), signed.checkpoint.size >= wanted {
                return signed
            }
            return try Signer.latest(in: reader).map { try Witnessing.witnessed($0, in: reader) }
        }
        guard let checkpoint else { throw RecordError(.range, "nothing has been signed yet") }
        let witnesses = try checkpoint.cosignatures(of: keys).map(\.witness)
        let (stamp, why) = await stamped(checkpoint)
        return PackSeal(checkpoint: checkpoint, witnesses: witnesses, timestamp: stamp, noTime: why)
    }

    private func stamped(_ checkpoint: SignedCheckpoint) async -> (TimeStamp?, Words) {
        let none = Words("시점확인 기관이 설정되어 있지 않습니다.", "No time-stamping authority is configured.")
        do {
            return (try await vouching.stamp(checkpoint, by: signer.verifier, in: district), none)
        } catch {
            district.report("no time-stamp could be had for a pack", error)
            return (
                nil,
                Words("시점확인 기관이 제때 응답하지 않았습니다.", "The time-stamping authority gave no good answer in time.")
            )
        }
    }
}
