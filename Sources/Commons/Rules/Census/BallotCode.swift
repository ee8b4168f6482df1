import Record

/// A one-time credential as a letter carries it: four times four letters of which the last checks the others.
///
/// Letters that look alike in print (I, L, O) are left out; 23 are left, and 23 is a prime, so the check letter finds every
/// single wrong letter and every two that changed places. Fifteen letters drawn at random are 23¹⁵ ≈ 2⁶⁷·⁸ codes.
struct BallotCode: Sendable, Hashable {
    /// Sixteen letters, without hyphens.
    let letters: String

    /// The letters of a code, in the order in which the check letter counts them.
    static let alphabet = Array("ABCDEFGHJKMNPQRSTUVWXYZ")
    private static let drawn = 15

    /// A new code.
    init(using generator: inout some RandomNumberGenerator) {
        let values = (0..<Self.drawn).map { _ in Int.random(in: 0..<Self.alphabet.count, using: &generator) }
        letters = String((values + [Self.check(values)]).map { Self.alphabet[$0] })
    }

    /// What somebody typed: in either case, with or without hyphens and spaces, also where the keyboard was left in Hangul.
    /// - Throws: which letters are wrong, so that nobody is told of a mistype that the code is unknown.
    init(typed text: String) throws(Mistyped) {
        let keys = HangulKeys.latin(text).uppercased().filter { !$0.isWhitespace && !"-–—·.".contains($0) }
        let values = keys.map { Self.alphabet.firstIndex(of: $0) }
        if let place = values.firstIndex(of: nil) { throw .letter(Array(keys)[place]) }
        guard values.count == Self.drawn + 1 else { throw .length(values.count) }
        let known = values.compactMap { $0 }
        guard Self.check(known.dropLast()) == known.last else { throw .check }
        letters = keys
    }

    /// Why what was typed is no code.
    enum Mistyped: Error, Sendable, Hashable {
        /// A letter that no code has.
        case letter(Character)
        /// Too few or too many letters.
        case length(Int)
        /// Sixteen letters of which at least one is wrong.
        case check
    }

    /// As letters show it: `ABCD-EFGH-JKMN-PQRS`.
    var shown: String {
        stride(from: 0, to: letters.count, by: 4).map { String(letters.dropFirst($0).prefix(4)) }.joined(separator: "-")
    }

    /// What the roll keeps of it: SHA-256 over itself so often that trying codes against a stolen roll is slow, though each
    /// code is drawn at random. The salt is the roll's.
    func hash(salt: String) -> String {
        var hash = "\(salt)/\(letters)"
        for _ in 0..<Self.rounds { hash = ContentHash.sha256(hash.utf8) }
        return hash
    }

    private static let rounds = 256

    /// The sum of the letters, each times its place, modulo 23: no two places weigh the same.
    private static func check(_ values: some Sequence<Int>) -> Int {
        values.enumerated().reduce(0) { $0 + ($1.offset + 1) * $1.element } % alphabet.count
    }
}
