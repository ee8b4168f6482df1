import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing
import Web

@testable import Transition

@Suite("What everybody may see of statistics", .serialized)
struct PublicTests {
    private static let story = EconomyStoryTests()

    @Test(
        "an open licence is known by its name, and what it does not let be published keeps it closed",
        arguments: [
            ("공공누리 제1유형", true), ("공공누리 제2유형(출처표시, 상업적 이용금지)", true), ("이용허락범위 제한 없음", true),
            ("CC BY 4.0", true), ("Public domain", true), ("Apache-2.0", true), ("CC-BY-4.0", true), ("CC0 1.0", true),
            ("공공누리 제1유형: 출처표시", true), ("not public domain", false), ("공공누리 제1유형 아님", false),
            ("공공누리 제1유형이 아닙니다", false), ("공공누리 제1유형 제외", false), ("공공누리 제1유형 해당 없음", false),
            ("non-CC BY", false), ("All but CC BY is excluded", false), ("Public domain: it isn't", false),
            ("cc bypass", false), ("notpublic domains", false), ("공공누리 제3유형, 일부 CC BY", false),
            ("공공누리 제3유형", false), ("공공누리 제1유형 + 변경금지", false), ("CC BY-ND 4.0", false), ("내부 이용", false), ("", false),
        ])
    func licences(licence: String, isOpen: Bool) {
        #expect(OpenLicence.isOpen(licence) == isOpen)
    }

    private func bring(_ economy: String, _ more: [String: JSON], _ yard: Yard) async throws {
        let hash = try await Self.story.keep(Self.text, yard)
        let values = Self.story.values(hash, more.merging(["economy": .string(economy)]) { $1 })
        try await yard.perform(ImportEconomy.name, values, by: .officer)
    }

    /// Two regions of three industries; of 가군 one is suppressed.
    private static let text = """
        지역,산업,종사자수,연도
        가군,10조선,120,2019
        가군,11기계,x,2019
        가군,12식품,30,2019
        나군,10조선,40,2019
        나군,11기계,55,2019
        나군,12식품,70,2019
        """

