public import Store

/// Watches other logs: signs a checkpoint only if its tree has grown out of all it signed before (C2SP tlog-witness).
///
/// A witness run by someone else than the log makes a rewritten or forked log show: it keeps the last checkpoint of each
/// log, and two histories cannot both be shown to it.
public struct Witness: Sendable {
    private let key: SigningKey
    private let logs: [VerifierKey]
    private let clock: TimeSource

    /// A witness for some logs.
    /// - Parameters:
    ///   - key: its own key, of kind `cosignature`.
    ///   - logs: the keys of the logs it watches, each named by its log's origin.
    /// - Throws: ``RecordError`` with code `key` where a key is of the wrong kind.
    public init(key: SigningKey, logs: [VerifierKey], clock: @escaping TimeSource) throws(RecordError) {
        guard key.kind == .cosignature, logs.allSatisfy({ $0.kind == .note }) else {
            throw RecordError(.key, "a witness signs with a key for cosignatures and knows logs by theirs")
        }
        self.key = key
        self.logs = logs
        self.clock = clock
    }

    /// Its tables, in a store of its own.
    public static let migrations = [
        Migration(
            "witness.001",
            [
                """
                CREATE TABLE witness_logs (origin TEXT PRIMARY KEY, size BIGINT NOT NULL, note TEXT NOT NULL,
                    at BIGINT NOT NULL)
                """,
                """
                CREATE TABLE witness_refusals (id IDENTITY KEY, origin TEXT NOT NULL, note TEXT NOT NULL,
                    known TEXT NOT NULL, reason TEXT NOT NULL, at BIGINT NOT NULL)
                """,
            ])
    ]

    /// The public half of its key.
    public var verifier: VerifierKey { key.verifier }

    /// Checks a request and signs, keeping the new checkpoint in the same transaction: whatever is answered afterwards
    /// cannot be taken back.
    public func answer(_ body: String, in transaction: any Writer) throws -> WitnessAnswer {
        let request: WitnessRequest
        do throws(RecordError) {
            request = try WitnessRequest(parsing: body)
        } catch {
            return .unreadable(error.message)
        }
        let (signed, checkpoint) = (request.checkpoint, request.checkpoint.checkpoint)
        let keys = logs.filter { $0.name == checkpoint.origin }
        guard !keys.isEmpty else { return .unknownLog }
        do throws(RecordError) {
            try signed.verify(with: keys)
        } catch {
            return .unsigned
        }
        guard request.oldSize <= checkpoint.size else {
            return .unreadable("the old size is larger than the checkpoint's")
        }
        let last = try Self.last(of: checkpoint.origin, in: transaction)
        let size = last?.checkpoint.size ?? 0
        guard request.oldSize == size else { return .otherSize(size) }
        let proof = ConsistencyProof(from: size, to: checkpoint.size, path: request.proof)
        guard proof.verifies(last?.checkpoint.root ?? .ofNothing, checkpoint.root) else {
            let isSame = size == checkpoint.size
            let reason = isSame ? WitnessAnswer.sameSize : "the tree has not grown out of the one of size \(size)"
            try refuse(signed, last, reason, in: transaction)
            return .inconsistent(reason)
        }
        let now = clock()
        let line = try key.cosign(signed.note.text, at: now)
        try transaction.execute(
            """
            INSERT INTO witness_logs (origin, size, note, at) VALUES (?, ?, ?, ?)
            ON CONFLICT (origin) DO UPDATE SET size = excluded.size, note = excluded.note, at = excluded.at
            """,
            [
                .text(checkpoint.origin), .integer(checkpoint.size), .text(signed.description),
                .integer(now.microseconds),
            ])
        return .cosigned([line])
    }

    /// The last checkpoint it signed of a log.
    public static func last(of origin: String, in reader: any Reader) throws -> SignedCheckpoint? {
        try reader.first("SELECT note FROM witness_logs WHERE origin = ?", [.text(origin)])
            .map { try SignedCheckpoint(parsing: $0.text("note")) }
    }

    /// What it refused, newest first: each with the checkpoint it had signed before. Both bear the log's signature, so
    /// together they prove that the log has two histories (or show a proof that was wrong).
    public static func refusals(in reader: any Reader) throws -> [Refused] {
        try reader.query("SELECT * FROM witness_refusals ORDER BY id DESC LIMIT 100").map { row in
            Refused(
                note: try row.text("note"), known: try row.text("known"), reason: try row.text("reason"),
                at: Timestamp(microseconds: try row.integer("at")))
        }
    }

    /// A checkpoint that a witness did not sign.
    public struct Refused: Sendable, Hashable {
        /// The checkpoint, as the log signed it.
        public let note: String
        /// The one signed before; empty where there was none.
        public let known: String
        /// Why.
        public let reason: String
        /// When.
        public let at: Timestamp
    }

    /// Keeps the evidence; the same checkpoint once, so that a log that asks again and again fills nothing.
    private func refuse(
        _ signed: SignedCheckpoint, _ last: SignedCheckpoint?, _ reason: String, in transaction: any Writer
    ) throws {
        let origin = signed.checkpoint.origin
        let kept = try transaction.query(
            "SELECT note FROM witness_refusals WHERE origin = ? ORDER BY id DESC LIMIT 1000", [.text(origin)]
        ).map { try $0.text("note") }
        guard kept.count < 1000, !kept.contains(signed.description) else { return }
        try transaction.execute(
            "INSERT INTO witness_refusals (origin, note, known, reason, at) VALUES (?, ?, ?, ?, ?)",
            [
                .text(origin), .text(signed.description), .text(last?.description ?? ""), .text(reason),
                .integer(clock().microseconds),
            ])
    }
}
