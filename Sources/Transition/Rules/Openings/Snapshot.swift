import Foundation

/// An economy at a moment, with what pages and predictors look at.
public struct Snapshot: Sendable {
    /// What each region is specialised in.
    public let specialisation: Specialisation
    /// How near industries are.
    public let space: IndustrySpace
    /// ECI and PCI; nil where there is too little for them.
    public let complexity: Complexity?
    /// How much of what is near to an industry a region has, without the diagonal.
    let density: Density
    private let regionTotals: [Double]
    private let industryTotals: [Double]

    /// The ways to rank cells; the order of ``Snapshot/scores(_:of:)``.
    public enum Predictor: String, Sendable, CaseIterable {
        /// A region's diversity times an industry's ubiquity: what any predictor must beat.
        case null
        /// Density without the diagonal.
        case density
        /// Density over the 25 nearest industries.
        case nearest
        /// The truncated singular value decomposition of log(1 + R).
        case spectral
        /// What the regions most alike have of it (``AlikeScore``).
        case alike
        /// The mean of the ranks by `null`, `nearest`, `spectral` and `alike`.
        case blend
        /// Boosted trees over all of these.
        case trees
    }

    /// As many near industries as ``Predictor/nearest`` looks at.
    static let near = 25

    /// What is read from a matrix; what only predictors look at is worked out by ``examples(_:later:threads:)``.
    public init(_ matrix: EconomyMatrix, threads: Int = 2) {
        let specialisation = Specialisation(matrix)
        let space = IndustrySpace(specialisation, threads: threads)
        self.specialisation = specialisation
        self.space = space
        complexity = Complexity(specialisation)
        density = Density(specialisation, space, diagonal: .zero, threads: threads)
        (regionTotals, industryTotals) = (matrix.regionTotals, matrix.industryTotals)
    }

    /// What the features are called, in order.
    static let features = [
        "null", "density", "nearest", "spectral", "alike", "advantage", "diversity", "ubiquity", "region size",
        "industry size", "pci", "eci",
    ]

    /// What is known of the candidates of an entry rule now, and whether they were entered later where that is given.
    /// Cells of which nothing is known later are left out then.
    public func examples(_ rule: EntryRule, later: Specialisation? = nil, threads: Int = 2) -> Examples {
        let nearest = Density.nearest(Self.near, specialisation, space, threads: threads)
        let spectral = SpectralScore.values(specialisation, threads: threads)
        let alike = AlikeScore.values(specialisation, threads: threads)
        var (cells, entered): ([Int], [Bool]) = ([], [])
        for cell in rule.candidates(in: specialisation) {
            guard let later else {
                cells.append(cell)
                continue
            }
            guard let has = rule.hasEntered(cell, in: later) else { continue }
            cells.append(cell)
            entered.append(has)
        }
        let width = specialisation.industries
        let (rows, columns) = (Double(max(specialisation.regions, 1)), Double(max(width, 1)))
        let (all, totals) = (industryTotals.reduce(0, +), (regionTotals, industryTotals))
        func value(_ feature: Int, _ cell: Int) -> Double {
            let (region, industry) = (cell / width, cell % width)
            let (k, u) = (Double(specialisation.diversity[region]), Double(specialisation.ubiquity[industry]))
            return switch feature {
            case 0: k / columns * u / rows
            case 1: density.values[cell]
            case 2: nearest.values[cell]
            case 3: spectral[cell]
            case 4: alike[cell]
            case 5: specialisation.advantage[cell]
            case 6: k / columns
            case 7: u / rows
            case 8: log(max(totals.0[region], 1e-9) / max(all, 1e-9))
            case 9: log(max(totals.1[industry], 1e-9) / max(all, 1e-9))
            case 10: complexity?.industries[industry] ?? .nan
            default: complexity?.regions[region] ?? .nan
            }
        }
        let features = Self.features.indices.map { feature in cells.map { Float(value(feature, $0)) } }
        return Examples(cells: cells, industries: width, features: features, entered: entered)
    }

    /// The score of each cell by a predictor that needs no training: a higher one is likelier. Unknown ones come last.
    static func scores(_ predictor: Predictor, of examples: Examples) -> [Double] {
        func feature(_ index: Int) -> [Double] {
            examples.features[index].map { $0.isNaN ? -.infinity : Double($0) }
        }
        switch predictor {
        case .null: return feature(0)
        case .density: return feature(1)
        case .nearest: return feature(2)
        case .spectral: return feature(3)
        case .alike: return feature(4)
        case .blend, .trees:
            let ranks = [0, 2, 3, 4].map { RankScore.ranks(feature($0)) }
            return examples.cells.indices.map { cell in ranks.reduce(0) { $0 + $1[cell] } / Double(ranks.count) }
        }
    }
}
