import Record

/// Reads the fields of a file that a plan is made of, and keeps account of every field that is not what it must be.
struct PlanReader {
    /// What was wrong, by its place in the file: `nodes[3].x`.
    private(set) var faults: [PlanFault] = []
    /// What the element at a place is called: `nodes[3].` is `지점 ‘약제실’`.
    private var called: [String: Words] = [:]

    /// Says which element is read next, so that what is wrong with it is told by its name.
    mutating func call(_ place: String, _ key: String, _ element: JSON) {
        guard let list = SiteFault.Place.List(rawValue: key)?.words else { return }
        let name = element["name"]?["ko"]?.text ?? element["name"]?.text ?? element["id"]?.text
        guard let name, !name.isEmpty else { return }
        let short = String(name.prefix(SiteLimits.text))
        let english = element["name"]?["en"]?.text.map { String($0.prefix(SiteLimits.text)) } ?? short
        called[place] = Words("\(list.ko) ‘\(short)’의 ", "\(list.en) “\(english)”: ")
    }

    /// What people call a field: `지점 ‘약제실’의 x 좌표`.
    private func said(_ place: String, _ key: String) -> Words {
        let name = Self.fields[key] ?? Words("‘\(key)’", "“\(key)”")
        if let element = called[place] { return Words(element.ko + name.ko, element.en + name.en) }
        guard !place.isEmpty else { return Words("도면의 \(name.ko)", "the plan's \(name.en)") }
        return Words("\(place.dropLast())의 \(name.ko)", "\(name.en) of \(place.dropLast())")
    }

    /// What a whole place is called: the field that it ends in.
    private func said(_ place: String) -> Words {
        guard let dot = place.lastIndex(of: ".") else { return said("", place) }
        return said(String(place[...dot]), String(place[place.index(after: dot)...]))
    }

    private static let fields: [String: Words] = [
        "id": Words("고유 이름표(id)", "id"), "name": Words("이름", "name"), "map": Words("층", "floor"),
        "x": Words("x 좌표", "x"), "y": Words("y 좌표", "y"), "kind": Words("종류", "kind"),
        "from": Words("시작 지점", "begin"), "to": Words("끝 지점", "end"), "speed": Words("속도", "speed"),
        "slope": Words("경사", "slope"), "width": Words("폭", "width"), "two_way": Words("양방향 표시", "two_way"),
        "lift": Words("승강기", "lift"), "door": Words("문", "door"), "rule": Words("규칙", "rule"),
        "value": Words("값", "value"), "corners": Words("꼭짓점", "corners"), "stops": Words("서는 곳", "stops"),
        "patience": Words("기다리는 시간", "patience"), "footprint": Words("로봇 반경(footprint)", "footprint"),
        "maps": Words("층 목록", "floors"), "nodes": Words("지점 목록", "nodes"), "edges": Words("길 목록", "edges"),
        "zones": Words("구역 목록", "zones"), "lifts": Words("승강기 목록", "lifts"), "doors": Words("문 목록", "doors"),
        "thing": Words("연결된 사물", "thing"),
    ]

    mutating func add(_ place: String, _ rule: String, _ words: Words) {
        guard faults.count < 200 else { return }
        faults.append(PlanFault(place: place, rule: rule, words: words))
    }

    private func told(_ field: Words, _ ko: String, _ en: String) -> Words { Words(field.ko + ko, field.en + en) }

    /// A text that must be there.
    mutating func text(_ json: JSON, _ key: String, _ place: String) -> String {
        if let text = json[key]?.text { return text }
        add(
            "\(place)\(key)", json[key] == nil ? "required" : "text",
            told(said(place, key), "에 글자가 있어야 합니다.", " must be text."))
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
            add("\(place)\(key)", "required", told(said(place, key), "이(가) 없습니다.", " is missing."))
            return 0
        }
        if case .number(let number) = value { return number }
        add("\(place)\(key)", "number", told(said(place, key), "은(는) 숫자여야 합니다.", " must be a number."))
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
            told(said(place, key), "은(는) true 또는 false입니다.", " is true or false."))
        return usual
    }

    /// A list; empty where left out.
    mutating func list(_ json: JSON, _ key: String, _ place: String) -> [JSON] {
        guard let value = json[key], value != .null else { return [] }
        if let elements = value.elements { return elements }
        add("\(place)\(key)", "list", told(said(place, key), "은(는) 목록이어야 합니다.", " must be a list."))
        return []
    }

    /// What people call something: `{"ko": …, "en": …}`, or one text for both.
    mutating func words(_ json: JSON, _ key: String, _ place: String) -> Words {
        if let words = optionalWords(json, key, place) { return words }
        if json[key] == nil || json[key] == .null {
            add(
                "\(place)\(key)", "required",
                told(said(place, key), "이(가) 있어야 합니다.", " must be there."))
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
                told(said(place, key), "은(는) ko·en 두 말로 있어야 합니다.", " must be there in ko and en."))
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
            told(said(place), ": ‘\(text.prefix(40))’은(는) 모르는 값입니다.", ": “\(text.prefix(40))” is not known."))
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
