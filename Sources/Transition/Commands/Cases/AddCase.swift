import Access
import District
import Record

/// An officer adds a case: held against the same rules as those of the handbook.
struct AddCase {
    let shelf: CaseShelf

    static let name = "transition.case.add"
    static let people = ImportEconomy.people

    private static func pair(_ name: String, _ ko: String, _ en: String, maximum: Int = 120, group: Words? = nil)
        -> [Field]
    {
        [
            Field("\(name)_ko", Words("\(ko)(한국어)", "\(en) (Korean)"), .text(maximum: maximum), group: group),
            Field("\(name)_en", Words("\(ko)(영어)", "\(en) (English)"), .text(maximum: maximum), group: group),
        ]
    }
    private static let from = Field(
        "from", Words("출처 번호", "Sources"), .text(maximum: 40),
        help: Words("아래 출처의 차례. 예: 1, 3", "By their order below, such as 1, 3"))
    private static func claims(_ name: String, _ ko: String, _ en: String) -> Field {
        Field(name, Words(ko, en), .list(pair("words", "내용", "What is said", maximum: 400) + [from], maximum: 20))
    }
    private static func choices<Kind: RawRepresentable & CaseIterable>(_: Kind.Type, _ name: (Kind) -> Words)
        -> Field.Kind
    where Kind.RawValue == String { .choice(Kind.allCases.map { Field.Choice($0.rawValue, name($0)) }) }

    static let form = Form(
        name, title: Words("사례 추가", "Add a case"),
        help: Words(
            "다른 도시의 전환 사례를 더합니다. 모든 내용에 출처가 있어야 하고 성과는 세 가지 이상이어야 합니다.",
            "Adds another city's experience. Every claim names a source, and there are at least three outcomes."),
        fields: [
            Field(
                "id", Words("사례 이름(영문 소문자)", "Short name"), .text(maximum: 60),
                help: Words("주소에 쓰입니다. 예: turku", "Part of its address, such as turku"))
        ] + pair("city", "도시", "City") + pair("country", "나라", "Country") + pair("title", "제목", "Title") + [
            Field(
                "sources", Words("출처", "Sources"),
                .list(
                    [
                        Field("title", Words("제목", "Title"), .text(maximum: 200)),
                        Field("publisher", Words("펴낸 곳", "Publisher"), .text(maximum: 120)),
                        Field(
                            "url", Words("주소", "Address"), .text(maximum: 400), required: false,
                            help: Words("공개된 자료가 아니면 비워 둡니다.", "Empty where it stands on no public page.")),
                        Field("read", Words("읽은 날", "Day it was read"), .text(maximum: 10), spoken: .day),
                    ], maximum: 30)),
            claims("context", "배경", "Context"),
            Field("trigger_kind", Words("계기", "Trigger"), choices(CityCase.Trigger.self, \.words)),
        ] + pair("trigger", "계기의 내용", "What set it off", maximum: 400) + [
            Field("trigger_from", Words("계기의 출처 번호", "Its sources"), .text(maximum: 40)),
            Field(
                "measures", Words("조치", "Measures"),
                .list(
                    pair("actor", "누가", "Who") + [
                        Field(
                            "date", Words("언제", "When"), .text(maximum: 10), required: false,
                            help: Words(
                                "예: 2000, 2000-07-01. 모르면 비워 둡니다.", "As 2000 or 2000-07-01; empty where unknown.")),
                        Field("cost", Words("비용", "Cost"), .text(maximum: 120), required: false),
                    ] + pair("words", "무엇을", "What", maximum: 400) + [from], maximum: 20)),
            Field("mechanism_kind", Words("작동 원리", "Mechanism"), choices(CityCase.Mechanism.self, \.words)),
        ] + pair("mechanism", "작동 원리의 내용", "How it worked", maximum: 400) + [
            Field("mechanism_from", Words("작동 원리의 출처 번호", "Its sources"), .text(maximum: 40)),
            Field(
                "outcomes", Words("성과(세 가지 이상)", "Outcomes, at least three"),
                .list(
                    pair("metric", "무엇이", "What was measured") + [
                        Field(
                            "value", Words("값", "Value"), .number(-1e15...1e15, unit: nil), required: false,
                            help: Words("모르면 비워 둡니다. 0으로 적지 않습니다.", "Empty where unknown; never zero for it.")),
                        Field("unit", Words("단위", "Unit"), .text(maximum: 40), required: false),
                        Field("year", Words("연도", "Year"), .integer(1800...2200, unit: nil), required: false),
                        Field("before", Words("이전 값", "Before"), .number(-1e15...1e15, unit: nil), required: false),
                        Field(
                            "before_year", Words("이전 연도", "Year before"), .integer(1800...2200, unit: nil),
                            required: false),
                        Field("level", Words("근거 수준(1–5)", "Evidence level (1–5)"), .integer(1...5, unit: nil)),
                        from,
                    ], maximum: 20)),
            Field(
                "level", Words("사례의 근거 수준(1–5)", "The case's evidence level (1–5)"), .integer(1...5, unit: nil),
                help: Words("도시가 스스로 밝힌 이야기는 1입니다.", "A city's own story is 1.")),
        ] + pair("level_why", "그 수준인 사유", "Why this level", maximum: 400) + [
            claims("limits", "그대로 적용하기 어려운 점", "What would not carry over"),
            Field(
                "conditions", Words("적용 조건", "Conditions"),
                .list(pair("words", "조건", "What must hold", maximum: 200), maximum: 20)),
        ], permission: .roles(people).orToken("command:\(name)"), after: "/transition/cases")

