import Record

extension ParcelLabel {
    /// For printers that speak ZPL II, 203 dpi, 100 × 150 mm; text is UTF-8.
    var zpl: String {
        var (out, y) = ("^XA\n^CI28\n^PW800\n^LL1200\n", 40)
        let (width, room) = (marks.isEmpty ? 720 : 520, 850)
        let written = { (scale: Double) in
            lines.map { text, size in
                let dots = Int(Double(size) * scale)
                return (text: text, dots: dots, rows: Self.rows(of: text, dots, in: width))
            }
        }
        // A long address is written smaller rather than over itself, over the bar code or not at all.
        let blocks =
            [3.0, 2.5, 2, 1.6].lazy.map(written).first {
                y + $0.reduce(0) { $0 + $1.rows * ($1.dots + 4) + 16 } <= room
            }
            ?? written(1.3)
        for block in blocks {
            let height = block.rows * (block.dots + 4) + 16
            guard y + height <= room else { break }
            let text = Self.plain(block.text)
            out += "^FO40,\(y)^A0N,\(block.dots),\(block.dots)^FB\(width),\(block.rows),4^FD\(text)^FS\n"
            y += height
        }
        out += zplMarks
        out += "^FO40,860^BY3^BCN,220,N,N,N^FD>;>8\(figures)^FS\n"
        out += "^FO40,1100^A0N,44,44^FD\(SSCC.shown(sscc))^FS\n^XZ\n"
        return out
    }

    /// How many rows a text takes in a column: a Korean letter is as wide as it is high, others a little over half of it; a
    /// row ends at a space, which leaves some of it empty.
    private static func rows(of text: String, _ dots: Int, in width: Int) -> Int {
        let length = text.unicodeScalars.reduce(0.0) { $0 + ($1.value < 0x1100 ? 0.6 : 1) } * Double(dots)
        let rows = Int((length / Double(width)).rounded(.up))
        return rows > 1 ? rows + 1 : 1
    }

    private var zplMarks: String {
        var (out, y) = ("", 40)
        for mark in drawn.marks {
            out += mark.kind == .hazard ? Self.diamond(mark.code, y) : Self.star(y)
            out += "^FO570,\(y + 130)^A0N,26,26^FB220,2,0,C^FD\(Self.plain(mark.name.ko))^FS\n"
            out += "^FO570,\(y + 186)^A0N,20,20^FB220,2,0,C^FD\(Self.plain(mark.name.en))^FS\n"
            if let caution = mark.caution {
                out += "^FO570,\(y + 228)^A0N,24,24^FB220,2,0,C^FD\(Self.plain(caution.ko))^FS\n"
            }
            y += 280
        }
        if drawn.more > 0 { out += "^FO570,20^A0N,24,24^FB220,1,0,C^FD+\(drawn.more)^FS\n" }
        return out
    }

    /// A square on its point, of four slanting lines, with the class in it.
    private static func diamond(_ code: String, _ y: Int) -> String {
        "^FO620,\(y)^GD60,60,4,B,R^FS^FO680,\(y)^GD60,60,4,B,L^FS"
            + "^FO620,\(y + 60)^GD60,60,4,B,L^FS^FO680,\(y + 60)^GD60,60,4,B,R^FS"
            + "^FO620,\(y + 40)^A0N,44,44^FB120,1,0,C^FD\(plain(code))^FS\n"
    }

    /// Three lines through a point.
    private static func star(_ y: Int) -> String {
        "^FO678,\(y)^GB4,120,4^FS^FO630,\(y + 20)^GD100,80,4,B,R^FS^FO630,\(y + 20)^GD100,80,4,B,L^FS\n"
    }

    /// Signs by which ZPL commands begin are no part of anybody's name.
    private static func plain(_ text: String) -> String {
        String(text.map { "^~\\".contains($0) || $0.isNewline ? " " : $0 })
    }
}
