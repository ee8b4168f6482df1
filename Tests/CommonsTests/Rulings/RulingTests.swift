import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing
import Twin
import Web

@testable import Commons

@Suite("What a vote makes a rule for robots", .serialized)
struct RulingTests {
    private static let half: JSON = [
        "name": "초속 0.5 m", "effect": "speed-limit", "place": "street/market", "speed": "0.5", "place_name": "장터 앞",
    ]
    private static let one: JSON = [
        "name": "초속 1 m", "effect": "speed-limit", "place": "street/market", "speed": "1", "place_name": "장터 앞",
    ]
    private static let asNow: JSON = ["name": "지금처럼"]

    private static func values(_ options: [JSON], _ more: [String: JSON] = [:]) -> [String: JSON] {
        var values = Polling.values(["method": "approval", "options": .array(options)]).merging(more) { $1 }
        values["limit"] = nil
        return values
    }

    /// A yard with the thing `street`, whose map Robots would have.
    private static func with(_ kind: StoreUnderTest = .sqlite, _ body: (Yard) async throws -> Void) async throws {
        try await Polling.with(kind) { yard in
            let street = Thing(
                id: "street", kind: .area, parent: nil, name: Words("솔길", "Sol Street"), firm: nil, scope: .zone)
            let zone = try Caller.system("test").tenant
            let drafts = try await yard.store.read { try TwinEvents.declared([street], for: zone, in: $0) }
            try await yard.district.record(drafts, origin: Origin(author: .system("test")))
            try await body(yard)
        }
    }

    /// A vote that everybody answered alike.
    private static func voted(_ yard: Yard, _ options: [JSON], for choice: String) async throws -> VoteTable.Found {
        let (polling, codes) = try await Polling.open(
            yard, people: 3, values(options), rule: ["method": "most"])
        for code in codes { _ = try await polling.cast(choice, code: code) }
        return try await polling.finish()
    }

    private static func rules(_ yard: Yard) async throws -> [Ruling] {
        try await yard.store.read { try RulingTable.all(in: $0) }
    }

    private static let wrong: [(change: [String: JSON], field: String, rule: String)] = [
        (["effect": .null], "effect", "required"), (["place": .null], "place", "required"),
        (["place": "nowhere/market"], "place", "reference"), (["speed": .null], "speed", "required"),
        (["place_name": .null], "place_name", "required"), (["effect": "no-driving"], "speed", "none"),
    ]

