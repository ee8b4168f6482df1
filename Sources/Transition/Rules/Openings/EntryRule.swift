/// When a region counts as having entered an industry: it was well below being specialised, and later is.
///
/// Cells just below the threshold that come just above it are noise, not openings: hence the gap between the two
/// bounds.
public struct EntryRule: Sendable, Hashable {
    /// A candidate's advantage is below this (R, a pure number).
    public let below: Double
    /// It entered where its advantage reaches this.
    public let reaches: Double

    /// The rule that pages use.
    public static let usual = EntryRule(below: 0.5, reaches: 1)

    /// When a region counts as having entered an industry.
    public init(below: Double, reaches: Double) {
        self.below = below
        self.reaches = reaches
    }

    /// The cells of an economy in which an entry could be seen: their advantage is known, and low.
    public func candidates(in economy: Specialisation) -> [Int] {
        economy.advantage.indices.filter { isOpen($0, in: economy) }
    }

    /// Whether an entry into a cell could be seen.
    func isOpen(_ cell: Int, in economy: Specialisation) -> Bool { economy.advantage[cell] < below }

    /// Whether a cell was entered later; nil where that is unknown.
    public func hasEntered(_ cell: Int, in later: Specialisation) -> Bool? {
        let value = later.advantage[cell]
        return value.isNaN ? nil : value >= reaches
    }
}

/// Cells with what is known of them at a moment, and whether they were entered later.
public struct Examples: Sendable {
    /// The cells: region × number of industries + industry.
    public internal(set) var cells: [Int]
    /// How many industries a region has.
    public let industries: Int
    /// What is known of each cell, feature by feature (``Snapshot/features``).
    public internal(set) var features: [[Float]]
    /// Whether each was entered; empty where nobody knows yet.
    public internal(set) var entered: [Bool]

    /// How many there are.
    public var count: Int { cells.count }

    /// Those of some regions only.
    func ofRegions(_ isWanted: (Int) -> Bool) -> Examples {
        let kept = cells.indices.filter { isWanted(cells[$0] / industries) }
        return Examples(
            cells: kept.map { cells[$0] }, industries: industries,
            features: features.map { row in kept.map { row[$0] } },
            entered: entered.isEmpty ? [] : kept.map { entered[$0] })
    }

    /// Several moments as one, for training.
    static func joined(_ all: [Examples]) -> Examples? {
        guard var whole = all.first else { return nil }
        for one in all.dropFirst() {
            whole.cells += one.cells
            whole.entered += one.entered
            for feature in whole.features.indices { whole.features[feature] += one.features[feature] }
        }
        return whole
    }
}
