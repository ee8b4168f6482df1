/// Serial shipping container codes (GS1 General Specifications, section 2.2.1): extension figure, company prefix, serial
/// reference, check figure.
enum SSCC {
    /// The code of a serial reference; nil where the prefix leaves no room for it.
    static func make(prefix: String, serial: Int64) -> String? {
        let room = 16 - prefix.utf8.count
        guard (7...10).contains(prefix.utf8.count), serial >= 0 else { return nil }
        let text = String(serial)
        // What does not fit behind the prefix goes into the extension figure: tenfold as many.
        let padded = String(repeating: "0", count: max(0, room + 1 - text.utf8.count)) + text
        guard padded.utf8.count == room + 1, let extended = padded.first else { return nil }
        let figures = "\(extended)\(prefix)\(padded.dropFirst())"
        return GTIN.checkFigure(figures).map { "\(figures)\($0)" }
    }

    /// As people read it: in groups.
    static func shown(_ sscc: String) -> String {
        "(00) "
            + stride(from: 0, to: sscc.count, by: 6).map { start in
                String(sscc.dropFirst(start).prefix(6))
            }.joined(separator: " ")
    }
}
