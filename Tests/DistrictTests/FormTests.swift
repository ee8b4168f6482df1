import Access
import TestKit
import Testing

@testable import District
@testable import Record

@Suite("Forms")
struct FormTests {
    static let choice = Field.Kind.choice([.init("red", Words("빨강", "Red")), .init("blue", Words("파랑", "Blue"))])
    static let hash = String(repeating: "0a", count: 32)

    static let good: [(Field.Kind, JSON, JSON)] = [
        (.text(maximum: 3), "abc", "abc"), (.text(maximum: 3), "  가나다 ", "가나다"), (.text(maximum: 1), "👨‍👩", "👨‍👩"),
        (.longText(maximum: 9), "a\nb\tc\r\nd", "a\nb\tc\r\nd"),
        (.integer(1...9, unit: nil), 9, 9), (.integer(1...9, unit: nil), "1", 1),
        (.integer(-5...5, unit: nil), "-5", -5),
        (.integer(.min ... .max, unit: nil), .decimal(.min), .decimal(.min)),
        (.integer(.min ... .max, unit: nil), .decimal(.max), .decimal(.max)),
        (.number(0...1, unit: "mm"), 0.5, 0.5), (.number(0...1, unit: "mm"), "1e-3", 0.001),
        (.number(0...1, unit: "mm"), 1, 1), (choice, "blue", "blue"),
        (.reference(kind: "thing", source: nil), "t-1", "t-1"),
        (.moment, "2026-11-21T09:00", "2026-11-21T00:00:00Z"),
        (.moment, "2026-11-21T09:00:00Z", "2026-11-21T09:00:00Z"),
        (.moment, "2026-11-21T09:00:00+02:00", "2026-11-21T07:00:00Z"),
        (.flag, true, true), (.flag, "on", true), (.flag, "true", true), (.flag, "yes", true), (.flag, "no", false),
        (.flag, false, false), (.flag, "false", false),
        (.place, ["longitude": 129, "latitude": "35.5"], ["longitude": 129, "latitude": 35.5]),
        (.attachment(maximumBytes: 1), .string(hash), .string(hash)),
        (.attachment(maximumBytes: 1), .string(hash.uppercased()), .string(hash)),
    ]

    @Test("a good value comes out in its canonical kind", arguments: good)
    func takes(_ kind: Field.Kind, _ value: JSON, _ canonical: JSON) throws {
        let values = try form([Field("f", Words("칸", "Box"), kind)]).check(["f": value])
        #expect(values.members == ["f": canonical])
    }

    @Test("a day is read where one was given, is another's where none was, and none where it names none")
    func days() throws {
        let today = try #require(KoreanDay("2026-11-22"))
        func day(_ text: String) throws -> KoreanDay? {
            try form([Field("f", Words("칸", "Box"), .text(maximum: 10), required: false)]).check(["f": .string(text)])
                .day("f", blank: today)
        }
        #expect(try day("2024-02-29")?.description == "2024-02-29")
        #expect(try day(" ") == today)
        #expect(try day("2026-02-29") == nil)
        #expect(try day("soon") == nil)
        #expect(FormValues(members: [:]).day("f") == nil)
    }

    @Test("what was said in one language stands for the other")
    func words() {
        let both = FormValues(members: ["title": "문", "title_en": "Door", "only": "창", "other_en": "Wall"])
        #expect(both.words("title") == Words("문", "Door"))
        #expect(both.words("only") == Words("창", "창"))
        #expect(both.words("other") == Words("Wall", "Wall"))
        #expect(both.words("title", english: "other_en") == Words("문", "Wall"))
        #expect(both.words("none") == Words("", ""))
    }

    @Test("a refusal for one field says the same of the whole and beside the field")
    func refusals() {
        let words = Words("마감되었습니다.", "It is closed.")
        let fault = Refusal.Fault(field: "milestone", rule: "closed", words: words)
        let expected = Refusal(.conflict, "milestone.closed", words, faults: [fault])
        #expect(Refusal(.conflict, "milestone.closed", of: "milestone", "closed", words) == expected)
        #expect(Refusal(.conflict, of: "milestone", "closed", words) == expected)
        #expect(Refusal(.conflict, "milestone.closed", of: "milestone", words) == expected)
        #expect(Refusal.noDay("due").description == "due.day; due: day")
    }

