import District
import Record

/// A kind of emergency, with what its CAP message says and the steps that a site's manual starts from.
struct Scenario: Sendable, Hashable {
    /// One step of a manual.
    struct Step: Sendable, Hashable {
        let phase: Phase
        let words: Words
    }

    /// What SAPA decree 4(8) asks a manual to say, in order.
    enum Phase: String, Sendable, CaseIterable {
        case stop, evacuate, remove, rescue, prevent

        var words: Words {
            switch self {
            case .stop: Words("작업 중지", "Stop work")
            case .evacuate: Words("대피", "Evacuate")
            case .remove: Words("위험요인 제거", "Remove the danger")
            case .rescue: Words("구호", "Rescue")
            case .prevent: Words("추가 피해 방지", "Prevent further harm")
            }
        }

        static let choices = allCases.map { Field.Choice($0.rawValue, $0.words) }
    }

    let id: String
    let words: Words
    let category: CAPWords.Category
    let response: CAPWords.Response
    let severity: CAPWords.Severity
    /// The phrase that workers are told first, a key of the phrase book.
    let phrase: String
    /// What it is called in each worker's language.
    let event: [WorkerLanguage: String]
    let steps: [Step]
}

/// The scenarios a district knows.
struct Scenarios: Sendable {
    let list: [Scenario]
    /// Months from one drill of a site to the next.
    let drillMonths: Int64
    let edition: String

    /// From `emergency-scenarios.json`.
    init(_ book: Handbook) throws(HandbookError) {
        let file = "emergency-scenarios.json"
        let (json, edition) = try book.read(file)
        func broken(_ place: String, _ rule: String) -> HandbookError {
            HandbookError(file: file, place: place, rule: rule)
        }
        var list: [Scenario] = []
        for entry in json["scenarios"]?.elements ?? [] {
            let id = entry["id"]?.text ?? ""
            guard let ko = entry["words"]?["ko"]?.text, let en = entry["words"]?["en"]?.text,
                let category = entry["category"]?.text.flatMap({ CAPWords.Category(rawValue: $0) }),
                let response = entry["response"]?.text.flatMap({ CAPWords.Response(rawValue: $0) }),
                let severity = entry["severity"]?.text.flatMap({ CAPWords.Severity(rawValue: $0) }),
                let phrase = entry["phrase"]?.text, !list.contains(where: { $0.id == id })
            else { throw broken(id, "a unique id, words, phrase, and CAP's category, response and severity") }
            var event: [WorkerLanguage: String] = [:]
            for language in WorkerLanguage.allCases {
                guard let text = entry["event"]?[language.rawValue]?.text, !text.isEmpty else {
                    throw broken("\(id).event.\(language.rawValue)", "is missing")
                }
                event[language] = text
            }
            var steps: [Scenario.Step] = []
            for step in entry["steps"]?.elements ?? [] {
                guard let phase = step["phase"]?.text.flatMap({ Scenario.Phase(rawValue: $0) }),
                    let ko = step["ko"]?.text, let en = step["en"]?.text
                else { throw broken("\(id).steps", "phase, ko and en") }
                steps.append(Scenario.Step(phase: phase, words: Words(ko, en)))
            }
            guard Set(steps.map(\.phase)) == Set(Scenario.Phase.allCases) else {
                throw broken("\(id).steps", "each phase")
            }
            list.append(
                Scenario(
                    id: id, words: Words(ko, en), category: category, response: response, severity: severity,
                    phrase: phrase, event: event, steps: steps))
        }
        guard !list.isEmpty, let months = json["drill_months"]?.integer, months > 0 else {
            throw broken("drill_months", "above 0, and a scenario at least")
        }
        self.list = list
        drillMonths = months
        self.edition = edition
    }

    subscript(_ id: String) -> Scenario? { list.first { $0.id == id } }

    /// All of them as a form offers them.
    var choices: [Field.Choice] { list.map { .init($0.id, $0.words) } }
}
