import District
import Record

/// One field of a form as the `field` template takes it.
enum FieldView {
    /// Above so many choices a list that opens is kinder than a row of buttons.
    private static let mostButtons = 5

    /// - Parameters:
    ///   - value: what was typed or is given.
    ///   - isAssent: whether only a yes is an answer: one box to tick.
    ///   - entered: everything that was typed, of which the rows of a list take theirs (`people[0].name`).
    static func json(
        _ field: Field, _ visit: Visit, value: String, error: String?, entered: [String: String] = [:],
        faults: [Refusal.Fault] = [], isAssent: Bool = false
    ) -> JSON {
        let language = visit.language
        var members: [String: JSON] = [
            "name": .string(field.name), "id": .string("f-\(field.name)"), "label": .string(field.label[language]),
        ]
        if field.required { members["required"] = true }
        if !value.isEmpty, !field.isSecret { members["value"] = .string(value) }
        if let help = field.help { members["help"] = .string(help[language]) }
        if let error { members["error"] = .string(error) }
        if let condition = field.condition {
            members["when"] = ["field": .string(condition.field), "is": .string(condition.value)]
        }
        switch field.kind {
        case .text where field.isSecret: members["secret"] = ["autocomplete": "off"]
        case .text(let maximum): members["text"] = ["maxlength": .string("\(maximum)")]
        case .longText(let maximum): members["long"] = ["rows": "4", "maxlength": .string("\(maximum)")]
        case .list(let inner, let maximum):
            members["list"] = ListView.json(
                field.name, inner, most: maximum, visit, entered: entered, faults: faults)
        case .integer(let range, let unit):
            members["number"] = number("\(range.lowerBound)", "\(range.upperBound)", step: "1", unit, visit)
        case .number(let range, let unit):
            let isWide = range.upperBound >= 1e12
            members["number"] = number(
                isWide ? nil : Show.number(range.lowerBound), isWide ? nil : Show.number(range.upperBound), step: "any",
                unit, visit)
        case .choice(let choices):
            let options: JSON = .array(
                choices.map { choice in
                    var option: [String: JSON] = [
                        "value": .string(choice.value), "label": .string(choice.label[language]),
                    ]
                    if choice.value == value { option["selected"] = true }
                    return .object(option)
                })
            // A list begins with nothing chosen: what nobody chose must not be sent as if they had.
            members[choices.count <= mostButtons ? "choice" : "select"] = [
                "options": options,
                "placeholder": .string(visit.word(field.required ? "form_choose" : "form_unchosen")),
            ]
        case .reference(let kind, let source):
            var reference: [String: JSON] = ["options": []]
            if let source = ChoiceRoutes.kinds.contains(kind) ? "/api/v1/choices/\(kind)" : source {
                reference["search_href"] = .string(source)
            }
            members["reference"] = .object(reference)
        case .moment: members["datetime"] = ["zone": .string(visit.word("form_zone"))]
        case .flag where isAssent:
            members["tick"] = ["checked": .bool(["true", "yes", "on"].contains(value))]
        case .flag:
            var flag: [String: JSON] = [
                "yes_label": .string(visit.word("form_yes")), "no_label": .string(visit.word("form_no")),
            ]
            if value == "true" || value == "yes" { flag["yes"] = true }
            if value == "false" || value == "no" { flag["no"] = true }
            members["yesno"] = .object(flag)
        case .place: members["place"] = [:]
        case .attachment(let maximum):
            members["attachment"] = ["limit": .string("\(maximum / 1_048_576) MB")]
        }
        return .object(members)
    }

    /// A value as it is read back.
    static func shown(_ value: String, _ kind: Field.Kind, _ visit: Visit) -> String {
        switch kind {
        case .choice(let choices): choices.first { $0.value == value }?.label[visit.language] ?? value
        case .flag: visit.word(["true", "yes", "on"].contains(value) ? "form_yes" : "form_no")
        case .integer(_, let code?): "\(grouped(value)) \(unit(code, visit.language))"
        case .number(_, let code?): "\(value) \(unit(code, visit.language))"
        case .integer(_, nil): grouped(value)
        case .moment: moment(value, visit.language)
        default: value
        }
    }

    /// With separators, where it is a whole number long enough to be misread without: a year is not.
    private static func grouped(_ value: String) -> String {
        guard let whole = Int64(value), whole.magnitude >= 10_000 else { return value }
        return Show.count(whole)
    }

    /// A unit as people write it: the code of a degree (UCUM) or of a currency is no word.
    static func unit(_ code: String, _ language: Language) -> String {
        switch code {
        case "Cel": "°C"
        case "KRW" where language == .ko: "원"
        default: code
        }
    }

    /// `2026년 12월 31일 18:00`, out of what the field sends.
    private static func moment(_ value: String, _ language: Language) -> String {
        let full = value.utf8.count == 16 ? value + ":00" : value
        guard let moment = Timestamp(iso8601: full, defaultOffsetSeconds: Show.offsetSeconds) else { return value }
        let civil = moment.civil(offsetSeconds: Show.offsetSeconds)
        let clock = civil.text.dropFirst(11).prefix(5)
        return language == .ko
            ? "\(civil.year)년 \(civil.month)월 \(civil.day)일 \(clock)" : "\(civil.text.prefix(10)) \(clock)"
    }

    private static func number(
        _ low: String?, _ high: String?, step: String, _ unit: String?, _ visit: Visit
    ) -> JSON {
        var members: [String: JSON] = ["step": .string(step)]
        if let unit { members["unit"] = .string(self.unit(unit, visit.language)) }
        if let low, let high {
            members["min"] = .string(low)
            members["max"] = .string(high)
            members["bounds"] = .string(
                visit.language == .ko ? "\(low) 이상 \(high) 이하" : "from \(low) to \(high)")
        }
        return .object(members)
    }
}
