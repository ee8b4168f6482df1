/// Which tile of a tiled log: up to 256 consecutive hashes of one level (C2SP tlog-tiles).
///
/// A hash of level L stands for 256^L leaves.
public struct Tile: Sendable, Hashable {
    /// How many hashes a full tile has.
    public static let width = 256

    /// The level, 0 for leaves.
    public let level: Int
    /// Which tile of its level, from 0.
    public let index: Int64
    /// How many hashes it has, 1…256.
    public let width: Int

    /// A tile by its place.
    public init(level: Int, index: Int64, width: Int = Tile.width) {
        self.level = level
        self.index = index
        self.width = width
    }

    /// How many hashes of a level a tree of this size has.
    static func hashes(atLevel level: Int, size: Int64) -> Int64 { size >> Int64(8 * level) }

    /// How many hashes the tile at this place has in a tree of this size: 0 where it is not begun yet.
    public static func width(level: Int, index: Int64, size: Int64) -> Int {
        let hashes = hashes(atLevel: level, size: size)
        // An index from outside may be so large that its first hash has no number.
        guard index <= hashes / Int64(width) else { return 0 }
        return Int(min(Int64(width), hashes - index * Int64(width)))
    }

    /// The tile and the places in it of the hashes that make up a perfect subtree.
    static func holding(_ subtree: Subtree) -> (tile: Tile, hashes: Range<Int>) {
        let level = subtree.height / 8
        let count = 1 << (subtree.height % 8)
        let first = subtree.index * Int64(count)
        let offset = Int(first % Int64(width))
        return (Tile(level: level, index: first / Int64(width)), offset..<offset + count)
    }
}
