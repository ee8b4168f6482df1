/// What a firm's business is by the Korean Standard Industrial Classification (KSIC, revision 11): the section's letter
/// and up to five digits, `C25112`. A rule names a beginning (`C`, `C25`), so shorter codes hold longer ones.
struct IndustryCode: Sendable, Hashable, CustomStringConvertible {
    /// Letter and digits.
    let description: String

    /// Reads `C25112`, `25112`, `C` or `c.25112`; nil where it is no code, or letter and digits contradict each other.
    init?(_ text: String) {
        let signs = text.uppercased().filter { !$0.isWhitespace && $0 != "." && $0 != "-" }
        let letter = signs.first.flatMap { $0.isASCII && $0.isLetter ? $0 : nil }
        let digits = String(letter == nil ? signs[...] : signs.dropFirst())
        guard digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        guard !digits.isEmpty else {
            guard let letter, Self.sections.contains(where: { $0.letter == letter }) else { return nil }
            description = String(letter)
            return
        }
        guard (2...5).contains(digits.count), let division = Int(digits.prefix(2)),
            let section = Self.sections.first(where: { $0.divisions.contains(division) }),
            letter == nil || letter == section.letter
        else { return nil }
        description = "\(section.letter)\(digits)"
    }

    /// Whether the code lies under one of the beginnings.
    func lies(under beginnings: [String]) -> Bool { beginnings.contains { description.hasPrefix($0) } }

    /// The sections and the two-digit divisions that they hold.
    private static let sections: [(letter: Character, divisions: ClosedRange<Int>)] = [
        ("A", 1...3), ("B", 5...8), ("C", 10...34), ("D", 35...35), ("E", 36...39), ("F", 41...42), ("G", 45...47),
        ("H", 49...52), ("I", 55...56), ("J", 58...63), ("K", 64...66), ("L", 68...68), ("M", 70...73),
        ("N", 74...76), ("O", 84...84), ("P", 85...85), ("Q", 86...87), ("R", 90...91), ("S", 94...96),
        ("T", 97...98), ("U", 99...99),
    ]
}
