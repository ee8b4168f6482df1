import Foundation
import Record

/// Which sites are likely to miss a due date in the next four weeks: a logistic regression over signs that can be read off the
/// record and told to whoever is visited.
struct LateModel: Sendable, Hashable {
    /// The mean and spread of each sign where it was learnt, its weight, and the level.
    let means: [Double], spreads: [Double], weights: [Double]
    let level: Double

    /// A site as it stood, and whether it missed a due date in the weeks that followed.
    struct Example: Sendable, Hashable {
        let signs: [Double]
        let missed: Bool
    }

    /// Learns by Newton's method (iteratively reweighted least squares) with a light pull to zero; nil where there is
    /// nothing to tell apart.
    init?(_ examples: [Example], pull: Double = 1) {
        guard examples.contains(where: \.missed), examples.contains(where: { !$0.missed }),
            let width = examples.first?.signs.count
        else { return nil }
        let count = Double(examples.count)
        var (means, spreads) = ([Double](repeating: 0, count: width), [Double](repeating: 0, count: width))
        for example in examples { for at in 0..<width { means[at] += example.signs[at] / count } }
        for example in examples {
            for at in 0..<width {
                spreads[at] += (example.signs[at] - means[at]) * (example.signs[at] - means[at]) / count
            }
        }
        spreads = spreads.map { $0 > 1e-12 ? $0.squareRoot() : 1 }
        var weights = [Double](repeating: 0, count: width + 1)
        for _ in 0..<25 {
            var slope = weights.enumerated().map { $0.offset < width ? -pull * $0.element : 0 }
            var curve = (0...width).map { row in
                (0...width).map { row == $0 ? (row < width ? pull : 1e-9) : 0.0 }
            }
            for example in examples {
                var signs = (0..<width).map { (example.signs[$0] - means[$0]) / spreads[$0] }
                signs.append(1)
                let chance = Self.chance(zip(signs, weights).reduce(0) { $0 + $1.0 * $1.1 })
                let (error, weight) = ((example.missed ? 1 : 0) - chance, max(chance * (1 - chance), 1e-9))
                for row in 0...width {
                    slope[row] += error * signs[row]
                    for column in 0...row { curve[row][column] += weight * signs[row] * signs[column] }
                }
            }
            for row in 0...width { for column in 0..<row { curve[column][row] = curve[row][column] } }
            guard let move = Self.solve(curve, slope) else { return nil }
            for at in 0...width { weights[at] += move[at] }
            if move.allSatisfy({ abs($0) < 1e-8 }) { break }
        }
        self.means = means
        self.spreads = spreads
        self.weights = Array(weights.prefix(width))
        level = weights[width]
    }

    /// How likely a due date is missed.
    func chance(_ signs: [Double]) -> Double {
        Self.chance(level + parts(signs).reduce(0, +))
    }

    /// What each sign adds to the level.
    private func parts(_ signs: [Double]) -> [Double] {
        signs.indices.map { weights[$0] * (signs[$0] - means[$0]) / spreads[$0] }
    }

    /// The signs that raise a site's chance most, at most three.
    func reasons(_ signs: [Double]) -> [SiteSign] {
        zip(SiteSign.allCases, parts(signs)).filter { $0.1 > 0.1 }.sorted { $0.1 > $1.1 }.prefix(3).map(\.0)
    }

    private static func chance(_ sum: Double) -> Double { 1 / (1 + exp(-sum)) }

    /// Solves a symmetric system by elimination with pivots; nil where it has no single solution.
    private static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double]? {
        var (rows, right) = (matrix, right)
        let count = right.count
        for step in 0..<count {
            guard let pivot = (step..<count).max(by: { abs(rows[$0][step]) < abs(rows[$1][step]) }),
                abs(rows[pivot][step]) > 1e-12
            else { return nil }
            rows.swapAt(step, pivot)
            right.swapAt(step, pivot)
            for row in step + 1..<max(count, step + 1) {
                let factor = rows[row][step] / rows[step][step]
                for column in step..<count { rows[row][column] -= factor * rows[step][column] }
                right[row] -= factor * right[step]
            }
        }
        for row in stride(from: count - 1, through: 0, by: -1) {
            for column in row + 1..<max(count, row + 1) { right[row] -= rows[row][column] * right[column] }
            right[row] /= rows[row][row]
        }
        return right
    }
}

/// How much better the zone's visits go where they are sent by the model, at as many visits as the zone can make.
struct Lift: Sendable, Hashable {
    /// Visits in four weeks.
    let visits: Int
    /// Of the sites it would have sent visitors to, those that then missed a due date.
    let hits: Int64, visited: Int64
    /// Of all sites, those that did.
    let late: Int64, all: Int64

    /// The share of visits that go where they are needed; nil where nothing was seen.
    var precision: Double? { visited > 0 ? Double(hits) / Double(visited) : nil }
    /// The share of sites that need one.
    var base: Double? { all > 0 ? Double(late) / Double(all) : nil }
    /// How many times better than visits by chance; nil where nobody was late.
    var lift: Double? {
        guard let precision, let base, base > 0 else { return nil }
        return precision / base
    }

    /// Judges by spans of weeks: each span's sites were ranked by a model that knew nothing of it or of later ones.
    init(visits: Int, spans: [[(chance: Double, missed: Bool)]]) {
        self.visits = visits
        var (hits, visited, late, all) = (Int64(0), Int64(0), Int64(0), Int64(0))
        for span in spans {
            let first = span.enumerated().sorted {
                ($0.element.chance, $1.offset) > ($1.element.chance, $0.offset)
            }.prefix(visits)
            hits += Int64(first.count { $0.element.missed })
            visited += Int64(first.count)
            late += Int64(span.count(where: \.missed))
            all += Int64(span.count)
        }
        (self.hits, self.visited, self.late, self.all) = (hits, visited, late, all)
    }
}
