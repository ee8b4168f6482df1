import Foundation

/// Finds what was done about dangers like this one: words weighted by their rarity, compared by the cosine of their
/// vectors. It says nothing where nothing is alike.
struct SimilarCases: Sendable {
    /// A danger and a measure that answered it.
    struct Case: Sendable, Hashable {
        /// Where it can be read again: `hazard/…`, `assessment/…`, `seed/press-3`.
        let citation: String
        /// The danger as it was described.
        let danger: String
        /// What was done.
        let control: String
        let step: ControlStep
        /// Whether the measure was seen to work.
        let isVerified: Bool
    }

    /// A case and how alike it is, from 0 to 1.
    struct Match: Sendable, Hashable {
        let found: Case
        let likeness: Double
    }

    /// Less alike than this is not alike.
    static let least = 0.18
    /// What names no danger: the commonest runs say nothing and are worth little by their rarity alone.
    private let cases: [Case]
    private let vectors: [[UInt64: Double]]
    private let rarity: [UInt64: Double]

    init(_ cases: [Case]) {
        self.cases = cases
        let grams = cases.map { Self.grams($0.danger) }
        var support: [UInt64: Int] = [:]
        for own in grams { for gram in own { support[gram, default: 0] += 1 } }
        let total = Double(cases.count)
        let rarity = support.mapValues { log((total + 1) / Double($0)) }
        self.rarity = rarity
        vectors = grams.map { Self.vector($0, rarity) }
    }

    /// The most alike cases, those with the strongest measures first, and of equal ones the most alike.
    func alike(to danger: String, limit: Int = 6, least: Double = SimilarCases.least) -> [Match] {
        // A run that no case has still lengthens the question: what is mostly about something else is not alike.
        let unseen = log(Double(cases.count) + 1)
        let query = Self.vector(Self.grams(danger), rarity, unseen: unseen)
        guard !query.isEmpty else { return [] }
        var matches: [Match] = []
        for (index, vector) in vectors.enumerated() {
            var likeness = 0.0
            for (gram, weight) in vector { likeness += weight * (query[gram] ?? 0) }
            if likeness >= least { matches.append(Match(found: cases[index], likeness: likeness)) }
        }
        matches.sort { ($0.likeness, $1.found.citation) > ($1.likeness, $0.found.citation) }
        var said: Set<String> = []
        let best = matches.filter { said.insert($0.found.control).inserted }.prefix(limit)
        return best.sorted { left, right in
            if left.found.step != right.found.step { return rank(left) < rank(right) }
            return (left.likeness, right.found.citation) > (right.likeness, left.found.citation)
        }
    }

    private func rank(_ match: Match) -> Int { match.found.step.order }

    /// Runs of two and three signs within words; a word of one sign by itself.
    private static func grams(_ text: String) -> Set<UInt64> {
        var grams: Set<UInt64> = []
        for word in ReportText(text).scalars.split(separator: " ") {
            for length in 2...3 where word.count >= length {
                for start in word.startIndex...(word.endIndex - length) {
                    grams.insert(
                        word[start..<start + length].reduce(UInt64(length)) {
                            ($0 ^ UInt64($1.value)) &* 0x0000_0100_0000_01B3
                        })
                }
            }
        }
        return grams
    }

    private static func vector(
        _ grams: Set<UInt64>, _ rarity: [UInt64: Double], unseen: Double = 0
    ) -> [UInt64: Double] {
        var vector: [UInt64: Double] = [:]
        var square = 0.0
        for gram in grams.sorted() {
            let weight = rarity[gram] ?? unseen
            square += weight * weight
            if rarity[gram] != nil { vector[gram] = weight }
        }
        guard square > 0 else { return [:] }
        return vector.mapValues { $0 / square.squareRoot() }
    }
}
