/// The eigenvalues and eigenvectors of a symmetric tridiagonal matrix, by QL steps with implicit shifts (Bowdler,
/// Martin, Reinsch, Wilkinson 1968).
struct Tridiagonal {
    /// The eigenvalues, in no order.
    private(set) var values: [Double]
    /// Of each eigenvector its components: `vectors[component * size + index]`.
    private(set) var vectors: [Double]

    /// - Parameters:
    ///   - diagonal: its diagonal.
    ///   - beside: what stands beside it, one fewer.
    init(diagonal: [Double], beside: [Double]) {
        let size = diagonal.count
        var (d, e) = (diagonal, beside + [0])
        var z = [Double](repeating: 0, count: size * size)
        for index in 0..<size { z[index * size + index] = 1 }
        for low in 0..<size {
            for _ in 0..<60 {
                // The block that begins here ends where an element beside the diagonal is as good as none.
                var end = low
                while end < size - 1, abs(e[end]) > 1e-16 * (abs(d[end]) + abs(d[end + 1])) { end += 1 }
                if end == low { break }
                let half = (d[low + 1] - d[low]) / (2 * e[low])
                let root = (half * half + 1).squareRoot()
                var shifted = d[end] - d[low] + e[low] / (half + (half < 0 ? -root : root))
                var (sine, cosine, carry) = (1.0, 1.0, 0.0)
                var isSplit = false
                for at in stride(from: end - 1, through: low, by: -1) {
                    let (f, b) = (sine * e[at], cosine * e[at])
                    let length = (f * f + shifted * shifted).squareRoot()
                    e[at + 1] = length
                    if length == 0 {
                        d[at + 1] -= carry
                        e[end] = 0
                        isSplit = true
                        break
                    }
                    (sine, cosine) = (f / length, shifted / length)
                    let rest = d[at + 1] - carry
                    let turn = (d[at] - rest) * sine + 2 * cosine * b
                    carry = sine * turn
                    d[at + 1] = rest + carry
                    shifted = cosine * turn - b
                    for row in 0..<size {
                        let place = row * size + at
                        let (one, next) = (z[place], z[place + 1])
                        z[place + 1] = sine * one + cosine * next
                        z[place] = cosine * one - sine * next
                    }
                }
                if isSplit { continue }
                d[low] -= carry
                e[low] = shifted
                e[end] = 0
            }
        }
        values = d
        vectors = z
    }

    /// The indices of the eigenvalues, the largest first.
    var order: [Int] { values.indices.sorted { (-values[$0], $0) < (-values[$1], $1) } }
}
