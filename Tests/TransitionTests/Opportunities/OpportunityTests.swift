import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing
import Web

@testable import Transition

@Suite("Opportunities, and the chain that follows them", .serialized)
struct OpportunityTests {
    private static let reader = Caller.executive("firm-a")
    private static let economy = SyntheticEconomy(seed: 77, regions: 16, industries: 30)

    /// A house with statistics, and a forecast where a test wants one.
    private func with(
        _ kind: StoreUnderTest = .sqlite, forecast: Bool = false, _ body: (Yard) async throws -> Void
    ) async throws {
        try await Yard.with([try Transition()], on: kind) { yard in
            for firm in ["firm-a", "firm-b"] { try await yard.register(firm) }
            for caller in [Self.reader, .executive("firm-b"), .officer] { try await yard.enrol(caller) }
            let (text, now) = (Self.economy.file(forecast ? 4 : 1, from: 2010, every: 3), yard.clock.read())
            let hash = try await yard.store.write {
                try Attachments.keep(Array(text.utf8), scope: .zone, author: .system("test"), at: now, in: $0)
            }
            try await yard.perform(
                ImportEconomy.name,
                [
                    "file": .string(hash), "economy": "test-jobs", "title": "시험 통계", "measure": "종사자수(명)",
                    "source": "시험", "licence": "공공누리 제1유형", "published": "2026-01-31", "suppression": "x",
                ], by: .officer)
            if forecast {
                try await OpeningForecaster(spine: yard.spine, desk: EconomyDesk(), trees: 8).look()
            }
            try await body(yard)
        }
    }

    private static func values(_ more: [String: JSON] = [:]) -> [String: JSON] {
        [
            "economy": "test-jobs", "region": "울산", "industry": "로봇", "basis": "judgement", "title_ko": "용접 로봇",
            "title_en": "Welding robots", "why": "수요가 있습니다.",
        ].merging(more) { $1 }
    }

