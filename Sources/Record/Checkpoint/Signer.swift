public import Store

/// Signs what the tree has come to.
public struct Signer: Sendable {
    private let origin: String
    private let key: SigningKey
    private let clock: TimeSource

    /// A signer for a log.
    /// - Parameters:
    ///   - origin: the log's name: its address without scheme (`slipway.example/record`), the same for ever.
    ///   - key: the log's key, best named like the origin.
    ///   - clock: dates the checkpoints' rows.
    public init(origin: String, key: SigningKey, clock: @escaping TimeSource) {
        self.origin = origin
        self.key = key
        self.clock = clock
    }

    /// The public half of the key, to be given to everyone.
    public var verifier: VerifierKey { key.verifier }

    /// Signs a statement of the log's other than a checkpoint.
    func sign(_ text: String) throws -> SignedNote { try key.sign(text) }

    /// Signs the tree as it is.
    /// - Returns: the new checkpoint; nil where the tree has not grown since the last.
    /// - Throws: ``RecordError`` with code `inconsistent` where the tree no longer contains what the last one signed.
    public func checkpoint(in transaction: any Writer) throws -> SignedCheckpoint? {
        let tree = try TreeReader(in: transaction)
        let last = try Self.latest(in: transaction)
        guard tree.size != last?.checkpoint.size ?? 0 else { return nil }
        if let last = last?.checkpoint {
            guard last.size < tree.size, try tree.root(at: last.size) == last.root else {
                throw RecordError(.inconsistent, "the tree does not contain the checkpoint of size \(last.size)")
            }
        }
        let signed = try SignedCheckpoint(
            Checkpoint(origin: origin, size: tree.size, root: tree.root(at: tree.size)), signedBy: key)
        try transaction.execute(
            "INSERT INTO record_checkpoints (size, note, signed) VALUES (?, ?, ?)",
            [.integer(tree.size), .text(signed.description), .integer(clock().microseconds)])
        return signed
    }

    /// When the newest checkpoint was signed; nil where there is none.
    public static func latestMoment(in reader: any Reader) throws -> Timestamp? {
        try reader.first("SELECT signed FROM record_checkpoints ORDER BY size DESC LIMIT 1").map {
            Timestamp(microseconds: try $0.integer("signed"))
        }
    }

    /// The newest checkpoint, if any was signed.
    public static func latest(in reader: any Reader) throws -> SignedCheckpoint? {
        try reader.first("SELECT note FROM record_checkpoints ORDER BY size DESC LIMIT 1")
            .map { try SignedCheckpoint(parsing: $0.text("note")) }
    }

    /// The first checkpoint that covers a leaf, if there is one yet.
    public static func first(covering leaf: Int64, in reader: any Reader) throws -> SignedCheckpoint? {
        try reader.first("SELECT note FROM record_checkpoints WHERE size > ? ORDER BY size LIMIT 1", [.integer(leaf)])
            .map { try SignedCheckpoint(parsing: $0.text("note")) }
    }
}
