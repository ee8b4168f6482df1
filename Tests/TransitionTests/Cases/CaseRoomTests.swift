import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing
import Web

@testable import Transition

@Suite("Cases that people add, correct and answer", .serialized)
struct CaseRoomTests {
    private static let reader = Caller.executive("firm-a")

    private func with(_ kind: StoreUnderTest = .sqlite, _ body: (Yard, CaseShelf) async throws -> Void) async throws {
        try await Yard.with([try Transition()], on: kind) { yard in
            try await yard.register("firm-a")
            for caller in [Self.reader, .officer] { try await yard.enrol(caller) }
            try await body(yard, CaseShelf(library: try CaseLibrary(Handbook(shipped: Transition.shippedData))))
        }
    }

    private static func claim(_ ko: String, _ en: String) -> JSON {
        ["words_ko": .string(ko), "words_en": .string(en), "from": "1"]
    }
    private static func outcome(_ name: String, _ level: Int) -> JSON {
        [
            "metric_ko": .string("성과 \(name)"), "metric_en": .string("Outcome \(name)"), "value": 12, "unit": "개",
            "year": 2015, "level": .number(Double(level)), "from": "1",
        ]
    }

    private static func values(_ more: [String: JSON] = [:]) -> [String: JSON] {
        [
            "id": "turku", "city_ko": "투르쿠", "city_en": "Turku", "country_ko": "핀란드", "country_en": "Finland",
            "title_ko": "조선소 뒤", "title_en": "After the yard", "context": .array([claim("배경", "Context")]),
            "sources": .array([
                [
                    "title": "A report", "publisher": "City of Turku", "url": "https://example.org/r",
                    "read": "2026-11-20",
                ]
            ]), "trigger_kind": "closure", "trigger_ko": "폐쇄", "trigger_en": "Closure", "trigger_from": "1",
            "measures": .array([
                ["actor_ko": "시", "actor_en": "City", "words_ko": "조치", "words_en": "Measure", "from": "1"]
            ]), "mechanism_kind": "place", "mechanism_ko": "원리", "mechanism_en": "Mechanism", "mechanism_from": "1",
            "outcomes": .array([outcome("1", 1), outcome("2", 1), outcome("3", 1)]), "level": 1,
            "level_why_ko": "시의 이야기", "level_why_en": "The city's story",
            "limits": .array([claim("한계", "Limit")]),
            "conditions": .array([["words_ko": "조건", "words_en": "Condition"]]),
        ].merging(more) { $1 }
    }

