public import Store

/// Reads the public tree: tiles and entries as tlog-tiles serves them, roots and proofs.
///
/// Valid within the transaction it was made in. A proof reads O(log n) tiles.
public struct TreeReader {
    private let reader: any Reader
    /// How many leaves the tree has.
    public let size: Int64

    /// The tree as a transaction sees it.
    public init(in reader: any Reader) throws {
        self.reader = reader
        size = try TreeState(in: reader).size
    }

    /// A tile's hashes, 32 bytes each; nil where the tree has not that many.
    public func tile(_ tile: Tile) throws -> [UInt8]? {
        guard tile.level >= 0, tile.index >= 0, (1...Tile.width).contains(tile.width),
            Tile.width(level: tile.level, index: tile.index, size: size) >= tile.width
        else { return nil }
        let hashes = try TreeState.hashes(level: tile.level, index: tile.index, in: reader)
        guard hashes.count >= tile.width * 32 else {
            throw RecordError(.corrupt, "tile \(tile.level)/\(tile.index) lacks hashes")
        }
        return Array(hashes.prefix(tile.width * 32))
    }

    /// A tile's hashes; nil where the tree has not that many.
    public func tile(level: Int, index: Int64, width: Int = Tile.width) throws -> [UInt8]? {
        try tile(Tile(level: level, index: index, width: width))
    }

    /// The entries of a level-0 tile as a bundle; nil where the tree has not that many.
    public func entryBundle(index: Int64, width: Int = Tile.width) throws -> [UInt8]? {
        guard index >= 0, (1...Tile.width).contains(width), Tile.width(level: 0, index: index, size: size) >= width
        else { return nil }
        let rows = try RecordLog.rows(fromLeaf: index * Int64(Tile.width), limit: width, in: reader)
        guard rows.count == width else { throw RecordError(.corrupt, "bundle \(index) lacks entries") }
        return try EntryBundle.bytes(rows.map { try EventRow($0).opening().entry })
    }

    /// What a tile path asks for; nil where the tree has not that much.
    public func bytes(at path: TilePath) throws -> [UInt8]? {
        switch path {
        case .hashes(let tile): try self.tile(tile)
        case .entries(let index, let width): try entryBundle(index: index, width: width)
        }
    }

    /// The root of the tree when it had so many leaves.
    /// - Throws: ``RecordError`` with code `range` where it has fewer.
    public func root(at size: Int64) throws -> TreeHash {
        try require((0...self.size).contains(size), "size \(size)")
        let nodes = StoredNodes(self)
        return try Subtree.hash(of: 0..<size, node: nodes.hash)
    }

    /// Shows that a leaf stands in the tree of a size.
    /// - Throws: ``RecordError`` with code `range` where it does not.
    public func inclusionProof(ofLeaf leaf: Int64, size: Int64) throws -> InclusionProof {
        try require(size <= self.size, "size \(size)")
        try require(leaf >= 0 && leaf < size, "leaf \(leaf) in size \(size)")
        let nodes = StoredNodes(self)
        return try InclusionProof(leaf: leaf, size: size, node: nodes.hash)
    }

    /// Shows that the tree of one size has grown out of that of another.
    /// - Throws: ``RecordError`` with code `range` where the tree never had these sizes.
    public func consistencyProof(from: Int64, to: Int64) throws -> ConsistencyProof {
        try require(to <= size, "size \(to)")
        try require(from >= 0 && from <= to, "size \(from) before \(to)")
        let nodes = StoredNodes(self)
        return try ConsistencyProof(from: from, to: to, node: nodes.hash)
    }

    private func require(_ holds: Bool, _ what: String) throws(RecordError) {
        guard holds else { throw RecordError(.range, "a tree of \(size) leaves has no \(what)") }
    }
}

/// Hashes of perfect subtrees out of stored tiles, each of which is read once.
private final class StoredNodes {
    private let tree: TreeReader
    private var tiles: [Tile: [UInt8]] = [:]

    init(_ tree: TreeReader) { self.tree = tree }

    func hash(_ subtree: Subtree) throws -> TreeHash {
        let (place, range) = Tile.holding(subtree)
        let width = Tile.width(level: place.level, index: place.index, size: tree.size)
        let tile = Tile(level: place.level, index: place.index, width: width)
        guard let bytes = try tiles[tile] ?? tree.tile(tile) else {
            throw RecordError(.range, "the tree has no tile \(tile.level)/\(tile.index)")
        }
        tiles[tile] = bytes
        return .root(ofPerfect: TreeHash.list(bytes[range.lowerBound * 32..<range.upperBound * 32]))
    }
}
