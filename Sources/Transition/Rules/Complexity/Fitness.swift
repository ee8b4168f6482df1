/// Fitness of regions and complexity of industries (Tacchella, Cristelli, Caldarelli, Gabrielli, Pietronero 2012).
///
/// F = M·Q, Q = 1 / (Mᵀ·(1/F)), each brought to mean 1 after every step: an industry is as complex as the least fit
/// region that has it allows. Pure numbers with mean 1. Regions without any specialisation have none (`nan`).
public struct Fitness: Sendable {
    /// F of each region.
    public let regions: [Double]
    /// Q of each industry.
    public let industries: [Double]
    /// How many steps were made.
    public let steps: Int
    /// Whether the last step left every fitness above a thousandth within a millionth of itself. Where not, some
    /// regions go to zero, as happens with matrices of a certain shape; the order of the others stands.
    public let isSettled: Bool

    /// Fitness and complexity of an economy.
    public init(_ specialisation: Specialisation, most: Int = 1000) {
        let (present, rows, columns) = (specialisation.present, specialisation.regions, specialisation.industries)
        let (diversity, ubiquity) = (specialisation.diversity, specialisation.ubiquity)
        let members = (0..<rows).map { present.members(of: $0) }
        var fitness = diversity.map { $0 > 0 ? 1.0 : EconomyMatrix.unknown }
        var quality = ubiquity.map { $0 > 0 ? 1.0 : EconomyMatrix.unknown }
        var (made, isSettled) = (0, false)
        while made < most, !isSettled {
            made += 1
            var (next, burden) = (fitness, [Double](repeating: 0, count: columns))
            for region in 0..<rows where diversity[region] > 0 {
                // A fitness that has gone to nothing burdens its industries beyond measure, but not to infinity.
                let weight = 1 / max(fitness[region], 1e-300)
                var sum = 0.0
                for industry in members[region] {
                    sum += quality[industry]
                    burden[industry] += weight
                }
                next[region] = sum
            }
            var other = quality
            for industry in 0..<columns where ubiquity[industry] > 0 { other[industry] = 1 / burden[industry] }
            Self.scale(&next)
            Self.scale(&other)
            isSettled = zip(next, fitness).allSatisfy { $0.isNaN || $0 < 1e-3 || abs($0 - $1) <= 1e-6 * $0 }
            (fitness, quality) = (next, other)
        }
        (regions, industries, steps, self.isSettled) = (fitness, quality, made, isSettled)
    }

    /// Brings the known ones to mean 1.
    private static func scale(_ values: inout [Double]) {
        var (sum, count) = (0.0, 0)
        for value in values where !value.isNaN {
            sum += value
            count += 1
        }
        guard sum > 0 else { return }
        let factor = Double(count) / sum
        for index in values.indices { values[index] *= factor }
    }
}