    @Test("a part of a case is known with the case's name before it and without, and is offered by its words")
    func parts() async throws {
        #expect(CaseChoices.part("malmo.outcomes.3", of: "malmo") == "outcomes.3")
        #expect(CaseChoices.part("outcomes.3", of: "malmo") == "outcomes.3")
        #expect(
            CaseChoices.part("odense.outcomes.3", of: "malmo") == "odense.outcomes.3", "another city's is not meant")
        try await with { yard, shelf in
            let body = try #require(try await yard.store.read { try shelf.find("malmo", in: $0) })
            let (id, words) = try #require(CaseChoices.conditions(body).first)
            let named = try await yard.spine.district.named("case-condition", for: .officer)
            #expect(named.first { $0.id == id }?.shown(.ko) == words.ko)
            let claims = try await yard.spine.district.named("case-claim", for: .officer)
            #expect(claims.contains { $0.id == "malmo.outcomes.3" && !$0.shown(.en).isEmpty })
        }
    }

    @Test("an officer's case stands beside the handbook's, with its claims and sources", arguments: StoreUnderTest.all)
    func adds(on kind: StoreUnderTest) async throws {
        try await with(kind) { yard, shelf in
            try await yard.perform(AddCase.name, Self.values(), by: .officer)
            let found = try await yard.store.read { try shelf.find("turku", in: $0) }
            let body = try #require(found)
            #expect(
                body.city.en == "Turku" && body.outcomes.count == 3 && body.sources[0].url == "https://example.org/r")
            #expect(body.measures[0].date == nil && body.isOwnStory)
            let all = try await yard.store.read { try shelf.all(in: $0).count }
            #expect(all == 12)
            #expect(try await yard.refusal(AddCase.name, Self.values(), by: .officer)?.code == "case.known")
            #expect(
                try await yard.refusal(AddCase.name, Self.values(["id": "odense"]), by: .officer)?.code == "case.known")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("each of many cases is found by its name; of two of one name the library's stands")
    func byName() async throws {
        try await with { yard, shelf in
            try await yard.perform(AddCase.name, Self.values(), by: .officer)
            let body = try #require(try await yard.last(CaseTable.added)?.payload["case"]?.members)
            // As many as a list never shows, and one that a later release brings itself.
            let names = (0..<501).map { "case-\($0)" } + ["odense"]
            let drafts = names.map { name in
                Draft(
                    CaseTable.added, stream: "case/\(name)", scope: .everyone,
                    payload: ["case": .object(body.merging(["id": .string(name)]) { $1 })])
            }
            try await yard.spine.district.record(drafts, origin: Origin(author: .system("test")))
            for name in names.dropLast() + ["turku"] {
                let id = try await yard.store.read { try shelf.find(name, in: $0)?.id }
                #expect(id == name)
            }
            #expect(
                try await yard.refusal(AddCase.name, Self.values(["id": "case-99"]), by: .officer)?.code == "case.known"
            )
            let (odense, all) = try await yard.store.read {
                (try shelf.find("odense", in: $0), try shelf.all(in: $0).filter { $0.id == "odense" })
            }
            #expect(odense?.city.en == "Odense" && all.map(\.city.en) == ["Odense"])
            try await serving(yard.spine, rooms: [try Transition()]) { served in
                let page = try await served.client.send(
                    "GET", "/transition/cases/odense", [("Accept-Language", "ko")])
                #expect(page.text.contains("대신 배포판의 사례를") && page.text.contains("오덴세"))
            }
        }
    }

    @Test("a case is refused by the rules of the handbook, at the field that breaks them, and from who may not")
    func refuses() async throws {
        try await with { yard, _ in
            let cases: [([String: JSON], String, String)] = [
                (["outcomes": .array([Self.outcome("1", 1), Self.outcome("2", 1)])], "case.least", "outcomes"),
                (
                    ["limits": .array([["words_ko": "가", "words_en": "a", "from": "2"]])], "case.source",
                    "limits[0].from"
                ),
                (["level": 4], "case.support", "level"),
                (["id": "Turku"], "case.name", "id"),
                (
                    [
                        "measures": .array([
                            [
                                "actor_ko": "시", "actor_en": "City", "date": "옛날", "words_ko": "조치", "words_en": "M",
                                "from": "1",
                            ]
                        ])
                    ], "case.date", "measures[0].date"
                ),
                (
                    ["sources": .array([["title": "R", "publisher": "P", "url": "r.txt", "read": "2026-11-20"]])],
                    "case.url", "sources[0].url"
                ),
            ]
            for (values, code, field) in cases {
                let refusal = try #require(try await yard.refusal(AddCase.name, Self.values(values), by: .officer))
                #expect(refusal.code == code && refusal.faults.map(\.field) == [field], "\(refusal)")
            }
            #expect(try await yard.refusal(AddCase.name, Self.values(), by: Self.reader)?.kind == .forbidden)
            #expect(try await yard.last(CaseTable.added) == nil)
        }
    }

    private static let correction: [String: JSON] = [
        "case": "odense", "claim": "outcomes.1", "words_ko": "130개사", "words_en": "130 firms", "title": "A later count",
        "publisher": "Odense", "url": "https://example.org/count", "reason": "다시 셈",
    ]

    @Test("a claim is corrected with source and reason; both stand")
    func corrects() async throws {
        try await with { yard, shelf in
            try await yard.perform(CorrectCase.name, Self.correction, by: .officer)
            let (body, right) = try await yard.store.read {
                (try shelf.find("odense", in: $0), try CaseTable.corrections(of: "odense", in: $0))
            }
            #expect(body?.outcomes[0].value == 133, "what was said is still said")
            #expect(
                right.map(\.place) == ["outcomes.1"] && right[0].words.en == "130 firms" && right[0].reason == "다시 셈")
            let cases: [([String: JSON], String)] = [
                (["case": "atlantis"], "case.unknown"), (["claim": "outcomes.9"], "case.claim"),
                (["url": "ftp://x"], "case.url"),
            ]
            for (more, code) in cases {
                let values = Self.correction.merging(more) { $1 }
                #expect(try await yard.refusal(CorrectCase.name, values, by: .officer)?.code == code)
            }
            #expect(try await yard.refusal(CorrectCase.name, Self.correction, by: Self.reader)?.kind == .forbidden)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test(
        "an answer to a condition stands with its reason, and a later one takes its place",
        arguments: StoreUnderTest.all)
    func answers(on kind: StoreUnderTest) async throws {
        try await with(kind) { yard, _ in
            let here: [String: JSON] = ["economy": "jobs", "region": "울산"]
            let values: [String: JSON] = here.merging([
                "case": "odense", "condition": "university", "held": true, "reason": "UNIST",
            ]) { $1 }
            try await yard.perform(AnswerCondition.name, values, by: .officer)
            try await yard.perform(
                AnswerCondition.name, values.merging(["held": false, "reason": "로봇은 아님"]) { $1 }, by: .officer)
            func answers(_ region: String) async throws -> [String: CaseTable.Answer] {
                try await yard.store.read {
                    try CaseTable.answers(of: "odense", at: .init(economy: "jobs", region: region), in: $0)
                }
            }
            let own = try await answers("울산")
            #expect(own.count == 1 && own["university"]?.isHeld == false)
            // What holds in one region says nothing of another.
            #expect(try await answers("부산").isEmpty)
            for (more, code) in [
                (["case": JSON.string("atlantis")], "case.unknown"),
                (["condition": .string("weather")], "case.condition"),
                (["region": .string("")], "case.region"),
                (["region": .string(""), "economy": .string("")], "case.region"),
            ] {
                let wrong = values.merging(more) { $1 }
                #expect(try await yard.refusal(AnswerCondition.name, wrong, by: .officer)?.code == code)
            }
            #expect(try await yard.refusal(AnswerCondition.name, values, by: Self.reader)?.kind == .forbidden)
            #expect(
                try await yard.refusal(
                    ChooseHome.name, ["economy": "nowhere", "region": "울산"], by: .officer)?.code == "economy.unknown")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a case is told in both languages, with its level")
    func told() async throws {
        try await with { yard, _ in
            let said = try await yard.spine.answer("transition.case.tell", ["case": "odense"], by: Self.reader)
            #expect(said.ko.contains("오덴세") && said.ko.contains("1단계") && said.en.contains("Level 1"))
            await #expect(throws: Refusal.self) {
                try await yard.spine.answer("transition.case.tell", ["case": "atlantis"], by: Self.reader)
            }
        }
    }
}
