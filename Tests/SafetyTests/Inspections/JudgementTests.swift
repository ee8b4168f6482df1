import District
import Foundation
import Record
import Testing

@testable import Safety

@Suite("What an inspection's answers come to")
struct JudgementTests {
    static let template = Self.read(
        [
            "id": "trial", "industry": "press", "title": ["ko": "시험", "en": "Trial"],
            "questions": [
                [
                    "id": "guard", "ko": "방호", "en": "Guard", "kind": "check", "severity": "severe", "photo": true,
                    "na": false,
                ],
                [
                    "id": "kind", "ko": "종류", "en": "Kind", "kind": "choice", "severity": "high",
                    "choices": [
                        ["value": "light", "ko": "광", "en": "Light"],
                        ["value": "none", "ko": "없음", "en": "None", "fails": true],
                    ],
                ],
                [
                    "id": "beam", "ko": "광축", "en": "Beam", "kind": "check", "severity": "high",
                    "when": ["question": "kind", "is": "light"],
                ],
                [
                    "id": "slide", "ko": "슬라이드", "en": "Slide", "kind": "check", "severity": "low",
                    "when": ["question": "beam", "is": "no"],
                ],
                [
                    "id": "o2", "ko": "산소", "en": "Oxygen", "kind": "number", "severity": "severe", "unit": "%",
                    "low": 18, "below": 23.5,
                ],
                ["id": "more", "ko": "그 밖", "en": "More", "kind": "text", "severity": "low", "required": false],
            ],
        ])

    static func read(_ json: JSON) -> InspectionTemplate? { try? InspectionTemplate.read(json, version: 3).get() }

    private static let good = [
        Answer(question: "guard", value: "yes"), Answer(question: "kind", value: "light"),
        Answer(question: "beam", value: "yes"), Answer(question: "o2", value: "20.9"),
    ]

    private func judge(_ changes: [String: Answer?]) throws -> Result<Judgement, Judgement.Faults> {
        var answers = Self.good.filter { !changes.keys.contains($0.question) }
        answers += changes.sorted { $0.key < $1.key }.compactMap(\.value)
        return Judgement.judge(answers, against: try #require(Self.template))
    }

    @Test("what is good is good, and what fails names its severity")
    func outcome() throws {
        let good = try judge([:]).get()
        #expect(good == Judgement(failures: [], good: 4, skipped: 0))
        let bad = try judge([
            "guard": Answer(question: "guard", value: "no", photos: ["a"]),
            "beam": Answer(question: "beam", value: "na"),
        ]).get()
        #expect(bad.failures.map(\.question) == ["guard"])
        #expect(bad.worst == .severe)
        #expect((bad.good, bad.skipped) == (2, 1))
    }

    @Test(
        "bounds: 18 % of oxygen is good and 23.5 % is not",
        arguments: [("17.9", true), ("18", false), ("18.0", false), ("23.49", false), ("23.5", true), ("-1", true)])
    func bounds(value: String, fails: Bool) throws {
        #expect(try judge(["o2": Answer(question: "o2", value: value)]).get().failures.isEmpty == !fails)
    }

    @Test("each answer that does not fit is named with its rule")
    func faults() throws {
        func rules(_ changes: [String: Answer?]) throws -> [String] {
            guard case .failure(let faults) = try judge(changes) else { return [] }
            return faults.list.map { "\($0.question) \($0.rule)" }
        }
        #expect(try rules(["guard": Optional<Answer>.none]) == ["guard required"])
        #expect(try rules(["guard": Answer(question: "guard", value: "")]) == ["guard required"])
        #expect(try rules(["guard": Answer(question: "guard", value: "no")]) == ["guard photo"])
        #expect(try rules(["guard": Answer(question: "guard", value: "na")]) == ["guard applies"])
        #expect(try rules(["guard": Answer(question: "guard", value: "maybe")]) == ["guard value"])
        #expect(try rules(["kind": Answer(question: "kind", value: "belt")]) == ["kind value", "beam hidden"])
        for value in ["", "inf", "nan", "0x1F", "1e3", "twenty", "1,5"] {
            let rule = value.isEmpty ? "required" : "number"
            #expect(try rules(["o2": Answer(question: "o2", value: value)]) == ["o2 \(rule)"], "\(value)")
        }
        #expect(try rules(["ghost": Answer(question: "ghost", value: "yes")]) == ["ghost unknown"])
        #expect(try rules(["slide": Answer(question: "slide", value: "yes")]) == ["slide hidden"])
        // Once the light curtain is not there, its test is not asked, nor what depends on that.
        #expect(try rules(["kind": Answer(question: "kind", value: "none")]) == ["beam hidden"])
        #expect(try rules(["kind": Answer(question: "kind", value: "none"), "beam": Optional<Answer>.none]) == [])
        #expect(try rules(["beam": Answer(question: "beam", value: "no")]) == ["slide required"])
        let twice = Self.good + [Answer(question: "guard", value: "yes")]
        guard case .failure(let faults) = Judgement.judge(twice, against: try #require(Self.template)) else {
            Issue.record("answered twice and taken")
            return
        }
        #expect(faults.list == [Judgement.Fault(question: "guard", rule: .twice)])
    }

    @Test("a template that cannot be asked is refused by its place and rule")
    func templates() {
        func faults(_ questions: [JSON]) -> [String] {
            let json: JSON = ["id": "t", "title": ["ko": "가", "en": "a"], "questions": .array(questions)]
            guard case .failure(let faults) = InspectionTemplate.read(json, version: 1) else { return [] }
            return faults.list.map { "\($0.index.map(String.init) ?? "-") \($0.field) \($0.rule)" }
        }
        let check: JSON = ["id": "a", "ko": "가", "en": "a", "kind": "check"]
        #expect(faults([check]) == [])
        #expect(faults([]) == ["- questions required"])
        #expect(faults([check, check]) == ["1 id twice"])
        #expect(faults([["id": "A b", "ko": "가"]]) == ["0 id name"])
        #expect(faults([["id": "a", "ko": ""]]) == ["0 text required"])
        #expect(faults([["id": "a", "ko": "가", "kind": "colour"]]) == ["0 kind choice"])
        #expect(faults([["id": "a", "ko": "가", "severity": "terrible"]]) == ["0 severity choice"])
        #expect(faults([["id": "a", "ko": "가", "kind": "number", "low": 1]]) == ["0 unit required"])
        #expect(faults([["id": "a", "ko": "가", "kind": "number", "unit": "m"]]) == ["0 low bounds"])
        #expect(
            faults([["id": "a", "ko": "가", "kind": "number", "unit": "m", "low": 3, "high": 2]]) == ["0 low bounds"])
        #expect(
            faults([["id": "a", "ko": "가", "kind": "choice", "choices": [["value": "x", "ko": "엑스"]]]])
                == ["0 choices choices"])
        // A condition looks back only, at an answer that is possible.
        let later: JSON = ["id": "b", "ko": "나", "when": ["question": "c", "is": "yes"]]
        #expect(faults([check, later, ["id": "c", "ko": "다"]]) == ["1 when earlier"])
        #expect(faults([["id": "a", "ko": "가", "when": ["question": "a", "is": "yes"]]]) == ["0 when earlier"])
        #expect(
            faults([check, ["id": "b", "ko": "나", "when": ["question": "a", "is": "perhaps"]]]) == ["1 when answer"])
    }

    @Test("a template reads back as it was written, and its edition changes with any word of it")
    func edition() throws {
        let template = try #require(Self.template)
        #expect(Self.read(template.content) == template)
        let other = try #require(
            Self.read(try JSON(parsing: template.content.canonicalText.replacing("Oxygen", with: "Air"))))
        #expect(other.edition != template.edition)
    }

    @Test("the library: nine kinds of work, every template can be asked, every citation says how sure it is")
    func library() throws {
        let templates = try #require(Safety().templates)
        let library = try InspectionLibrary(Handbook(shipped: templates.replacing("/Templates", with: "/Data")))
        #expect(
            Set(library.templates.map(\.industry)) == [
                "press", "casting", "painting", "welding", "cold-store", "warehouse", "robot", "confined", "height",
            ])
        for template in library.templates {
            #expect(InspectionLibrary.industries.contains { $0.id == template.industry })
            #expect(template.questions.contains { $0.severity >= .high }, "\(template.id)")
            for question in template.questions {
                #expect(question.words.ko != question.words.en)
                #expect(["law", "secondary", "advice", nil].contains(question.citation?.mark), "\(question.id)")
            }
        }
        let air = try #require(library["confined-entry"])
        for (gas, good, bad) in [
            ("o2", "18", "17.9"), ("h2s", "9.99", "10.0"), ("co", "29", "30"), ("co2", "1.49", "1.5"),
        ] {
            #expect(try air[gas]?.fails(good).get() == false, "\(gas)")
            #expect(try air[gas]?.fails(bad).get() == true, "\(gas)")
        }
    }
}

