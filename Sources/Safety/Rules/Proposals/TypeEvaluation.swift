import District
import Foundation

/// How well a model does on texts that it has not seen.
struct TypeEvaluation: Sendable, Hashable {
    /// One text, judged by a model that did not learn from it.
    struct Judged: Sendable, Hashable {
        let truth: AccidentType
        let scores: [Double]

        var best: AccidentType {
            let place = scores.indices.max { scores[$0] < scores[$1] } ?? 0
            return TypeModel.types[place]
        }
        var three: [AccidentType] {
            scores.indices.sorted { scores[$0] > scores[$1] }.prefix(3).map { TypeModel.types[$0] }
        }
    }

    let judged: [Judged]

    /// How often the first is right, with nothing left out.
    var accuracy: Double { share { $0.best == $0.truth } }
    /// How often the right one is among the three.
    var accuracyOfThree: Double { share { $0.three.contains($0.truth) } }

    /// The mean over types of the harmonic mean of precision and recall.
    var macroF1: Double {
        let present = Set(judged.map(\.truth))
        guard !present.isEmpty else { return 0 }
        let sum = present.reduce(0.0) { sum, type in
            let hits = Double(judged.count { $0.truth == type && $0.best == type })
            let both = Double(judged.count { $0.truth == type } + judged.count { $0.best == type })
            return sum + (both > 0 ? 2 * hits / both : 0)
        }
        return sum / Double(present.count)
    }

    /// How often the model speaks at a threshold, and how often it is right when it does; nil where it never speaks.
    func speaking(above threshold: Double, temperature: Double) -> (coverage: Double, accuracy: Double?) {
        let spoken = judged.filter { Self.confidence($0, temperature) >= threshold }
        let right = spoken.count { $0.best == $0.truth }
        guard !judged.isEmpty else { return (0, nil) }
        return (
            Double(spoken.count) / Double(judged.count),
            spoken.isEmpty ? nil : Double(right) / Double(spoken.count)
        )
    }

    /// The temperature by which probabilities fit what was seen best (Guo and others 2017).
    var temperature: Double {
        let steps = (0...80).map { 0.1 * pow(1.06, Double($0)) }
        return steps.min { surprise(at: $0) < surprise(at: $1) } ?? 1
    }

    /// The lowest threshold at which at least `wanted` of what is said is right; above 1 where there is none.
    func threshold(wanting wanted: Double, temperature: Double) -> Double {
        let steps = (0...38).map { 0.05 + 0.025 * Double($0) }
        let enough = steps.first { step in
            let (coverage, accuracy) = speaking(above: step, temperature: temperature)
            // Where hardly anything is said, being right says nothing.
            return coverage * Double(judged.count) >= 20 && (accuracy ?? 0) >= wanted
        }
        return enough ?? 1.01
    }

    private func surprise(at temperature: Double) -> Double {
        judged.reduce(0) { sum, one in
            let place = TypeModel.types.firstIndex(of: one.truth) ?? 0
            return sum - log(max(1e-12, TypeModel.probabilities(one.scores, temperature: temperature)[place]))
        }
    }

    private func share(_ holds: (Judged) -> Bool) -> Double {
        judged.isEmpty ? 0 : Double(judged.count(where: holds)) / Double(judged.count)
    }

    private static func confidence(_ one: Judged, _ temperature: Double) -> Double {
        TypeModel.probabilities(one.scores, temperature: temperature).max() ?? 0
    }
}

extension TypeTraining {
    /// How often what is said shall be right, before the model may say it.
    static let wanted = 0.8

    /// Judges by folds: each text written about a case is judged by a model that learnt from the other folds (and from
    /// the composed sentences, which are never judged).
    func evaluation(of examples: [TypeExample], folds: Int = 5) -> TypeEvaluation {
        var fold: [Int] = Array(repeating: -1, count: examples.count)
        var draw = SeededDraw(seed: seed &+ 17)
        // Every fold has its part of every type.
        for type in TypeModel.types {
            let own = examples.indices.filter { examples[$0].type == type && examples[$0].isTested }
            for (place, index) in draw.shuffled(own).enumerated() { fold[index] = place % folds }
        }
        var judged: [TypeEvaluation.Judged] = []
        for part in 0..<folds {
            let model = model(of: examples.indices.filter { fold[$0] != part }.map { examples[$0] })
            judged += model.judge(examples.indices.filter { fold[$0] == part }.map { examples[$0] })
        }
        return TypeEvaluation(judged: judged)
    }
}

extension TypeModel {
    /// Judges texts whose type is known.
    func judge(_ examples: [TypeExample]) -> [TypeEvaluation.Judged] {
        examples.map { example in
            let vector = Self.vector(ReportText(example.text), places, rarity)
            return TypeEvaluation.Judged(truth: example.type, scores: scores(vector))
        }
    }
}
