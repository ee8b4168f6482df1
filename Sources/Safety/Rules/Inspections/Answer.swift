import Record

/// What an inspector answered to one question.
struct Answer: Sendable, Hashable {
    /// The question.
    let question: String
    /// `yes`, `no`, `na`, a number or one of the choices, as text; for a question in words, the words.
    let value: String
    /// SHA-256 of the photos.
    let photos: [String]
    /// What the inspector adds.
    let note: String

    /// The answer “does not apply”.
    static let notApplicable = "na"

    init(question: String, value: String, photos: [String] = [], note: String = "") {
        self.question = question
        self.value = value
        self.photos = photos
        self.note = note
    }
}

/// What the answers of an inspection come to, held against the version of the template that was asked.
struct Judgement: Sendable, Hashable {
    /// What failed, in the order of the questions.
    let failures: [Failure]
    /// How many were good, and how many did not apply.
    let good: Int, skipped: Int

    /// The worst of what failed; nil where nothing did.
    var worst: RiskBand? { failures.map(\.severity).max() }

    /// A question that failed.
    struct Failure: Sendable, Hashable {
        let question: String
        let severity: RiskBand
        let value: String
        let photos: [String]
    }

    /// An answer that does not fit its template.
    struct Fault: Error, Sendable, Hashable {
        let question: String
        let rule: Rule

        /// How it does not fit.
        enum Rule: String, Sendable {
            /// The template has no such question; it was answered twice; it was not asked, for its condition was not met.
            case unknown, twice, hidden
            /// It was asked and is not answered.
            case required
            /// The answer is none of those possible, no number, or may not be “does not apply”.
            case value, number, applies
            /// A failure that needs a photo has none.
            case photo
        }
    }

    /// All that does not fit.
    struct Faults: Error, Sendable, Hashable {
        let list: [Fault]
    }

    /// Holds answers against a template.
    static func judge(_ answers: [Answer], against template: InspectionTemplate) -> Result<Judgement, Faults> {
        var faults: [Fault] = []
        var given: [String: Answer] = [:]
        for answer in answers {
            if template[answer.question] == nil {
                faults.append(Fault(question: answer.question, rule: .unknown))
            } else if given.updateValue(answer, forKey: answer.question) != nil {
                faults.append(Fault(question: answer.question, rule: .twice))
            }
        }
        var (failures, good, skipped): ([Failure], Int, Int) = ([], 0, 0)
        // Only what was asked counts as answered, so that what depends on an unasked question is not asked either.
        var asked: [String: String] = [:]
        for question in template.questions {
            let isAsked = question.condition.map { asked[$0.question] == $0.answer } ?? true
            guard isAsked else {
                if given[question.id] != nil { faults.append(Fault(question: question.id, rule: .hidden)) }
                continue
            }
            guard let answer = given[question.id], !answer.value.isEmpty else {
                if question.isRequired { faults.append(Fault(question: question.id, rule: .required)) }
                continue
            }
            asked[question.id] = answer.value
            if answer.value == Answer.notApplicable, question.kind != .text {
                if !question.mayNotApply { faults.append(Fault(question: question.id, rule: .applies)) }
                skipped += 1
                continue
            }
            switch question.fails(answer.value) {
            case .failure(let fault): faults.append(fault)
            case .success(false): good += 1
            case .success(true):
                if question.needsPhoto, answer.photos.isEmpty {
                    faults.append(Fault(question: question.id, rule: .photo))
                }
                failures.append(
                    Failure(
                        question: question.id, severity: question.severity, value: answer.value, photos: answer.photos))
            }
        }
        guard faults.isEmpty else { return .failure(Faults(list: faults)) }
        return .success(Judgement(failures: failures, good: good, skipped: skipped))
    }
}

extension Question {
    /// A plain decimal; no hexadecimal, no infinity.
    private static func number(_ text: String) -> Double? {
        let isPlain = text.utf8.count <= 20 && text.utf8.allSatisfy { (48...57).contains($0) || $0 == 45 || $0 == 46 }
        return isPlain ? Double(text) : nil
    }

    /// Whether an answer is a failure.
    func fails(_ value: String) -> Result<Bool, Judgement.Fault> {
        switch kind {
        case .check:
            guard value == "yes" || value == "no" else { return .failure(.init(question: id, rule: .value)) }
            return .success(value == "no")
        case .number(let bounds):
            guard let number = Self.number(value) else {
                return .failure(.init(question: id, rule: .number))
            }
            return .success(!bounds.holds(number))
        case .choice(let options):
            guard let option = options.first(where: { $0.value == value }) else {
                return .failure(.init(question: id, rule: .value))
            }
            return .success(option.fails)
        case .text: return .success(false)
        }
    }
}
