import District
import Foundation

/// Learns a ``TypeModel``: multinomial logistic regression by stochastic gradient descent with steps that shrink for
/// each weight by its own past (AdaGrad: Duchi, Hazan, Singer 2011). The same examples give the same model.
struct TypeTraining: Sendable {
    var rounds = 20
    var rate: Float = 0.1
    /// How strongly weights are drawn to zero.
    var decay: Float = 1e-3
    /// A run must stand in so many texts.
    var support = 2
    var seed: UInt64 = 1

    /// The name of the method and its settings, by which the Record says how a model was made.
    var method: String { "slipway-type/1: signs 1–4, letters 4–6, logistic, \(rounds) rounds, seed \(seed)" }

    func model(of examples: [TypeExample]) -> TypeModel {
        let texts = examples.map { ReportText($0.text) }
        let targets = examples.map { example in TypeModel.types.firstIndex(of: example.type) ?? 0 }
        let (places, rarity, ours) = vocabulary(texts, examples)
        let vectors = texts.map { TypeModel.vector($0, places, rarity) }
        let (weights, bias) = descend(vectors, targets, features: rarity.count)
        return TypeModel(places: places, rarity: rarity, weights: weights, bias: bias, ours: ours)
    }

    private func vocabulary(
        _ texts: [ReportText], _ examples: [TypeExample]
    ) -> (places: [UInt64: Int32], rarity: [Float], ours: Set<UInt64>) {
        var support: [UInt64: Int] = [:]
        var ours: Set<UInt64> = []
        for (text, example) in zip(texts, examples) {
            let grams = text.grams
            for gram in grams { support[gram, default: 0] += 1 }
            if example.source != .confirmed { ours.formUnion(grams) }
        }
        let kept = support.filter { $0.value >= self.support }.keys.sorted()
        let places = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($0.element, Int32($0.offset)) })
        let rarity = kept.map { gram in
            Float(log(Double(1 + texts.count) / Double(1 + (support[gram] ?? 0))) + 1)
        }
        return (places, rarity, ours.intersection(places.keys))
    }

    private func descend(
        _ vectors: [[(Int32, Float)]], _ targets: [Int], features: Int
    ) -> (weights: [Float], bias: [Float]) {
        let count = TypeModel.types.count
        // The bias is one more run, which stands in every text.
        var weights = [Float](repeating: 0, count: (features + 1) * count)
        var past = [Float](repeating: 1e-6, count: weights.count)
        var error = [Float](repeating: 0, count: count)
        var draw = SeededDraw(seed: seed)
        for _ in 0..<rounds {
            for index in draw.shuffled(Array(vectors.indices)) {
                let vector = vectors[index] + [(Int32(features), 1)]
                weights.withUnsafeMutableBufferPointer { weights in
                    past.withUnsafeMutableBufferPointer { past in
                        error.withUnsafeMutableBufferPointer { error in
                            step(vector, target: targets[index], weights, past, error)
                        }
                    }
                }
            }
        }
        return (Array(weights.prefix(features * count)), Array(weights.suffix(count)))
    }

    private func step(
        _ vector: [(Int32, Float)], target: Int, _ weights: UnsafeMutableBufferPointer<Float>,
        _ past: UnsafeMutableBufferPointer<Float>, _ error: UnsafeMutableBufferPointer<Float>
    ) {
        let count = error.count
        var at = 0
        while at < count {
            error[at] = 0
            at += 1
        }
        for (place, value) in vector {
            let start = Int(place) * count
            at = 0
            while at < count {
                error[at] += weights[start + at] * value
                at += 1
            }
        }
        let most = error.max() ?? 0
        var sum: Float = 0
        for at in 0..<count {
            error[at] = exp(error[at] - most)
            sum += error[at]
        }
        for at in 0..<count { error[at] = error[at] / sum - (at == target ? 1 : 0) }
        for (place, value) in vector {
            let start = Int(place) * count
            at = 0
            while at < count {
                let slope = error[at] * value + decay * weights[start + at]
                past[start + at] += slope * slope
                weights[start + at] -= rate * slope / past[start + at].squareRoot()
                at += 1
            }
        }
    }
}
