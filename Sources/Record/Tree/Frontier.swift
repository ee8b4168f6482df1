/// The right edge of a growing tree: enough to know its root at every size, in O(log n) memory.
struct Frontier: Sendable {
    /// How many leaves there are.
    private(set) var size: Int64 = 0
    /// The roots of the perfect subtrees the leaves fall into, the largest first.
    private var peaks: [TreeHash] = []

    /// Adds a leaf and tells of every perfect subtree that it completes, itself (height 0) first.
    mutating func append(_ leaf: TreeHash, completed: (Subtree, TreeHash) throws -> Void) rethrows {
        var (hash, height) = (leaf, 0)
        try completed(Subtree(height: 0, index: size), hash)
        while size >> Int64(height) & 1 == 1, let left = peaks.popLast() {
            hash = .node(left, hash)
            height += 1
            try completed(Subtree(height: height, index: size >> Int64(height)), hash)
        }
        peaks.append(hash)
        size += 1
    }

    /// The root at this size.
    var root: TreeHash {
        guard let last = peaks.last else { return .ofNothing }
        return peaks.dropLast().reversed().reduce(last) { TreeHash.node($1, $0) }
    }
}
