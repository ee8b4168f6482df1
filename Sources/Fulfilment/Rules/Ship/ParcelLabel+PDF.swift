import Record
import Web

extension ParcelLabel {
    /// One page of 100 × 150 mm (PDF 1.4). Korean letters by the reader's own Korean font (Adobe-Korea1), so nothing is
    /// embedded.
    var pdf: [UInt8] {
        let (width, height) = (283.0, 425.0)
        var (page, y) = ("", height - 34)
        let room = marks.isEmpty ? 250.0 : 178.0
        for (text, size) in lines {
            for part in Self.wrapped(text, most: Int(room / (Double(size) * 0.75))) where y > 124 {
                page += Self.text(part, size, x: 16, y)
                y -= Double(size) + 7
            }
            y -= 3
        }
        page += pdfMarks(top: height - 14)
        let module = (width - 32) / Double(Code128.width(figures))
        for bar in Code128.bars(figures) {
            page +=
                "\(Self.number(16 + Double(bar.at) * module)) 44 \(Self.number(Double(bar.width) * module)) 72 re f\n"
        }
        page += Self.text(SSCC.shown(sscc), 13, x: 16, 24)
        return PDFDocument.write([page], width: width, height: height)
    }

    private func pdfMarks(top: Double) -> String {
        let (middle, half) = (238.0, 22.0)
        var (page, y) = ("", top)
        for mark in drawn.marks {
            let centre = y - half
            if mark.kind == .hazard {
                page += Self.path([
                    (middle, y), (middle + half, centre), (middle, y - 2 * half), (middle - half, centre),
                ])
                page += Self.text(mark.code, 16, middle: middle, centre - 6)
            } else {
                for (x, rise) in [(0.0, half), (19.0, 11.0), (19.0, -11.0)] {
                    page +=
                        "1.5 w \(Self.number(middle - x)) \(Self.number(centre - rise)) m "
                        + "\(Self.number(middle + x)) \(Self.number(centre + rise)) l S\n"
                }
            }
            y -= 2 * half + 11
            for (text, size) in [(mark.name.ko, 9), (mark.name.en, 6), (mark.caution?.ko ?? "", 9)] where !text.isEmpty
            {
                for part in Self.wrapped(text, most: size == 6 ? 22 : 9).prefix(2) {
                    page += Self.text(part, size, middle: middle, y)
                    y -= Double(size) + 2
                }
            }
            y -= 2
        }
        if drawn.more > 0 { page += Self.text("+\(drawn.more)", 10, x: 262, top - 10) }
        return page
    }

    private static func path(_ points: [(Double, Double)]) -> String {
        let steps = points.enumerated().map { "\(number($1.0)) \(number($1.1)) \($0 == 0 ? "m" : "l")" }
        return "1.5 w \(steps.joined(separator: " ")) s\n"
    }

    private static func text(_ text: String, _ size: Int, x: Double, _ y: Double) -> String {
        "BT /F1 \(size) Tf \(number(x)) \(number(y)) Td <\(utf16(text))> Tj ET\n"
    }

    private static func text(_ text: String, _ size: Int, middle: Double, _ y: Double) -> String {
        // A Korean letter is as wide as high, another half as wide.
        let wide = text.reduce(0.0) { $0 + ($1.isASCII ? 0.5 : 1) } * Double(size)
        return self.text(text, size, x: middle - wide / 2, y)
    }

    private static func wrapped(_ text: String, most: Int) -> [String] {
        var (lines, rest) = ([String](), Substring(text))
        while rest.count > most, lines.count < 3 {
            let head = rest.prefix(most)
            let cut = head.lastIndex(of: " ").map { rest.index(after: $0) } ?? head.endIndex
            lines.append(String(rest[..<cut]))
            rest = rest[cut...]
        }
        return lines + [String(rest.prefix(most))]
    }

    private static func utf16(_ text: String) -> String {
        text.utf16.map { unit in
            let hex = String(unit, radix: 16, uppercase: true)
            return String(repeating: "0", count: 4 - hex.count) + hex
        }.joined()
    }

    private static func number(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
}
