import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing
import Twin
import Web

@testable import Robots

/// Commons is not here: its events are put on the Record as it would put them.
@Suite("Robots obey what citizens adopted", .serialized) struct CivicHouseTests {
    static let hall = SitePlan.square.with {
        $0.id = "alfa-hall"
        $0.zones = CivicRuleTests.market.zones
    }
    static let drawer = Caller.drawer("alfa")
    /// A small piece of the market.
    private static let corner: [SitePlan.Point] = [.init(x: 9, y: 3), .init(x: 10, y: 3), .init(x: 10, y: 4)]

    @discardableResult
    static func adopt(
        _ yard: Yard, _ id: String = "vote-1", kind: RuleAdopted.Kind = .speedLimit, site: String = "alfa-hall",
        area: String? = "market", _ limit: Double = 0.5
    ) async throws -> Event {
        let rule = CivicRuleTests.rule(id, kind: kind, site: site, area: area, limit)
        var payload = rule.json
        payload["option"] = "1"
        try await yard.district.record(
            [Draft(RuleAdopted.type, stream: "civic-rule/\(id)", scope: .everyone, payload: payload)],
            origin: Origin(author: .system("ballot-count")))
        return try #require(try await yard.last(RuleAdopted.type))
    }

    static func end(_ yard: Yard, _ id: String = "vote-1") async throws {
        try await yard.district.record(
            [
                Draft(
                    RuleEnded.type, stream: "civic-rule/\(id)", scope: .everyone,
                    payload: ["rule": .string(id), "reason": "새 투표"])
            ], origin: Origin(author: .system("test")))
    }

    static func site(_ yard: Yard) async throws -> CompiledSite {
        try #require(try await yard.store.read { try SiteTable.compiled("alfa-hall", in: $0) })
    }

    static func rules(_ yard: Yard) async throws -> [CivicRule] {
        try await yard.store.read { try CivicTable.all(in: $0) }
    }

    static func slowest(_ yard: Yard) async throws -> Double? {
        try await site(yard).passages.values.map(\.speed).min()
    }

    static func publish(_ yard: Yard, _ plan: SitePlan) async throws -> Refusal? {
        try await yard.refusal(
            "robots.site.publish",
            ["site": .string(plan.id), "source": "text", "plan": .string(plan.json.canonicalText)], by: drawer)
    }

