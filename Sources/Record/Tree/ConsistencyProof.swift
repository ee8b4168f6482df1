/// Shows that a tree has grown out of a smaller one by appending alone (RFC 6962 §2.1.2, RFC 9162 §2.1.4).
public struct ConsistencyProof: Sendable, Hashable {
    /// The size of the smaller tree.
    public let from: Int64
    /// The size of the larger tree.
    public let to: Int64
    /// The hashes out of which both roots can be made.
    public let path: [TreeHash]

    /// A proof received from elsewhere.
    public init(from: Int64, to: Int64, path: [TreeHash]) {
        self.from = from
        self.to = to
        self.path = path
    }

    init(from: Int64, to: Int64, node: (Subtree) throws -> TreeHash) rethrows {
        let path = try Self.parts(from: from, to: to).map { try Subtree.hash(of: $0, node: node) }
        self.init(from: from, to: to, path: path)
    }

    /// The ranges of leaves whose hashes make the path, in its order; none from an empty tree or to the same one.
    static func parts(from: Int64, to: Int64) -> [Range<Int64>] {
        guard from > 0, from < to else { return [] }
        var ranges: [Range<Int64>] = []
        var (start, end) = (Int64(0), to)
        while end != from {
            let middle = start + (end - start).split
            if from <= middle {
                ranges.append(middle..<end)
                end = middle
            } else {
                ranges.append(start..<middle)
                start = middle
            }
        }
        // Where the smaller tree is itself one subtree, its root is known to whoever checks.
        if start > 0 { ranges.append(start..<end) }
        return ranges.reversed()
    }

    /// Whether the proof leads to both roots (RFC 9162 §2.1.4.2).
    public func verifies(_ oldRoot: TreeHash, _ newRoot: TreeHash) -> Bool {
        guard from >= 0, from <= to else { return false }
        if from == to { return path.isEmpty && oldRoot == newRoot }
        if from == 0 { return path.isEmpty && oldRoot == .ofNothing }
        var (node, last) = (from - 1, to - 1)
        while node & 1 == 1 { (node, last) = (node >> 1, last >> 1) }
        let hashes = (from & (from - 1) == 0 ? [oldRoot] : []) + path
        guard var old = hashes.first else { return false }
        var new = old
        for hash in hashes.dropFirst() {
            guard last > 0 else { return false }
            if node & 1 == 1 || node == last {
                (old, new) = (.node(hash, old), .node(hash, new))
                while node & 1 == 0, node != 0 { (node, last) = (node >> 1, last >> 1) }
            } else {
                new = .node(new, hash)
            }
            (node, last) = (node >> 1, last >> 1)
        }
        return last == 0 && old == oldRoot && new == newRoot
    }
}