    static let bad: [(Field.Kind, JSON, String)] = [
        (.text(maximum: 3), "abcd", "length"), (.text(maximum: 3), 1, "text"), (.text(maximum: 3), ["a"], "text"),
        (.text(maximum: 3), .string("a" + String(repeating: "\u{301}", count: 1000)), "length"),
        (.text(maximum: 9), "a\nb", "control"), (.text(maximum: 9), "a\u{0}b", "control"),
        (.text(maximum: 9), "a\u{7F}b", "control"), (.text(maximum: 9), "a\u{85}b", "control"),
        (.text(maximum: 9), "a\u{2028}b", "control"), (.text(maximum: 9), "a\u{202E}b", "control"),
        (.longText(maximum: 9), "a\u{1B}[2J", "control"), (.longText(maximum: 9), "a\u{2066}b", "control"),
        (.integer(1...9, unit: nil), 0, "bounds"), (.integer(1...9, unit: nil), 10, "bounds"),
        (.integer(1...9, unit: nil), 1.5, "number"), (.integer(1...9, unit: nil), "one", "number"),
        (.integer(1...9, unit: nil), true, "number"), (.integer(.min ... .max, unit: nil), 1e19, "number"),
        (.number(0...1, unit: nil), 1.01, "bounds"), (.number(0...1, unit: nil), "nan", "number"),
        (.number(0...1, unit: nil), "inf", "number"), (.number(0...1, unit: nil), "", "required"),
        (choice, "green", "choice"), (choice, "Red", "choice"), (choice, 1, "choice"),
        (.reference(kind: "thing", source: nil), .string(String(repeating: "x", count: 201)), "length"),
        (.moment, "yesterday", "moment"), (.moment, "2026-02-30T09:00", "moment"), (.moment, 5, "moment"),
        (.flag, "perhaps", "flag"), (.flag, 1, "flag"),
        (.place, ["longitude": 181, "latitude": 0], "place"), (.place, ["longitude": 0, "latitude": -91], "place"),
        (.place, ["longitude": "nan", "latitude": 0], "place"), (.place, "129,35", "place"),
        (.attachment(maximumBytes: 1), "0a", "attachment"),
        (.attachment(maximumBytes: 1), .string(String(repeating: "g", count: 64)), "attachment"),
        // Full-width digits: 21 of three bytes and one of one.
        (.attachment(maximumBytes: 1), .string(String(repeating: "１", count: 21) + "1"), "attachment"),
        (.list([Field("x", Words("가", "X"), .flag, required: false)], maximum: 1), ["junk"], "list"),
        (.list([], maximum: 1), "junk", "list"), (.list([], maximum: 1), [[:], [:]], "list"),
    ]

