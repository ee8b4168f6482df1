/// How alike two texts are, by the pairs of letters that they share: no dictionary, so Korean with its endings, English and
/// misspellings are treated alike.
struct TextProfile: Sendable, Hashable {
    /// How often each pair of letters comes, within words; words of one letter count as they are.
    private let pairs: [String: Int]
    private let length: Double

    init(_ text: String) {
        var pairs: [String: Int] = [:]
        for word in text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
            let letters = Array(word)
            if letters.count == 1 { pairs[String(letters), default: 0] += 1 }
            for place in letters.indices.dropFirst() { pairs[String(letters[place - 1...place]), default: 0] += 1 }
        }
        self.pairs = pairs
        // In order of the pairs, so that the sum is the same on every run.
        length = pairs.values.sorted().reduce(0.0) { $0 + Double($1 * $1) }.squareRoot()
    }

    /// The cosine of both profiles: 0 where nothing is shared, 1 where the pairs are the same in the same proportion.
    func likeness(to other: TextProfile) -> Double {
        guard length > 0, other.length > 0 else { return 0 }
        var sum = 0
        for (pair, count) in pairs { sum += count * (other.pairs[pair] ?? 0) }
        return min(1, Double(sum) / (length * other.length))
    }
}

/// Which proposals may be about the same: suggested, and merged by a person alone.
enum Duplicates {
    /// A proposal as it is compared.
    struct Candidate: Sendable {
        let id: String
        let profile: TextProfile
        /// Where it is about, in degrees, where it says so.
        let place: (latitude: Double, longitude: Double)?
    }

    /// From this likeness on, two proposals are shown side by side.
    static let least = 0.5

    /// The likest, at most `limit`. Near one another on the map counts for a little more: 0.1 within 200 metres.
    static func of(_ one: Candidate, among others: [Candidate], limit: Int = 5) -> [(id: String, likeness: Double)] {
        others.filter { $0.id != one.id }.map { other in
            let near = one.place.flatMap { here in other.place.map { metres(here, $0) <= 200 } } ?? false
            return (id: other.id, likeness: min(1, one.profile.likeness(to: other.profile) + (near ? 0.1 : 0)))
        }
        .filter { $0.likeness >= least }
        .sorted { ($1.likeness, $0.id) < ($0.likeness, $1.id) }
        .prefix(limit).map { $0 }
    }

    /// Metres between two places of one city: on a plane, which is off by less than a thousandth there.
    private static func metres(
        _ one: (latitude: Double, longitude: Double), _ other: (latitude: Double, longitude: Double)
    ) -> Double {
        let north = (one.latitude - other.latitude) * 111_320
        // cos 37° ≈ 0.8: the breadth of a degree of longitude in Korea, which is near enough to say “within 200 m”.
        let east = (one.longitude - other.longitude) * 111_320 * 0.8
        return (north * north + east * east).squareRoot()
    }
}
