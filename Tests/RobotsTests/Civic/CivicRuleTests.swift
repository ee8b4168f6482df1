import District
import Record
import Testing

@testable import Robots

@Suite("What citizens adopted, on a plan") struct CivicRuleTests {
    static func rule(
        _ id: String = "vote-1", kind: RuleAdopted.Kind = .speedLimit, site: String = "yard", area: String? = "market",
        _ limit: Double = 0.5, _ obstacle: CivicRule.Obstacle? = nil
    ) -> CivicRule {
        CivicRule(
            id: id, title: Words("장터 제한 – 투표 ‘장터’", "Market limit – vote “Market”"), kind: kind, site: site, area: area,
            limit: kind == .noDriving ? 0 : limit, vote: "vote", obstacle: obstacle)
    }

    /// The square with an area on its way from b to c.
    static let market = SitePlan.square.with {
        $0.zones = [SitePlan.zone("market", [(8, 2), (12, 2), (12, 8), (8, 8)], .speed(0.8))]
    }

    @Test("an area's limit stands on its ways and on no other; the whole site's on all; the lowest holds")
    func limits() throws {
        func speeds(_ rules: [CivicRule]) throws -> [String: Double] {
            let site = try SiteCompiler.compile(Self.market.with(rules))
            return Dictionary(site.passages.values.map { ($0.drawn, $0.speed) }, uniquingKeysWith: min)
        }
        let before = try speeds([])
        #expect(before["bc"] == 0.8 && before["ab"] == 1)
        let area = try speeds([Self.rule()])
        #expect(area["bc"] == 0.5 && area["ab"] == 1 && area["da"] == 1)
        #expect(
            try speeds([Self.rule("vote-1", 0.9)])["bc"] == 0.8, "a vote does not make faster what the map has slower")
        let whole = try speeds([Self.rule(area: nil, 0.3)])
        #expect(whole.values.allSatisfy { $0 == 0.3 })
        #expect(try speeds([Self.rule(), Self.rule("vote-2", area: nil, 0.7)]).values.min() == 0.5)
    }

    @Test("its zones are told to vehicles of 3.0 before others, have ids that vehicles take, and go with their rule")
    func zones() throws {
        let rules = [Self.rule(String(repeating: "long-", count: 30)), Self.rule("vote-2", area: nil, 0.7)]
        let plan = SitePlan.tower.with { $0.zones = Self.market.zones }.with(rules)
        let civic = plan.zones.filter(\.isCivic)
        #expect(civic.count == 3 && Set(civic.map(\.map)) == ["1F", "2F"], "one for the area, one for each floor")
        #expect(civic.allSatisfy { SiteCheck.isID($0.id) } && faults(of: plan).isEmpty)
        let set = try #require(VDAZoneSet.all(of: plan, edition: plan.edition).first { $0.map == "1F" })
        #expect(set.zones.first?.isCivic == true && set.zones.last?.id == "market")
        let few = try #require(set.kept(by: ["SPEED_LIMIT"], most: 2))
        let told = few.zones.allSatisfy(\.isCivic)
        #expect(told, "a vehicle that takes only two takes the citizens'")
        #expect(plan.with([]).zones.map(\.id) == ["market"], "what no rule has is taken off")
        #expect(plan.with(rules) == plan && plan.edition != plan.with([]).edition)
        #expect(try PlanJSON.read(plan.json) == plan)
    }

    @Test("what a plan lacks is known; a closed area that cuts a station off fits on none")
    func lacking() throws {
        #expect(!Self.market.lacks(Self.rule()) && Self.market.lacks(Self.rule(area: "nowhere")))
        #expect(!Self.market.lacks(Self.rule(area: nil)))
        #expect(SitePlan.empty(id: "x", name: Words("x", "x")).lacks(Self.rule(area: nil)))
        let closing = Self.rule(kind: .noDriving, 0, .plan)
        #expect(CivicRule.fitting([closing], on: Self.market).newly.isEmpty, "it would make a dead end")
        let open = Self.market.with { $0.change(node: "b") { $0.kind = .escape } }
        #expect(CivicRule.fitting([closing], on: open).newly == [closing], "there is another way round")
        let ward = Self.market.with {
            $0.zones.append(SitePlan.zone("ward-front", [(2, 2), (4, 2), (4, 4), (2, 4)]))
        }
        let cutting = Self.rule("vote-3", kind: .noDriving, area: "ward-front", 0, .plan)
        let fitting = CivicRule.fitting([cutting, Self.rule()], on: ward)
        #expect(fitting.newly.isEmpty && fitting.kept == [Self.rule()])
    }

    @Test("a step of the map editor that would loosen it is refused with the vote's name, another one is not")
    func editing() throws {
        let rules = [Self.rule()]
        let plan = Self.market.with(rules)
        let own = try #require(plan.zones.first { $0.isCivic })
        func zone(_ id: String, _ rule: SitePlan.Zone.Rule) -> PlanEdit { .zone(SitePlan.zone(id, [(8, 2)], rule)) }
        let cases: [(edit: PlanEdit, field: String?)] = [
            (zone("market", .speed(0.9)), "value"), (zone("market", .speed(0.8)), nil),
            (zone("market", .speed(0.4)), nil),
            (zone("other", .speed(2)), nil), (.removeZone("market"), "zone"), (.removeZone("other"), nil),
            (zone(own.id, .speed(2)), "zone"), (.removeZone(own.id), "zone"),
            (zone(SitePlan.civic + "mine", .named), "zone"), (.removeNode("ward"), nil),
        ]
        for (edit, field) in cases {
            var refused: Refusal?
            do throws(Refusal) { try CivicRule.check(edit, on: plan, rules) } catch { refused = error }
            #expect(refused?.faults.first?.field == field, "\(edit)")
            if field != nil { #expect(refused?.code == "site.civic") }
        }
        #expect(throws: Refusal.self) { try CivicRule.check(.removeZone("market"), on: plan, rules) }
    }
}
