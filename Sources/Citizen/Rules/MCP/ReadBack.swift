import Access
import District
import Record

/// What will be done, line by line, in words a person can check.
struct ReadBack: Sendable, Hashable {
    /// One thing that was filled in.
    struct Line: Sendable, Hashable {
        let label: String
        let text: String
    }

    let title: String
    let lines: [Line]

    /// - Parameter names: what things are called, by the kind of the reference and their identifier.
    init(
        _ form: Form, _ values: [String: JSON], _ language: Language, names: [String: [String: String]] = [:]
    ) {
        title = form.title[language]
        lines = form.fields.compactMap { field in
            values[field.name].map {
                Line(label: field.label[language], text: Self.text($0, field, language, names))
            }
        }
    }

    /// What the things are called that a form's values name.
    static func names(
        _ form: Form, _ values: [String: JSON], for caller: Caller, in district: District
    ) async throws -> [String: [String: String]] {
        var names: [String: [String: String]] = [:]
        for field in form.fields where values[field.name] != nil {
            guard case .reference(let kind, _) = field.kind, names[kind] == nil else { continue }
            let known = try await district.named(kind, for: caller)
            names[kind] = Dictionary(
                known.compactMap { one in one.names.first.map { (one.id, $0) } },
                uniquingKeysWith: { first, _ in first })
        }
        return names
    }

    /// All of it as one text, for a client that can show no more.
    func text(_ language: Language) -> String {
        let head =
            language == .ko ? "다음 내용으로 처리합니다: \(title)" : "This will be done: \(title)"
        return ([head] + lines.map { "- \($0.label): \($0.text)" }).joined(separator: "\n")
    }

    private static func text(
        _ value: JSON, _ field: Field, _ language: Language, _ names: [String: [String: String]]
    ) -> String {
        let plain = value.text ?? value.canonicalText
        switch field.kind {
        // A name, with what it stands for: two things may be called alike.
        case .reference(let kind, _): return names[kind]?[plain].map { "\($0) (\(plain))" } ?? plain
        case .text where [.day, .birth].contains(field.spoken):
            // With its year and its weekday.
            return CalendarDay(plain).map { $0.spoken(in: 0)[language] } ?? plain
        case .choice(let choices): return choices.first { $0.value == plain }?.label[language] ?? plain
        case .flag: return (value.bool ?? false) ? Words("예", "yes")[language] : Words("아니요", "no")[language]
        case .integer(_, let unit?), .number(_, let unit?): return "\(plain) \(unit)"
        case .moment:
            guard let moment = Timestamp(iso8601: plain) else { return plain }
            // People of the district read Korean time, nine hours ahead of the Record's.
            let civil = moment.civil(offsetSeconds: CalendarDay.offset)
            return "\(CalendarDay(moment).spoken(in: 0)[language]) \(civil.text.dropFirst(11).prefix(5))"
        case .place:
            return "\(value["latitude"]?.canonicalText ?? "?"), \(value["longitude"]?.canonicalText ?? "?")"
        case .list(let fields, _):
            return (value.elements ?? []).map { entry in
                fields.compactMap { field in
                    entry[field.name].map { "\(field.label[language]) \(text($0, field, language, names))" }
                }.joined(separator: ", ")
            }.joined(separator: "; ")
        default: return plain
        }
    }
}
