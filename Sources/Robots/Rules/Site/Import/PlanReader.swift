import Record

/// Reads the fields of a file that a plan is made of, and keeps account of every field that is not what it must be.
struct PlanReader {
    /// What was wrong, by its place in the file: `nodes[3].x`.
    private(set) var faults: [PlanFault] = []

    mutating func add(_ place: String, _ rule: String, _ words: Words) {
        guard faults.count < 200 else { return }
        faults.append(PlanFault(place: place, rule: rule, words: words))
    }

    /// A text that must be there.
    mutating func text(_ json: JSON, _ key: String, _ place: String) -> String {
        if let text = json[key]?.text { return text }
        add(
            "\(place)\(key)", json[key] == nil ? "required" : "text",
            Words("‘\(place)\(key)’에 글자가 있어야 합니다.", "“\(place)\(key)” must be text."))
        return ""
    }

    /// A text that may be left out.
    mutating func optional(_ json: JSON, _ key: String, _ place: String) -> String? {
        guard let value = json[key], value != .null else { return nil }
        return value.text ?? text(json, key, place)
    }

    /// A number; where it may be left out, what it then is.
    mutating func number(_ json: JSON, _ key: String, _ place: String, usual: Double? = nil) -> Double {
        guard let value = json[key], value != .null else {
            if let usual { return usual }
            add("\(place)\(key)", "required", Words("‘\(place)\(key)’이(가) 없습니다.", "“\(place)\(key)” is missing."))
            return 0
        }
        if case .number(let number) = value { return number }
        add("\(place)\(key)", "number", Words("‘\(place)\(key)’은(는) 숫자여야 합니다.", "“\(place)\(key)” must be a number."))
        return 0
    }

    /// A whole number within bounds.
    mutating func count(_ json: JSON, _ key: String, _ bounds: ClosedRange<Int>) -> Int {
        let number = number(json, key, "")
        if let count = Int(exactly: number), bounds.contains(count) { return count }
        add(
            key, "bounds",
            Words(
                "‘\(key)’은(는) \(bounds.lowerBound)–\(bounds.upperBound)여야 합니다.",
                "“\(key)” is \(bounds.lowerBound) to \(bounds.upperBound)."))
        return bounds.lowerBound
    }

    /// A number that may be left out.
    mutating func optionalNumber(_ json: JSON, _ key: String, _ place: String) -> Double? {
        guard let value = json[key], value != .null else { return nil }
        return number(json, key, place)
    }

    /// Yes or no; where left out, what it then is.
    mutating func flag(_ json: JSON, _ key: String, _ place: String, usual: Bool) -> Bool {
        guard let value = json[key], value != .null else { return usual }
        if let flag = value.bool { return flag }
        add(
            "\(place)\(key)", "flag",
            Words("‘\(place)\(key)’은(는) true 또는 false입니다.", "“\(place)\(key)” is true or false."))
        return usual
    }

    /// A list; empty where left out.
    mutating func list(_ json: JSON, _ key: String, _ place: String) -> [JSON] {
        guard let value = json[key], value != .null else { return [] }
        if let elements = value.elements { return elements }
        add("\(place)\(key)", "list", Words("‘\(place)\(key)’은(는) 목록이어야 합니다.", "“\(place)\(key)” must be a list."))
        return []
    }

    /// What people call something: `{"ko": …, "en": …}`, or one text for both.
    mutating func words(_ json: JSON, _ key: String, _ place: String) -> Words {
        if let words = optionalWords(json, key, place) { return words }
        if json[key] == nil || json[key] == .null {
            add(
                "\(place)\(key)", "required",
                Words("‘\(place)\(key)’에 이름이 있어야 합니다.", "“\(place)\(key)” must have a name."))
        }
        return Words("", "")
    }

    /// What people call something, where it has a name.
    mutating func optionalWords(_ json: JSON, _ key: String, _ place: String) -> Words? {
        guard let value = json[key], value != .null else { return nil }
        if let text = value.text { return Words(text, text) }
        guard let ko = value["ko"]?.text, let en = value["en"]?.text ?? value["ko"]?.text else {
            add(
                "\(place)\(key)", "words",
                Words("‘\(place)\(key)’에 ko·en 이름이 있어야 합니다.", "“\(place)\(key)” needs a name in ko and en."))
            return nil
        }
        return Words(ko, en)
    }

    /// One of the values that a text may have.
    mutating func one<Value>(_ text: String?, usual: Value, _ place: String, _ read: (String) -> Value?) -> Value {
        guard let text else { return usual }
        if let value = read(text) { return value }
        add(
            place, "choice",
            Words("‘\(place)’의 값 ‘\(text.prefix(40))’을(를) 모릅니다.", "“\(place)”: “\(text.prefix(40))” is not known."))
        return usual
    }
}

/// What is wrong with a file that should be a plan.
struct PlanFault: Sendable, Hashable {
    /// The field, or the line: `nodes[3].x`, `line 12`.
    let place: String
    let rule: String
    let words: Words
    /// The line of the file, from 1, where it was read by lines.
    var line: Int?
}

/// A file that cannot be read as a plan.
struct PlanFaults: Error, Sendable, Hashable {
    let faults: [PlanFault]
}
