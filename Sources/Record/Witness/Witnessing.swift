public import Store

/// What a log knows of its witnesses: the cosignatures they gave, and how each one stands.
public struct Witnessing: Sendable {
    /// Whom to ask.
    public let policy: WitnessPolicy

    /// A log's dealings with its witnesses.
    public init(_ policy: WitnessPolicy) { self.policy = policy }

    /// How many cosignatures of a witness are kept.
    static let keptCosignatures: Int64 = 1000

    static let migration = Migration(
        "record.004.witnesses",
        [
            """
            CREATE TABLE record_cosignatures (size BIGINT NOT NULL, witness TEXT NOT NULL, line TEXT NOT NULL,
                PRIMARY KEY (size, witness))
            """,
            """
            CREATE TABLE record_witnesses (witness TEXT PRIMARY KEY, size BIGINT NOT NULL, state TEXT NOT NULL,
                detail TEXT NOT NULL, at BIGINT NOT NULL)
            """,
        ])

    /// How a witness answered last.
    public enum State: String, Sendable {
        /// It has never been asked.
        case never
        /// It signed.
        case signed
        /// It could not be reached, or did not answer as the protocol has it.
        case silent
        /// It does not know this log, or not its key: to be settled with who runs it.
        case stranger
        /// It has seen another history of this log.
        case refused
    }

    /// A witness and how it stands.
    public struct Standing: Sendable, Hashable {
        /// The witness.
        public let witness: WitnessPolicy.Witness
        /// How it answered last.
        public let state: State
        /// The size of the last checkpoint it signed; 0 where it signed none.
        public let size: Int64
        /// What it said, for whoever looks into it.
        public let detail: String
        /// When it answered last.
        public let at: Timestamp?
    }

    /// How each witness of the policy stands.
    public func standings(in reader: any Reader) throws -> [Standing] {
        let rows = try reader.query("SELECT * FROM record_witnesses")
        let known = Dictionary(try rows.map { (try $0.text("witness"), $0) }, uniquingKeysWith: { first, _ in first })
        return try policy.witnesses.map { witness in
            guard let row = known[witness.key.description] else {
                return Standing(witness: witness, state: .never, size: 0, detail: "", at: nil)
            }
            return Standing(
                witness: witness, state: State(rawValue: try row.text("state")) ?? .never,
                size: try row.integer("size"), detail: try row.text("detail"),
                at: Timestamp(microseconds: try row.integer("at")))
        }
    }

    /// What to hand a witness now; nil where there is no checkpoint.
    /// - Parameter oldSize: the size it says it signed last, where it said so.
    /// - Throws: ``RecordError`` with code `witness` where it signed a larger tree than there is: the log was rolled back.
    public func request(
        for witness: WitnessPolicy.Witness, oldSize: Int64? = nil, in reader: any Reader
    ) throws -> WitnessRequest? {
        guard let signed = try Signer.latest(in: reader) else { return nil }
        let known = try reader.first(
            "SELECT size FROM record_witnesses WHERE witness = ?", [.text(witness.key.description)]
        )?.integer("size")
        let old = oldSize ?? known ?? 0
        guard old <= signed.checkpoint.size else {
            throw RecordError(
                .witness, "it signed a tree of \(old) events, and there are \(signed.checkpoint.size)")
        }
        let proof = try TreeReader(in: reader).consistencyProof(from: old, to: signed.checkpoint.size)
        return WitnessRequest(oldSize: old, proof: proof.path, checkpoint: signed)
    }

    /// Writes down what a witness answered; false signatures are no answer.
    /// - Throws: ``RecordError`` with code `signature` where it signed nothing, or falsely.
    public func took(
        _ answer: WitnessAnswer, from witness: WitnessPolicy.Witness, to request: WitnessRequest, at now: Timestamp,
        in transaction: any Writer
    ) throws -> State {
        switch answer {
        case .cosigned(let lines):
            let cosigned = try request.checkpoint.adding(lines).cosignatures(of: [witness.key])
            guard let line = cosigned.last else {
                throw RecordError(.signature, "\(witness.name) answered without its signature")
            }
            let size = request.checkpoint.checkpoint.size
            try transaction.execute(
                """
                INSERT INTO record_cosignatures (size, witness, line) VALUES (?, ?, ?)
                ON CONFLICT (size, witness) DO UPDATE SET line = excluded.line
                """, [.integer(size), .text(witness.key.description), .text(line.text)])
            // A newer cosignature says all that an older one said; of a busy log there would be thousands a day.
            try transaction.execute(
                """
                DELETE FROM record_cosignatures WHERE witness = ? AND size < COALESCE((
                    SELECT MIN(size) FROM (
                        SELECT size FROM record_cosignatures WHERE witness = ? ORDER BY size DESC LIMIT ?) newest), 0)
                """,
                [
                    .text(witness.key.description), .text(witness.key.description), .integer(Self.keptCosignatures),
                ])
            try note(witness, .signed, size: size, "", at: now, in: transaction)
            return .signed
        case .inconsistent(let detail):
            try note(witness, .refused, detail, at: now, in: transaction)
            return .refused
        case .unsigned, .unknownLog:
            try note(witness, .stranger, answer.body, at: now, in: transaction)
            return .stranger
        case .unreadable, .otherSize:
            try note(witness, .silent, answer.body, at: now, in: transaction)
            return .silent
        }
    }

    /// Writes down how a witness stands.
    public func note(
        _ witness: WitnessPolicy.Witness, _ state: State, size: Int64? = nil, _ detail: String, at now: Timestamp,
        in transaction: any Writer
    ) throws {
        let fresh = size == nil ? "" : ", size = excluded.size"
        try transaction.execute(
            """
            INSERT INTO record_witnesses (witness, size, state, detail, at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (witness) DO UPDATE SET state = excluded.state, detail = excluded.detail, at = excluded.at\(fresh)
            """,
            [
                .text(witness.key.description), .integer(size ?? 0), .text(state.rawValue),
                .text(String(detail.prefix(300))), .integer(now.microseconds),
            ])
    }

    /// The checkpoint with every cosignature it has.
    public static func witnessed(_ signed: SignedCheckpoint, in reader: any Reader) throws -> SignedCheckpoint {
        let lines = try reader.query(
            "SELECT line FROM record_cosignatures WHERE size = ? ORDER BY witness",
            [.integer(signed.checkpoint.size)]
        ).map { try $0.text("line") }
        return signed.adding(try SignedNote.lines(lines.joined()))
    }

    /// The newest checkpoint that enough witnesses have signed, with their signatures; nil where there is none.
    public func latest(in reader: any Reader) throws -> SignedCheckpoint? {
        let rows = try reader.query(
            """
            SELECT c.note AS note FROM record_checkpoints c JOIN (
                SELECT DISTINCT size FROM record_cosignatures ORDER BY size DESC LIMIT 32) s ON s.size = c.size
            ORDER BY c.size DESC
            """)
        for row in rows {
            let signed = try Self.witnessed(SignedCheckpoint(parsing: row.text("note")), in: reader)
            let keys = try signed.cosignatures(of: policy.witnesses.map(\.key)).map(\.witness)
            if !keys.isEmpty, policy.isSatisfied(by: keys) { return signed }
        }
        return nil
    }
}
