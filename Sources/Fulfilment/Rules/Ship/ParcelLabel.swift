import Record

/// A label of a parcel, as printers and people read it.
struct ParcelLabel: Sendable, Hashable {
    var sscc: String
    var order: String
    var from: String
    var carrier: String
    var name: String
    var phone: String
    var address: String
    var note: String
    /// Which of how many parcels.
    var part: (Int, Int)
    var weight: Int64?

    static func == (one: ParcelLabel, other: ParcelLabel) -> Bool { one.zpl == other.zpl }
    func hash(into hasher: inout Hasher) { hasher.combine(zpl) }

    /// What is scanned: the application identifier and the code.
    var figures: String { "00\(sscc)" }

    /// The lines under each other, the largest first.
    private var lines: [(text: String, size: Int)] {
        var lines = [(name, 22), (address, 16)]
        if !phone.isEmpty { lines.append((phone, 16)) }
        if !note.isEmpty { lines.append((note, 12)) }
        lines.append((carrier, 16))
        lines.append(("\(order)  \(part.0)/\(part.1)", 14))
        if let weight { lines.append(("\(weight) g", 12)) }
        lines.append((from, 12))
        return lines.filter { !$0.0.isEmpty }.map { ($0.0, $0.1) }
    }

    // MARK: - ZPL

    /// For printers that speak ZPL II, 203 dpi, 100 × 150 mm; text is UTF-8.
    var zpl: String {
        var (out, y) = ("^XA\n^CI28\n^PW800\n^LL1200\n", 40)
        for (text, size) in lines {
            out += "^FO40,\(y)^A0N,\(size * 3),\(size * 3)^FB720,2,4^FD\(Self.plain(text))^FS\n"
            y += size * 3 * (text.count > 20 ? 2 : 1) + 16
        }
        out += "^FO40,860^BY3^BCN,220,N,N,N^FD>;>8\(figures)^FS\n"
        out += "^FO40,1100^A0N,44,44^FD\(SSCC.shown(sscc))^FS\n^XZ\n"
        return out
    }

    /// Signs by which ZPL commands begin are no part of anybody's name.
    private static func plain(_ text: String) -> String {
        String(text.map { "^~\\".contains($0) || $0.isNewline ? " " : $0 })
    }

    // MARK: - PDF

    /// One page of 100 × 150 mm (PDF 1.4). Korean letters by the reader's own Korean font (Adobe-Korea1), so nothing is
    /// embedded.
    var pdf: [UInt8] {
        let (width, height) = (283.0, 425.0)
        var (page, y) = ("", height - 34)
        for (text, size) in lines {
            for part in Self.wrapped(text, most: Int(250.0 / (Double(size) * 0.75))) {
                page += "BT /F1 \(size) Tf 16 \(Self.number(y)) Td <\(Self.utf16(part))> Tj ET\n"
                y -= Double(size) + 7
            }
            y -= 3
        }
        let module = (width - 32) / Double(Code128.width(figures))
        for bar in Code128.bars(figures) {
            page +=
                "\(Self.number(16 + Double(bar.at) * module)) 44 \(Self.number(Double(bar.width) * module)) 72 re f\n"
        }
        page += "BT /F1 13 Tf 16 24 Td <\(Self.utf16(SSCC.shown(sscc)))> Tj ET\n"
        return PDFPage.write(page, width: width, height: height)
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

/// The smallest PDF that holds one page of drawing.
enum PDFPage {
    static func write(_ content: String, width: Double, height: Double) -> [UInt8] {
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 \(width) \(height)] /Contents 4 0 R "
                + "/Resources << /Font << /F1 5 0 R >> >> >>",
            "<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream",
            "<< /Type /Font /Subtype /Type0 /BaseFont /HYGoThic-Medium /Encoding /UniKS-UCS2-H "
                + "/DescendantFonts [6 0 R] >>",
            "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /HYGoThic-Medium /DW 1000 /W [1 [500] 2 95 500] "
                + "/CIDSystemInfo << /Registry (Adobe) /Ordering (Korea1) /Supplement 1 >> /FontDescriptor 7 0 R >>",
            "<< /Type /FontDescriptor /FontName /HYGoThic-Medium /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 "
                + "/Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>",
        ]
        var (text, places) = ("%PDF-1.4\n", [Int]())
        for (index, object) in objects.enumerated() {
            places.append(text.utf8.count)
            text += "\(index + 1) 0 obj\n\(object)\nendobj\n"
        }
        let start = text.utf8.count
        text += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        for place in places {
            let digits = String(place)
            text += String(repeating: "0", count: 10 - digits.count) + "\(digits) 00000 n \n"
        }
        text += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n"
        return Array(text.utf8)
    }
}
