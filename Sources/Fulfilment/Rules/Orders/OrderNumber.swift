import Record

/// What people call an order: the day, and eight signs that are not mistaken for each other.
/// Of 100,000 orders of a day two are called the same once in half a year; whoever names one of these is asked again.
enum OrderNumber {
    /// Crockford's base 32: no I, L, O or U.
    private static let signs = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

    static func make(_ id: Identifier, at now: Timestamp) -> String {
        let day = KoreanDay(now).description.dropFirst(5).filter { $0 != "-" }
        var (rest, text) = (id.low, "")
        for _ in 0..<8 {
            text.append(signs[Int(rest & 31)])
            rest >>= 5
        }
        return "\(day)-\(text)"
    }

    /// A number as people say or type it.
    static func read(_ said: String) -> String {
        String(
            said.uppercased().compactMap { sign -> Character? in
                switch sign {
                case "O": "0"
                case "I", "L": "1"
                case _ where sign.isLetter || sign.isNumber || sign == "-": sign
                default: nil
                }
            })
    }
}