    @Test("from the vote on the map has it, caused by the vote; its end takes it off", arguments: StoreUnderTest.all)
    func adopted(kind: StoreUnderTest) async throws {
        try await Yard.withHalls(kind) { yard in
            try await yard.publish(Self.hall, by: Self.drawer)
            #expect(try await Self.slowest(yard) == 0.8)
            let cause = try await Self.adopt(yard)
            #expect(try await Self.slowest(yard) == 0.5)
            let (ruled, applied) = (
                try #require(try await yard.last(SiteTable.Events.ruled)),
                try #require(try await yard.last(CivicTable.applied))
            )
            for event in [ruled, applied] {
                #expect(event.cause == cause.id && event.correlation == cause.correlation)
            }
            #expect(applied.scope == .everyone && applied.payload["plan"] == nil, "a firm's plan stays its own")
            #expect(ruled.scope == .firm("alfa") && ruled.payload["number"]?.integer == 2)
            #expect(try await Self.rules(yard) == [CivicRuleTests.rule(site: "alfa-hall")])
            #expect(try await yard.rebuildsAlike())
            let later = try await yard.reopened(with: [try Robots()])
            #expect(try await Self.slowest(later) == 0.5, "a start changes nothing")
            try await Self.end(yard)
            #expect(try await Self.slowest(yard) == 0.8)
            #expect(try await Self.site(yard).plan == Self.hall)
            #expect(try await Self.rules(yard).isEmpty)
            try await Self.end(yard)
            #expect(try await yard.types().count { $0 == CivicTable.lifted } == 1, "what is not there is not lifted")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("the ways that orders are made of and the sets of zones for 3.0 carry the limit")
    func carried() async throws {
        try await Yard.withHalls { yard in
            try await yard.publish(Self.hall, by: Self.drawer)
            try await Self.adopt(yard)
            let site = try await Self.site(yard)
            let set = try #require(VDAZoneSet.all(of: site.plan, edition: site.plan.edition).first)
            let address = VDAAddress(VehicleID(manufacturer: "narae", serial: "nr-1"), version: .v30)
            let told = set.json(VDAHeader(id: 0, said: Timestamp(microseconds: 0)), address)["zoneSet"]?["zones"]?
                .elements
            let zone = try #require(told?.first)
            #expect(zone["zoneType"]?.text == "SPEED_LIMIT" && zone["maximumSpeed"]?.double == 0.5)
            let slow = site.passages.values.filter { $0.drawn == "bc" }
            #expect(!slow.isEmpty && slow.contains { $0.speed == 0.5 })
        }
    }

    @Test("whoever publishes publishes with it; a plan without the area, and a step that loosens it, are refused")
    func published() async throws {
        try await Yard.withHalls { yard in
            try await yard.publish(Self.hall, by: Self.drawer)
            try await yard.perform(
                "robots.site-node.move", ["site": "alfa-hall", "node": "ward", "x": "3", "y": "4"], by: Self.drawer)
            try await Self.adopt(yard)
            let draft = try await yard.store.read { try SiteTable.draft("alfa-hall", in: $0) }
            #expect(draft?.revision == 1, "a draft stays as it is")
            try await yard.perform("robots.site.publish", ["site": "alfa-hall", "source": "draft"], by: Self.drawer)
            #expect(try await Self.slowest(yard) == 0.5)
            #expect(try await Self.site(yard).plan.nodes.contains { $0.id == "ward" && $0.y == 4 })
            let faster = Self.hall.with { $0.zones[0].rule = .speed(2) }
            #expect(try await Self.publish(yard, faster) == nil)
            let speeds = try await Self.site(yard).passages.values.filter { $0.drawn == "bc" }.map(\.speed)
            #expect(speeds.min() == 0.5, "the vote holds over what is drawn")
            let lacking = try await Self.publish(yard, Self.hall.with { $0.zones = [] })
            #expect(lacking?.code == "site.used" && lacking?.faults.first?.rule == "civic")
            #expect(lacking?.faults.first?.words.ko.contains("투표 ‘장터’") == true)
            let shrunk = try await Self.publish(yard, Self.hall.with { $0.zones[0].corners = Self.corner })
            #expect(shrunk?.code == "site.used" && shrunk?.faults.map(\.rule) == ["civic-shape"])
            let grown = Self.hall.with { plan in
                let (xs, ys) = (plan.zones[0].corners.map(\.x), plan.zones[0].corners.map(\.y))
                plan.zones[0].corners = [
                    .init(x: (xs.min() ?? 0) - 1, y: (ys.min() ?? 0) - 1),
                    .init(x: (xs.max() ?? 0) + 1, y: (ys.min() ?? 0) - 1),
                    .init(x: (xs.max() ?? 0) + 1, y: (ys.max() ?? 0) + 1),
                    .init(x: (xs.min() ?? 0) - 1, y: (ys.max() ?? 0) + 1),
                ]
            }
            #expect(try await Self.publish(yard, grown) == nil, "it may grow")
            let raise: [String: JSON] = [
                "site": "alfa-hall", "zone": "market", "map": "1F", "rule": "speed", "value": "3",
                "corners": [["x": 8, "y": 2], ["x": 12, "y": 2], ["x": 12, "y": 8]],
            ]
            let raised = try await yard.refusal("robots.site-zone.put", raise, by: Self.drawer)
            #expect(raised?.code == "site.civic" && raised?.words.en.contains("vote “Market”") == true)
            #expect(
                try await yard.refusal(
                    "robots.site-zone.remove", ["site": "alfa-hall", "zone": "market"], by: Self.drawer)?.code
                    == "site.civic")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("what cannot be applied says why, waits for a person, and holds once a plan has the area")
    func unapplied() async throws {
        try await Yard.withHalls { yard in
            try await Self.adopt(yard)
            #expect(try await Self.rules(yard).map(\.obstacle) == [.noSite])
            let said = try #require(try await yard.last(CivicTable.unapplied))
            #expect(said.payload["why"]?["ko"]?.text == CivicRule.Obstacle.noSite.words.ko)
            #expect(try await Self.publish(yard, Self.hall) == nil)
            #expect(try await Self.rules(yard).map(\.obstacle) == [nil])
            #expect(try await Self.slowest(yard) == 0.5)
            try await Self.adopt(yard, "vote-2", area: "nowhere")
            try await Self.adopt(yard, "vote-3", kind: .noDriving, area: nil, 0)
            try await Self.adopt(yard, "vote-4", site: "nothing", area: nil)
            let waiting = try await yard.store.read { reader in
                try CivicView.unapplied(for: Caller.officer.tenant, in: reader).map(\.obstacle)
            }
            #expect(waiting == [.noArea, .plan, .noSite])
            let own = try await yard.store.read {
                try CivicView.unapplied(for: Self.drawer.tenant, in: $0).map(\.id)
            }
            let others = try await yard.store.read {
                try CivicView.unapplied(for: Caller.drawer("bravo").tenant, in: $0).map(\.id)
            }
            #expect(own == ["vote-2", "vote-3"] && others.isEmpty)
            try await Self.end(yard, "vote-2")
            #expect(try await Self.rules(yard).count == 3)
            #expect(try await yard.rebuildsAlike())
            try await yard.perform("robots.site.withdraw", ["site": "alfa-hall", "reason": "공사"], by: Self.drawer)
            try await Self.end(yard)
            #expect(try await Self.publish(yard, Self.hall) == nil)
            #expect(try await Self.slowest(yard) == 0.8, "what ended while the site was withdrawn does not come back")
        }
    }

    @Test("the site's page says it with a link, the task is the drawer's, and another firm sees none of it")
    func pages() async throws {
        try await Yard.withHalls { yard in
            try await yard.publish(Self.hall, by: Self.drawer)
            try await Self.adopt(yard)
            try await Self.adopt(yard, "vote-2", area: "nowhere")
            let named = try await yard.district.named(DrivingAreas.kind, for: Self.drawer).map(\.id)
            #expect(named == ["alfa-hall", "alfa-hall/market"], "what a vote made is no place of its own")
            #expect(try await yard.district.named(DrivingAreas.kind, for: .drawer("bravo")).isEmpty)
            let floor = try await PageKit.page(yard, "/robots/sites/{site}", Self.drawer, ["site": "alfa-hall"])
            #expect(floor.contains("시민 투표로 정한 속도 제한") && floor.contains("/commons/rules#rule-vote-1"))
            #expect(floor.contains(CivicRule.Obstacle.noArea.words.ko))
            let english = try await PageKit.page(
                yard, "/robots/sites/{site}", Self.drawer, ["site": "alfa-hall"], language: .en)
            #expect(english.contains("Speed limit by citizens"))
            let sites = try await PageKit.page(yard, "/robots/sites", Self.drawer)
            #expect(sites.contains("지도에 넣지 못한 시민 규칙") && sites.contains("투표 ‘장터’"))
            #expect(!(try await PageKit.page(yard, "/robots/sites", .drawer("bravo"))).contains("시민"))
            let tasks = try await PageKit.tasks(yard, Self.drawer)
            #expect(tasks.contains { $0["href"]?.text == "/robots/sites#civic" && $0["count"]?.text == "1" })
            let others = try await PageKit.tasks(yard, .drawer("bravo"))
            #expect(!others.contains { $0["href"]?.text == "/robots/sites#civic" })
        }
    }
}
