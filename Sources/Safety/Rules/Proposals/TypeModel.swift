import Foundation

/// A linear model of accident types over runs of signs: for each type a weight to each run, and a bias.
struct TypeModel: Sendable {
    /// The types in the order of the weights. Noise harms slowly and is no accident that a report tells of.
    static let types = AccidentType.allCases.filter { $0 != .noise && $0 != .other }

    /// The place of a run of signs among the weights.
    let places: [UInt64: Int32]
    /// How much a run tells, by its rarity.
    let rarity: [Float]
    /// Weights, run by run, type by type.
    let weights: [Float]
    let bias: [Float]
    /// Runs that stand in what we wrote: only these may be shown, for others may be a person's words.
    let ours: Set<UInt64>
    /// What scores are divided by, so that a probability is one.
    var temperature: Double = 1
    /// Below this probability the model keeps silent; above 1 it always does.
    var threshold: Double = 0
    /// Fewer known runs than this are too little to speak of.
    static let fewest = 12

    /// The known runs of a text and their weight, of length 1 together.
    static func vector(_ text: ReportText, _ places: [UInt64: Int32], _ rarity: [Float]) -> [(Int32, Float)] {
        // A set has no order of its own, and sums of floats depend on it.
        let found = text.grams.compactMap { places[$0] }.sorted()
        let square = found.reduce(Float(0)) { $0 + rarity[Int($1)] * rarity[Int($1)] }
        guard square > 0 else { return [] }
        let length = square.squareRoot()
        return found.map { ($0, rarity[Int($0)] / length) }
    }

    /// The score of each type.
    func scores(_ vector: [(Int32, Float)]) -> [Double] {
        var sums = bias
        let count = Self.types.count
        for (place, value) in vector {
            let start = Int(place) * count
            for type in 0..<count { sums[type] += weights[start + type] * value }
        }
        return sums.map(Double.init)
    }

    /// Probabilities out of scores.
    static func probabilities(_ scores: [Double], temperature: Double) -> [Double] {
        let most = scores.max() ?? 0
        let parts = scores.map { exp(($0 - most) / temperature) }
        let sum = parts.reduce(0, +)
        return parts.map { $0 / sum }
    }

    /// What the model says of a text.
    func propose(_ text: String) -> TypeProposal {
        let report = ReportText(text)
        let vector = Self.vector(report, places, rarity)
        let probabilities = Self.probabilities(scores(vector), temperature: temperature)
        let ranked = zip(Self.types, probabilities).sorted { ($0.1, $1.0.rawValue) > ($1.1, $0.0.rawValue) }.prefix(3)
        let best = ranked.first
        let isSilent = vector.count < Self.fewest || (best?.1 ?? 0) < threshold
        return TypeProposal(
            candidates: ranked.map { TypeProposal.Candidate(type: $0.0, probability: $0.1) }, abstained: isSilent,
            evidence: best.map { evidence(report, vector, for: $0.0) } ?? [])
    }

    /// The runs that spoke most for a type, the longest of those that contain each other.
    private func evidence(_ report: ReportText, _ vector: [(Int32, Float)], for type: AccidentType) -> [String] {
        guard let column = Self.types.firstIndex(of: type) else { return [] }
        let values = Dictionary(uniqueKeysWithValues: vector)
        let count = Self.types.count
        var speaking: [(gram: String, weight: Float)] = []
        for (gram, hash) in report.shown where ours.contains(hash) {
            guard let place = places[hash], let value = values[place] else { continue }
            let start = Int(place) * count
            let mean = weights[start..<start + count].reduce(0, +) / Float(count)
            let weight = (weights[start + column] - mean) * value
            if weight > 0 { speaking.append((gram, weight)) }
        }
        var chosen: [String] = []
        let least = 0.3 * (speaking.map(\.weight).max() ?? 0)
        for (gram, weight) in speaking.sorted(by: { ($0.weight, $1.gram) > ($1.weight, $0.gram) }) {
            guard weight >= least else { break }
            if chosen.contains(where: { $0.contains(gram) || gram.contains($0) }) { continue }
            chosen.append(gram)
            if chosen.count == 5 { break }
        }
        return chosen
    }
}

/// What the model says of a text: three types by their probability, or that it cannot tell.
struct TypeProposal: Sendable, Hashable {
    struct Candidate: Sendable, Hashable {
        let type: AccidentType
        let probability: Double
    }

    let candidates: [Candidate]
    /// Too uncertain to propose one: the three are shown as no more than a list to choose from.
    let abstained: Bool
    /// Runs of signs that spoke for the first.
    let evidence: [String]
}
