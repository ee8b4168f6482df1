public import Store

/// Recomputes the whole Record from the database and says where it is not what was recorded and signed.
///
/// ```swift
/// let saved = try SignedCheckpoint(parsing: fileKeptElsewhere)
/// let report = try await store.read { try Verifier(keys: [key], saved: [saved]).verify(in: $0) }
/// ```
public struct Verifier: Sendable {
    let keys: [VerifierKey]
    let saved: [SignedCheckpoint]

    /// A verifier.
    /// - Parameters:
    ///   - keys: the keys the log may have signed with. Without any, no signature is checked.
    ///   - saved: checkpoints kept elsewhere. Only these expose someone who holds both database and signing key.
    public init(keys: [VerifierKey], saved: [SignedCheckpoint] = []) {
        self.keys = keys
        self.saved = saved
    }

    /// Verifies the Record as one transaction sees it, in batches.
    /// - Parameter progress: told now and then how many leaves have been walked.
    /// - Throws: only where the database itself fails; whatever is wrong with the Record is in the report.
    public func verify(in reader: any Reader, progress: (Int64) -> Void = { _ in }) throws -> VerificationReport {
        var report = VerificationReport()
        report.hadKeys = !keys.isEmpty
        do {
            var walk = try LeafWalk(reader, CheckpointQueue(reader, keys: keys, saved: saved), report)
            // Whatever the walk has found by the time it fails is still worth telling.
            defer { report = walk.report }
            try walk.run(progress: progress)
        } catch let error where Self.concernsContent(error) {
            report.add(.unreadable, "\(error)")
        }
        do {
            try OrderCheck(reader).run(&report)
            try VaultCheck(reader).run(&report)
        } catch let error where Self.concernsContent(error) {
            report.add(.unreadable, "\(error)")
        }
        return report
    }

    /// Whether an error tells of tampered rows (a column of another type, a table emptied), not of a failing database.
    private static func concernsContent(_ error: any Error) -> Bool {
        error is RecordError || (error as? StoreError)?.code == .column
    }
}
