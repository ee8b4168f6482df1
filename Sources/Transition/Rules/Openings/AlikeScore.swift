import Foundation

/// What the regions that are most like a region have of each industry: the mean of log(1 + R), each by its likeness.
///
/// Regions are alike by the cosine of log(1 + R) about each industry's mean (collaborative filtering by neighbours,
/// Resnick et al. 1994). What is unknown pulls nobody nearer and counts in no mean.
enum AlikeScore {
    /// As many regions as are asked.
    static let count = 30

    /// The mean of each cell, row by row; `nan` where none of those regions is known.
    static func values(_ specialisation: Specialisation, threads: Int) -> [Double] {
        let (rows, columns) = (specialisation.regions, specialisation.industries)
        let plain = specialisation.advantage.map { log1p($0) }
        let likeness = likeness(specialisation, threads)
        return Lanes.rows(rows, width: columns, threads: threads) { row, out in
            let near = (0..<rows).filter { likeness[row * rows + $0] > 0 }
                .sorted { (-likeness[row * rows + $0], $0) < (-likeness[row * rows + $1], $1) }.prefix(count)
            for column in 0..<columns {
                var (over, under) = (0.0, 0.0)
                for other in near where !plain[other * columns + column].isNaN {
                    over += likeness[row * rows + other] * plain[other * columns + column]
                    under += likeness[row * rows + other]
                }
                out[column] = under > 0 ? over / under : EconomyMatrix.unknown
            }
        }
    }

    /// How like each two regions are, row by row: nothing where they are unlike, nor to themselves.
    private static func likeness(_ specialisation: Specialisation, _ threads: Int) -> [Double] {
        let (rows, columns) = (specialisation.regions, specialisation.industries)
        var (matrix, _) = SpectralScore.centred(specialisation)
        for row in 0..<rows {
            let cells = row * columns..<(row + 1) * columns
            let length = matrix[cells].reduce(0) { $0 + $1 * $1 }.squareRoot()
            for at in cells { matrix[at] = length > 1e-12 ? matrix[at] / length : 0 }
        }
        return matrix.withUnsafeBufferPointer { matrix in
            Lanes.rows(rows, width: rows, threads: threads) { row, out in
                for other in 0..<rows {
                    let (x, y) = (row * columns, other * columns)
                    // Four sums beside each other, in an order that is always the same.
                    var (a, b, c, d) = (0.0, 0.0, 0.0, 0.0)
                    var column = 0
                    while column + 4 <= columns {
                        a += matrix[x + column] * matrix[y + column]
                        b += matrix[x + column + 1] * matrix[y + column + 1]
                        c += matrix[x + column + 2] * matrix[y + column + 2]
                        d += matrix[x + column + 3] * matrix[y + column + 3]
                        column += 4
                    }
                    while column < columns {
                        a += matrix[x + column] * matrix[y + column]
                        column += 1
                    }
                    out[other] = other == row ? 0 : max(0, (a + b) + (c + d))
                }
            }
        }
    }
}
