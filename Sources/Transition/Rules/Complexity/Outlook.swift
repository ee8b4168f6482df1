/// What complex industries lie near to what a region has.
///
/// Complexity outlook index: COI_r = Σ_p (1 − M_rp) ω_rp PCI_p, as a z-score over the regions. Complexity outlook
/// gain, what an industry would open: COG_rp = (1 − M_rp) Σ_q (1 − M_rq) φ_qp PCI_q / Σ_s φ_qs, in standard deviations
/// of ECI. (Hausmann, Hidalgo et al. 2014, in the form of PyPI `ecomplexity`: PCI as the eigenvector has it, before it
/// is brought to scale.) Cells that are unknown are no outlook.
public struct Outlook: Sendable {
    /// COI of each region as z-score; `nan` where it has none.
    public let index: [Double]
    /// COG of each cell, row by row; 0 where the region has the industry, `nan` where that is unknown.
    public let gain: [Double]
    private let industries: Int

    /// The outlook of every region.
    public init(
        _ specialisation: Specialisation, _ space: IndustrySpace, _ density: Density, _ complexity: Complexity,
        threads: Int = 2
    ) {
        let (present, known, width) = (specialisation.present, specialisation.known, space.count)
        industries = width
        let raw = (0..<width).map { complexity.industries[$0].isNaN ? 0 : complexity.unscaled($0) }
        index = Self.index(specialisation, density, complexity)
        let weighted = Self.weighted(space, raw)
        let deviation = complexity.deviation
        let sums = Self.columnSums(weighted, width)
        // The fewer rows are added up: those that are absent, or all the others, to be taken from the whole.
        let isTurned = specialisation.diversity.reduce(0, +) * 2 < specialisation.regions * width
        let added = weighted.withUnsafeBufferPointer { weighted in
            Lanes.sums(specialisation.regions, of: weighted, width: width, threads: threads) { region in
                isTurned
                    ? (0..<width).filter { !known[region, $0] || present[region, $0] }
                    : (0..<width).filter { known[region, $0] && !present[region, $0] }
            }
        }
        gain = Lanes.rows(specialisation.regions, width: width, threads: threads) { region, out in
            for column in 0..<width {
                let sum = added[region * width + column]
                out[column] =
                    !known[region, column]
                    ? EconomyMatrix.unknown
                    : present[region, column] ? 0 : (isTurned ? sums[column] - sum : sum) / deviation
            }
        }
    }

    /// The outlook of each region alone, which costs little.
    static func index(_ specialisation: Specialisation, _ density: Density, _ complexity: Complexity) -> [Double] {
        let (present, known, width) = (specialisation.present, specialisation.known, specialisation.industries)
        let raw = (0..<width).map { complexity.industries[$0].isNaN ? 0 : complexity.unscaled($0) }
        var outlook = [Double](repeating: 0, count: specialisation.regions)
        for region in outlook.indices {
            for industry in 0..<width where known[region, industry] && !present[region, industry] {
                outlook[region] += (density[region, industry] ?? 0) * raw[industry]
            }
        }
        return standardised(outlook)
    }

    /// What an industry would open to a region; nil where that is unknown.
    public func gain(_ region: Int, _ industry: Int) -> Double? {
        let value = gain[region * industries + industry]
        return value.isNaN ? nil : value
    }

    /// φ_qp PCI_q / Σ_s φ_qs, row by row.
    private static func weighted(_ space: IndustrySpace, _ raw: [Double]) -> [Double] {
        var weighted = space.proximity
        for (row, sum) in space.columnSums.enumerated() {
            let factor = sum > 0 ? raw[row] / sum : 0
            for at in row * space.count..<(row + 1) * space.count { weighted[at] *= factor }
        }
        return weighted
    }

    private static func columnSums(_ matrix: [Double], _ width: Int) -> [Double] {
        var sums = [Double](repeating: 0, count: width)
        for row in 0..<width {
            for column in 0..<width { sums[column] += matrix[row * width + column] }
        }
        return sums
    }

    /// As z-scores by the population's standard deviation; nothing but `nan` where all are alike.
    static func standardised(_ values: [Double]) -> [Double] {
        guard !values.isEmpty else { return [] }
        let mean = values.reduce(0, +) / Double(values.count)
        let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
        return values.map { deviation > 0 ? ($0 - mean) / deviation : EconomyMatrix.unknown }
    }
}
