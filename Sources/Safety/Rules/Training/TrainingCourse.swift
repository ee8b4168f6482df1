import Access
import District
import Record

/// A course that the law or good practice asks of people, as the handbook has it.
struct TrainingCourse: Sendable, Hashable {
    /// How much of it is needed, and for how long it holds.
    enum Rule: Sendable, Hashable {
        /// So many hours in each half-year or year.
        case periodic(hours: Double, TrainingPeriod.Length)
        /// So many hours, once.
        case once(hours: Double)
        /// So many hours, or a certificate, good for so many months.
        case renewed(hours: Double, months: Int64)
    }

    /// `confined-space`.
    let id: String
    let title: Words
    let rule: Rule
    /// Who needs it without being named.
    let roles: Set<Role>
    /// The law or rule behind it.
    let citation: Words
    /// Whether it is good practice and not read in a law's text.
    let isAdvice: Bool
    /// From when on it is asked for; nil where it always was.
    let begins: KoreanDay?

    /// The hours it takes.
    var hours: Double {
        switch rule {
        case .periodic(let hours, _), .once(let hours), .renewed(let hours, _): hours
        }
    }
}

/// The courses of the handbook, with the edition that events name.
struct TrainingCourses: Sendable {
    let list: [TrainingCourse]
    /// SHA-256 of the file.
    let edition: String

    /// A course by its name; nil where there is none.
    subscript(_ id: String) -> TrainingCourse? { list.first { $0.id == id } }

    /// As a form offers them.
    var choices: [Field.Choice] { list.map { Field.Choice($0.id, $0.title) } }

    /// Reads `training.json`.
    /// - Throws: ``HandbookError`` naming the course and what is wrong with it.
    init(_ book: Handbook) throws(HandbookError) {
        let (json, edition) = try book.read("training.json")
        self.edition = edition
        var list: [TrainingCourse] = []
        for (index, entry) in (json["courses"]?.elements ?? []).enumerated() {
            list.append(try Self.course(entry, at: index))
        }
        guard !list.isEmpty, Set(list.map(\.id)).count == list.count else {
            throw HandbookError(file: "training.json", place: "courses", rule: "each course once")
        }
        self.list = list
    }

    private static func course(_ entry: JSON, at index: Int) throws(HandbookError) -> TrainingCourse {
        let place = entry["id"]?.text ?? "courses[\(index)]"
        func fail(_ rule: String) -> HandbookError { HandbookError(file: "training.json", place: place, rule: rule) }
        guard let id = entry["id"]?.text, let title = Bilingual.words(entry["title"]),
            let citation = Bilingual.words(entry["citation"])
        else { throw fail("id, title and citation in ko and en") }
        guard let hours = entry["hours"]?.double, hours > 0 else { throw fail("hours above zero") }
        let rule: TrainingCourse.Rule
        switch entry["rule"]?.text {
        case "periodic":
            guard let length = entry["period"]?.text.flatMap(TrainingPeriod.Length.init) else { throw fail("period") }
            rule = .periodic(hours: hours, length)
        case "once": rule = .once(hours: hours)
        case "renewed":
            guard let months = entry["months"]?.integer, months > 0 else { throw fail("months above zero") }
            rule = .renewed(hours: hours, months: months)
        default: throw fail("rule is periodic, once or renewed")
        }
        guard let mark = entry["mark"]?.text, ["law", "secondary", "advice"].contains(mark) else { throw fail("mark") }
        return TrainingCourse(
            id: id, title: title, rule: rule,
            roles: Set((entry["roles"]?.elements ?? []).compactMap { $0.text.flatMap(Role.init) }), citation: citation,
            isAdvice: mark != "law", begins: entry["begins"]?.text.flatMap { KoreanDay($0) })
    }
}
