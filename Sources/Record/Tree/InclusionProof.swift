/// Shows that a leaf stands in a tree (RFC 6962 §2.1.1, RFC 9162 §2.1.3).
public struct InclusionProof: Sendable, Hashable {
    /// The leaf's number, from 0.
    public let leaf: Int64
    /// The tree's size.
    public let size: Int64
    /// The hashes beside the way from the leaf to the root, the lowest first.
    public let path: [TreeHash]

    /// A proof received from elsewhere.
    public init(leaf: Int64, size: Int64, path: [TreeHash]) {
        self.leaf = leaf
        self.size = size
        self.path = path
    }

    init(leaf: Int64, size: Int64, node: (Subtree) throws -> TreeHash) rethrows {
        let path = try Self.siblings(of: leaf, in: size).map { try Subtree.hash(of: $0, node: node) }
        self.init(leaf: leaf, size: size, path: path)
    }

    /// The ranges of leaves whose hashes make the path, the lowest first.
    static func siblings(of leaf: Int64, in size: Int64) -> [Range<Int64>] {
        var ranges: [Range<Int64>] = []
        var (start, end) = (Int64(0), size)
        while end - start > 1 {
            let middle = start + (end - start).split
            if leaf < middle {
                ranges.append(middle..<end)
                end = middle
            } else {
                ranges.append(start..<middle)
                start = middle
            }
        }
        return ranges.reversed()
    }

    /// Whether the proof leads from the leaf's hash to the root (RFC 9162 §2.1.3.2).
    public func verifies(_ hash: TreeHash, root: TreeHash) -> Bool {
        guard leaf >= 0, leaf < size else { return false }
        var (node, last, result) = (leaf, size - 1, hash)
        for sibling in path {
            guard last > 0 else { return false }
            if node & 1 == 1 || node == last {
                result = .node(sibling, result)
                while node & 1 == 0, node != 0 { (node, last) = (node >> 1, last >> 1) }
            } else {
                result = .node(result, sibling)
            }
            (node, last) = (node >> 1, last >> 1)
        }
        return last == 0 && result == root
    }
}