    @Test("the importer's word decides, else the licence; the event carries which", arguments: StoreUnderTest.all)
    func decided(on kind: StoreUnderTest) async throws {
        try await Self.story.with(kind) { yard, _ in
            let cases: [(String, [String: JSON], Bool)] = [
                ("by-licence", [:], true), ("not-by-licence", ["licence": "내부 이용"], false),
                ("said-open", ["licence": "내부 이용", "audience": "everyone"], true),
                ("said-closed", ["audience": "members"], false), ("said-licence", ["audience": "licence"], true),
            ]
            for (economy, more, isOpen) in cases {
                try await bring(economy, more, yard)
                let event = try #require(try await yard.last(EconomyTable.imported))
                #expect(event.payload["open"] == .bool(isOpen), "\(economy)")
                let shown = try await yard.store.read { reader in
                    (
                        try EconomyTable.isShown(economy, to: nil, in: reader),
                        try EconomyTable.isShown(economy, to: EconomyStoryTests.reader.tenant, in: reader)
                    )
                }
                #expect(shown == (isOpen, true), "\(economy)")
            }
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("closed statistics, and their withdrawal, are the zone's on the Record; open ones are everybody's")
    func recorded() async throws {
        try await Self.story.with { yard, _ in
            for (economy, audience, scope) in [
                ("open-jobs", "everyone", Scope.everyone), ("closed-jobs", "members", Scope.zone),
            ] {
                try await bring(economy, ["audience": .string(audience)], yard)
                let event = try #require(try await yard.last(EconomyTable.imported))
                #expect(event.scope == scope, "\(economy)")
                try await yard.perform(
                    WithdrawEconomy.name, ["version": .string("\(event.id)"), "reason": "시험"], by: .officer)
                #expect(try await yard.last(EconomyTable.withdrawn)?.scope == scope, "\(economy)")
            }
        }
    }

    @Test("what is predicted from closed statistics, and what became of it, is the zone's; firms read it on the pages")
    func predicted() async throws {
        try await Self.story.with { yard, service in
            func bring(_ years: Range<Int>, _ more: [String: JSON]) async throws {
                let hash = try await Self.story.keep(Self.story.text(years), yard)
                try await yard.perform(ImportEconomy.name, Self.story.values(hash, more), by: .officer)
                yard.clock.advance(by: 60)
            }
            try await bring(0..<3, ["licence": "내부 이용"])
            try await service.look()
            let told = try #require(try await yard.last(ForecastTable.predicted))
            #expect(told.scope == .zone)
            try await bring(3..<4, [:])
            try await service.look()
            let scored = try #require(try await yard.last(ForecastTable.scored))
            #expect(scored.scope == .zone && scored.payload["forecast"] == told.payload["forecast"])
            let all = try await yard.events().filter { $0.type == ForecastTable.predicted }
            #expect(all.count > 1 && all.allSatisfy { $0.scope == .zone }, "one closed version closes what rests on it")
            #expect(try await Self.story.forecasts(yard, by: EconomyStoryTests.reader).count == 2)
            let seen = try await yard.store.read { reader in
                (
                    try ForecastTable.forecasts(of: "test-jobs", for: nil, in: reader).count,
                    try OddsTable.tally(of: "test-jobs", for: nil, in: reader).told
                )
            }
            #expect(seen == (0, 0), "a stranger reads none, even once what closed them was withdrawn")
            let (firm, officer) = (
                try await signedIn(EconomyStoryTests.reader, yard), try await signedIn(.officer, yard)
            )
            try await serving(yard.spine, rooms: [try Transition()]) { served in
                let page = try await served.client.send("GET", "/transition/e/test-jobs/ledger", firm)
                #expect(page.status == 200 && page.text.contains("2016"))
                let way = "/trace/\(told.id)"
                #expect(!page.text.contains(way), "no way to what the Record shows the zone alone")
                #expect(
                    try await served.client.send("GET", "/transition/e/test-jobs/ledger", officer).text.contains(way))
                #expect(try await served.client.send("GET", way, officer).status == 200)
                for path in ["/record", "/trace/\(told.id)", "/trace/\(scored.id)"] {
                    for who in [[], firm] {
                        let answer = try await served.client.send("GET", path, who)
                        #expect(!answer.text.contains("R100"), "\(path)")
                        if path != "/record" { #expect(answer.status != 200, "\(path)") }
                    }
                }
            }
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("forecasts of open statistics stay everybody's")
    func predictedOpenly() async throws {
        try await Self.story.with { yard, service in
            try await Self.story.bring(0..<3, yard)
            try await service.look()
            yard.clock.advance(by: 60)
            try await Self.story.bring(3..<4, yard)
            try await service.look()
            for type in [ForecastTable.predicted, ForecastTable.scored] {
                let events = try await yard.events().filter { $0.type == type }
                #expect(!events.isEmpty && events.allSatisfy { $0.scope == .everyone }, "\(type)")
            }
            #expect(
                try await yard.store.read { try ForecastTable.forecasts(of: "test-jobs", for: nil, in: $0) }.count == 2)
        }
    }

    @Test("one closed version closes the economy for strangers, and its withdrawal opens it again")
    func mixed() async throws {
        try await Self.story.with { yard, _ in
            try await bring("both", [:], yard)
            yard.clock.advance(by: 60)
            try await bring("both", ["audience": "members"], yard)
            func isShown() async throws -> Bool {
                try await yard.store.read { try EconomyTable.isShown("both", to: nil, in: $0) }
            }
            #expect(try await !isShown())
            let closed = try #require(
                try await yard.store.read { try EconomyTable.versions(of: "both", for: Tenant?.none, in: $0) }
                    .first { !$0.isOpen })
            try await yard.perform(
                WithdrawEconomy.name, ["version": .string(closed.id), "reason": "시험"], by: .officer)
            #expect(try await isShown())
        }
    }

    @Test(
        "a stranger reads region, ledger and brief of open statistics, never a suppressed cell; closed ones ask to sign in"
    )
    func pages() async throws {
        try await Self.story.with { yard, _ in
            try await bring("open-jobs", [:], yard)
            try await bring("closed-jobs", ["audience": "members"], yard)
            try await serving(yard.spine, rooms: [try Transition()]) { served in
                let region = "region=\(Table.encoded("가군"))"
                for page in ["", "/ledger", "/backtest", "/space", "/region?\(region)", "/brief?\(region)"] {
                    let open = try await served.client.send("GET", "/transition/e/open-jobs\(page)")
                    #expect(open.status == 200, "\(page)")
                    #expect(!open.text.contains("/do/"), "nothing to change: \(page)")
                    let closed = try await served.client.send("GET", "/transition/e/closed-jobs\(page)")
                    #expect(closed.status == 303 && closed["location"]?.hasPrefix("/signin") == true, "\(page)")
                }
                let page = try await served.client.send("GET", "/transition/e/open-jobs/region?\(region)").text
                let box = try #require(page.firstMatch(of: /id="treemap"[\s\S]*?<\/section>/)?.0)
                #expect(box.contains("12식품") && !box.contains("11기계"), "what is suppressed has no share")
                #expect(page.contains("67 %"), "two of three cells are known")
                let list = try await served.client.send("GET", "/transition/economies").text
                #expect(list.contains("/transition/e/open-jobs") && !list.contains("/transition/e/closed-jobs"))
            }
        }
    }

    private func signedIn(_ caller: Caller, _ yard: Yard) async throws -> [(String, String)] {
        let (person, now) = (try #require(caller.person), yard.clock.read())
        let opened = try await yard.store.write {
            try Sessions.open(person, address: "127.0.0.1", agent: "test", at: now, in: $0)
        }
        return [("Cookie", "slipway_session=\(opened.token)")]
    }
}
