import District
import Foundation
public import Record

/// Learns and judges the model of accident types outside a house: for the release and for its figures.
public enum TypeLearning {
    /// Learns from the shipped sentences and says what the folds and the held-out sentences show.
    /// - Returns: `calibration`, as `proposals-model.json` keeps it; `held_out` and `foreign`, on text never learnt from.
    public static func judge() throws -> JSON {
        let texts = try TypeTexts(Handbook(shipped: Bundle.module.resourcePath.map { "\($0)/Data" } ?? "Data"))
        let training = TypeTraining()
        let calibration = TypeCalibration(
            texts: texts.edition, method: training.method, training.evaluation(of: texts.examples))
        let model = training.model(of: texts.examples, calibration)
        let held = TypeEvaluation(judged: model.judge(texts.heldOut))
        let spoken = held.speaking(above: model.threshold, temperature: model.temperature)
        return [
            "calibration": calibration.json,
            "held_out": [
                "texts": .number(Double(texts.heldOut.count)), "accuracy": .number(held.accuracy),
                "accuracy_of_three": .number(held.accuracyOfThree), "macro_f1": .number(held.macroF1),
                "coverage": .number(spoken.coverage), "accuracy_spoken": spoken.accuracy.map { .number($0) } ?? .null,
            ],
            "foreign": [
                "texts": .number(Double(texts.foreign.count)),
                "silent": .number(Double(texts.foreign.count { model.propose($0).abstained })),
            ],
        ]
    }
}
