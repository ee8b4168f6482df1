public import Record

/// Values that passed their form: every required field is there, and each has the kind its field demands.
public struct FormValues: Sendable, Hashable {
    /// The values by field name, in canonical kinds.
    public let members: [String: JSON]

    init(members: [String: JSON]) { self.members = members }

    /// The value of an optional field.
    public subscript(_ field: String) -> JSON? { members[field] }

    /// A text, a choice, a reference or an attachment's hash; empty where an optional one was left out.
    public func text(_ field: String) -> String { members[field]?.text ?? "" }
    /// A number, where one was given.
    public func number(_ field: String) -> Double? { members[field]?.double }
    /// A whole number, where one was given.
    public func integer(_ field: String) -> Int64? { members[field]?.integer }
    /// Yes or no; no where left out.
    public func flag(_ field: String) -> Bool { members[field]?.bool ?? false }
    /// A moment, where one was given.
    public func moment(_ field: String) -> Timestamp? { members[field]?.text.flatMap { Timestamp(iso8601: $0) } }
    /// A day such as 2026-11-21; `blank` where none was given, nil where what was given names none.
    public func day(_ field: String, blank: KoreanDay? = nil) -> KoreanDay? {
        guard let text = members[field]?.text, !text.isEmpty else { return blank }
        return KoreanDay(text)
    }
    /// What was said in Korean and, beside it (`title_en`), in English: each for the other where one was left out.
    public func words(_ field: String, english: String? = nil) -> Words {
        let (ko, en) = (text(field), text(english ?? "\(field)_en"))
        return Words(ko.isEmpty ? en : ko, en.isEmpty ? ko : en)
    }
}

extension Refusal {
    /// A field that names no day.
    public static func noDay(_ field: String) -> Refusal {
        Refusal(
            .invalid, of: field, "day", Words("날짜를 2026-12-31처럼 적어 주세요.", "Please give the day as 2026-12-31."))
    }
}

extension Form {
    /// Korean standard time, in which a moment without a zone is meant.
    static let localOffsetSeconds: Int64 = 32_400

    /// Holds what came in against the form. A web form sends every value as text; JSON sends them typed.
    /// - Throws: ``Refusal`` with one fault for each field that breaks a rule.
    public func check(_ raw: [String: JSON]) throws(Refusal) -> FormValues {
        var faults: [Refusal.Fault] = []
        let members = Self.check(fields, raw, prefix: "", into: &faults)
        for field in fields where assents.contains(field.name) && members[field.name] == false {
            faults.append(
                .init(
                    field: field.name, rule: "assent",
                    words: Words("이 칸에 표시해야 계속할 수 있습니다.", "This box must be ticked to go on.")))
        }
        guard faults.isEmpty else {
            throw Refusal(
                .invalid, "form.invalid", Words("입력한 내용을 확인해 주세요.", "Please check what was entered."),
                faults: faults)
        }
        return FormValues(members: members)
    }

    private static func check(
        _ fields: [Field], _ raw: [String: JSON], prefix: String, into faults: inout [Refusal.Fault]
    ) -> [String: JSON] {
        var members: [String: JSON] = [:]
        for field in fields {
            if let condition = field.condition {
                // What the other field came to, so that `true` and "on" mean the same; a later field as it came in.
                guard plain(members[condition.field] ?? raw[condition.field]) == condition.value else { continue }
            }
            let value = raw[field.name] ?? .null
            if value == .null || value.text?.trimmed.isEmpty == true {
                if field.required {
                    faults.append(
                        .init(
                            field: prefix + field.name, rule: "required",
                            words: Words("\(field.label.ko)을(를) 입력해 주세요.", "Please fill in: \(field.label.en).")))
                }
                continue
            }
            if case .list(let inner, let maximum) = field.kind {
                guard let elements = value.elements, elements.count <= maximum else {
                    faults.append(FieldRule.fault(prefix + field.name, .list(maximum)))
                    continue
                }
                members[field.name] = .array(
                    elements.enumerated().map { index, element in
                        let place = "\(prefix)\(field.name)[\(index)]"
                        guard let entry = element.members else {
                            faults.append(FieldRule.fault(place, .entry))
                            return .null
                        }
                        return .object(check(inner, entry, prefix: place + ".", into: &faults))
                    })
                continue
            }
            switch FieldRule.check(value, field.kind) {
            case .success(let good): members[field.name] = good
            case .failure(let broken): faults.append(FieldRule.fault(prefix + field.name, broken))
            }
        }
        let known = Set(fields.map(\.name))
        for name in raw.keys.sorted() where !known.contains(name) {
            faults.append(FieldRule.fault(prefix + name, .unknown))
        }
        return members
    }

    /// A value as a condition names it.
    private static func plain(_ value: JSON?) -> String? {
        switch value {
        case .string(let text): text.trimmed
        case .bool(let flag): flag ? "true" : "false"
        case .number: value?.canonicalText
        default: nil
        }
    }
}

extension String {
    /// Without white space at either end.
    var trimmed: String {
        let kept = drop { $0.isWhitespace }
        guard let last = kept.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(kept[...last])
    }
}