@Suite("When an inspection is due")
struct RecurrenceTests {
    private func due(_ every: Int64, _ days: [String], first: String = "2026-11-02") throws -> String {
        let first = try #require(KoreanDay(first))
        return Recurrence(first: first, every: every).due(after: days.compactMap { KoreanDay($0) }).description
    }

    @Test("daily: each day covers itself alone, twice on a day covers no more, and late covers what was missed")
    func daily() throws {
        #expect(try due(1, []) == "2026-11-02")
        #expect(try due(1, ["2026-11-02"]) == "2026-11-03")
        #expect(try due(1, ["2026-11-02", "2026-11-02"]) == "2026-11-03")
        #expect(try due(1, ["2026-11-05"]) == "2026-11-06")
        #expect(try due(1, ["2026-11-01"]) == "2026-11-02")
        // As they arrive from phones, in any order.
        #expect(try due(1, ["2026-11-04", "2026-11-02", "2026-11-03"]) == "2026-11-05")
    }

    @Test("weekly: early within the week counts, late keeps the weekday")
    func weekly() throws {
        #expect(try due(7, ["2026-11-02"]) == "2026-11-09")
        #expect(try due(7, ["2026-11-03"]) == "2026-11-09")
        #expect(try due(7, ["2026-11-02", "2026-11-07"]) == "2026-11-16")
        #expect(try due(7, ["2026-10-30"]) == "2026-11-09")
        #expect(try due(7, ["2026-10-20"]) == "2026-11-02")
        #expect(try due(7, ["2026-11-25"]) == "2026-11-30")
    }

    @Test("overdue days begin after the due day, across a month's end")
    func overdue() throws {
        let due = try #require(KoreanDay("2026-11-30"))
        for (day, days) in [("2026-11-29", 0), ("2026-11-30", 0), ("2026-12-01", 1), ("2026-12-31", 31)] {
            #expect(Recurrence.overdue(due, on: try #require(KoreanDay(day))) == Int64(days))
        }
    }

    @Test("a clock is worth telling of beyond a minute; what claims to be from later is impossible")
    func arrival() {
        #expect(!Arrival(delay: 0, skew: 60).showsSkew)
        #expect(Arrival(delay: 0, skew: -61).showsSkew)
        #expect(!Arrival(delay: 3600, skew: 0).isLate)
        #expect(Arrival(delay: 3601, skew: 0).isLate)
        #expect(!Arrival(delay: -60, skew: 0).isImpossible)
        #expect(Arrival(delay: -61, skew: 0).isImpossible)
    }
}
