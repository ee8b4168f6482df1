import Crypto

/// A SHA-256 hash in the tree of RFC 6962 §2.1: of a leaf, or of two hashes below.
public struct TreeHash: Sendable, Hashable, CustomStringConvertible {
    /// The 32 bytes.
    public let bytes: [UInt8]

    /// From 32 bytes; nil where there are not that many.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        self.bytes = Array(bytes)
    }

    private init(of input: [UInt8]) { bytes = Array(SHA256.hash(data: input)) }

    /// The root of the tree without leaves.
    public static let ofNothing = TreeHash(of: [])

    /// The hash of a log entry.
    public static func leaf(_ entry: [UInt8]) -> TreeHash { TreeHash(of: [0] + entry) }

    /// The hash of two neighbours.
    public static func node(_ left: TreeHash, _ right: TreeHash) -> TreeHash {
        var input: [UInt8] = []
        input.reserveCapacity(65)
        input.append(1)
        input.append(contentsOf: left.bytes)
        input.append(contentsOf: right.bytes)
        return TreeHash(of: input)
    }

    /// The hashes that stand one after the other in a tile.
    static func list(_ bytes: some RandomAccessCollection<UInt8>) -> [TreeHash] {
        var (hashes, rest) = ([TreeHash](), bytes[...])
        while let hash = TreeHash(bytes: rest.prefix(32)) {
            hashes.append(hash)
            rest = rest.dropFirst(32)
        }
        return hashes
    }

    /// The root over as many hashes as a perfect tree has leaves (a power of two).
    static func root(ofPerfect hashes: [TreeHash]) -> TreeHash {
        var row = hashes
        while row.count > 1 { row = stride(from: 0, to: row.count, by: 2).map { node(row[$0], row[$0 + 1]) } }
        return row[0]
    }

    /// Lower-case hexadecimal.
    public var description: String { bytes.hex }
}