    @Test("a bad value is refused by the rule it breaks", arguments: bad)
    func refuses(_ kind: Field.Kind, _ value: JSON, _ rule: String) throws {
        let refusal = #expect(throws: Refusal.self) {
            try form([Field("f", Words("칸", "Box"), kind)]).check(["f": value])
        }
        #expect(refusal?.kind == .invalid)
        #expect(refusal?.faults.map(\.rule) == [rule])
        #expect(refusal?.faults.first?.field.hasPrefix("f") == true)
    }

    @Test("what is missing, unknown and wrong is said all at once, each by its own place")
    func allAtOnce() throws {
        let inner = [Field("size", Words("크기", "Size"), .integer(1...3, unit: nil))]
        let form = form([
            Field("name", Words("이름", "Name"), .text(maximum: 5)),
            Field("note", Words("비고", "Note"), .text(maximum: 5), required: false),
            Field("parts", Words("부품", "Parts"), .list(inner, maximum: 3)),
        ])
        let refusal = #expect(throws: Refusal.self) {
            try form.check(["name": " ", "parts": [["size": 1], ["size": 9], ["colour": "red"]], "extra": 1])
        }
        #expect(
            refusal?.faults.map { "\($0.field) \($0.rule)" } == [
                "name required", "parts[1].size bounds", "parts[2].size required", "parts[2].colour unknown",
                "extra unknown",
            ])
        let values = try form.check(["name": "a", "parts": [["size": "2"]], "note": ""])
        #expect(values.members == ["name": "a", "parts": [["size": 2]]])
    }

    static let conditions: [([String: JSON], [String: JSON]?)] = [
        (["kind": "fire", "place": "hall"], ["kind": "fire", "place": "hall"]),
        (["kind": "fire"], nil),
        (["kind": " fire ", "place": "hall"], nil),
        (["kind": "noise"], ["kind": "noise"]),
        (["kind": "noise", "place": "hall"], ["kind": "noise"]),
        (["kind": "noise", "sick": true], nil),
        (["kind": "noise", "sick": "on"], nil),
        (["kind": "noise", "sick": true, "who": "me"], ["kind": "noise", "sick": true, "who": "me"]),
        (["kind": "noise", "sick": "on", "who": "me"], ["kind": "noise", "sick": true, "who": "me"]),
        (["kind": "noise", "sick": false, "who": "me"], ["kind": "noise", "sick": false]),
    ]

    @Test("a field is asked only where its condition holds, typed or from a web form", arguments: conditions)
    func asks(_ raw: [String: JSON], _ expected: [String: JSON]?) throws {
        let form = form([
            Field(
                "kind", Words("종류", "Kind"),
                .choice([.init("fire", Words("화재", "Fire")), .init("noise", Words("소음", "Noise"))])),
            Field("place", Words("장소", "Place"), .text(maximum: 9), condition: .init("kind", is: "fire")),
            Field("sick", Words("부상", "Sick"), .flag, required: false),
            Field("who", Words("누구", "Who"), .text(maximum: 9), condition: .init("sick", is: "true")),
        ])
        if let expected {
            #expect(try form.check(raw).members == expected)
        } else {
            #expect(throws: Refusal.self) { try form.check(raw) }
        }
    }

    @Test("whatever is thrown at a form, it answers with values or with a refusal, and no word of the values in it")
    func junk() throws {
        let kinds = Self.good.map(\.0) + [.list([Field("x", Words("가", "X"), .moment)], maximum: 2)]
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        let pool = Self.good.map(\.1) + Self.bad.map(\.1) + [.null, [:], [[:]], .number(.infinity), "s3cret"]
        for _ in 0..<2000 {
            let fields = (0..<3).map { number in
                Field(
                    "f\(number)", Words("칸", "Box"), kinds[Int.random(in: kinds.indices, using: &generator)],
                    required: Bool.random(using: &generator))
            }
            var raw: [String: JSON] = [:]
            for number in 0..<4 { raw["f\(number)"] = pool[Int.random(in: pool.indices, using: &generator)] }
            do {
                let values = try form(fields).check(raw)
                #expect(try form(fields).check(values.members) == values, "not stable, seed \(seed)")
            } catch let refusal {
                #expect(!refusal.faults.isEmpty, "seed \(seed)")
                #expect(!refusal.description.contains("s3cret"), "seed \(seed)")
            }
        }
    }

    @Test("a form's schema uses JSON Schema's keywords as JSON Schema means them", arguments: [Language.ko, .en])
    func schema(_ language: Language) throws {
        let fields =
            Self.good.enumerated().map { Field("f\($0)", Words("칸", "Box"), $1.0) } + [
                Field("open", Words("열림", "Open"), .number(-.infinity ... .infinity, unit: nil)),
                Field("list", Words("목록", "List"), .list([Field("x", Words("가", "X"), .flag)], maximum: 4)),
                Field("if", Words("조건", "If"), .flag, condition: .init("f0", is: "abc")),
            ]
        let schema = form(fields).schema(language)
        #expect(schema.isCanonicalizable)
        try expectSchema(schema)
        #expect(schema["required"]?.elements?.contains("if") == false)
        #expect(schema["properties"]?["list"]?["items"]?["properties"]?["x"]?["type"] == "boolean")
        // What the form takes, typed, the schema takes too.
        for (number, (_, _, canonical)) in Self.good.enumerated() {
            let property = try #require(schema["properties"]?["f\(number)"])
            if property["type"] == "integer", canonical.text != nil { continue }  // beyond 2⁵³ it travels as text
            #expect(JSONSchema.accepts(canonical, property), "\(canonical) by \(property)")
        }
    }

    private func form(_ fields: [Field]) -> Form {
        Form(
            "shed.box.fill", title: Words("채우기", "Fill"), help: Words("칸을 채웁니다.", "Fills boxes."), fields: fields,
            permission: .anyone)
    }

    private func expectSchema(_ schema: JSON) throws {
        for (keyword, value) in try #require(schema.members) {
            switch keyword {
            case "type":
                #expect(["object", "string", "integer", "number", "boolean", "array"].contains(value.text ?? ""))
            case "properties": for (_, property) in try #require(value.members) { try expectSchema(property) }
            case "items": try expectSchema(value)
            case "oneOf": for choice in try #require(value.elements) { #expect(choice["const"] != nil) }
            case "required": #expect(value.elements?.allSatisfy { $0.text != nil } == true)
            case "minimum", "maximum": #expect(value.double?.isFinite == true)
            case "maxLength", "maxItems": #expect((value.integer ?? -1) >= 0)
            case "additionalProperties": #expect(value.bool != nil)
            case "title", "description", "format", "pattern", "const", "$schema": #expect(value.text != nil)
            default: #expect(keyword.hasPrefix("x-"), "\(keyword) is no keyword of JSON Schema")
            }
        }
    }
}

/// As much of JSON Schema as forms speak.
enum JSONSchema {
    static func accepts(_ value: JSON, _ schema: JSON) -> Bool {
        switch schema["type"]?.text {
        case "string":
            guard let text = value.text else { return false }
            if let most = schema["maxLength"]?.integer, text.unicodeScalars.count > most { return text.count <= most }
            if let choices = schema["oneOf"]?.elements { return choices.contains { $0["const"] == value } }
            return true
        case "integer", "number":
            guard case .number(let number) = value else { return false }
            return number >= schema["minimum"]?.double ?? -.infinity
                && number <= schema["maximum"]?.double ?? .infinity
        case "boolean": return value.bool != nil
        case "array": return value.elements != nil
        case "object":
            let names = schema["required"]?.elements?.compactMap(\.text) ?? []
            return names.allSatisfy { name in
                value[name].map { accepts($0, schema["properties"]?[name] ?? [:]) } ?? false
            }
        default: return false
        }
    }
}
