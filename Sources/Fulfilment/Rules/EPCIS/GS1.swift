/// Figures of GS1 keys (General Specifications 7.9.1).
enum GS1 {
    /// The check figure that belongs behind these figures.
    static func checkFigure(of figures: some StringProtocol) -> Character? {
        GTIN.checkFigure(figures).flatMap { "\($0)".first }
    }

    /// Whether the last figure is the right one.
    static func isSound(_ key: some StringProtocol) -> Bool {
        guard key.utf8.count > 1, let last = key.last else { return false }
        return checkFigure(of: key.dropLast()) == last
    }

    /// A GTIN of 8, 12, 13 or 14 figures as one of 14; nil where it is none.
    static func gtin14(_ gtin: String) -> String? {
        guard GTIN.isSound(gtin) else { return nil }
        return String(repeating: "0", count: 14 - gtin.utf8.count) + gtin
    }

    /// Whether a serial number, a lot or an extension is one that GS1 allows: 1 to 20 signs of its set of 82.
    static func isComponent(_ text: String, longest: Int = 20) -> Bool {
        (1...longest).contains(text.utf8.count)
            && text.utf8.allSatisfy { sign in
                switch sign {
                case 0x21, 0x22, 0x25...0x2F, 0x30...0x39, 0x3A...0x3F, 0x41...0x5A, 0x5F, 0x61...0x7A: true
                default: false
                }
            }
    }

    /// A text as a part of an address: letters, figures and `-._~` stand, everything else is written with `%`.
    static func encoded(_ text: String, also: String = "") -> String {
        var out = ""
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
                out.append(Character(Unicode.Scalar(byte)))
            default:
                let sign = Character(Unicode.Scalar(byte))
                if byte < 128, also.contains(sign) {
                    out.append(sign)
                } else {
                    let hex = String(byte, radix: 16, uppercase: true)
                    out += "%" + (hex.utf8.count < 2 ? "0" : "") + hex
                }
            }
        }
        return out
    }
}