    @Test("an effect that says too little, or of a place that is not there, is refused at its field")
    func refused() async throws {
        try await Self.with { yard in
            for (change, field, rule) in Self.wrong {
                let option = JSON.object((Self.half.members ?? [:]).merging(change) { $1 })
                let values = Self.values([Self.asNow, option])
                let refusal = try await yard.refusal("commons.vote.set-up", values, by: .officer)
                #expect(
                    refusal?.faults.contains { $0.field == "options[1].\(field)" && $0.rule == rule } == true,
                    "\(rule): \(refusal?.faults ?? [])")
            }
            for speed in ["0.05", "9", "-1"] {
                let option = JSON.object((Self.half.members ?? [:]).merging(["speed": .string(speed)]) { $1 })
                let refusal = try await yard.refusal(
                    "commons.vote.set-up", Self.values([Self.asNow, option]), by: .officer)
                #expect(refusal?.faults.first?.field.hasSuffix("speed") == true, "\(speed)")
            }
            let both = try await yard.refusal(
                "commons.vote.set-up", Self.values([Self.half, Self.one], ["seats": "2"]), by: .officer)
            #expect(both?.faults.map(\.rule) == ["same-place"])
            #expect(
                try await yard.refusal("commons.vote.set-up", Self.values([Self.half, Self.one]), by: .officer) == nil,
                "where one is chosen they are alternatives")
        }
    }

    @Test(
        "the count adopts what was chosen, caused by it; an officer ends it once, with a reason",
        arguments: StoreUnderTest.all)
    func adopted(kind: StoreUnderTest) async throws {
        try await Self.with(kind) { yard in
            let found = try await Self.voted(yard, [Self.half, Self.asNow], for: "1")
            let counted = try #require(try await yard.last(BallotEvents.counted))
            let event = try #require(try await yard.last(RuleAdopted.type))
            #expect(event.cause == counted.id && event.correlation == counted.correlation && event.scope == .everyone)
            let fact = try #require(RuleAdopted(event))
            #expect(fact.kind == .speedLimit && fact.site == "street" && fact.area == "market" && fact.limit == 0.5)
            #expect(fact.vote == found.vote.id && fact.option == "1")
            #expect(fact.title.ko.contains("시속 1.8 km(초속 0.5 m)") && fact.title.ko.contains("마을 예산"))
            let rule = try #require(try await Self.rules(yard).first)
            #expect(try await yard.last(OutcomeTable.promised) == nil, "what is a rule need not be promised")
            #expect(rule.holds && rule.ballots == 3 && rule.effect.place == "장터 앞" && rule.voteTitle == "마을 예산")
            #expect(try await yard.rebuildsAlike())
            let said = try await yard.spine.answer("commons.rules.standing", [:], by: .anonymous())
            #expect(said.ko.contains("장터 앞에서는") && said.en.contains("1.8 km/h"))
            let end: [String: JSON] = ["rule": .string(rule.id), "reason": "장터가 옮겨 갔습니다."]
            #expect(try await yard.refusal("commons.rule.end", end, by: Polling.citizen)?.kind == .forbidden)
            let unknown = end.merging(["rule": "none"]) { $1 }
            #expect(try await yard.refusal("commons.rule.end", unknown, by: .officer)?.code == "rule.unknown")
            _ = try await yard.refusal("commons.rule.end", end, by: .officer)
            #expect(try await Self.rules(yard).first?.holds == true, "one officer alone ends nothing")
            try await yard.signed("commons.rule.end", end, by: .officer, and: Polling.second)
            #expect(try await yard.refusal("commons.rule.end", end, by: .officer)?.code == "rule.over")
            let ended = try #require(try await Self.rules(yard).first)
            #expect(!ended.holds && ended.reason == "장터가 옮겨 갔습니다.")
            await #expect(throws: Refusal.self) {
                try await yard.spine.answer("commons.rules.standing", [:], by: .anonymous())
            }
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("an option without an effect makes no rule, and what was not chosen makes none")
    func none() async throws {
        try await Self.with { yard in
            _ = try await Self.voted(yard, [Self.half, Self.asNow], for: "2")
            #expect(try await Self.rules(yard).isEmpty)
            #expect(try await yard.last(RuleAdopted.type) == nil)
            #expect(try await yard.last(OutcomeTable.promised) != nil, "what is no rule is promised, as ever")
        }
    }

    @Test("a later vote on the same place replaces the earlier rule; one on another place does not")
    func replaced() throws {
        func vote(_ id: String, _ effects: [RuleEffect?]) -> Vote {
            Vote(
                id: id, title: "투표 \(id)", summary: "", method: .approval,
                options: effects.enumerated().map {
                    Vote.Option(id: "\($0 + 1)", name: "선택 \($0 + 1)", summary: "", cost: 0, proposal: "", effect: $1)
                }, limit: 0, most: 2, points: 0, seats: 1, begins: Timestamp(microseconds: 0),
                ends: Timestamp(microseconds: 1), isAccountless: true, process: "", isSample: false)
        }
        func effect(_ area: String?, _ limit: Double) -> RuleEffect {
            RuleEffect(kind: .speedLimit, site: "street", area: area, place: "곳", limit: limit)
        }
        let earlier = Ruling(
            id: "old-1", effect: effect("market", 0.5), vote: "old", voteTitle: "옛 투표", option: "1", optionName: "선택",
            ballots: 3, adopted: Timestamp(microseconds: 0), event: "", ended: nil, reason: nil, isSample: false)
        let now = Timestamp(microseconds: 5)
        func types(_ effects: [RuleEffect?], _ chosen: [String]) -> [String] {
            Ruling.adopting(chosen, of: vote("new", effects), ballots: 3, at: now, standing: [earlier]).map(\.type)
        }
        #expect(types([effect("market", 1)], ["1"]) == [RuleEnded.type, RuleAdopted.type])
        #expect(types([effect("hill", 1)], ["1"]) == [RuleAdopted.type])
        #expect(types([effect(nil, 1)], ["1"]) == [RuleAdopted.type], "the whole site is another place")
        #expect(types([effect("market", 1), nil], ["2"]).isEmpty)
        #expect(types([effect("market", 1)], ["9"]).isEmpty)
        let read = Vote("new", .object(vote("new", [effect("market", 1), nil]).json))
        #expect(read?.options.map(\.effect) == [effect("market", 1), nil])
    }

    @Test("the vote and the ballot say it in plain words; the list, JSON and CSV are everybody's")
    func pages() async throws {
        let room = try Commons()
        try await Self.with { yard in
            let (polling, codes) = try await Polling.open(
                yard, people: 3, Self.values([Self.half, Self.asNow]), rule: ["method": "most"])
            try await serving(yard.spine, rooms: [room]) { served in
                let empty = try await served.client.send("GET", "/commons/rules")
                #expect(empty.status == 200 && empty.text.contains("아직 투표로 정한 로봇 규칙이 없습니다"))
                for path in ["", "/ballot"] {
                    let page = try await served.client.send("GET", "/commons/votes/\(polling.vote)\(path)")
                    #expect(page.text.contains("장터 앞: 로봇 최고 시속 1.8 km(초속 0.5 m)"), "\(path)")
                }
                let before = try await served.client.send("GET", "/commons/votes/\(polling.vote)")
                #expect(before.text.contains("뽑히면 로봇 규칙이 됩니다"))
                for code in codes { _ = try await polling.cast("1", code: code) }
                _ = try await polling.finish()
                let after = try await served.client.send("GET", "/commons/votes/\(polling.vote)")
                #expect(!after.text.contains("뽑히면 로봇 규칙이 됩니다"), "nothing is chosen any more after the count")
                let result = try await served.client.send("GET", "/commons/votes/\(polling.vote)/result")
                #expect(
                    result.text.contains("장터 앞: 로봇 최고") && result.text.contains("/commons/rules#rule-\(polling.vote)-1")
                )
                let event = try #require(try await yard.last(RuleAdopted.type))
                let page = try await served.client.send("GET", "/commons/rules")
                #expect(page.text.contains("/trace/\(event.id)") && page.text.contains("적용 중"))
                #expect(!page.text.contains("/do/commons.rule.end"), "ending it is the officer's")
                let english = try await served.client.send("GET", "/commons/rules", [("Accept-Language", "en")])
                #expect(english.text.contains("robots at most 1.8 km/h (0.5 m/s)"))
                let json = try JSON(parsing: try await served.client.send("GET", "/api/v1/commons/rules").text)
                let entry = try #require(json["rules"]?.elements?.first)
                #expect(entry["limit_m_per_s"]?.double == 0.5 && entry["holds"]?.bool == true)
                #expect(entry["area"]?.text == "market" && entry["ballots"]?.integer == 3)
                let csv = try await served.client.send("GET", "/api/v1/commons/rules?format=csv")
                #expect(csv.text.contains("speed-limit,street,market,0.5"))
            }
        }
    }

    @Test("the sample has one that was adopted, founded once")
    func sampled() async throws {
        let room = try Commons()
        try await Yard.with([room], on: .sqlite, isSample: true) { yard in
            try await room.foundSample(yard.spine, seed: 1)
            try await room.foundSample(yard.spine, seed: 1)
            let rule = try #require(try await Self.rules(yard).first)
            #expect(rule.isSample && rule.holds && rule.ballots == 14)
            #expect(rule.effect.site == "solmaru" && rule.effect.area == "slope-1" && rule.effect.limit == 0.8)
            #expect(try await yard.types().count { $0 == RuleAdopted.type } == 1)
        }
    }
}
