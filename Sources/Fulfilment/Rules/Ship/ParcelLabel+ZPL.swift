import Record

extension ParcelLabel {
    /// For printers that speak ZPL II, 203 dpi, 100 × 150 mm; text is UTF-8.
    var zpl: String {
        var (out, y) = ("^XA\n^CI28\n^PW800\n^LL1200\n", 40)
        let width = marks.isEmpty ? 720 : 520
        for (text, size) in lines {
            let height = size * 3 * (text.count > width / 36 ? 2 : 1) + 16
            // Nothing is printed over the bar code.
            guard y + height <= 850 else { break }
            out += "^FO40,\(y)^A0N,\(size * 3),\(size * 3)^FB\(width),2,4^FD\(Self.plain(text))^FS\n"
            y += height
        }
        out += zplMarks
        out += "^FO40,860^BY3^BCN,220,N,N,N^FD>;>8\(figures)^FS\n"
        out += "^FO40,1100^A0N,44,44^FD\(SSCC.shown(sscc))^FS\n^XZ\n"
        return out
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
