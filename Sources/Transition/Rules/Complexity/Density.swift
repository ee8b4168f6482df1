/// How much of what is near to an industry a region already has.
///
/// ω_rp = Σ_q M_rq φ_qp / Σ_q φ_qp (Hidalgo et al. 2007), between 0 and 1, over the industries q of which the region's
/// specialisation is known. Two conventions are in use: see ``Diagonal``.
public struct Density: Sendable {
    /// Whether an industry counts as near to itself.
    public enum Diagonal: String, Sendable, CaseIterable {
        /// φ_pp = 1 stays in both sums: a region's own industries look nearer. So does PyPI `ecomplexity`.
        case one
        /// φ_pp = 0: only other industries count. So does PyPI `economic-complexity`.
        case zero
    }

    /// The convention it follows.
    public let diagonal: Diagonal
    /// How many industries a row has.
    public let industries: Int
    /// ω for each cell, row by row; `nan` where a region knows nothing that is near.
    public let values: [Double]

    /// The density of every cell of an economy.
    public init(_ specialisation: Specialisation, _ space: IndustrySpace, diagonal: Diagonal, threads: Int = 2) {
        let sums = Sums(specialisation, space, threads)
        self.init(diagonal: diagonal, industries: space.count, values: sums.density(diagonal, threads))
    }

    /// The density of every cell in both conventions, for the price of one.
    public static func both(
        _ specialisation: Specialisation, _ space: IndustrySpace, threads: Int = 2
    ) -> (one: Density, zero: Density) {
        let sums = Sums(specialisation, space, threads)
        return (
            Density(diagonal: .one, industries: space.count, values: sums.density(.one, threads)),
            Density(diagonal: .zero, industries: space.count, values: sums.density(.zero, threads))
        )
    }

    /// What stands above and below the line, with the diagonal at 1.
    private struct Sums {
        let specialisation: Specialisation
        let space: IndustrySpace
        let over: [Double]
        /// Of all industries; what is unknown in a region is taken out of it there.
        let under: [Double]
        /// What is to be taken out, row by row; nil where all is known.
        let missing: [Double]?

        init(_ specialisation: Specialisation, _ space: IndustrySpace, _ threads: Int) {
            (self.specialisation, self.space, under) = (specialisation, space, space.columnSums)
            let (present, known, width) = (specialisation.present, specialisation.known, space.count)
            (over, missing) = space.proximity.withUnsafeBufferPointer { proximity in
                let over = Lanes.sums(specialisation.regions, of: proximity, width: width, threads: threads) {
                    present.members(of: $0)
                }
                let isWhole = (0..<specialisation.regions).allSatisfy { known.count(row: $0) == width }
                let missing: [Double]? =
                    isWhole
                    ? nil
                    : Lanes.sums(specialisation.regions, of: proximity, width: width, threads: threads) {
                        known.absentees(of: $0)
                    }
                return (over, missing)
            }
        }

        func density(_ diagonal: Diagonal, _ threads: Int) -> [Double] {
            let (present, known, width) = (specialisation.present, specialisation.known, space.count)
            // An industry is as near to itself as to any: 1, or 0 where no region is specialised in it.
            let own = (0..<width).map { diagonal == .zero ? space[$0, $0] : 0 }
            return Lanes.rows(specialisation.regions, width: width, threads: threads) { region, out in
                let row = region * width
                for column in 0..<width {
                    let mine = present[region, column] ? own[column] : 0
                    let itself = missing == nil || known[region, column] ? own[column] : 0
                    let under = under[column] - (missing?[row + column] ?? 0) - itself
                    // What is left of a sum whose parts were all taken out is rounding, not nearness.
                    out[column] = under > 1e-9 ? (over[row + column] - mine) / under : EconomyMatrix.unknown
                }
            }
        }
    }

    /// The density around an industry in a region; nil where unknown.
    public subscript(region: Int, industry: Int) -> Double? {
        let value = values[region * industries + industry]
        return value.isNaN ? nil : value
    }

    /// The same over the `count` nearest industries only (itself left out), each by its proximity; ties go to the
    /// earlier.
    public static func nearest(
        _ count: Int, _ specialisation: Specialisation, _ space: IndustrySpace, threads: Int = 2
    ) -> Density {
        let width = space.count
        let near = (0..<width).map { industry in
            Array(
                (0..<width).filter { $0 != industry }
                    .sorted { (-space[industry, $0], $0) < (-space[industry, $1], $1) }.prefix(count))
        }
        let (present, known) = (specialisation.present, specialisation.known)
        let values = Lanes.rows(specialisation.regions, width: width, threads: threads) { region, out in
            for industry in 0..<width {
                var (over, under) = (0.0, 0.0)
                for other in near[industry] where known[region, other] {
                    under += space[industry, other]
                    if present[region, other] { over += space[industry, other] }
                }
                out[industry] = under > 0 ? over / under : EconomyMatrix.unknown
            }
        }
        return Density(diagonal: .zero, industries: width, values: values)
    }

    private init(diagonal: Diagonal, industries: Int, values: [Double]) {
        (self.diagonal, self.industries, self.values) = (diagonal, industries, values)
    }
}