    /// Opens one by judgement; its name.
    private func open(_ yard: Yard) async throws -> String {
        try await yard.perform(OpenOpportunity.name, Self.values(), by: .officer)
        let fact = OpportunityOpened(try #require(try await yard.last(OpportunityOpened.type)))
        return try #require(fact).opportunity
    }

    private func find(_ id: String, _ yard: Yard, by tenant: Tenant?) async throws -> Opportunity? {
        try await yard.store.read { try OpportunityTable.find(id, for: tenant, in: $0) }
    }

    private func chain(_ id: String, _ yard: Yard, by tenant: Tenant?) async throws -> OpportunityChain {
        try await yard.store.read { try ChainTable.chain(of: id, for: tenant, in: $0) }
    }

    @Test(
        "an industry's name in the statistics is parted into its languages, without its code",
        arguments: [
            ("131 산업용 로봇 Industrial robots", "산업용 로봇", "Industrial robots"),
            ("C26 전자부품", "전자부품", "전자부품"), ("3366 Ship building", "Ship building", "Ship building"),
            ("반도체", "반도체", "반도체"), ("115", "115", "115"), ("12 식품·음료 Food, drink", "식품·음료", "Food, drink"),
        ])
    func names(name: String, ko: String, en: String) {
        #expect(IndustryName.words(name) == Words(ko, en))
    }

    @Test("a chain says how many milestones were reached and how many are late, not only how far it came")
    func tally() throws {
        func milestone(_ kind: String, _ due: String) -> OpportunityChain.Milestone {
            let act = Opportunity.Act(author: .system("test"), at: Timestamp(microseconds: 0), event: "")
            return .init(
                id: "\(kind)-\(due)", group: "g", title: Words("가", "a"),
                changes: [.init(kind: kind, due: due, reason: nil, act: act)])
        }
        var chain = OpportunityChain()
        chain.milestones = [
            milestone("reached", "2026-01-01"), milestone("dropped", "2026-01-01"), milestone("slipped", "2026-01-01"),
            milestone("set", "2026-03-01"), milestone("moved", "2026-02-28"), milestone("set", "bad"),
        ]
        let tally = chain.tally(on: try #require(KoreanDay("2026-03-01")))
        #expect(tally == (1, 5, 2), "what is due today is not late; what was given up does not count")
    }

    @Test("the public chain offers a stranger nothing to change, and names no part of the machine")
    func page() async throws {
        try await with { yard in
            let id = try await open(yard)
            try await serving(yard.spine, rooms: [try Transition()]) { served in
                let page = try await served.client.send("GET", Opportunity.path(id))
                #expect(page.status == 200 && !page.text.contains("/do/"))
                #expect(
                    page.text.contains("/transition/e/test-jobs/ledger"),
                    "the statistics are open, and so are their scores")
                for link in page.text.matches(of: /href="(\/trace\/[^"]+)"/) {
                    #expect(try await served.client.send("GET", String(link.1)).status == 200, "\(link.1)")
                }
            }
        }
    }

    @Test(
        "the event is the fact that other rooms read, and nobody need sign in to see it", arguments: StoreUnderTest.all)
    func opened(on kind: StoreUnderTest) async throws {
        try await with(kind) { yard in
            let id = try await open(yard)
            let event = try #require(try await yard.last(OpportunityOpened.type))
            let fact = try #require(OpportunityOpened(event))
            #expect(event.scope == .everyone && event.stream == "opportunity/\(id)")
            #expect(fact.title == Words("용접 로봇", "Welding robots") && fact.region == "울산" && fact.industry == "로봇")
            #expect(fact.economy == "test-jobs")
            let found = try #require(try await find(id, yard, by: nil))
            #expect(found.basis == .judgement && found.forecast == nil && found.closed == nil)
            #expect(
                try await yard.refusal(OpenOpportunity.name, Self.values(), by: .officer)?.code == "opportunity.open")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("the odds are those of the prediction on the Record; what no prediction says is refused")
    func forecast() async throws {
        try await with(forecast: true) { yard in
            let tenant = try Caller.officer.tenant
            let (forecast, told) = try await yard.store.read { reader in
                let forecast = try ForecastTable.forecasts(of: "test-jobs", for: tenant, in: reader)[0]
                return (forecast, try ForecastTable.predictions(of: forecast, limit: 1, in: reader)[0])
            }
            let values = Self.values([
                "basis": "forecast", "forecast": .string(forecast.id), "region": .string(told.region),
                "industry": .string(told.industry),
            ])
            let wrong: [([String: JSON], String, String)] = [
                (["industry": "없는 산업"], "opportunity.forecast", "forecast"),
                (["forecast": "nothing"], "opportunity.forecast", "forecast"),
                (["economy": "nowhere"], "economy.unknown", "economy"), (["basis": "hope"], "form.invalid", "basis"),
            ]
            for (more, code, field) in wrong {
                let refusal = try #require(
                    try await yard.refusal(OpenOpportunity.name, values.merging(more) { $1 }, by: .officer))
                #expect(refusal.code == code && refusal.faults.map(\.field) == [field])
            }
            #expect(try await yard.refusal(OpenOpportunity.name, values, by: Self.reader)?.kind == .forbidden)
            try await yard.perform(OpenOpportunity.name, values, by: .officer)
            let event = try #require(try await yard.last(OpportunityOpened.type))
            let found = try #require(try await find(event.payload["opportunity"]?.text ?? "", yard, by: nil))
            #expect(found.basis == .forecast && found.forecast?.odds == told.odds)
            #expect(found.forecast?.event == forecast.event && found.forecast?.target == forecast.target)
        }
    }

    @Test("odds of withdrawn statistics carry nothing new, and what rests on them says so")
    func withdrawn() async throws {
        try await with(forecast: true) { yard in
            let tenant = try Caller.officer.tenant
            let (forecast, told) = try await yard.store.read { reader in
                let forecast = try ForecastTable.forecasts(of: "test-jobs", for: tenant, in: reader)[0]
                return (forecast, try ForecastTable.predictions(of: forecast, limit: 2, in: reader))
            }
            func values(_ one: Int) -> [String: JSON] {
                Self.values([
                    "basis": "forecast", "forecast": .string(forecast.id), "region": .string(told[one].region),
                    "industry": .string(told[one].industry),
                ])
            }
            try await yard.perform(OpenOpportunity.name, values(0), by: .officer)
            let id = try #require(try await yard.last(OpportunityOpened.type)?.payload["opportunity"]?.text)
            func saysWithdrawn(_ wanted: Bool) async throws {
                try await serving(yard.spine, rooms: [try Transition()]) { served in
                    let page = try await served.client.send(
                        "GET", "/transition/opportunities/\(id)", [("Accept-Language", "ko")])
                    #expect(page.status == 200 && page.text.contains("철회되었습니다") == wanted)
                }
            }
            try await saysWithdrawn(false)
            // The same statistics in a version that stands, so that the economy is still known.
            let (hash, version) = try await yard.store.read { reader in
                let version = try EconomyTable.versions(for: tenant, in: reader)[0]
                return (version.file, version.id)
            }
            yard.clock.advance(by: 60)
            try await yard.perform(
                ImportEconomy.name,
                [
                    "file": .string(hash), "economy": "test-jobs", "title": "시험 통계", "measure": "종사자수(명)",
                    "source": "시험", "licence": "공공누리 제1유형", "published": "2026-02-28", "suppression": "x",
                ], by: .officer)
            try await yard.perform(
                WithdrawEconomy.name, ["version": .string(version), "reason": "잘못된 표"], by: .officer)
            let refusal = try #require(try await yard.refusal(OpenOpportunity.name, values(1), by: .officer))
            #expect(refusal.code == "opportunity.withdrawn" && refusal.faults.map(\.field) == ["forecast"])
            try await saysWithdrawn(true)
        }
    }

    @Test("a forecast that a newer one took the place of is refused")
    func outdated() async throws {
        try await with(forecast: true) { yard in
            let tenant = try Caller.officer.tenant
            let forecast = try await yard.store.read {
                try ForecastTable.forecasts(of: "test-jobs", for: tenant, in: $0)[0]
            }
            let told = try await yard.store.read { try ForecastTable.predictions(of: forecast, limit: 1, in: $0)[0] }
            yard.clock.advance(by: 60)
            var payload = try #require(try await yard.last(ForecastTable.predicted)).payload
            payload.merge(["forecast": "newer", "basis": "newer", "versions": .array([])]) { $1 }
            let newer = payload
            try await yard.spine.district.record(
                [Draft(ForecastTable.predicted, stream: "forecast/newer", scope: forecast.scope, payload: newer)],
                origin: Origin(author: .system("test")))
            let values = Self.values([
                "basis": "forecast", "forecast": .string(forecast.id), "region": .string(told.region),
                "industry": .string(told.industry),
            ])
            #expect(
                try await yard.refusal(OpenOpportunity.name, values, by: .officer)?.code == "opportunity.newest")
        }
    }

    @Test("a list says of each chain what the chain itself says, a page at a time", arguments: StoreUnderTest.all)
    func listed(on kind: StoreUnderTest) async throws {
        try await with(kind) { yard in
            let words = Words("가", "A")
            let reaches = ["opportunity", "case", "group", "milestone", "outcome"]
            func draft(_ type: String, _ payload: [String: JSON], _ scope: Scope = .everyone) -> Draft {
                Draft(type, stream: "test/chain", scope: scope, payload: payload)
            }
            var drafts = (0..<26).map { number in
                draft(
                    OpportunityOpened.type,
                    [
                        "opportunity": .string("o-\(number)"), "title": words.json, "economy": "test-jobs",
                        "region": "울산", "industry": .string("산업 \(number)"), "basis": "judgement", "why": "까닭",
                    ])
            }
            for (number, reach) in reaches.enumerated() {
                let at = try #require(reaches.firstIndex(of: reach))
                let (o, g, m) = (JSON.string("o-\(number)"), JSON.string("g-\(number)"), JSON.string("m-\(number)"))
                if at > 0 {
                    drafts.append(
                        draft(
                            CaseLinked.type,
                            ["opportunity": o, "case": "odense", "title": words.json, "level": 1, "carries": "시장"]))
                }
                if at > 1 {
                    drafts.append(
                        draft(
                            WorkingGroupFormed.type,
                            ["group": g, "opportunity": o, "title": words.json, "charter": words.json]))
                }
                if at > 2 {
                    for change in [MilestoneChanged.Change.set, .slipped, .slipped] {
                        drafts.append(
                            draft(
                                change.type,
                                ["milestone": m, "group": g, "title": words.json, "due": "2027-01-01", "reason": "늦음"]))
                    }
                    // What one firm alone may see is not told to everybody.
                    drafts.append(
                        draft(
                            MilestoneChanged.Change.slipped.type,
                            ["milestone": m, "group": g, "title": words.json, "due": "2027-02-01", "reason": "늦음"],
                            .firm("firm-a")))
                }
                if at > 3 {
                    drafts.append(
                        draft(
                            OutcomeMeasured.type,
                            [
                                "outcome": "out", "milestone": m, "metric": words.json, "unit": "개", "value": 3,
                                "day": "2026-11-01", "source": "회의록",
                            ]))
                }
            }
            try await yard.spine.district.record(drafts, origin: Origin(author: .system("test")))
            let firm = try Self.reader.tenant
            for tenant in [nil, firm] {
                let ids = (0..<26).map { "o-\($0)" }
                let marks = try await yard.store.read { try ChainTable.marks(of: ids, for: tenant, in: $0) }
                for (number, id) in ids.enumerated() {
                    let whole = try await chain(id, yard, by: tenant)
                    let mark = marks[id] ?? .init()
                    #expect(mark.reach == whole.reach && mark.reach == (reaches.dropFirst(number).first ?? reaches[0]))
                    #expect(mark.slips == Int64(whole.milestones.reduce(0) { $0 + $1.slips }), "\(id)")
                }
                #expect(marks["o-3"]?.slips == (tenant == nil ? 2 : 3))
            }
            try await serving(yard.spine, rooms: [try Transition()]) { served in
                for (page, count) in [(1, 25), (2, 1)] {
                    let text = try await served.client.send("GET", "/transition/opportunities?page=\(page)").text
                    #expect(text.ranges(of: "href=\"/transition/opportunities/o-").count == count)
                }
            }
        }
    }

    @Test("a case is linked once, with its level; a closed opportunity takes none", arguments: StoreUnderTest.all)
    func linked(on kind: StoreUnderTest) async throws {
        try await with(kind) { yard in
            let id = try await open(yard)
            let values: [String: JSON] = ["opportunity": .string(id), "case": "bilbao", "carries": "공동 기구"]
            try await yard.perform(LinkCase.name, values, by: .officer)
            let event = try #require(try await yard.last(CaseLinked.type))
            let fact = try #require(CaseLinked(event))
            #expect(fact.opportunity == id && fact.caseID == "bilbao" && fact.level == 2)
            #expect(fact.title.en.contains("Bilbao") && fact.title.ko.contains("빌바오"))
            #expect(try await yard.refusal(LinkCase.name, values, by: .officer)?.code == "opportunity.linked")
            let wrong: [([String: JSON], String)] = [
                (["case": "atlantis"], "case.unknown"), (["opportunity": "nothing"], "opportunity.unknown"),
            ]
            for (more, code) in wrong {
                #expect(
                    try await yard.refusal(LinkCase.name, values.merging(more) { $1 }, by: .officer)?.code == code)
            }
            #expect(try await yard.refusal(LinkCase.name, values, by: Self.reader)?.kind == .forbidden)
            let close: [String: JSON] = ["opportunity": .string(id), "how": "dropped", "reason": "수요가 없음"]
            #expect(try await yard.refusal(CloseOpportunity.name, close, by: Self.reader)?.kind == .forbidden)
            try await yard.perform(CloseOpportunity.name, close, by: .officer)
            let closed = try #require(try await find(id, yard, by: nil)).closed
            #expect(closed?.how == .dropped && closed?.why == "수요가 없음")
            #expect(try await yard.refusal(CloseOpportunity.name, close, by: .officer)?.code == "opportunity.closed")
            #expect(
                try await yard.refusal(LinkCase.name, values.merging(["case": "lille"]) { $1 }, by: .officer)?.code
                    == "opportunity.closed")
            // The industry is free to be taken up again.
            _ = try await open(yard)
            #expect(try await yard.rebuildsAlike())
        }
    }

    private func record(_ drafts: [Draft], _ yard: Yard) async throws {
        for draft in drafts {
            try await yard.district.record([draft], origin: Origin(author: .system("test")))
            yard.clock.advance(by: 60)
        }
    }

    private func milestone(
        _ change: MilestoneChanged.Change, due: String, reason: String? = nil, scope: Scope = .everyone
    ) -> Draft {
        var payload: [String: JSON] = [
            "milestone": "m-1", "title": Words("시제품", "Prototype").json, "group": "g-1", "due": .string(due),
        ]
        if let reason { payload["reason"] = .string(reason) }
        return Draft(change.type, stream: "milestone/m-1", scope: scope, payload: payload)
    }

    @Test("what Alliance tells of group, milestone and outcome makes the chain whole", arguments: StoreUnderTest.all)
    func whole(on kind: StoreUnderTest) async throws {
        try await with(kind) { yard in
            let id = try await open(yard)
            #expect(try await chain(id, yard, by: nil).reach == "opportunity")
            try await yard.perform(
                LinkCase.name, ["opportunity": .string(id), "case": "odense", "carries": "첫 시장"], by: .officer)
            #expect(try await chain(id, yard, by: nil).reach == "case")
            func group(_ name: String, _ opportunity: String?, _ scope: Scope) -> Draft {
                var payload: [String: JSON] = ["group": .string(name), "title": Words("로봇 작업반", "Robot group").json]
                if let opportunity { payload["opportunity"] = .string(opportunity) }
                return Draft(
                    WorkingGroupFormed.type, stream: "working-group/\(name)", scope: scope, payload: payload)
            }
            try await record(
                [
                    group("g-1", id, .everyone), group("g-2", nil, .everyone), group("g-3", "another", .everyone),
                    group("g-4", id, .firm("firm-a")),
                    milestone(.set, due: "2026-12-01"), milestone(.slipped, due: "2026-12-01"),
                    milestone(.moved, due: "2027-01-15", reason: "부품 지연"), milestone(.reached, due: "2027-01-15"),
                    Draft(
                        OutcomeMeasured.type, stream: "milestone/m-1", scope: .everyone,
                        payload: [
                            "outcome": "o-1", "milestone": "m-1", "metric": Words("일자리", "Jobs").json, "unit": "명",
                            "before": 10, "value": 25, "day": "2027-01-20", "source": "작업반 회의록",
                            "level": "2",
                        ]),
                    Draft(
                        OutcomeMeasured.type, stream: "milestone/m-1", scope: .everyone,
                        payload: [
                            "outcome": "o-2", "milestone": "m-1", "metric": Words("기업", "Firms").json, "unit": "곳",
                            "value": 3, "day": "2027-01-21", "source": "집계",
                        ]),
                ], yard)
            let found = try await chain(id, yard, by: nil)
            #expect(found.reach == "outcome" && found.groups.map(\.id) == ["g-1"], "a firm's group is the firm's")
            let own = try #require(found.milestones.first)
            #expect(found.milestones.count == 1 && own.changes.map(\.kind) == ["set", "slipped", "moved", "reached"])
            #expect(own.slips == 1 && own.delay == 45 && own.state == "reached" && own.changes[2].reason == "부품 지연")
            #expect(found.outcomes.map(\.value) == [25, 3] && found.outcomes[0].before == 10)
            #expect(found.outcomes.map(\.level) == [2, nil], "a level that nobody told is unknown, never the least")
            #expect(found.outcomes[0].source == "작업반 회의록" && found.cases.map(\.caseID) == ["odense"])
            let zone = try Caller.officer.tenant
            #expect(try await chain(id, yard, by: zone).groups.map(\.id) == ["g-1", "g-4"])
            #expect(try await chain(id, yard, by: try Self.reader.tenant).groups.map(\.id) == ["g-1", "g-4"])
            #expect(try await chain(id, yard, by: try Caller.executive("firm-b").tenant).groups.map(\.id) == ["g-1"])
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("anybody reads the chain without signing in; officers alone see how to change it")
    func publicPage() async throws {
        try await with { yard in
            let id = try await open(yard)
            try await yard.perform(
                LinkCase.name, ["opportunity": .string(id), "case": "odense", "carries": "첫 시장"], by: .officer)
            let room: Transition = yard.room()
            try await serving(yard.spine, rooms: [room]) { served in
                for path in [
                    "/transition/opportunities", "/transition/opportunities/\(id)", "/transition/cases",
                    "/transition/cases/odense", "/transition/hubs",
                ] {
                    let answer = try await served.client.send("GET", path)
                    #expect(answer.status == 200, "\(path)")
                    #expect(!answer.text.contains("/do/transition."), "\(path)")
                }
                let page = try await served.client.send("GET", "/transition/opportunities/\(id)")
                #expect(page.text.contains("용접 로봇") && page.text.contains("/transition/cases/odense"))
                let odense = try await served.client.send("GET", "/transition/cases/odense").text
                #expect(
                    odense.contains("스스로 밝힌 이야기")
                        && odense.contains("https://insidescandinavianbusiness.com/article.php?id=553"))
                #expect(try await served.client.send("GET", "/transition/opportunities/nothing").status == 404)
                #expect(try await served.client.send("GET", "/transition/cases/atlantis").status == 404)
                #expect(try await served.client.send("GET", "/transition/e/test-jobs/brief?region=x").status != 200)
            }
        }
    }

    @Test("the sample takes something up, and founds it once")
    func sample() async throws {
        try await Yard.with([try Transition()], on: .sqlite, isSample: true) { yard in
            let room: Transition = yard.room()
            try await room.foundSample(yard.spine, seed: 7)
            let before = try await yard.events().count
            try await room.foundSample(yard.spine, seed: 7)
            #expect(try await yard.events().count == before)
            let (all, home) = try await yard.store.read {
                (try OpportunityTable.list(for: nil, in: $0), try CaseTable.home(in: $0))
            }
            #expect(all.map(\.id) == ["sample-yard-robots"])
            let wanted = try #require(home)
            let ground = try #require(
                try await Ground.of(wanted.economy, wanted.region, EconomyDesk(), in: yard.spine))
            #expect(ground.book.industries.contains(all[0].industry), "the sample speaks of its own statistics")
            #expect(try await chain(all[0].id, yard, by: nil).cases.map(\.caseID) == ["eindhoven", "odense"])
        }
    }
}
