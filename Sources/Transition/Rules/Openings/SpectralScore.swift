import District
import Foundation

/// What a region's other industries let one expect of each: log(1 + R) by its strongest patterns only.
///
/// The truncated singular value decomposition, by twelve steps of subspace iteration from a fixed beginning. A cell
/// that is unknown stands at its industry's mean over the regions that are known, which pulls it nowhere.
enum SpectralScore {
    /// As many patterns as are kept.
    static let rank = 16
    private static let steps = 12

    /// The expected log(1 + R) of each cell, row by row.
    static func values(_ specialisation: Specialisation, threads: Int) -> [Double] {
        let (rows, columns) = (specialisation.regions, specialisation.industries)
        guard rows > 0, columns > 0 else { return [] }
        let rank = min(Self.rank, rows, columns)
        let (matrix, means) = centred(specialisation)
        var draw = SeededDraw(seed: 16)
        // Directions over industries, one behind the other.
        var basis = (0..<rank).map { _ in (0..<columns).map { _ in draw.uniform() - 0.5 } }
        orthonormalise(&basis)
        for _ in 0..<steps {
            let flat = interleaved(basis, columns)
            let onto = project(matrix, flat, rows, columns, rank, threads)
            // Back to industries: each industry is a row of the turned matrix, so that threads never share one.
            let turned = turn(matrix, rows, columns)
            let back = project(turned, onto, columns, rows, rank, threads)
            basis = (0..<rank).map { direction in (0..<columns).map { back[$0 * rank + direction] } }
            orthonormalise(&basis)
        }
        let flat = interleaved(basis, columns)
        let onto = project(matrix, flat, rows, columns, rank, threads)
        return Lanes.rows(rows, width: columns, threads: threads) { row, out in
            for column in 0..<columns {
                var sum = means[column]
                for direction in 0..<rank { sum += onto[row * rank + direction] * flat[column * rank + direction] }
                out[column] = sum
            }
        }
    }

    /// log(1 + R) about each industry's mean, nothing where unknown; and the means.
    static func centred(_ specialisation: Specialisation) -> (matrix: [Double], means: [Double]) {
        let (rows, columns) = (specialisation.regions, specialisation.industries)
        var matrix = specialisation.advantage.map { log1p($0) }
        var (means, counts) = ([Double](repeating: 0, count: columns), [Int](repeating: 0, count: columns))
        for row in 0..<rows {
            for column in 0..<columns where !matrix[row * columns + column].isNaN {
                means[column] += matrix[row * columns + column]
                counts[column] += 1
            }
        }
        for column in 0..<columns where counts[column] > 0 { means[column] /= Double(counts[column]) }
        for row in 0..<rows {
            for column in 0..<columns {
                let value = matrix[row * columns + column]
                matrix[row * columns + column] = value.isNaN ? 0 : value - means[column]
            }
        }
        return (matrix, means)
    }

    /// Each row of a matrix times the directions: rows × rank.
    private static func project(
        _ matrix: [Double], _ directions: [Double], _ rows: Int, _ columns: Int, _ rank: Int, _ threads: Int
    ) -> [Double] {
        matrix.withUnsafeBufferPointer { matrix in
            directions.withUnsafeBufferPointer { directions in
                Lanes.rows(rows, width: rank, threads: threads) { row, out in
                    out.initialize(repeating: 0)
                    for column in 0..<columns {
                        let value = matrix[row * columns + column]
                        guard value != 0 else { continue }
                        for direction in 0..<rank { out[direction] += value * directions[column * rank + direction] }
                    }
                }
            }
        }
    }

    private static func turn(_ matrix: [Double], _ rows: Int, _ columns: Int) -> [Double] {
        var turned = [Double](repeating: 0, count: matrix.count)
        for row in 0..<rows {
            for column in 0..<columns { turned[column * rows + row] = matrix[row * columns + column] }
        }
        return turned
    }

    private static func interleaved(_ basis: [[Double]], _ columns: Int) -> [Double] {
        var flat: [Double] = []
        flat.reserveCapacity(columns * basis.count)
        for column in 0..<columns { for direction in basis { flat.append(direction[column]) } }
        return flat
    }

    /// Makes directions of length 1 at right angles (Gram and Schmidt, twice); one that hangs on the others becomes
    /// none.
    private static func orthonormalise(_ basis: inout [[Double]]) {
        for index in basis.indices {
            for _ in 0..<2 {
                for other in 0..<index {
                    let share = zip(basis[index], basis[other]).reduce(0) { $0 + $1.0 * $1.1 }
                    for at in basis[index].indices { basis[index][at] -= share * basis[other][at] }
                }
            }
            let length = basis[index].reduce(0) { $0 + $1 * $1 }.squareRoot()
            for at in basis[index].indices { basis[index][at] = length > 1e-12 ? basis[index][at] / length : 0 }
        }
    }
}
