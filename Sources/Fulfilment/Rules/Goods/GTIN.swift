/// Check figures of GS1 keys (GS1 General Specifications, section 7.9): weights 3 and 1 in turn from the right.
enum GTIN {
    /// The check figure of the figures before it; nil where there are other signs than figures.
    static func checkFigure(_ figures: some StringProtocol) -> Int? {
        var (sum, weight) = (0, 3)
        for sign in figures.utf8.reversed() {
            guard (48...57).contains(sign) else { return nil }
            sum += Int(sign - 48) * weight
            weight = 4 - weight
        }
        return figures.isEmpty ? nil : (10 - sum % 10) % 10
    }

    /// Whether this is a GTIN of 8, 12, 13 or 14 figures whose last one follows from the others.
    static func isSound(_ text: String) -> Bool { [8, 12, 13, 14].contains(text.utf8.count) && endsRightly(text) }

    /// Whether this is a serial shipping container code: 18 figures whose last one follows from the others.
    static func isSoundSSCC(_ text: String) -> Bool { text.utf8.count == 18 && endsRightly(text) }

    /// The SSCC out of a scanned label: with or without the application identifier `00`; nil where it is none.
    static func sscc(scanned text: String) -> String? {
        let plain = text.filter { !"() ".contains($0) }
        if isSoundSSCC(plain) { return plain }
        let rest = String(plain.dropFirst(2))
        return plain.hasPrefix("00") && plain.utf8.count == 20 && isSoundSSCC(rest) ? rest : nil
    }

    private static func endsRightly(_ text: String) -> Bool {
        guard let last = text.utf8.last else { return false }
        return checkFigure(text.dropLast()) == Int(last) - 48
    }
}
