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

    init(_ form: Form, _ values: [String: JSON], _ language: Language) {
        title = form.title[language]
        lines = form.fields.compactMap { field in
            values[field.name].map { Line(label: field.label[language], text: Self.text($0, field.kind, language)) }
        }
    }

    /// All of it as one text, for a client that can show no more.
    func text(_ language: Language) -> String {
        let head =
            language == .ko ? "다음 내용으로 처리합니다: \(title)" : "This will be done: \(title)"
        return ([head] + lines.map { "- \($0.label): \($0.text)" }).joined(separator: "\n")
    }

    private static func text(_ value: JSON, _ kind: Field.Kind, _ language: Language) -> String {
        let plain = value.text ?? value.canonicalText
        switch kind {
        case .choice(let choices): return choices.first { $0.value == plain }?.label[language] ?? plain
        case .flag: return (value.bool ?? false) ? Words("예", "yes")[language] : Words("아니요", "no")[language]
        case .integer(_, let unit?), .number(_, let unit?): return "\(plain) \(unit)"
        case .moment:
            guard let moment = Timestamp(iso8601: plain) else { return plain }
            // People of the district read Korean time, nine hours ahead of the Record's.
            let civil = moment.civil(offsetSeconds: 32_400)
            return "\(civil.text.prefix(10)) \(civil.text.dropFirst(11))"
        case .place:
            return "\(value["latitude"]?.canonicalText ?? "?"), \(value["longitude"]?.canonicalText ?? "?")"
        case .list(let fields, _):
            return (value.elements ?? []).map { entry in
                fields.compactMap { field in
                    entry[field.name].map { "\(field.label[language]) \(text($0, field.kind, language))" }
                }.joined(separator: ", ")
            }.joined(separator: "; ")
        default: return plain
        }
    }
}
