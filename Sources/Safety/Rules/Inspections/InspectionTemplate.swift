import Record

/// What an inspection asks, frozen: a version never changes, so that an old inspection can be read as it was taken.
struct InspectionTemplate: Sendable, Hashable {
    /// Its name: `press-daily`.
    let id: String
    /// Counted from 1; each change is another version.
    let version: Int64
    /// The kind of work: `press`.
    let industry: String
    /// What it is called.
    let title: Words
    /// The questions, in the order in which they are asked.
    let questions: [Question]

    /// The most questions a person answers standing.
    static let most = 100

    /// SHA-256 of its content, by which events name what was asked; the version is not part of it.
    var edition: String { ContentHash.sha256(content.canonical) }

    /// What is asked, without the version.
    var content: JSON {
        [
            "id": .string(id), "industry": .string(industry),
            "title": ["ko": .string(title.ko), "en": .string(title.en)],
            "questions": .array(questions.map(\.json)),
        ]
    }

    /// How a phone names what it filled in.
    var form: String { "\(id)/\(version)" }

    subscript(_ question: String) -> Question? { questions.first { $0.id == question } }

    /// What is wrong with one question of a template.
    struct Fault: Error, Sendable, Hashable {
        /// The question, by its place from 0; nil for the template as a whole.
        let index: Int?
        /// The part of it: `id`, `when`, `choices` …
        let field: String
        /// The rule that is broken.
        let rule: String
    }

    /// Reads a template, or says everything that is wrong with it.
    static func read(_ json: JSON, version: Int64) -> Result<InspectionTemplate, Faults> {
        var faults: [Fault] = []
        let id = json["id"]?.text ?? ""
        if !isName(id) { faults.append(Fault(index: nil, field: "id", rule: "name")) }
        let title = words(json["title"])
        if title == nil { faults.append(Fault(index: nil, field: "title", rule: "required")) }
        let elements = json["questions"]?.elements ?? []
        if elements.isEmpty { faults.append(Fault(index: nil, field: "questions", rule: "required")) }
        if elements.count > most { faults.append(Fault(index: nil, field: "questions", rule: "maximum")) }
        var questions: [Question] = []
        for (index, element) in elements.enumerated() {
            let (question, broken) = QuestionReader(earlier: questions).read(element)
            faults += broken.map { Fault(index: index, field: $0.field, rule: $0.rule) }
            if let question { questions.append(question) }
        }
        guard faults.isEmpty, let title else { return .failure(Faults(list: faults)) }
        return .success(
            InspectionTemplate(
                id: id, version: version, industry: json["industry"]?.text ?? "other", title: title,
                questions: questions))
    }

    /// Everything that is wrong with a template.
    struct Faults: Error, Sendable, Hashable {
        let list: [Fault]
    }

    static func words(_ json: JSON?) -> Words? {
        guard let ko = json?["ko"]?.text, !ko.isEmpty else { return nil }
        let en = json?["en"]?.text ?? ""
        return Words(ko, en.isEmpty ? ko : en)
    }

    /// Lower-case letters, digits and hyphens, up to 60.
    static func isName(_ text: String) -> Bool {
        (1...60).contains(text.utf8.count)
            && text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
    }
}
