/// Yes or no for each region and industry: 64 cells in a word, so that counting together is one instruction.
public struct BitMatrix: Sendable, Hashable {
    /// How many rows and columns it has.
    public let rows: Int, columns: Int
    /// How many words a row has.
    let stride: Int
    private(set) var words: [UInt64]

    /// A matrix of noes.
    public init(rows: Int, columns: Int) {
        (self.rows, self.columns) = (rows, columns)
        stride = (columns + 63) / 64
        words = [UInt64](repeating: 0, count: rows * stride)
    }

    /// One cell.
    public subscript(row: Int, column: Int) -> Bool {
        get { words[row * stride + column >> 6] >> UInt64(column & 63) & 1 == 1 }
        set {
            let bit = UInt64(1) << UInt64(column & 63)
            if newValue { words[row * stride + column >> 6] |= bit } else { words[row * stride + column >> 6] &= ~bit }
        }
    }

    /// How often a row says yes.
    public func count(row: Int) -> Int {
        var sum = 0
        for word in row * stride..<(row + 1) * stride { sum += words[word].nonzeroBitCount }
        return sum
    }

    /// How often each column has a yes.
    public var columnCounts: [Int] {
        var counts = [Int](repeating: 0, count: columns)
        for row in 0..<rows { forEach(in: row) { counts[$0] += 1 } }
        return counts
    }

    /// Calls with each column that has a yes in a row, in order.
    @inline(__always)
    func forEach(in row: Int, _ body: (Int) -> Void) {
        for word in 0..<stride {
            var bits = words[row * stride + word]
            while bits != 0 {
                body(word << 6 + bits.trailingZeroBitCount)
                bits &= bits - 1
            }
        }
    }

    /// The columns that have a yes in a row, in order.
    public func members(of row: Int) -> [Int] {
        var members: [Int] = []
        members.reserveCapacity(count(row: row))
        forEach(in: row) { members.append($0) }
        return members
    }

    /// The columns that have a no in a row, in order.
    func absentees(of row: Int) -> [Int] {
        var absentees: [Int] = []
        for column in 0..<columns where !self[row, column] { absentees.append(column) }
        return absentees
    }

    /// How often two rows say yes together.
    @inline(__always)
    func overlap(_ one: Int, _ other: Int) -> Int {
        var sum = 0
        let (a, b) = (one * stride, other * stride)
        for word in 0..<stride { sum += (words[a + word] & words[b + word]).nonzeroBitCount }
        return sum
    }

    /// Rows for columns.
    public func transposed() -> BitMatrix {
        var turned = BitMatrix(rows: columns, columns: rows)
        for row in 0..<rows { forEach(in: row) { turned[$0, row] = true } }
        return turned
    }
}
