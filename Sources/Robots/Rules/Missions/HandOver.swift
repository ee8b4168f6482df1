import Record

/// The digits that open a hand-over: few enough to be read aloud, tried few enough times that guessing is hopeless.
enum HandOver {
    /// How many digits a new code has.
    static let length = 4

    /// New digits from the system's generator.
    static func digits() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<length).map { _ in String(Int.random(in: 0...9, using: &generator)) }.joined()
    }

    /// What came of digits that were entered.
    enum Verdict: Sendable, Hashable {
        case right
        /// Wrong, with so many tries left.
        case wrong(left: Int)
        /// No more is taken.
        case closed
    }

    /// Holds digits against the mission's. Spaces and hyphens that people type do not count.
    static func judge(_ entered: String, _ kept: MissionCase, tries: Int) -> Verdict {
        guard kept.mistakes < tries, let digits = kept.secret.digits else { return .closed }
        let plain = entered.filter { !$0.isWhitespace && $0 != "-" }
        if isEqual(plain, digits) { return .right }
        return .wrong(left: tries - kept.mistakes - 1)
    }

    /// In a time that depends on the lengths alone.
    private static func isEqual(_ one: String, _ other: String) -> Bool {
        let (left, right) = (Array(one.utf8), Array(other.utf8))
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
