import Dispatch
import Synchronization

/// Work on rows, by several threads: each row is written by one of them and depends on no other, so that the result is
/// the same bytes whatever their number.
enum Lanes {
    /// As many threads as are used where nobody says otherwise.
    static let usual = 2

    /// Rows taken at a time.
    private static let piece = 32

    /// A buffer of rows, each filled by a call.
    static func rows(
        _ count: Int, width: Int, threads: Int, _ fill: (_ row: Int, _ out: UnsafeMutableBufferPointer<Double>) -> Void
    ) -> [Double] {
        guard count > 0, width > 0 else { return [] }
        return [Double](unsafeUninitializedCapacity: count * width) { buffer, filled in
            // Each row is handed out once, and nobody returns before all are filled.
            nonisolated(unsafe) let (whole, fill) = (buffer, fill)
            let next = Atomic<Int>(0)
            DispatchQueue.concurrentPerform(iterations: max(1, threads)) { _ in
                while true {
                    let begin = next.wrappingAdd(piece, ordering: .relaxed).oldValue
                    guard begin < count else { return }
                    for row in begin..<min(begin + piece, count) {
                        fill(row, UnsafeMutableBufferPointer(rebasing: whole[row * width..<(row + 1) * width]))
                    }
                }
            }
            filled = count * width
        }
    }

    /// Columns added up at a time, so that the rows of the matrix stay in the processor's own memory.
    private static let block = 128

    /// For each row the sum of some rows of a matrix of the same width, in the order of its members.
    static func sums(
        _ count: Int, of matrix: UnsafeBufferPointer<Double>, width: Int, threads: Int, members: (Int) -> [Int]
    ) -> [Double] {
        guard count > 0, width > 0 else { return [] }
        return [Double](unsafeUninitializedCapacity: count * width) { buffer, filled in
            nonisolated(unsafe) let (whole, matrix, members) = (buffer, matrix, members)
            let next = Atomic<Int>(0)
            DispatchQueue.concurrentPerform(iterations: max(1, threads)) { _ in
                while true {
                    let begin = next.wrappingAdd(piece, ordering: .relaxed).oldValue
                    guard begin < count else { return }
                    let rows = begin..<min(begin + piece, count)
                    let lists = rows.map(members)
                    for from in stride(from: 0, to: width, by: block) {
                        let columns = from..<min(from + block, width)
                        for row in rows {
                            sum(lists[row - begin], of: matrix, width: width, columns, into: whole, row * width)
                        }
                    }
                }
            }
            filled = count * width
        }
    }

    /// Sets some columns of a row to the sum of the same columns of some rows of a matrix, four rows at a time.
    @inline(__always)
    private static func sum(
        _ members: [Int], of matrix: UnsafeBufferPointer<Double>, width: Int, _ columns: Range<Int>,
        into out: UnsafeMutableBufferPointer<Double>, _ at: Int
    ) {
        guard let base = matrix.baseAddress, let start = out.baseAddress else { return }
        let (to, from, many) = (start + at + columns.lowerBound, base + columns.lowerBound, columns.count)
        to.initialize(repeating: 0, count: many)
        var next = 0
        while next + 4 <= members.count {
            let (a, b) = (from + members[next] * width, from + members[next + 1] * width)
            let (c, d) = (from + members[next + 2] * width, from + members[next + 3] * width)
            for column in 0..<many { to[column] += (a[column] + b[column]) + (c[column] + d[column]) }
            next += 4
        }
        while next < members.count {
            let a = from + members[next] * width
            for column in 0..<many { to[column] += a[column] }
            next += 1
        }
    }
}