    var command: Command {
        Command(Self.form) { [shelf] ask, tables in
            let json = Self.json(ask.values, read: KoreanDay(ask.now).description)
            let body: CityCase
            do throws(CaseFault) {
                body = try CityCase(json)
            } catch {
                throw Self.refusal(error)
            }
            guard try shelf.find(body.id, in: tables) == nil else {
                throw Refusal(
                    .conflict, "case.known", Words("같은 이름의 사례가 있습니다.", "There is a case of this name."),
                    faults: [
                        .init(
                            field: "id", rule: "unique", words: Words("다른 이름을 적어 주세요.", "Please choose another name."))
                    ])
            }
            return [
                Draft(CaseTable.added, stream: "case/\(body.id)", scope: .everyone, payload: ["case": json])
            ]
        }
    }

    /// A fault of a case as one of the form: `outcomes.2.from` is the row `outcomes[1].from`.
    static func refusal(_ fault: CaseFault) -> Refusal {
        var parts = fault.place.split(separator: ".").map(String.init)
        if parts.count > 1, let number = Int(parts[1]) {
            parts[0] += "[\(number - 1)]"
            parts.remove(at: 1)
        }
        return Refusal(
            .invalid, "case.\(fault.rule)", Words("사례를 확인해 주세요.", "Please check the case."),
            faults: [.init(field: parts.joined(separator: "."), rule: fault.rule, words: fault.words)])
    }

    /// What was filled in, in the shape of the handbook.
    private static func json(_ values: FormValues, read: String) -> JSON {
        func words(_ from: JSON?, _ name: String) -> [String: JSON] {
            ["ko": from?["\(name)_ko"] ?? "", "en": from?["\(name)_en"] ?? ""]
        }
        func cited(_ text: String?) -> JSON {
            .array(
                (text ?? "").split(whereSeparator: { ", ".contains($0) }).map { .string("s\($0)") })
        }
        func rows(_ name: String, _ row: (JSON) -> [String: JSON]) -> JSON {
            .array((values[name]?.elements ?? []).map { .object(row($0)) })
        }
        func claim(_ row: JSON) -> [String: JSON] {
            words(row, "words").merging(["from": cited(row["from"]?.text)]) { $1 }
        }
        let all = JSON.object(values.members)
        return [
            "id": .string(values.text("id")), "city": .object(words(all, "city")),
            "country": .object(words(all, "country")), "title": .object(words(all, "title")),
            "context": rows("context", claim), "limits": rows("limits", claim),
            "trigger": .object(
                words(all, "trigger").merging([
                    "kind": .string(values.text("trigger_kind")), "from": cited(values.text("trigger_from")),
                ]) { $1 }),
            "measures": rows("measures") { row in
                var measure = claim(row)
                measure["actor"] = .object(words(row, "actor"))
                if let date = row["date"] { measure["date"] = date }
                if let cost = row["cost"] { measure["cost"] = cost }
                return measure
            },
            "mechanism": .object(
                words(all, "mechanism").merging([
                    "kinds": .array([.string(values.text("mechanism_kind"))]),
                    "from": cited(values.text("mechanism_from")),
                ]) { $1 }),
            "outcomes": rows("outcomes") { row in
                var outcome = words(row, "metric")
                outcome["from"] = cited(row["from"]?.text)
                for name in ["value", "unit", "year", "level"] {
                    if let value = row[name] { outcome[name] = value }
                }
                if let before = row["before"] {
                    outcome["before"] = .object(["value": before, "year": row["before_year"] ?? .null])
                }
                return outcome
            },
            "level": values["level"] ?? .null, "level_why": .object(words(all, "level_why")),
            "conditions": .array(
                (values["conditions"]?.elements ?? []).enumerated().map { index, row in
                    .object(words(row, "words").merging(["id": .string("c\(index + 1)")]) { $1 })
                }),
            "sources": .array(
                (values["sources"]?.elements ?? []).enumerated().map { index, row in
                    var source: [String: JSON] = [
                        "id": .string("s\(index + 1)"), "title": row["title"] ?? "",
                        "publisher": row["publisher"] ?? "", "read": row["read"] ?? .string(read),
                    ]
                    if let url = row["url"] { source["url"] = url } else { source["note"] = true }
                    return .object(source)
                }),
        ]
    }
}
