import District
import Record

/// By which questions a tier of risk is found, and what each tier asks for: read from `register-tiers.json`, which names
/// the text and its date beside every rule.
struct TierRules: Sendable {
    /// One question, whose yes is a reason; or what a field says.
    struct Rule: Sendable {
        let id: String
        let tier: RiskTier
        let words: Words, source: Words
        /// The date of the text it follows.
        let text: String
        /// The field and its value, where it is no question.
        let field: (key: String, value: String)?
    }

    /// What a tier asks for.
    struct Demand: Sendable {
        let assessments: [AssessmentKind]
        /// How many tests by subgroup, of what it is now.
        let tests: Int
        let duties: [(words: Words, source: Words)]
    }

    let questions: [Rule]
    let fieldRules: [Rule]
    let demands: [RiskTier: Demand]
    /// The law, its date and when it was looked up last.
    let law: Words, note: Words, date: String, checked: String
    /// A test by subgroup with a smaller share right fails, in percent: the district's own rule.
    let leastRight: Int64
    /// SHA-256 of the file.
    let edition: String

    /// - Throws: ``HandbookError`` naming the entry that cannot be used.
    init(_ book: Handbook) throws(HandbookError) {
        let file = "register-tiers.json"
        let (json, edition) = try book.read(file)
        self.edition = edition
        questions = try Self.rules(json["questions"], file)
        fieldRules = try Self.rules(json["fields"], file)
        guard !questions.isEmpty, Set((questions + fieldRules).map(\.id)).count == questions.count + fieldRules.count
        else { throw HandbookError(file: file, place: "questions", rule: "each has an id of its own") }
        var demands: [RiskTier: Demand] = [:]
        for tier in RiskTier.allCases {
            guard let demand = json["tiers"]?[tier.rawValue], let tests = demand["tests"]?.integer else {
                throw HandbookError(file: file, place: "tiers.\(tier.rawValue)", rule: "is missing")
            }
            demands[tier] = Demand(
                assessments: (demand["assessments"]?.elements ?? []).compactMap(\.text).compactMap {
                    AssessmentKind(rawValue: $0)
                },
                tests: Int(tests),
                duties: (demand["duties"]?.elements ?? []).compactMap { duty in
                    guard let words = Self.words(duty), let source = Self.words(duty["source"]) else { return nil }
                    return (words, source)
                })
        }
        self.demands = demands
        guard let law = Self.words(json["text"]), let note = Self.words(json["text"]?["note"]),
            let date = json["text"]?["date"]?.text, let checked = json["text"]?["checked"]?.text
        else { throw HandbookError(file: file, place: "text", rule: "names the law and its dates") }
        guard let least = json["least_right_percent"]?.integer, (1...100).contains(least) else {
            throw HandbookError(file: file, place: "least_right_percent", rule: "is missing or out of bounds")
        }
        leastRight = least
        (self.law, self.note, self.date, self.checked) = (law, note, date, checked)
    }

    /// The gravest tier of the reasons that hold, and the reasons; minimal where none does.
    func judge(yes: Set<String>, fields: [String: String]) -> (tier: RiskTier, reasons: [Rule]) {
        let reasons =
            questions.filter { yes.contains($0.id) }
            + fieldRules.filter { rule in rule.field.map { fields[$0.key] == $0.value } ?? false }
        return (reasons.map(\.tier).max() ?? .minimal, reasons)
    }

    /// The tests of what it is now that fail.
    func failing(_ entry: RegisterEntry) -> [RegisterEntry.SubgroupTest] {
        entry.currentTests.filter { Double($0.right) * 100 < Double($0.cases) * Double(leastRight) }
    }

    func rule(_ id: String) -> Rule? { (questions + fieldRules).first { $0.id == id } }

    private static func rules(_ json: JSON?, _ file: String) throws(HandbookError) -> [Rule] {
        var rules: [Rule] = []
        for entry in json?.elements ?? [] {
            let id = entry["id"]?.text ?? ""
            guard let tier = entry["tier"]?.text.flatMap({ RiskTier(rawValue: $0) }), let words = Self.words(entry),
                let source = Self.words(entry["source"]), let text = entry["text"]?.text, !id.isEmpty
            else { throw HandbookError(file: file, place: id, rule: "tier, words, source and the text's date") }
            let field = entry["field"]?.text.flatMap { key in entry["is"]?.text.map { (key, $0) } }
            rules.append(Rule(id: id, tier: tier, words: words, source: source, text: text, field: field))
        }
        return rules
    }

    private static func words(_ json: JSON?) -> Words? {
        guard let ko = json?["ko"]?.text, let en = json?["en"]?.text else { return nil }
        return Words(ko, en)
    }
}
