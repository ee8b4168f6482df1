public import Record

/// What is wrong with a case: where, and which rule it breaks. A file of the handbook is refused by it, and so is a case
/// that somebody enters.
public struct CaseFault: Error, Sendable, Hashable {
    /// Where in it: `outcomes.2.level`.
    public let place: String
    /// The rule's name.
    public let rule: String
    /// What a person reads.
    public let words: Words
}

extension CityCase {
    /// As few outcomes as a case may have.
    static let leastOutcomes = 3
    /// The levels of the Maryland Scientific Methods Scale.
    static let levels = 1...5

    /// Reads a case and holds it against the rules.
    public init(_ json: JSON) throws(CaseFault) {
        let reader = CaseReader(json: json, sources: Self.sources(json))
        id = try reader.text("id")
        guard !id.isEmpty, id.utf8.count <= 60, id.utf8.allSatisfy(Self.isPlain) else {
            throw CaseFault(
                place: "id", rule: "name", words: Words("영문 소문자, 숫자, 붙임표만 씁니다.", "Small letters, digits and hyphens."))
        }
        city = try reader.words("city")
        country = try reader.words("country")
        title = try reader.words("title")
        sources = try reader.checkedSources()
        context = try reader.claims("context")
        trigger = try reader.kind("trigger", json["trigger"]?["kind"])
        triggered = try reader.claim(json["trigger"], "trigger")
        measures = try reader.each("measures") { each, place throws(CaseFault) in
            guard let actor = Words(each["actor"]) else { throw CaseReader.missing("\(place).actor") }
            let date = each["date"]?.text
            guard date.map(CaseReader.isDate) ?? true else {
                throw CaseFault(
                    place: "\(place).date", rule: "date",
                    words: Words(
                        "연도나 날짜(2000, 2000-07, 2000-07-01)로 적습니다.", "A year or a day: 2000, 2000-07, 2000-07-01."))
            }
            return Measure(actor: actor, date: date, cost: Words(each["cost"]), claim: try reader.claim(each, place))
        }
        mechanisms = try reader.kinds("mechanism", json["mechanism"]?["kinds"])
        mechanism = try reader.claim(json["mechanism"], "mechanism")
        outcomes = try reader.each("outcomes") { each, place throws(CaseFault) in try reader.outcome(each, place) }
        guard outcomes.count >= Self.leastOutcomes else {
            throw CaseFault(
                place: "outcomes", rule: "least",
                words: Words(
                    "성과는 \(Self.leastOutcomes)가지 이상이어야 합니다.", "A case has at least \(Self.leastOutcomes) outcomes."))
        }
        level = try reader.level(json["level"], "level")
        guard level <= outcomes.map(\.level).max() ?? 1 else {
            throw CaseFault(
                place: "level", rule: "support",
                words: Words("사례의 근거 수준은 가장 확실한 성과보다 높을 수 없습니다.", "No case is surer than its surest outcome."))
        }
        guard let why = Words(json["level_why"]) else { throw CaseReader.missing("level_why") }
        levelWhy = why
        limits = try reader.claims("limits")
        conditions = try reader.each("conditions") { each, place throws(CaseFault) in
            try TransferCondition(each, place)
        }
        regions = json["regions"]?.elements?.compactMap(\.text) ?? []
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        (97...122).contains(byte) || (48...57).contains(byte) || byte == 45
    }

    private static func sources(_ json: JSON) -> Set<String> {
        Set(json["sources"]?.elements?.compactMap { $0["id"]?.text } ?? [])
    }
}

/// Reads the parts of a case.
struct CaseReader {
    let json: JSON
    /// The names of the sources that there are.
    let sources: Set<String>

    static func missing(_ place: String) -> CaseFault {
        CaseFault(place: place, rule: "required", words: Words("비어 있습니다.", "It is missing."))
    }

    func text(_ name: String) throws(CaseFault) -> String {
        guard let text = json[name]?.text, !text.isEmpty else { throw Self.missing(name) }
        return text
    }

    func words(_ name: String) throws(CaseFault) -> Words {
        guard let words = Words(json[name]) else { throw Self.missing(name) }
        return words
    }

    func each<T>(_ name: String, _ read: (JSON, String) throws(CaseFault) -> T) throws(CaseFault) -> [T] {
        var all: [T] = []
        for (index, each) in (json[name]?.elements ?? []).enumerated() {
            all.append(try read(each, "\(name).\(index + 1)"))
        }
        guard !all.isEmpty else { throw Self.missing(name) }
        return all
    }

