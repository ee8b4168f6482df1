import District
import Record

/// Which hazardous goods must lie how far from which others: the handbook's table, by pairs of classes.
struct Segregation: Sendable, Hashable {
    /// How far apart two classes must lie.
    enum Distance: Int, Sendable, Hashable, Comparable {
        case together, bay, aisle
        static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    private let pairs: [String: Distance]

    /// Reads the table.
    /// - Throws: ``HandbookError`` where a pair names no class, or no distance.
    init(_ json: JSON, file: String) throws(HandbookError) {
        var pairs: [String: Distance] = [:]
        for pair in json["pairs"]?.elements ?? [] {
            guard let cells = pair.elements, cells.count == 3, let one = cells[0].text, let other = cells[1].text,
                Item.hazards.contains(one), Item.hazards.contains(other), let code = cells[2].integer,
                (1...4).contains(code)
            else { throw HandbookError(file: file, place: "pairs", rule: "is no pair") }
            pairs[Self.key(one, other)] = code == 1 ? .bay : .aisle
        }
        guard !pairs.isEmpty else { throw HandbookError(file: file, place: "pairs", rule: "is empty") }
        self.pairs = pairs
    }

    /// How far two classes must lie apart.
    func distance(_ one: String, _ other: String) -> Distance { pairs[Self.key(one, other)] ?? .together }

    private static func key(_ one: String, _ other: String) -> String {
        one < other ? "\(one) \(other)" : "\(other) \(one)"
    }
}
