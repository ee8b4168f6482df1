import Store

/// Walks over the events in the order of their leaves, rebuilds the tree out of them and holds it against the stored
/// tiles and the checkpoints.
struct LeafWalk {
    private(set) var report: VerificationReport
    private let reader: any Reader
    private let state: TreeState
    private var checkpoints: CheckpointQueue
    private var frontier = Frontier()
    /// Whether events and tiles have a hole in common, behind which no root can be computed.
    private var isTorn = false
    /// The stored tile last looked at, by level.
    private var tiles: [Int: (index: Int64, hashes: [TreeHash])] = [:]

    init(_ reader: any Reader, _ checkpoints: CheckpointQueue, _ report: VerificationReport) throws {
        self.reader = reader
        self.checkpoints = checkpoints
        self.report = report
        state = try TreeState(in: reader)
    }

    mutating func run(progress: (Int64) -> Void) throws {
        try checkpoints.compare(with: frontier, &report)
        // Numbers below 0 are nobody's, so they must not go unseen either.
        var last: Int64? = .min
        while let from = last {
            let rows = try RecordLog.rows(fromLeaf: from, limit: 512, in: reader)
            for row in rows { try take(row, leaf: row.integer("leaf")) }
            last = try rows.last?.integer("leaf").successor
            progress(report.events)
        }
        try fill(to: state.size)
        try takePending()
        try checkpoints.finish(frontier, &report)
        report.root = frontier.root
        try compareSizes()
    }

    /// Checks an event and adds it to the tree.
    private mutating func take(_ row: Row, leaf: Int64) throws {
        report.events += 1
        let hash = check(row, leaf: leaf)
        guard leaf >= frontier.size else { return report.add(.repeated, leaf: leaf, "seq \(try row.integer("seq"))") }
        guard try fill(to: leaf) else { return }
        let stored = try stored(Subtree(height: 0, index: leaf))
        if hash != stored {
            report.add(.changed, leaf: leaf, "\(hash?.description ?? "–") ≠ \(stored?.description ?? "–")")
        }
        // What the tree was signed with goes on: one edited event then is one finding, not one for all that follows.
        if let known = stored ?? hash { try append(known) } else { isTorn = true }
    }

    /// Reports leaves without events, and bridges them with the hashes that the tiles still have.
    /// - Returns: whether the tree reaches up to the leaf.
    @discardableResult
    private mutating func fill(to leaf: Int64) throws -> Bool {
        guard frontier.size < leaf else { return frontier.size == leaf }
        // Beyond a hole that the tiles do not bridge either, nothing can be said; it is reported once.
        guard !isTorn else { return false }
        report.add(.missing, leaf: frontier.size, "\(frontier.size)…\(leaf - 1)")
        while frontier.size < leaf {
            guard let hash = try stored(Subtree(height: 0, index: frontier.size)) else {
                isTorn = true
                return false
            }
            try append(hash)
        }
        return true
    }

    private mutating func append(_ hash: TreeHash) throws {
        var completed: [(Subtree, TreeHash)] = []
        frontier.append(hash) { completed.append(($0, $1)) }
        for (subtree, hash) in completed where subtree.height > 0 && subtree.height.isMultiple(of: 8) {
            if try stored(subtree) != hash {
                report.add(.tile, "tile \(subtree.height / 8)/\(subtree.index / Int64(Tile.width))")
            }
        }
        try checkpoints.compare(with: frontier, &report)
    }

    /// The hash that a tile has for a subtree of 256^level leaves.
    private mutating func stored(_ subtree: Subtree) throws -> TreeHash? {
        let (place, range) = Tile.holding(subtree)
        if tiles[place.level]?.index != place.index {
            let bytes = try TreeState.hashes(level: place.level, index: place.index, in: reader)
            tiles[place.level] = (place.index, TreeHash.list(bytes))
        }
        guard let hashes = tiles[place.level]?.hashes, range.lowerBound < hashes.count else { return nil }
        return hashes[range.lowerBound]
    }

    /// Checks what an event's row says for itself.
    /// - Returns: the hash that belongs into the tree for it; nil where the row is beyond reading.
    private mutating func check(_ row: Row, leaf: Int64?) -> TreeHash? {
        do {
            let row = try EventRow(row)
            do {
                let event = try row.event()
                if event.body != row.body { report.add(.unreadable, leaf: leaf, "not canonical") }
                let columns = row.columnsUnlike(event)
                if !columns.isEmpty { report.add(.column, leaf: leaf, columns.joined(separator: ", ")) }
                report.personal.fields += Int64(event.payload.values.count { Commitment($0) != nil })
            } catch {
                report.add(.unreadable, leaf: leaf, error.message)
            }
            return row.opening().leafHash
        } catch {
            report.add(.unreadable, leaf: leaf, "\(error)")
            return nil
        }
    }

    /// Checks the events that have no leaf yet.
    private mutating func takePending() throws {
        var seq = Int64.min
        while true {
            let rows = try reader.query(
                "SELECT \(EventRow.columns) FROM record_events WHERE leaf IS NULL AND seq > ? ORDER BY seq LIMIT 512",
                [.integer(seq)])
            guard let last = rows.last else { return }
            for row in rows { _ = check(row, leaf: nil) }
            report.pending += Int64(rows.count)
            seq = try last.integer("seq")
        }
    }

    /// Holds the stored size, and the number and width of the tiles, against the leaves.
    private mutating func compareSizes() throws {
        if state.size != frontier.size { report.add(.size, "\(state.size) ≠ \(frontier.size)") }
        var expected: Int64 = 0
        var level = 0
        while case let hashes = Tile.hashes(atLevel: level, size: frontier.size), hashes > 0 {
            let full = hashes / Int64(Tile.width)
            let width = Tile.width(level: level, index: full, size: frontier.size)
            expected += full + (width > 0 ? 1 : 0)
            let bytes = try TreeState.hashes(level: level, index: full, in: reader)
            if bytes.count != width * 32 { report.add(.tile, "tile \(level)/\(full).p/\(width)") }
            level += 1
        }
        let tiles = try reader.first("SELECT COUNT(*) AS tiles FROM record_tiles")?.integer("tiles") ?? 0
        if tiles != expected { report.add(.tile, "\(tiles) ≠ \(expected)") }
    }
}

extension Int64 {
    /// The next number; nil where there is none.
    fileprivate var successor: Int64? { self == .max ? nil : self + 1 }
}
