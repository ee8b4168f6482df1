import District
import Foundation
import Record
import TestKit
import Testing

@testable import Transition

@Suite("Cases of other cities")
struct CaseTests {
    private static func library() throws -> CaseLibrary { try CaseLibrary(Handbook(shipped: Transition.shippedData)) }

    @Test("the handbook has the eleven cities and nine hubs, each in both languages")
    func handbook() throws {
        let library = try Self.library()
        #expect(
            library.cases.map(\.id) == [
                "bilbao", "detroit", "eindhoven", "houston", "lille", "malmo", "odense", "philadelphia", "pittsburgh",
                "shenzhen", "ulsan",
            ])
        #expect(library.hubs.count == 9 && library.hubs[0].id == "ulsan" && library.hubs[0].since == "2020-09-07")
        for body in library.cases {
            #expect(body.outcomes.count >= 3, "\(body.id)")
            for (place, claim) in body.claims {
                #expect(claim.words.ko != claim.words.en, "\(body.id) \(place)")
                #expect(!claim.sources.isEmpty, "\(body.id) \(place)")
            }
            for source in body.sources {
                #expect(source.url?.hasPrefix("http") ?? (source.id == "note"), "\(body.id) \(source.id)")
                #expect(KoreanDay(source.read) != nil)
            }
            let used = Set(body.claims.flatMap(\.claim.sources) + body.outcomes.flatMap(\.sources))
            #expect(
                used == Set(body.sources.map(\.id)), "\(body.id): a source that nothing names, or the other way round")
            #expect(body.isOwnStory == (body.level == 1))
        }
        #expect(library.cases.filter(\.isOwnStory).count == 9, "two rest on studies with something held against them")
    }

    private static let good = """
        {"id": "turku", "city": "투르쿠", "country": "핀란드", "title": "조선소",
         "context": [{"ko": "배경", "en": "Context", "from": ["a"]}],
         "trigger": {"kind": "closure", "ko": "계기", "en": "Trigger", "from": ["a"]},
         "measures": [{"actor": "시", "date": "2001", "ko": "조치", "en": "Measure", "from": ["a"]}],
         "mechanism": {"kinds": ["place"], "ko": "원리", "en": "Mechanism", "from": ["a"]},
         "outcomes": [{"ko": "하나", "en": "One", "value": 1, "unit": "개", "year": 2010, "level": 1, "from": ["a"]},
                      {"ko": "둘", "en": "Two", "level": 2, "from": ["a"]},
                      {"ko": "셋", "en": "Three", "value": 3, "unit": "개", "before": {"value": 2, "year": 2000}, "level": 1, "from": ["a"]}],
         "level": 2, "level_why": "연구", "limits": [{"ko": "한계", "en": "Limit", "from": ["a"]}],
         "conditions": [{"id": "c", "ko": "조건", "en": "Condition"}],
         "sources": [{"id": "a", "title": "T", "publisher": "P", "url": "https://example.org/a", "read": "2026-11-22"}]}
        """

    @Test("a case that keeps the rules is read, and what is unknown in it stays unknown")
    func reads() throws {
        let body = try CityCase(JSON(parsing: Self.good))
        #expect(body.outcomes[1].value == nil && body.outcomes[1].year == nil && body.outcomes[0].before == nil)
        #expect(body.outcomes[2].before?.value == 2 && body.measures[0].cost == nil)
        #expect(body.conditions[0].check == .ask && body.level == 2 && !body.isOwnStory)
    }

    @Test(
        "a case that breaks a rule is refused by place and rule",
        arguments: [
            (
                #""limits": [{"ko": "한계", "en": "Limit", "from": ["a"]}]"#, #""limits": [{"ko": "한계", "en": "Limit"}]"#,
                "limits.1.from", "source"
            ),
            (#""en": "Trigger", "from": ["a"]"#, #""en": "Trigger", "from": ["b"]"#, "trigger.from", "source"),
            (#"{"ko": "둘", "en": "Two", "level": 2, "from": ["a"]},"#, "", "outcomes", "least"),
            (#""level": 2, "from""#, #""level": 6, "from""#, "outcomes.2.level", "level"),
            (#""level": 2, "level_why""#, #""level": 3, "level_why""#, "level", "support"),
            (#""level": 2, "level_why""#, #""level": 0, "level_why""#, "level", "level"),
            (#""url": "https://example.org/a", "#, "", "sources.1.url", "url"),
            (#"https://example.org/a"#, "example.org", "sources.1.url", "url"),
            (#""read": "2026-11-22""#, #""read": "lately""#, "sources.1.read", "date"),
            (#""date": "2001""#, #""date": "long ago""#, "measures.1.date", "date"),
            (#""kind": "closure""#, #""kind": "weather""#, "trigger.kind", "known"),
            (#""value": 1, "unit": "개", "#, #""value": 1, "#, "outcomes.1.unit", "required"),
            (#""id": "turku""#, #""id": "Turku yard""#, "id", "name"),
            (
                #""id": "c", "ko": "조건", "en": "Condition""#,
                #""id": "c", "ko": "조건", "en": "C", "check": {"measure": "share", "of": ["조선"], "least": 7}"#,
                "conditions.1.check", "check"
            ),
        ])
    func refused(part: String, instead: String, place: String, rule: String) throws {
        let text = Self.good.replacingOccurrences(of: part, with: instead)
        #expect(text != Self.good, "the part is in the case")
        let fault = #expect(throws: CaseFault.self) { try CityCase(JSON(parsing: text)) }
        #expect(fault?.place == place && fault?.rule == rule, "\(String(describing: fault))")
    }

    @Test("a file of the handbook with such a case stops the start, and says which case and where")
    func handbookRefused() async throws {
        try await withTemporaryFolder { folder in
            let bad = Self.good.replacingOccurrences(of: #""en": "Limit", "from": ["a"]"#, with: #""en": "Limit""#)
            try "{\"cases\": [\(bad)]}".write(
                to: folder.appendingPathComponent("cases-x.json"), atomically: true, encoding: .utf8)
            let error = #expect(throws: HandbookError.self) { try CaseLibrary(Handbook(shipped: folder.path)) }
            #expect(error?.file == "cases-x.json" && error?.place == "turku.limits.1.from")
            try "{\"cases\": [\(Self.good), \(Self.good)]}".write(
                to: folder.appendingPathComponent("cases-x.json"), atomically: true, encoding: .utf8)
            #expect(throws: HandbookError.self) { try CaseLibrary(Handbook(shipped: folder.path)) }
        }
    }

    // 40 of 100 jobs in metal are known; in the second region one of its two metal cells is hidden.
    private static let matrix = EconomyMatrix(
        regions: ["A", "B", "C"], industries: ["31 금형 Moulds", "32 주물 Foundry", "51 식품 Food"],
        values: [30, 10, 60, 5, .nan, 95, .nan, .nan, 100])

    @Test(
        "a share is held, missing or unknown: hidden cells can still make it, and never count as nothing",
        arguments: [
            (0, 0.4, TransferCondition.State.held), (0, 0.41, .missing), (1, 0.05, .held), (1, 0.2, .unknown),
            (2, 0.01, .unknown),
        ])
    func shares(region: Int, least: Double, state: TransferCondition.State) throws {
        let condition = try TransferCondition(
            JSON(
                parsing:
                    #"{"id": "m", "ko": "금속", "en": "Metal", "check": {"measure": "share", "of": ["moulds", "32"], "least": \#(least)}}"#
            ),
            "conditions.1")
        let finding = condition.decide(region, in: Specialisation(Self.matrix))
        #expect(finding.state == state && finding.industries == 2)
    }

    @Test("industries that no statistics know leave a condition unknown, not missing")
    func nothing() throws {
        for check in [#"{"measure": "special", "of": ["로봇"], "least": 1}"#, #"{"measure": "ask"}"#] {
            let condition = try TransferCondition(
                JSON(parsing: #"{"id": "m", "ko": "로봇", "en": "Robots", "check": \#(check)}"#), "conditions.1")
            #expect(condition.decide(0, in: Specialisation(Self.matrix)).state == .unknown)
        }
        let special = try TransferCondition(
            JSON(
                parsing:
                    #"{"id": "m", "ko": "금속", "en": "Metal", "check": {"measure": "special", "of": ["3"], "least": 2}}"#
            ), "c")
        #expect(special.decide(0, in: Specialisation(Self.matrix)).state == .held)
        let many = try TransferCondition(
            JSON(parsing: #"{"id": "m", "ko": "여럿", "en": "Many", "check": {"measure": "diversity", "least": 3}}"#), "c"
        )
        #expect(many.decide(0, in: Specialisation(Self.matrix)).state == .missing)
    }

    @Test("statistics decide where they can; a person's answer counts only where they cannot")
    func basis() throws {
        let condition = try TransferCondition(JSON(parsing: #"{"id": "m", "ko": "가", "en": "a"}"#), "c")
        func held(_ state: TransferCondition.State?, _ answer: Bool?) -> HeldCondition {
            HeldCondition(
                condition: condition,
                finding: state.map { .init(state: $0, found: nil, industries: 1, unknown: 0) },
                answer: answer.map {
                    .init(
                        condition: "m", isHeld: $0, reason: "", event: "", author: .system("t"),
                        at: Timestamp(microseconds: 0))
                })
        }
        #expect(held(nil, nil).state == .unknown && held(nil, nil).basis == .nobody)
        #expect(held(.unknown, true).state == .held && held(.unknown, true).basis == .person)
        #expect(held(nil, false).state == .missing)
        #expect(held(.missing, true).state == .missing && held(.missing, true).basis == .statistics)
    }
}
