import TestKit

@testable import Transition

/// Economies of tests.
enum Economies {
    /// Three regions and industries whose figures can be worked out by hand: R is 3, 1.5, 0 / 0, 1.5, 1 / 0, 0, 2.
    static let small = EconomyMatrix(
        regions: ["A", "B", "C"], industries: ["1", "2", "3"], values: [4, 4, 0, 0, 4, 4, 0, 0, 8])

    /// A nested economy with noise, drawn from a seed; a share of its cells is unknown.
    static func drawn(
        seed: UInt64, regions: Int = 40, industries: Int = 60, unknown: Double = 0
    ) -> EconomyMatrix {
        var draw = SeededGenerator(seed: seed)
        func uniform() -> Double { Double.random(in: 0..<1, using: &draw) }
        let values = (0..<regions * industries).map { cell -> Double in
            let (region, industry) = (cell / industries, cell % industries)
            let (value, isUnknown) = (uniform(), uniform() < unknown)
            let reach = Double(regions - region) / Double(regions) + 0.6 * uniform()
            let need = Double(industry) / Double(industries)
            if isUnknown { return .nan }
            return reach > need ? (value * 1000).rounded() + 1 : (value * 20).rounded()
        }
        return EconomyMatrix(
            regions: (0..<regions).map { "R\($0)" }, industries: (0..<industries).map { "\(10 + $0 / 6)\($0 % 6)" },
            values: values)
    }
}
