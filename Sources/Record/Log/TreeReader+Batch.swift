import Store

extension TreeReader {
    /// Proofs for many leaves at once: every tile is read and hashed once, however many proofs go through it.
    /// - Throws: ``RecordError`` with code `range` where the tree has no such leaf or size.
    public func inclusionProofs(ofLeaves leaves: [Int64], size: Int64) throws -> [InclusionProof] {
        guard size <= self.size, leaves.allSatisfy({ (0..<size).contains($0) }) else {
            throw RecordError(.range, "a tree of \(self.size) leaves has not all of these leaves")
        }
        let nodes = HashedTiles(self)
        return try leaves.map { try InclusionProof(leaf: $0, size: size, node: nodes.hash) }
    }
}

/// Tiles with all the hashes inside them.
private final class HashedTiles {
    private let tree: TreeReader
    /// By tile: its own hashes at height 0, their parents at height 1, and so on.
    private var tiles: [Tile: [[TreeHash]]] = [:]

    init(_ tree: TreeReader) { self.tree = tree }

    func hash(_ subtree: Subtree) throws -> TreeHash {
        let (place, range) = Tile.holding(subtree)
        let width = Tile.width(level: place.level, index: place.index, size: tree.size)
        let rows = try rows(Tile(level: place.level, index: place.index, width: width))
        let height = range.count.trailingZeroBitCount
        let index = range.lowerBound >> height
        guard height < rows.count, index < rows[height].count else {
            throw RecordError(.range, "the tree has no subtree of height \(subtree.height) at \(subtree.index)")
        }
        return rows[height][index]
    }

    private func rows(_ tile: Tile) throws -> [[TreeHash]] {
        if let known = tiles[tile] { return known }
        guard let bytes = try tree.tile(tile) else {
            throw RecordError(.range, "the tree has no tile \(tile.level)/\(tile.index)")
        }
        var rows = [TreeHash.list(bytes)]
        while let last = rows.last, last.count > 1 {
            rows.append(stride(from: 0, to: last.count - 1, by: 2).map { .node(last[$0], last[$0 + 1]) })
        }
        tiles[tile] = rows
        return rows
    }
}
