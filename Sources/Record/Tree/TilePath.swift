/// What a path of the tile interface asks for, below the log's prefix (C2SP tlog-tiles).
///
/// `tile/0/x001/x234/067`, `tile/1/000.p/17`, `tile/entries/x001/x234/067.p/3`.
public enum TilePath: Sendable, Hashable {
    /// Hashes.
    case hashes(Tile)
    /// The entries that the hashes of a level-0 tile are of.
    case entries(index: Int64, width: Int)

    /// Reads a path; nil where it is not written exactly as the standard has it.
    public init?(_ path: String) {
        var parts = path.split(separator: "/" as Character, omittingEmptySubsequences: false).map { String($0) }
        guard parts.count >= 3, parts.removeFirst() == "tile" else { return nil }
        let kind = parts.removeFirst()
        var width = Tile.width
        if parts.count >= 2, parts[parts.count - 2].hasSuffix(".p") {
            guard let count = Self.number(parts.removeLast()), (1..<Int64(Tile.width)).contains(count) else {
                return nil
            }
            width = Int(count)
            parts[parts.count - 1].removeLast(2)
        }
        guard let index = Self.index(parts) else { return nil }
        if kind == "entries" {
            self = .entries(index: index, width: width)
        } else {
            guard let level = Self.number(kind), level < 64 else { return nil }
            self = .hashes(Tile(level: Int(level), index: index, width: width))
        }
    }

    /// The path.
    public var text: String {
        switch self {
        case .hashes(let tile): "tile/\(tile.level)/" + Self.text(tile.index, tile.width)
        case .entries(let index, let width): "tile/entries/" + Self.text(index, width)
        }
    }

    private static func text(_ index: Int64, _ width: Int) -> String {
        var text = Timestamp.padded(index % 1000, 3)
        var rest = index / 1000
        while rest > 0 {
            text = "x" + Timestamp.padded(rest % 1000, 3) + "/" + text
            rest /= 1000
        }
        return width == Tile.width ? text : text + ".p/\(width)"
    }

    /// An index in groups of three digits, all but the last marked `x`; without needless groups.
    private static func index(_ parts: [String]) -> Int64? {
        guard (1...6).contains(parts.count), parts.count == 1 || parts[0] != "x000" else { return nil }
        var index: Int64 = 0
        for (offset, part) in parts.enumerated() {
            let marked = offset < parts.count - 1
            let digits = part.utf8.drop { $0 == UInt8(ascii: "x") }
            guard part.utf8.count == (marked ? 4 : 3), digits.count == 3,
                digits.allSatisfy({ (0x30...0x39).contains($0) })
            else { return nil }
            index = digits.reduce(index) { $0 * 10 + Int64($1 - 0x30) }
        }
        return index
    }

    /// A decimal number without leading zeros.
    private static func number(_ text: String) -> Int64? {
        guard let value = Int64(text), value >= 0, String(value) == text else { return nil }
        return value
    }
}
