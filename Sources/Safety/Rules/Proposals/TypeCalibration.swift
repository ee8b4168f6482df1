import District
import Record

/// What the folds showed of a model: how sure it may be, and how good it is. Kept with the release for the shipped
/// sentences, so that a house need not find it out again at every start.
struct TypeCalibration: Sendable, Hashable {
    /// The edition of the sentences it is about, and the method.
    let texts: String, method: String
    let temperature: Double, threshold: Double
    /// Texts judged, and shares of them.
    let judged: Int
    let accuracy: Double, accuracyOfThree: Double, macroF1: Double
    /// How often it speaks, and how often it is then right.
    let coverage: Double, accuracySpoken: Double?

    init(texts: String, method: String, _ evaluation: TypeEvaluation) {
        (self.texts, self.method) = (texts, method)
        temperature = evaluation.temperature
        threshold = evaluation.threshold(wanting: TypeTraining.wanted, temperature: temperature)
        judged = evaluation.judged.count
        accuracy = evaluation.accuracy
        accuracyOfThree = evaluation.accuracyOfThree
        macroF1 = evaluation.macroF1
        (coverage, accuracySpoken) = evaluation.speaking(above: threshold, temperature: temperature)
    }

    /// Reads what ``json`` wrote; nil where something is missing.
    init?(_ json: JSON) {
        guard let texts = json["texts"]?.text, let method = json["method"]?.text,
            let temperature = json["temperature"]?.double, temperature > 0, let threshold = json["threshold"]?.double,
            let judged = json["judged"]?.integer, let accuracy = json["accuracy"]?.double,
            let three = json["accuracy_of_three"]?.double, let macroF1 = json["macro_f1"]?.double,
            let coverage = json["coverage"]?.double
        else { return nil }
        (self.texts, self.method) = (texts, method)
        (self.temperature, self.threshold) = (temperature, threshold)
        self.judged = Int(judged)
        self.accuracy = accuracy
        accuracyOfThree = three
        self.macroF1 = macroF1
        self.coverage = coverage
        accuracySpoken = json["accuracy_spoken"]?.double
    }

    var json: JSON {
        let figures: [(String, Double?)] = [
            ("temperature", temperature), ("threshold", threshold), ("judged", Double(judged)),
            ("accuracy", accuracy), ("accuracy_of_three", accuracyOfThree), ("macro_f1", macroF1),
            ("coverage", coverage), ("accuracy_spoken", accuracySpoken),
        ]
        var members: [String: JSON] = ["texts": .string(texts), "method": .string(method)]
        for (name, value) in figures {
            members[name] = value.map { .number(($0 * 10_000).rounded() / 10_000) } ?? .null
        }
        return .object(members)
    }
}

extension TypeTraining {
    /// A model as sure as a calibration allows.
    func model(of examples: [TypeExample], _ calibration: TypeCalibration) -> TypeModel {
        var model = model(of: examples)
        model.temperature = calibration.temperature
        model.threshold = calibration.threshold
        return model
    }
}
