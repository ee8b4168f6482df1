/// The two directions along which rows differ most: power iteration on XᵀX from a fixed beginning.
enum PrincipalAxes {
    private static let steps = 200

    static func two(of rows: [[Double]], width: Int) -> ([Double], [Double]) {
        let first = axis(of: rows, width, without: nil)
        return (first, axis(of: rows, width, without: first))
    }

    /// The strongest direction at right angles to another. Its sign is settled by its largest part, which is above zero.
    private static func axis(of rows: [[Double]], _ width: Int, without other: [Double]?) -> [Double] {
        // A beginning that lies along no statement and at right angles to no usual direction.
        var axis = (0..<width).map { column in
            let spread = (column * 7919 + 13) % 101
            return 1 + Double(spread) / 101
        }
        normalise(&axis, without: other)
        for _ in 0..<steps {
            var next = [Double](repeating: 0, count: width)
            for row in rows {
                let along = product(row, axis)
                for column in 0..<width { next[column] += along * row[column] }
            }
            normalise(&next, without: other)
            let change = zip(axis, next).map { abs($0 - $1) }.max() ?? 0
            axis = next
            if change < 1e-12 { break }
        }
        var largest = 0
        for column in axis.indices where abs(axis[column]) > abs(axis[largest]) + 1e-9 { largest = column }
        return !axis.isEmpty && axis[largest] < 0 ? axis.map { -$0 } : axis
    }

    static func product(_ one: [Double], _ other: [Double]) -> Double {
        var sum = 0.0
        for column in one.indices { sum += one[column] * other[column] }
        return sum
    }

    /// Takes the other direction out, and makes the length 1; a direction of no length is all zeros.
    private static func normalise(_ axis: inout [Double], without other: [Double]?) {
        if let other {
            let along = product(axis, other)
            for column in axis.indices { axis[column] -= along * other[column] }
        }
        let length = product(axis, axis).squareRoot()
        guard length > 1e-12 else {
            axis = axis.map { _ in 0 }
            return
        }
        for column in axis.indices { axis[column] /= length }
    }
}
