import Record
import Safety

/// How well the shipped model names the type of an accident. Our own sentences, so the figures compare with no other
/// corpus: the literature's 58.9 % and 0.52 are on Korean construction narratives that we have not seen.
struct TypeBench {
    func run() throws -> [Figure] {
        let judged = try TypeLearning.judge()
        func figure(_ name: String, _ part: String, _ key: String, _ how: String) -> Figure {
            Figure(name: name, value: judged[part]?[key]?.double ?? .nan, unit: "share", how: how)
        }
        let folds =
            "five folds over \(judged["calibration"]?["judged"]?.integer ?? 0) sentences written by us, 17 types"
        let held = "\(judged["held_out"]?["texts"]?.integer ?? 0) more sentences by us, never learnt from"
        return [
            figure("accident type, accuracy", "calibration", "accuracy", folds),
            figure("accident type, macro-F1", "calibration", "macro_f1", folds),
            figure("accident type, among three", "calibration", "accuracy_of_three", folds),
            figure("accident type, speaks for", "calibration", "coverage", folds),
            figure("accident type, right when it speaks", "calibration", "accuracy_spoken", folds),
            figure("accident type, accuracy, held out", "held_out", "accuracy", held),
            figure("accident type, among three, held out", "held_out", "accuracy_of_three", held),
            figure("accident type, right when it speaks, held out", "held_out", "accuracy_spoken", held),
        ]
    }
}
