import Record

/// Reads one question of a template, given those before it: a condition may only look back, so none runs in a circle.
struct QuestionReader {
    let earlier: [Question]

    /// A part of a question that breaks a rule.
    typealias Broken = (field: String, rule: String)

    func read(_ json: JSON) -> (Question?, [Broken]) {
        var broken: [Broken] = []
        let id = json["id"]?.text ?? ""
        if !InspectionTemplate.isName(id) { broken.append(("id", "name")) }
        if earlier.contains(where: { $0.id == id }) { broken.append(("id", "twice")) }
        let words = InspectionTemplate.words(json)
        if words == nil { broken.append(("text", "required")) }
        let kind = kind(json, &broken)
        let severity = RiskBand(rawValue: json["severity"]?.text ?? "medium")
        if severity == nil { broken.append(("severity", "choice")) }
        let condition = condition(json["when"], &broken)
        guard broken.isEmpty, let words, let kind, let severity else { return (nil, broken) }
        let citation = InspectionTemplate.words(json["cite"]).map {
            Question.Citation(words: $0, mark: json["cite"]?["mark"]?.text ?? "advice")
        }
        return (
            Question(
                id: id, words: words, kind: kind, isRequired: json["required"]?.bool ?? true,
                mayNotApply: json["na"]?.bool ?? true, condition: condition, needsPhoto: json["photo"]?.bool ?? false,
                severity: severity, citation: citation), []
        )
    }

    private func kind(_ json: JSON, _ broken: inout [Broken]) -> Question.Kind? {
        switch json["kind"]?.text ?? "check" {
        case "check": return .check
        case "text": return .text
        case "number":
            let bounds = Question.Bounds(
                low: json["low"]?.double, high: json["high"]?.double, below: json["below"]?.double,
                unit: json["unit"]?.text ?? "")
            let given = [bounds.low, bounds.high, bounds.below].compactMap { $0 }
            if bounds.unit.isEmpty { broken.append(("unit", "required")) }
            let highest = [bounds.high, bounds.below].compactMap { $0 }.min()
            if given.isEmpty || !given.allSatisfy(\.isFinite) || (bounds.low ?? -.infinity) > (highest ?? .infinity) {
                broken.append(("low", "bounds"))
            }
            return .number(bounds)
        case "choice":
            let options = (json["choices"]?.elements ?? []).compactMap { choice -> Question.Option? in
                guard let value = choice["value"]?.text, !value.isEmpty, value != Answer.notApplicable,
                    let words = InspectionTemplate.words(choice)
                else { return nil }
                return Question.Option(value: value, words: words, fails: choice["fails"]?.bool ?? false)
            }
            if options.count < 2 || options.count > 12 || options.count != json["choices"]?.elements?.count {
                broken.append(("choices", "choices"))
            }
            if Set(options.map(\.value)).count != options.count { broken.append(("choices", "twice")) }
            return .choice(options)
        default:
            broken.append(("kind", "choice"))
            return nil
        }
    }

    private func condition(_ json: JSON?, _ broken: inout [Broken]) -> Question.Condition? {
        guard let json, json != .null else { return nil }
        let (name, answer) = (json["question"]?.text ?? "", json["is"]?.text ?? "")
        guard let other = earlier.first(where: { $0.id == name }) else {
            broken.append(("when", "earlier"))
            return nil
        }
        let possible =
            switch other.kind {
            case .check: answer == "yes" || answer == "no" || other.mayNotApply && answer == Answer.notApplicable
            case .choice(let options): options.contains { $0.value == answer }
            case .number, .text: false
            }
        guard possible else {
            broken.append(("when", "answer"))
            return nil
        }
        return Question.Condition(question: name, answer: answer)
    }
}
