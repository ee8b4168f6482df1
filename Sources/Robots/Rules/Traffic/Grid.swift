/// A MovingAI grid map (`type octile`): `.`, `G` and `S` can be driven over, all else cannot. Vehicles move up, down, left and
/// right.
struct Grid: Sendable, Hashable {
    let width: Int, height: Int
    /// The node of each cell, row by row, -1 where nobody can drive.
    let node: [Int32]
    /// The cell of each node.
    let cell: [Int32]

    /// Reads the text of a `.map` file.
    init(_ text: String) throws(TrafficFault) {
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        func number(_ line: Int, _ key: String) throws(TrafficFault) -> Int {
            guard line < lines.count else { throw .line(line + 1, "missing: \(key)") }
            let words = lines[line].split(separator: " ")
            guard words.count == 2, words[0] == key, let value = Int(words[1]), (1...100_000).contains(value) else {
                throw .line(line + 1, "expected `\(key) N`")
            }
            return value
        }
        guard lines.first?.hasPrefix("type ") == true else { throw .line(1, "expected `type octile`") }
        height = try number(1, "height")
        width = try number(2, "width")
        guard lines.count > 3, lines[3] == "map" else { throw .line(4, "expected `map`") }
        guard width * height <= 64_000_000 else { throw .line(3, "more than 64 million cells") }
        var free = [Bool](repeating: false, count: width * height)
        for row in 0..<height {
            guard row + 4 < lines.count else { throw .line(row + 5, "missing row") }
            let cells = Array(lines[row + 4].utf8)
            guard cells.count == width else { throw .line(row + 5, "\(cells.count) cells, not \(width)") }
            for (column, byte) in cells.enumerated() {
                switch byte {
                case UInt8(ascii: "."), UInt8(ascii: "G"), UInt8(ascii: "S"): free[row * width + column] = true
                case UInt8(ascii: "@"), UInt8(ascii: "O"), UInt8(ascii: "T"), UInt8(ascii: "W"): break
                default: throw .line(row + 5, "no such cell: \(UnicodeScalar(byte))")
                }
            }
        }
        // Tiles of 8 × 4 cells share a cache line in a table of distances, so cells are numbered tile by tile.
        var nodes = [Int32](repeating: -1, count: width * height)
        var cells: [Int32] = []
        for top in stride(from: 0, to: height, by: 4) {
            for left in stride(from: 0, to: width, by: 8) {
                for row in top..<min(top + 4, height) {
                    for column in left..<min(left + 8, width) where free[row * width + column] {
                        nodes[row * width + column] = Int32(cells.count)
                        cells.append(Int32(row * width + column))
                    }
                }
            }
        }
        node = nodes
        cell = cells
    }

    /// The node at a column and row, nil where nobody can drive or outside.
    func node(x: Int, y: Int) -> Int32? {
        guard x >= 0, y >= 0, x < width, y < height, node[y * width + x] >= 0 else { return nil }
        return node[y * width + x]
    }

    /// The grid as a roadmap: every step costs 1, nothing overlaps, and no node is a refuge.
    var roadmap: Roadmap {
        var next: [[Int32]] = []
        next.reserveCapacity(cell.count)
        for cell in cell {
            let (x, y) = (Int(cell) % width, Int(cell) / width)
            let around = [node(x: x, y: y - 1), node(x: x - 1, y: y), node(x: x + 1, y: y), node(x: x, y: y + 1)]
            next.append(around.compactMap(\.self).sorted())
        }
        return Roadmap(next: next)
    }
}

/// A MovingAI scenario (`.scen`): from where to where.
struct Scenario: Sendable, Hashable {
    var starts: [Int32]
    var goals: [Int32]

    /// Reads the first lines of a `.scen` file for a grid, at most `limit` of them.
    init(_ text: String, grid: Grid, limit: Int = .max) throws(TrafficFault) {
        starts = []
        goals = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            if index == 0 {
                guard line.hasPrefix("version") else { throw .line(1, "expected `version 1`") }
                continue
            }
            guard !line.isEmpty, starts.count < limit else { continue }
            let fields = line.split(whereSeparator: { $0 == "\t" || $0 == " " })
            guard fields.count == 9 else { throw .line(index + 1, "\(fields.count) fields, not 9") }
            let numbers = fields[2..<8].map { Int($0) }
            guard let width = numbers[0], let height = numbers[1], let x = numbers[2], let y = numbers[3],
                let toX = numbers[4], let toY = numbers[5]
            else { throw .line(index + 1, "a field is no number") }
            guard width == grid.width, height == grid.height else { throw .line(index + 1, "of another map") }
            guard let start = grid.node(x: x, y: y) else { throw .line(index + 1, "nobody can start at \(x), \(y)") }
            guard let goal = grid.node(x: toX, y: toY) else {
                throw .line(index + 1, "nobody can be at \(toX), \(toY)")
            }
            starts.append(start)
            goals.append(goal)
        }
    }
}