    func claims(_ name: String) throws(CaseFault) -> [CityCase.Claim] {
        try each(name) { each, place throws(CaseFault) in try claim(each, place) }
    }

    func claim(_ json: JSON?, _ place: String) throws(CaseFault) -> CityCase.Claim {
        guard let json, let words = Words(json) else { throw Self.missing(place) }
        return CityCase.Claim(words: words, sources: try cited(json, place))
    }

    /// The sources that something names: at least one, and each is there.
    func cited(_ json: JSON, _ place: String) throws(CaseFault) -> [String] {
        let named = json["from"]?.elements?.compactMap(\.text) ?? []
        guard !named.isEmpty else {
            throw CaseFault(
                place: "\(place).from", rule: "source", words: Words("출처가 없는 주장입니다.", "This claim names no source."))
        }
        for name in named where !sources.contains(name) {
            throw CaseFault(
                place: "\(place).from", rule: "source",
                words: Words("‘\(name)’(이)라는 출처가 없습니다.", "There is no source called “\(name)”."))
        }
        return named
    }

    func kind<Kind: RawRepresentable>(_ place: String, _ json: JSON?) throws(CaseFault) -> Kind
    where Kind.RawValue == String {
        guard let kind = json?.text.flatMap(Kind.init(rawValue:)) else {
            throw CaseFault(
                place: "\(place).kind", rule: "known", words: Words("모르는 구분입니다.", "This kind is not known."))
        }
        return kind
    }

    func kinds<Kind: RawRepresentable>(_ place: String, _ json: JSON?) throws(CaseFault) -> [Kind]
    where Kind.RawValue == String {
        var all: [Kind] = []
        for each in json?.elements ?? [] { all.append(try kind(place, each)) }
        guard !all.isEmpty else { throw Self.missing("\(place).kinds") }
        return all
    }

    func level(_ json: JSON?, _ place: String) throws(CaseFault) -> Int {
        guard let level = json?.integer.map(Int.init), CityCase.levels.contains(level) else {
            throw CaseFault(
                place: place, rule: "level",
                words: Words("근거 수준은 1부터 5까지입니다.", "The evidence level is between 1 and 5."))
        }
        return level
    }

    func outcome(_ json: JSON, _ place: String) throws(CaseFault) -> CityCase.Outcome {
        guard let metric = Words(json) else { throw Self.missing(place) }
        let value = json["value"]?.double
        let unit = Words(json["unit"])
        if value != nil, unit == nil { throw Self.missing("\(place).unit") }
        var before: (value: Double, year: Int)?
        if let old = json["before"] {
            guard let value = old["value"]?.double, let year = old["year"]?.integer else {
                throw Self.missing("\(place).before")
            }
            before = (value, Int(year))
        }
        return CityCase.Outcome(
            metric: metric, unit: unit ?? Words("", ""), value: value, year: json["year"]?.integer.map(Int.init),
            before: before, level: try level(json["level"], "\(place).level"), note: Words(json["note"]),
            sources: try cited(json, place))
    }

    func checkedSources() throws(CaseFault) -> [CityCase.Source] {
        try each("sources") { each, place throws(CaseFault) in
            func text(_ name: String) throws(CaseFault) -> String {
                guard let text = each[name]?.text, !text.isEmpty else { throw Self.missing("\(place).\(name)") }
                return text
            }
            let url = each["url"]?.text
            // Where there is no public page it must be said, so that none is left out by mistake.
            guard url.map({ $0.hasPrefix("https://") || $0.hasPrefix("http://") }) ?? (each["note"]?.bool == true)
            else {
                throw CaseFault(
                    place: "\(place).url", rule: "url",
                    words: Words(
                        "http(s) 주소가 필요합니다. 공개된 곳이 없으면 ‘노트’로 밝힙니다.", "An http(s) address, or said to be a note."))
            }
            let read = try text("read")
            guard KoreanDay(read) != nil else {
                throw CaseFault(
                    place: "\(place).read", rule: "date",
                    words: Words("읽은 날은 2026-11-22처럼 적습니다.", "The day it was read, as 2026-11-22."))
            }
            return CityCase.Source(
                id: try text("id"), title: try text("title"), publisher: try text("publisher"), url: url, read: read)
        }
    }

    /// `2000`, `2000-07` or `2000-07-01`.
    static func isDate(_ text: String) -> Bool {
        switch text.utf8.count {
        case 4: Int(text) != nil
        case 7: KoreanDay("\(text)-01") != nil
        default: KoreanDay(text) != nil
        }
    }
}
