import District
import Foundation

/// An economy that nobody has: regions that grow into industries near to those they have, drawn from a seed. For the
/// sample district, which says that it is synthetic, for tests and for measuring speed.
public struct SyntheticEconomy: Sendable {
    private let regions: [String]
    private let industries: [String]
    private let sectors: Int
    private let seed: UInt64
    /// Cells below this are suppressed.
    private let least: Double

    /// An economy with names of no place.
    public init(seed: UInt64, regions: Int, industries: Int) {
        let sectors = max(4, industries / 8)
        self.init(
            seed: seed, regions: (0..<regions).map { "R\(10_000 + $0)" },
            industries: (0..<industries).map { "\(10 + $0 * sectors / max(industries, 1))\(100 + $0)" },
            sectors: sectors)
    }

    /// An economy with names; industries stand sector by sector.
    init(seed: UInt64, regions: [String], industries: [String], sectors: Int, least: Double = 3) {
        self.least = least
        (self.regions, self.industries, self.sectors, self.seed) = (regions, industries, max(1, sectors), seed)
    }

    /// Its first years. Small cells are suppressed, as offices do: they are unknown.
    public func years(_ count: Int, from first: Int, every step: Int = 1) -> [(year: Int, matrix: EconomyMatrix)] {
        var draw = SeededDraw(seed: seed)
        let width = industries.count
        // What regions can do and industries need lies in a plane of kinds, and on a ladder of complexity.
        let places = (0..<sectors).map { _ in (draw.uniform(), draw.uniform()) }
        let needs = (0..<width).map { industry -> (x: Double, y: Double, level: Double, size: Double) in
            let sector = places[industry * sectors / max(width, 1)]
            let (x, y) = (sector.0 + 0.12 * normal(&draw), sector.1 + 0.12 * normal(&draw))
            return (x, y, draw.uniform(), exp(0.8 * normal(&draw)))
        }
        var homes = regions.indices.map { index -> (x: Double, y: Double, level: Double, size: Double) in
            let size = 2000 * Double(width) / (Double(index) + 1).squareRoot()
            return (draw.uniform(), draw.uniform(), 0.25 + 0.6 * draw.uniform(), size)
        }
        var luck = (0..<regions.count * width).map { _ in normal(&draw) }
        var years: [(Int, EconomyMatrix)] = []
        for time in 0..<count {
            var values = [Double](repeating: 0, count: regions.count * width)
            for region in regions.indices {
                let home = homes[region]
                var weights = [Double](repeating: 0, count: width)
                for industry in 0..<width {
                    let need = needs[industry]
                    let far = hypot(home.x - need.x, home.y - need.y)
                    let able = 1.6 * (home.level - need.level) - 3.2 * far + 1.1 * luck[region * width + industry]
                    weights[industry] = need.size * exp(able)
                }
                let all = weights.reduce(0, +)
                for industry in 0..<width {
                    let value = (home.size * weights[industry] / all).rounded()
                    values[region * width + industry] = value < least ? EconomyMatrix.unknown : value
                }
            }
            years.append((first + time * step, EconomyMatrix(regions: regions, industries: industries, values: values)))
            // Luck fades towards what a region is able to; regions learn, and grow or shrink.
            for cell in luck.indices { luck[cell] = 0.75 * luck[cell] + 0.66 * normal(&draw) }
            for region in homes.indices {
                homes[region].level += 0.02 + 0.03 * normal(&draw)
                homes[region].x += 0.03 * normal(&draw)
                homes[region].y += 0.03 * normal(&draw)
                homes[region].size *= exp(0.02 + 0.06 * normal(&draw))
            }
        }
        return years
    }

    /// Normally distributed (Box and Muller 1958).
    private func normal(_ draw: inout SeededDraw) -> Double {
        (-2 * log(1 - draw.uniform())).squareRoot() * cos(2 * .pi * draw.uniform())
    }

    /// Some of its years as a file that can be imported, suppressed cells marked `x`.
    /// - Parameter out: how many of the first years are left out.
    func file(_ count: Int, from first: Int, every step: Int, leaving out: Int = 0) -> String {
        var text = "지역,산업,종사자수,연도\n"
        for (year, matrix) in years(count, from: first, every: step).dropFirst(out) {
            for (row, region) in regions.enumerated() {
                for (column, industry) in industries.enumerated() {
                    let value = matrix[row, column].map { "\(Int($0))" } ?? "x"
                    text += "\(region),\(industry),\(value),\(year)\n"
                }
            }
        }
        return text
    }
}
