import District

/// The largest eigenvalue below the first, and its eigenvector, by the method of Lanczos (1950) with every new
/// direction held against all earlier ones; the first eigenvector is known and taken out.
enum Lanczos {
    /// What was found.
    struct Found {
        /// The eigenvector, of length 1; its sign is no one's choice.
        let vector: [Double]
        /// Its eigenvalue, and the one after it.
        let second: Double, third: Double
    }

    /// How far A·v may be from λ·v.
    private static let precision = 1e-14

    /// - Returns: nil where there is nothing beside the first eigenvector.
    static func second(_ matrix: Reflection) -> Found? {
        let size = matrix.size
        var draw = SeededDraw(seed: 2009)
        var vector = (0..<size).map { matrix.first[$0] == 0 ? 0 : draw.uniform() - 0.5 }
        remove([matrix.first], from: &vector)
        guard normalise(&vector) > 0 else { return nil }
        var directions = [vector]
        var (diagonal, beside): ([Double], [Double]) = ([], [])
        let most = size - 1
        while true {
            var next = matrix(directions[directions.count - 1])
            diagonal.append(product(next, directions[directions.count - 1]))
            // Twice, for what rounding leaves of the earlier directions after once.
            remove([matrix.first] + directions, from: &next)
            remove([matrix.first] + directions, from: &next)
            let rest = normalise(&next)
            let count = diagonal.count
            let isLast = count >= most || rest < 1e-13
            if isLast || count.isMultiple(of: 12) {
                let solved = Tridiagonal(diagonal: diagonal, beside: beside)
                let order = solved.order
                let tail = solved.vectors[(count - 1) * count + order[0]]
                if isLast || abs(rest * tail) < precision {
                    var found = [Double](repeating: 0, count: size)
                    for (step, direction) in directions.enumerated() {
                        let weight = solved.vectors[step * count + order[0]]
                        for index in found.indices { found[index] += weight * direction[index] }
                    }
                    normalise(&found)
                    let third = order.count > 1 ? solved.values[order[1]] : 0
                    return Found(vector: found, second: solved.values[order[0]], third: third)
                }
            }
            beside.append(rest)
            directions.append(next)
        }
    }

    private static func product(_ one: [Double], _ other: [Double]) -> Double {
        // Four sums side by side, so that the processor need not wait for each addition.
        var (a, b, c, d) = (0.0, 0.0, 0.0, 0.0)
        var at = 0
        while at + 4 <= one.count {
            a += one[at] * other[at]
            b += one[at + 1] * other[at + 1]
            c += one[at + 2] * other[at + 2]
            d += one[at + 3] * other[at + 3]
            at += 4
        }
        var rest = (a + b) + (c + d)
        while at < one.count {
            rest += one[at] * other[at]
            at += 1
        }
        return rest
    }

    private static func remove(_ directions: [[Double]], from vector: inout [Double]) {
        for direction in directions {
            let share = product(direction, vector)
            for index in vector.indices { vector[index] -= share * direction[index] }
        }
    }

    /// Brings a vector to length 1.
    /// - Returns: how long it was.
    @discardableResult
    private static func normalise(_ vector: inout [Double]) -> Double {
        let length = product(vector, vector).squareRoot()
        guard length > 0 else { return 0 }
        for index in vector.indices { vector[index] /= length }
        return length
    }
}
