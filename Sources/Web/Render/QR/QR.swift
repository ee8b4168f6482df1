/// QR codes (ISO/IEC 18004, model 2) for short texts such as addresses: byte mode, error correction level M,
/// versions 1 to 10, drawn as one SVG path.
public enum QR {
    /// The longest text, in UTF-8 bytes: what version 10 holds at level M.
    public static let longest = 213

    /// A text that no code of these versions holds.
    public struct TooLong: Error, Sendable, Hashable {
        /// How many bytes it has.
        public let bytes: Int
    }

    /// A code as an SVG document, four modules of quiet zone about it; black on white whatever the page's colours,
    /// because cameras need it so.
    /// - Parameters:
    ///   - text: what a camera reads.
    ///   - label: what the picture is, for whoever cannot see it; the text itself where empty.
    /// - Throws: ``TooLong`` beyond ``longest`` bytes.
    public static func svg(_ text: String, label: String = "") throws(TooLong) -> String {
        let modules = try modules(text)
        let side = modules.count + 8
        var path = ""
        for (y, row) in modules.enumerated() {
            var x = 0
            while x < row.count {
                guard row[x] else {
                    x += 1
                    continue
                }
                let run = row[x...].prefix { $0 }.count
                path += "M\(x + 4) \(y + 4)h\(run)v1h-\(run)z"
                x += run
            }
        }
        let name = escaped(label.isEmpty ? text : label)
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(side) \(side)" role="img" aria-label="\(name)" \
            shape-rendering="crispEdges"><rect width="\(side)" height="\(side)" fill="#fff"/><path d="\(path)" \
            fill="#000"/></svg>
            """
    }

    /// The modules of a code, row by row; true is dark.
    /// - Throws: ``TooLong`` beyond ``longest`` bytes.
    public static func modules(_ text: String) throws(TooLong) -> [[Bool]] {
        var best: (penalty: Int, dark: [[Bool]])?
        for mask in 0..<8 {
            let dark = try modules(text, mask: mask)
            let penalty = QRPenalty.of(dark)
            if penalty < best?.penalty ?? .max { best = (penalty, dark) }
        }
        return best?.dark ?? []
    }

    /// The modules under one of the eight masks.
    static func modules(_ text: String, mask: Int) throws(TooLong) -> [[Bool]] {
        let bytes = Array(text.utf8)
        guard let version = QRVersion.smallest(for: bytes.count) else { throw TooLong(bytes: bytes.count) }
        var matrix = QRMatrix(version)
        matrix.place(QRCodewords.of(bytes, in: version), mask: mask)
        matrix.placeFormat(mask: mask)
        return matrix.dark
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
    }
}
