public import Store

/// Gives events their leaf numbers and extends the tree's tiles.
///
/// On SQLite it runs as the epilogue of every group of commits. On PostgreSQL one node does it, under a lease:
/// ```swift
/// if let lease = try await store.write({ try sequencer.acquire(for: node, seconds: 5, in: $0) }) {
///     try await store.write { try sequencer.sequence(in: $0, limit: 1000, under: lease) }
/// }
/// ```
public struct Sequencer: Sendable {
    private let clock: TimeSource

    /// A sequencer whose leases run by a clock.
    public init(clock: @escaping TimeSource) { self.clock = clock }

    /// Numbers the events that have no leaf yet, in the order of their insertion, and adds them to the tree.
    ///
    /// Insertion ids rise with the order of insertion, and an event that rests on another (later in its stream, or
    /// caused by it) was inserted after that other was visible: so leaves respect streams and causes.
    /// - Parameters:
    ///   - limit: how many at most.
    ///   - lease: what ``acquire(for:seconds:in:)`` gave; nil where there is only one writer.
    /// - Returns: how many were numbered.
    /// - Throws: ``RecordError`` with code `fenced` where another node's lease is newer, `corrupt` where the tiles do
    ///   not fit the tree's size.
    public func sequence(in transaction: any Writer, limit: Int, under lease: Lease? = nil) throws -> Int {
        let rows = try transaction.query(
            "SELECT salt, body FROM record_events WHERE leaf IS NULL ORDER BY seq LIMIT ?",
            [.integer(Int64(limit))])
        guard !rows.isEmpty else { return 0 }
        let state = try TreeState(in: transaction)
        guard lease?.token ?? 0 == state.token else { throw Self.fenced(lease) }
        let numbered = try transaction.execute(
            """
            UPDATE record_events SET leaf = numbered.leaf FROM (
                SELECT seq, ? + ROW_NUMBER() OVER (ORDER BY seq) - 1 AS leaf
                FROM record_events WHERE leaf IS NULL ORDER BY seq LIMIT ?) AS numbered
            WHERE record_events.seq = numbered.seq
            """, [.integer(state.size), .integer(Int64(rows.count))])
        guard numbered == rows.count else {
            throw RecordError(.corrupt, "\(numbered) events were numbered, not \(rows.count)")
        }
        let leaves = try rows.map { row in
            Opening(leaf: nil, salt: try row.blob("salt"), body: try row.blob("body")).leafHash
        }
        try Self.extend(from: state.size, by: leaves, in: transaction)
        let moved = try transaction.execute(
            "UPDATE record_tree SET size = ? WHERE id = 1 AND size = ? AND token = ?",
            [.integer(state.size + Int64(rows.count)), .integer(state.size), .integer(state.token)])
        guard moved == 1 else { throw Self.fenced(lease) }
        return rows.count
    }

    /// Numbers every event there is, in a transaction that must miss none: a rebuild, a room that catches up.
    ///
    /// It needs no lease: whoever numbers at the same time changes the same row, and one of the two is repeated.
    public func sequenceAll(in transaction: any Writer) throws {
        let token = try TreeState(in: transaction).token
        let lease = Lease(holder: "this transaction", token: token, expires: clock())
        while try sequence(in: transaction, limit: 4096, under: lease) > 0 {}
    }

    /// Writes hashes behind those of a tree, touching only its right edge.
    private static func extend(from size: Int64, by leaves: [TreeHash], in transaction: any Writer) throws {
        var (level, hashes) = (0, leaves)
        while !hashes.isEmpty {
            var complete: [TreeHash] = []
            let first = Tile.hashes(atLevel: level, size: size)
            var (index, width) = (first / Int64(Tile.width), Int(first % Int64(Tile.width)))
            var rest = hashes[...]
            while !rest.isEmpty {
                var bytes = width == 0 ? [] : try TreeState.hashes(level: level, index: index, in: transaction)
                guard bytes.count == width * 32 else {
                    throw RecordError(.corrupt, "tile \(level)/\(index) does not hold \(width) hashes")
                }
                for hash in rest.prefix(Tile.width - width) { bytes += hash.bytes }
                rest = rest.dropFirst(Tile.width - width)
                try transaction.execute(
                    """
                    INSERT INTO record_tiles (level, position, hashes) VALUES (?, ?, ?)
                    ON CONFLICT (level, position) DO UPDATE SET hashes = excluded.hashes
                    """, [.integer(Int64(level)), .integer(index), .blob(bytes)])
                if bytes.count == Tile.width * 32 { complete.append(.root(ofPerfect: TreeHash.list(bytes))) }
                (index, width) = (index + 1, 0)
            }
            (level, hashes) = (level + 1, complete)
        }
    }

    /// Whether events wait for a number: a look that writes nothing, for the quiet hours.
    public func hasWork(in reader: any Reader) throws -> Bool {
        try reader.first("SELECT seq FROM record_events WHERE leaf IS NULL LIMIT 1") != nil
    }

    /// Takes the lease where it is free, has run out, or is this holder's own.
    /// - Returns: the lease, with a new token unless it was held already; nil where another node holds it.
    public func acquire(for holder: String, seconds: Double, in transaction: any Writer) throws -> Lease? {
        let now = clock()
        let expires = now.advanced(bySeconds: seconds)
        let taken = try transaction.execute(
            """
            UPDATE record_tree SET token = CASE WHEN holder = ? AND expires >= ? THEN token ELSE token + 1 END,
                holder = ?, expires = ?
            WHERE id = 1 AND (holder IS NULL OR holder = ? OR expires < ?)
            """,
            [
                .text(holder), .integer(now.microseconds), .text(holder), .integer(expires.microseconds),
                .text(holder), .integer(now.microseconds),
            ])
        guard taken == 1 else { return nil }
        return Lease(holder: holder, token: try TreeState(in: transaction).token, expires: expires)
    }

    /// Gives the lease back, so that another node need not wait for its end.
    public func release(_ lease: Lease, in transaction: any Writer) throws {
        try transaction.execute(
            "UPDATE record_tree SET expires = 0 WHERE id = 1 AND token = ?", [.integer(lease.token)])
    }

    private static func fenced(_ lease: Lease?) -> RecordError {
        RecordError(.fenced, "\(lease?.holder ?? "this node") does not hold the sequencer's newest lease")
    }
}
