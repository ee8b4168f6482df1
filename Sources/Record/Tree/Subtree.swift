/// A perfect subtree: 2^height leaves, the index-th such group from the left.
struct Subtree: Sendable, Hashable {
    let height: Int
    let index: Int64

    /// The perfect subtrees that a range of leaves falls into, from left to right.
    ///
    /// The range starts where a subtree of RFC 6962 starts: at a multiple of a power of two not below its length.
    static func covering(_ leaves: Range<Int64>) -> [Subtree] {
        var parts: [Subtree] = []
        var start = leaves.lowerBound
        while start < leaves.upperBound {
            let height = 63 - (leaves.upperBound - start).leadingZeroBitCount
            parts.append(Subtree(height: height, index: start >> Int64(height)))
            start += 1 << Int64(height)
        }
        return parts
    }

    /// The hash of a range of leaves, out of the hashes of its perfect subtrees.
    static func hash(of leaves: Range<Int64>, node: (Subtree) throws -> TreeHash) rethrows -> TreeHash {
        let hashes = try covering(leaves).map(node)
        guard let last = hashes.last else { return .ofNothing }
        return hashes.dropLast().reversed().reduce(last) { TreeHash.node($1, $0) }
    }
}

extension Int64 {
    /// The largest power of two below this number (which is above 1): where RFC 6962 splits so many leaves.
    var split: Int64 { 1 << Int64(63 - (self - 1).leadingZeroBitCount) }
}
