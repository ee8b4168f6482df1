import Store

/// The checkpoints to hold against the tree, smallest first: those of the store, read in batches, and those from
/// elsewhere.
struct CheckpointQueue {
    private let reader: any Reader
    private let keys: [VerifierKey]
    private var saved: [SignedCheckpoint]
    private var stored: [(size: Int64, note: String)] = []
    /// The size behind which stored checkpoints have not been fetched; nil when all have been.
    private var fetched: Int64? = -1

    init(_ reader: any Reader, keys: [VerifierKey], saved: [SignedCheckpoint]) {
        self.reader = reader
        self.keys = keys
        self.saved = saved.sorted { $0.checkpoint.size < $1.checkpoint.size }
    }

    /// Holds every checkpoint of the frontier's size against its root.
    mutating func compare(with frontier: Frontier, _ report: inout VerificationReport) throws {
        while let next = saved.first, next.checkpoint.size == frontier.size {
            saved.removeFirst()
            guard isGood(next, &report, .savedSignature) else { continue }
            if next.checkpoint.root == frontier.root {
                report.savedSize = frontier.size
            } else {
                report.add(.fork, Self.detail(next.checkpoint, frontier.root))
            }
        }
        while let next = try nextStored(), next.size <= frontier.size {
            stored.removeFirst()
            report.checkpoints += 1
            guard let signed = read(next, &report), isGood(signed, &report, .checkpoint) else { continue }
            if next.size == frontier.size, signed.checkpoint.root == frontier.root {
                report.signedSize = frontier.size
            } else {
                report.add(.root, Self.detail(signed.checkpoint, frontier.root))
            }
        }
    }

    /// Reports the checkpoints that the tree never came to.
    mutating func finish(_ frontier: Frontier, _ report: inout VerificationReport) throws {
        for next in saved where isGood(next, &report, .savedSignature) {
            report.add(.shorter, "\(frontier.size) < \(next.checkpoint.size)")
        }
        while let next = try nextStored() {
            stored.removeFirst()
            report.checkpoints += 1
            report.add(.shorter, "\(frontier.size) < \(next.size)")
        }
    }

    private mutating func nextStored() throws -> (size: Int64, note: String)? {
        if stored.isEmpty, let fetched {
            stored = try reader.query(
                "SELECT size, note FROM record_checkpoints WHERE size > ? ORDER BY size LIMIT 256", [.integer(fetched)]
            ).map { (try $0.integer("size"), try $0.text("note")) }
            self.fetched = stored.last?.size
        }
        return stored.first
    }

    private func read(_ stored: (size: Int64, note: String), _ report: inout VerificationReport) -> SignedCheckpoint? {
        do throws(RecordError) {
            let signed = try SignedCheckpoint(parsing: stored.note)
            if signed.checkpoint.size == stored.size { return signed }
            report.add(.checkpoint, "\(signed.checkpoint.size) ≠ \(stored.size)")
        } catch {
            report.add(.checkpoint, "\(stored.size): \(error)")
        }
        return nil
    }

    private func isGood(
        _ signed: SignedCheckpoint, _ report: inout VerificationReport, _ kind: Finding.Kind
    ) -> Bool {
        guard !keys.isEmpty else { return true }
        do throws(RecordError) {
            try signed.verify(with: keys)
            return true
        } catch {
            report.add(kind, "\(signed.checkpoint.origin) \(signed.checkpoint.size): \(error)")
            return false
        }
    }

    private static func detail(_ checkpoint: Checkpoint, _ root: TreeHash) -> String {
        "\(checkpoint.origin) \(checkpoint.size): \(checkpoint.root.bytes.base64) ≠ \(root.bytes.base64)"
    }
}
