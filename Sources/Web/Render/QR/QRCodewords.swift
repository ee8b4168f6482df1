/// The codewords of a code: the text in byte mode, padded, with error correction, interleaved.
enum QRCodewords {
    static func of(_ bytes: [UInt8], in version: QRVersion) -> [UInt8] {
        let data = data(bytes, in: version)
        var start = 0
        var blocks: [(data: ArraySlice<UInt8>, correction: [UInt8])] = []
        for length in version.blocks {
            let block = data[start..<start + length]
            blocks.append((block, ReedSolomon.correction(of: Array(block), count: version.correction)))
            start += length
        }
        var out: [UInt8] = []
        for index in 0..<(version.blocks.max() ?? 0) {
            for block in blocks where index < block.data.count { out.append(block.data[block.data.startIndex + index]) }
        }
        for index in 0..<version.correction { out += blocks.map { $0.correction[index] } }
        return out
    }

    /// Mode, count, bytes, terminator and padding.
    static func data(_ bytes: [UInt8], in version: QRVersion) -> [UInt8] {
        var bits: [Bool] = []
        func append(_ value: Int, _ count: Int) {
            for bit in stride(from: count - 1, through: 0, by: -1) { bits.append(value >> bit & 1 == 1) }
        }
        append(0b0100, 4)
        append(bytes.count, version.countBits)
        for byte in bytes { append(Int(byte), 8) }
        append(0, min(4, version.capacity * 8 - bits.count))
        append(0, (8 - bits.count % 8) % 8)
        var data = stride(from: 0, to: bits.count, by: 8).map { at in
            bits[at..<at + 8].reduce(UInt8(0)) { $0 << 1 | ($1 ? 1 : 0) }
        }
        var isFirst = true
        while data.count < version.capacity {
            data.append(isFirst ? 0xEC : 0x11)
            isFirst.toggle()
        }
        return data
    }
}

/// Reed–Solomon codes over GF(256) with the polynomial x⁸ + x⁴ + x³ + x² + 1 that QR codes use.
enum ReedSolomon {
    /// So many error correction codewords for a block.
    static func correction(of data: [UInt8], count: Int) -> [UInt8] {
        let generator = generator(count)
        var rest = [UInt8](repeating: 0, count: count)
        for byte in data {
            let factor = byte ^ rest.removeFirst()
            rest.append(0)
            for index in 0..<count { rest[index] ^= multiply(generator[index], factor) }
        }
        return rest
    }

    /// The coefficients of (x − α⁰)(x − α¹)… after the leading one.
    private static func generator(_ degree: Int) -> [UInt8] {
        var coefficients = [UInt8](repeating: 0, count: degree)
        coefficients[degree - 1] = 1
        var root: UInt8 = 1
        for _ in 0..<degree {
            for index in 0..<degree {
                coefficients[index] = multiply(coefficients[index], root)
                if index + 1 < degree { coefficients[index] ^= coefficients[index + 1] }
            }
            root = multiply(root, 2)
        }
        return coefficients
    }

    static func multiply(_ left: UInt8, _ right: UInt8) -> UInt8 {
        var (product, factor, rest) = (0, Int(left), right)
        while rest != 0 {
            if rest & 1 == 1 { product ^= factor }
            factor <<= 1
            if factor & 0x100 != 0 { factor ^= 0x11D }
            rest >>= 1
        }
        return UInt8(product)
    }
}
