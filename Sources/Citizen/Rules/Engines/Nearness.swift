import Record

/// Which known requests lie near to what was said, by the vectors of an embedding model. A likeness proves nothing: it
/// is only ever asked (`혹시 … 말씀이세요?`), three at most.
struct Nearness: Sendable {
    /// A sentence that people ask with, as a vector.
    struct Known: Sendable {
        let intent: String
        let vector: [Double]
    }

    let known: [Known]

    /// How many are offered.
    static let most = 3
    /// The longest vector that is taken.
    static let longest = 8192
    /// How many sentences of an intent are looked at.
    static let sentences = 4

    /// The sentences of an intent, with what a slot is called in its place.
    static func sentences(of intent: Intent, _ language: Language) -> [String] {
        (intent.sentences[language] ?? []).prefix(sentences).map { sentence in
            intent.slots.reduce(sentence) { $0.replacing("{\($1.name)}", with: $1.label[language]) }
        } + [intent.title[language]]
    }

    /// The nearest, best first; none below the floor.
    /// - Parameter open: those that may be offered; nil for all.
    func nearest(
        to vector: [Double], floor: Double, among open: Set<String>? = nil
    ) -> [(intent: String, cosine: Double)] {
        var best: [String: Double] = [:]
        for one in known where open?.contains(one.intent) != false {
            guard let cosine = Self.cosine(one.vector, vector), cosine >= floor else { continue }
            best[one.intent] = max(best[one.intent] ?? -1, cosine)
        }
        return best.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(Self.most).map { ($0.key, $0.value) }
    }

    /// The cosine of the angle between two vectors; nil where they are of different kinds or have no direction.
    static func cosine(_ one: [Double], _ other: [Double]) -> Double? {
        guard one.count == other.count, !one.isEmpty else { return nil }
        var (dot, a, b) = (0.0, 0.0, 0.0)
        for index in one.indices {
            dot += one[index] * other[index]
            a += one[index] * one[index]
            b += other[index] * other[index]
        }
        let length = (a * b).squareRoot()
        guard length > 0, length.isFinite, dot.isFinite else { return nil }
        return dot / length
    }

    /// The vectors of an answer, in the order of what was asked; nil where it is not what was asked for.
    static func vectors(from answer: JSON, count: Int) -> [[Double]]? {
        guard let data = answer["data"]?.elements, data.count == count else { return nil }
        var vectors = [[Double]?](repeating: nil, count: count)
        for (place, entry) in data.enumerated() {
            let index = entry["index"].map { $0.integer.flatMap { Int(exactly: $0) } ?? -1 } ?? place
            guard vectors.indices.contains(index), vectors[index] == nil,
                let numbers = entry["embedding"]?.elements, (1...longest).contains(numbers.count)
            else { return nil }
            let vector = numbers.compactMap { number -> Double? in
                guard case .number(let value) = number, value.isFinite else { return nil }
                return value
            }
            guard vector.count == numbers.count else { return nil }
            vectors[index] = vector
        }
        let all = vectors.compactMap { $0 }
        return all.count == count && Set(all.map(\.count)).count <= 1 ? all : nil
    }
}
