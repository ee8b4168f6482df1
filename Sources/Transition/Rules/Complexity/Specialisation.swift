/// What each region is specialised in.
///
/// Revealed comparative advantage, also location quotient (Balassa 1965): R = (x_rp / x_r) / (x_p / x), a pure number;
/// a region is specialised where R ≥ 1. The sums are over known cells. Where a cell, its region or its industry is
/// unknown, so is R: the region is then neither specialised nor not.
public struct Specialisation: Sendable {
    /// The economy it is of.
    public let matrix: EconomyMatrix
    /// R for each cell, row by row; `nan` where unknown.
    public let advantage: [Double]
    /// From which R a region counts as specialised.
    public let threshold: Double
    /// Where R reaches the threshold (M in the literature): regions by industries.
    public let present: BitMatrix
    /// Where R is known.
    public let known: BitMatrix
    /// In how many industries each region is specialised: its diversity k_r.
    public let diversity: [Int]
    /// How many regions are specialised in each industry: its ubiquity k_p.
    public let ubiquity: [Int]

    /// How many regions and industries there are.
    public var regions: Int { matrix.regions.count }
    /// How many industries there are.
    public var industries: Int { matrix.industries.count }

    /// What each region is specialised in.
    public init(_ matrix: EconomyMatrix, threshold: Double = 1) {
        self.matrix = matrix
        self.threshold = threshold
        let (rows, columns) = (matrix.regions.count, matrix.industries.count)
        let (regionTotals, industryTotals) = (matrix.regionTotals, matrix.industryTotals)
        let total = industryTotals.reduce(0, +)
        let shares = industryTotals.map { $0 / total }
        var advantage = matrix.values
        var present = BitMatrix(rows: rows, columns: columns)
        var known = BitMatrix(rows: rows, columns: columns)
        for region in 0..<rows {
            for industry in 0..<columns {
                let at = region * columns + industry
                let value = (advantage[at] / regionTotals[region]) / shares[industry]
                guard value.isFinite else {
                    advantage[at] = EconomyMatrix.unknown
                    continue
                }
                advantage[at] = value
                known[region, industry] = true
                if value >= threshold { present[region, industry] = true }
            }
        }
        self.advantage = advantage
        self.present = present
        self.known = known
        diversity = (0..<rows).map { present.count(row: $0) }
        ubiquity = present.columnCounts
    }

    /// R of a cell; nil where unknown.
    public func advantage(_ region: Int, _ industry: Int) -> Double? {
        let value = advantage[region * industries + industry]
        return value.isNaN ? nil : value
    }

    /// The share of a region's cells that are known.
    public func knownShare(of region: Int) -> Double {
        industries == 0 ? 0 : Double(known.count(row: region)) / Double(industries)
    }
}
