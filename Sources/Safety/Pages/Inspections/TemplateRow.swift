import Record

/// One question in the page that makes a template's next version; names carry the row, as forms of lists do.
struct TemplateRow {
    let index: Int
    let question: Question?
    let language: Language

    var json: JSON {
        func option(_ value: String, _ label: String, _ selected: Bool) -> JSON {
            ["value": .string(value), "label": .string(label), "selected": .bool(selected)]
        }
        let kinds = [
            ("check", Words("예·아니요", "Yes or no")), ("number", Words("숫자", "A number")),
            ("choice", Words("보기", "A choice")), ("text", Words("글", "Words")),
        ]
        var members: [String: JSON] = [
            "number": .string("\(index + 1)"), "row": .string("questions[\(index)]"),
            "in": .string("f-questions-\(index)-"),
            "kinds": .array(kinds.map { option($0.0, $0.1[language], question?.kind.name == $0.0) }),
            "severities": .array(
                RiskBand.allCases.map { option($0.rawValue, $0.words[language], question?.severity == $0) }),
        ]
        // Named so that nothing around the row stands in for what it lacks.
        for name in [
            "q_id", "q_ko", "q_en", "q_unit", "q_low", "q_high", "q_below", "q_choices", "q_after", "q_is", "q_cite",
        ] {
            members[name] = ""
        }
        for name in ["q_optional", "q_always", "q_photo"] { members[name] = false }
        guard let question else { return .object(members) }
        members["q_id"] = .string(question.id)
        members["q_ko"] = .string(question.words.ko)
        members["q_en"] = .string(question.words.en)
        members["q_optional"] = .bool(!question.isRequired)
        members["q_always"] = .bool(!question.mayNotApply)
        members["q_photo"] = .bool(question.needsPhoto)
        if let condition = question.condition {
            members["q_after"] = .string(condition.question)
            members["q_is"] = .string(condition.answer)
        }
        if let citation = question.citation { members["q_cite"] = .string(citation.words.ko) }
        switch question.kind {
        case .number(let bounds):
            members["q_unit"] = .string(bounds.unit)
            for (name, value) in [("q_low", bounds.low), ("q_high", bounds.high), ("q_below", bounds.below)] {
                if let value { members[name] = .string(JSON.number(value).canonicalText) }
            }
        case .choice(let options):
            members["q_choices"] = .string(
                options.map { $0.words.ko + ($0.fails ? "!" : "") }.joined(separator: " | "))
        case .check, .text: break
        }
        return .object(members)
    }
}
