import District
import Record
import Testing

@testable import Access
@testable import Stewardship

struct RegisterPageTests {
    private func book() throws -> Handbook {
        Handbook(shipped: "\(try #require(try Stewardship().templates))/../Data")
    }

    @Test("every shape is filled from what the register has")
    func shapes() async throws {
        let (rules, shapes) = (try TierRules(try book()), try ExportShape.all(try book()))
        #expect(shapes.keys.sorted() == ["atrs1", "atrs2", "euviii", "nl"])
        #expect(shapes["atrs1"]?.columns.count == 4)
        #expect(shapes["euviii"]?.columns.count == 13)
        try await Yard.with { yard in
            try await yard.approved()
            let use = try #require(try await UseNow.find("mill.grain", yard.district))
            let values = use.values(.ko, rules: rules, site: "https://city.example")
            for (key, shape) in shapes {
                for column in shape.columns { #expect(values[column.source] != nil, "\(key).\(column.name)") }
            }
            #expect(values["url"] == "https://city.example/ai#use-mill.grain")
            #expect(values["owner"] == nil, "who owns it is a person")
            #expect(use.json(.ko, rules: rules, site: "")["provisional"] == true)
        }
    }

    @Test("the sample's departments say what they would, once, and approve nothing")
    func sample() async throws {
        try await Yard.with { yard in
            let sample = try RegisterSample(yard.district, try book())
            try await sample.found()
            let first = try await yard.events().count
            try await sample.found()
            #expect(try await yard.events().count == first)
            let entry = try await yard.entry("welfare.chatbot")
            #expect(entry.state == .draft && entry.permit == nil && !entry.isDeclared)
        }
    }

    @Test("a table quotes what it must, and starts no formula")
    func csv() {
        let text = ExportShape.csv(["a", "b"], [["=1+1", "말 \"하나\"\n둘"]])
        #expect(text == "\"a\",\"b\"\r\n\"'=1+1\",\"말 \"\"하나\"\"\n둘\"\r\n")
    }

    @Test("the public sees what runs or ran, never a draft")
    func open() async throws {
        try await Yard.with { yard in
            let shown = try await UseNow.all(yard.district).filter(\.isPublic).map(\.entry.id)
            #expect(shown == ["mill.grain"])
            try await yard.step(.retire, ["reason": "…", "data": "…"])
            let ended = try #require(try await UseNow.find("mill.grain", yard.district))
            #expect(ended.isPublic && ended.standing == .unregistered)
        }
    }

    @Test("how acts turned out is counted by their room's word")
    func judged() async throws {
        try await Yard.with { yard in
            try await yard.act()
            let drafts = [AIUseJudged("mill.grain", .kept), .init("mill.grain", .kept), .init("mill.grain", .wrong)]
            try await yard.district.record(drafts.map(\.draft), origin: Origin(author: .system("mill")))
            let use = try #require(try await UseNow.find("mill.grain", yard.district))
            #expect(use.verdicts == [.kept: 2, .wrong: 1])
            #expect(use.acts?.today == 1 && use.acts?.ever == 1)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("an entry keeps everything it has in its row")
    func kept() async throws {
        try await Yard.with { yard in
            try await yard.approved()
            try await yard.step(.test, ["dimension": "age", "group": "70+", "cases": 10, "right": 9])
            try await yard.step(.pilot, ["cap": 3, "until": yard.tomorrow])
            try await yard.perform(
                "district.ai.switch", ["use": "mill.grain", "on": true, "reason": "확인"], by: .first)
            let entry = try await yard.entry()
            #expect(RegisterEntry(entry.json) == entry)
            #expect(entry.approval.map(\.person) == ["first", "second"])
        }
    }

    @Test("rules that cannot be used are refused by their place")
    func broken() throws {
        let error = #expect(throws: HandbookError.self) { try TierRules(Handbook(shipped: "/nowhere")) }
        #expect(error?.rule == "is missing")
    }

    @Test("a tier follows from the gravest reason, and from what is said of the use")
    func tiers() throws {
        let rules = try TierRules(try book())
        #expect(rules.judge(yes: [], fields: [:]).tier == .minimal)
        #expect(rules.judge(yes: ["talks"], fields: [:]).tier == .limited)
        #expect(rules.judge(yes: ["talks", "rights"], fields: [:]).tier == .high)
        #expect(rules.judge(yes: ["talks"], fields: ["role": "decides"]).tier == .high)
        #expect(rules.judge(yes: ["rights", "emotion"], fields: [:]).tier == .prohibited)
        #expect(rules.questions.allSatisfy { !$0.text.isEmpty && !$0.source.ko.isEmpty })
        #expect(rules.demands[.high]?.assessments == [.impact, .privacy, .inclusion])
    }
}
