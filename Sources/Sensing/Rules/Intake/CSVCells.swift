/// Cuts a row of a table into its cells (RFC 4180, one row a line).
enum CSVCells {
    private static let quote = UInt8(ascii: "\"")

    /// Where the cells lie, without blanks and the quotation marks about them. Marks protect separators.
    static func split(_ bytes: [UInt8], _ range: Range<Int>, _ separator: UInt8) -> [Range<Int>] {
        var cells: [Range<Int>] = []
        var start = range.lowerBound
        var isQuoted = false
        for at in range {
            if bytes[at] == quote {
                isQuoted.toggle()
            } else if bytes[at] == separator, !isQuoted {
                cells.append(bare(bytes, start..<at))
                start = at + 1
            }
        }
        cells.append(bare(bytes, start..<range.upperBound))
        return cells
    }

    /// The text of a cell; a doubled quotation mark stands for one.
    static func text(_ bytes: [UInt8], _ cell: Range<Int>) -> String {
        let text = String(decoding: bytes[cell], as: UTF8.self)
        return bytes[cell].contains(quote) ? text.replacing("\"\"", with: "\"") : text
    }

    private static func bare(_ bytes: [UInt8], _ range: Range<Int>) -> Range<Int> {
        let isBlank = { (byte: UInt8) in byte == 32 || byte == 9 || byte == 13 }
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, isBlank(bytes[start]) { start += 1 }
        while end > start, isBlank(bytes[end - 1]) { end -= 1 }
        if end - start >= 2, bytes[start] == quote, bytes[end - 1] == quote { return start + 1..<end - 1 }
        return start..<end
    }
}
