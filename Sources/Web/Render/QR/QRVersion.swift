/// The size of a code and how its codewords are divided, at error correction level M (ISO/IEC 18004, tables 9 and E.1).
struct QRVersion: Sendable {
    /// 1 to 10.
    let number: Int
    /// Error correction codewords of each block.
    let correction: Int
    /// Data codewords of each block, in order.
    let blocks: [Int]
    /// The rows and columns where alignment patterns have their centres.
    let alignment: [Int]

    /// Modules on a side.
    var side: Int { 17 + 4 * number }
    /// Data codewords in all.
    var capacity: Int { blocks.reduce(0, +) }
    /// Bits of the character count in byte mode.
    var countBits: Int { number < 10 ? 8 : 16 }

    /// The smallest version that holds so many bytes; nil where none does.
    static func smallest(for bytes: Int) -> QRVersion? {
        all.first { 4 + $0.countBits + 8 * bytes <= 8 * $0.capacity }
    }

    static let all: [QRVersion] = [
        QRVersion(number: 1, correction: 10, blocks: [16], alignment: []),
        QRVersion(number: 2, correction: 16, blocks: [28], alignment: [6, 18]),
        QRVersion(number: 3, correction: 26, blocks: [44], alignment: [6, 22]),
        QRVersion(number: 4, correction: 18, blocks: [32, 32], alignment: [6, 26]),
        QRVersion(number: 5, correction: 24, blocks: [43, 43], alignment: [6, 30]),
        QRVersion(number: 6, correction: 16, blocks: [27, 27, 27, 27], alignment: [6, 34]),
        QRVersion(number: 7, correction: 18, blocks: [31, 31, 31, 31], alignment: [6, 22, 38]),
        QRVersion(number: 8, correction: 22, blocks: [38, 38, 39, 39], alignment: [6, 24, 42]),
        QRVersion(number: 9, correction: 22, blocks: [36, 36, 36, 37, 37], alignment: [6, 26, 46]),
        QRVersion(number: 10, correction: 26, blocks: [43, 43, 43, 43, 44], alignment: [6, 28, 50]),
    ]
}
