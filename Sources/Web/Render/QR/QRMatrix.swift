/// The square of modules: what is fixed, and what carries codewords.
struct QRMatrix: Sendable {
    private let version: QRVersion
    /// Row by row; true is dark.
    private(set) var dark: [[Bool]]
    /// Modules that carry no codeword.
    private var isFixed: [[Bool]]

    /// A matrix with its fixed patterns, and room kept for the format.
    init(_ version: QRVersion) {
        self.version = version
        let side = version.side
        dark = Array(repeating: Array(repeating: false, count: side), count: side)
        isFixed = dark
        for index in 0..<side {
            fix(index, 6, index % 2 == 0)
            fix(6, index, index % 2 == 0)
        }
        for (x, y) in [(3, 3), (side - 4, 3), (3, side - 4)] { finder(x, y) }
        placeAlignment()
        placeFormat(mask: 0)
        placeVersion()
    }

    private mutating func fix(_ x: Int, _ y: Int, _ isDark: Bool) {
        dark[y][x] = isDark
        isFixed[y][x] = true
    }

    /// A finder with its light border, about a centre.
    private mutating func finder(_ x: Int, _ y: Int) {
        for dy in -4...4 {
            for dx in -4...4 {
                guard dark.indices.contains(y + dy), dark.indices.contains(x + dx) else { continue }
                let ring = max(abs(dx), abs(dy))
                fix(x + dx, y + dy, ring != 2 && ring != 4)
            }
        }
    }

    private mutating func placeAlignment() {
        let centres = version.alignment
        guard let last = centres.last else { return }
        for y in centres {
            for x in centres where !((x == 6 && y == 6) || (x == 6 && y == last) || (x == last && y == 6)) {
                for dy in -2...2 {
                    for dx in -2...2 { fix(x + dx, y + dy, max(abs(dx), abs(dy)) != 1) }
                }
            }
        }
    }

    /// Level M and the mask, protected by a BCH code, in both places; and the module that is always dark.
    mutating func placeFormat(mask: Int) {
        let data = 0b00 << 3 | mask
        var rest = data
        for _ in 0..<10 { rest = rest << 1 ^ (rest >> 9) * 0x537 }
        let bits = (data << 10 | rest) ^ 0x5412
        func bit(_ index: Int) -> Bool { bits >> index & 1 == 1 }
        let side = version.side
        for index in 0...5 { fix(8, index, bit(index)) }
        fix(8, 7, bit(6))
        fix(8, 8, bit(7))
        fix(7, 8, bit(8))
        for index in 9..<15 { fix(14 - index, 8, bit(index)) }
        for index in 0..<8 { fix(side - 1 - index, 8, bit(index)) }
        for index in 8..<15 { fix(8, side - 15 + index, bit(index)) }
        fix(8, side - 8, true)
    }

    /// The version, protected by a BCH code, in both places; only from version 7.
    private mutating func placeVersion() {
        guard version.number >= 7 else { return }
        var rest = version.number
        for _ in 0..<12 { rest = rest << 1 ^ (rest >> 11) * 0x1F25 }
        let bits = version.number << 12 | rest
        for index in 0..<18 {
            let (long, short) = (index / 3, version.side - 11 + index % 3)
            let isDark = bits >> index & 1 == 1
            fix(short, long, isDark)
            fix(long, short, isDark)
        }
    }

    /// Lays the codewords in columns of two from the lower right, and masks them.
    mutating func place(_ codewords: [UInt8], mask: Int) {
        let side = version.side
        var index = 0
        var right = side - 1
        while right >= 1 {
            // The column of the timing pattern is skipped.
            if right == 6 { right = 5 }
            let isUp = (right + 1) & 2 == 0
            for step in 0..<side {
                for x in [right, right - 1] {
                    let y = isUp ? side - 1 - step : step
                    guard !isFixed[y][x] else { continue }
                    let isSet = index < codewords.count * 8 && codewords[index / 8] >> (7 - index % 8) & 1 == 1
                    dark[y][x] = isSet != Self.isFlipped(x, y, mask)
                    index += 1
                }
            }
            right -= 2
        }
    }

    private static func isFlipped(_ x: Int, _ y: Int, _ mask: Int) -> Bool {
        switch mask {
        case 0: (x + y) % 2 == 0
        case 1: y % 2 == 0
        case 2: x % 3 == 0
        case 3: (x + y) % 3 == 0
        case 4: (x / 3 + y / 2) % 2 == 0
        case 5: x * y % 2 + x * y % 3 == 0
        case 6: (x * y % 2 + x * y % 3) % 2 == 0
        default: ((x + y) % 2 + x * y % 3) % 2 == 0
        }
    }
}
