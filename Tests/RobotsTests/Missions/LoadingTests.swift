import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Access
@testable import Robots

/// Goods are aboard when somebody says so: no vehicle drives off empty.
@Suite struct LoadingTests {
    private static let stranger = Caller.person("other-barista", [.worker], firm: "firm-solmaru")

    /// A delivery whose vehicle stands where it is loaded.
    private func standing(_ yard: Yard, _ more: [String: JSON] = [:]) async throws -> String {
        let id = try await MissionYard.ask(yard, more)
        let promise = Promise(plan: 300, ratios: [], at: yard.clock.read())
        try await MissionYard.journal(yard).assign(id, to: MissionYard.vehicle, promise: promise, by: .system("test"))
        try await MissionYard.step([.started(leg: 0), .arrived(leg: 0), .waiting(leg: 0)], id, yard)
        return id
    }

    private func refusal(_ yard: Yard, _ id: String, by caller: Caller) async throws -> Refusal? {
        try await yard.refusal("robots.mission.load", ["mission": .string(id)], by: caller)
    }

    @Test(
        "it waits at the station until somebody says that goods are aboard, and drives on then",
        arguments: StoreUnderTest.all)
    func waits(_ kind: StoreUnderTest) async throws {
        try await MissionYard.with(kind) { yard in
            let id = try await standing(yard)
            let kept = try await MissionYard.kept(yard, id)
            #expect(kept.mission.state == .waiting && kept.mission.isLoading && !kept.mission.isLoaded)
            // It does not leave by itself.
            #expect(try await MissionYard.journal(yard).step(id, .started(leg: 1)) == nil)
            try await MissionYard.load(yard, id)
            let loaded = try await MissionYard.kept(yard, id)
            #expect(loaded.mission.isLoaded && loaded.mission.isServed && loaded.mission.state == .underway)
            let handed = try #require(try await yard.last(MissionEvents.handed)).payload
            #expect(handed["by"]?.text == "loader" && handed["person"]?.text == "pharmacist")
            #expect(try await refusal(yard, id, by: MissionYard.pharmacist)?.code == "mission.not-loading")
            #expect(try await MissionYard.journal(yard).step(id, .started(leg: 1)) != nil)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("the sender, staff of the place and the zone's officer say so, nobody else")
    func who() async throws {
        try await MissionYard.with { yard in
            for caller in [MissionYard.nurse, MissionYard.pharmacist, MissionYard.operators, .officer] {
                let id = try await standing(yard)
                #expect(try await refusal(yard, id, by: caller) == nil)
            }
            let id = try await standing(yard)
            #expect(try await refusal(yard, id, by: MissionYard.barista)?.kind == .notFound)
            // Another firm has something brought out of the hospital: its colleagues see it, and do not stand there.
            try await yard.enrol(Self.stranger)
            let shared = try await MissionYard.kept(yard, id)
            var foreign = shared
            foreign.mission.scope = .contract("firm-onyu", "firm-solmaru")
            foreign.author = MissionYard.barista.author.text
            let known = try await yard.store.read {
                try Places.published.names(for: try MissionYard.operators.tenant, in: $0)
            }
            #expect(LoadMission.may(foreign, MissionYard.barista, known))
            #expect(LoadMission.may(foreign, MissionYard.pharmacist, known))
            #expect(!LoadMission.may(foreign, Self.stranger, known))
        }
    }

    @Test("where only one waits nobody need name it; of two they are asked which")
    func unnamed() async throws {
        try await MissionYard.with { yard in
            func say() async throws -> Refusal? {
                try await yard.refusal("robots.mission.load", [:], by: MissionYard.pharmacist)
            }
            #expect(try await say()?.code == "mission.none-loading")
            let first = try await standing(yard)
            #expect(try await say() == nil)
            #expect(try await MissionYard.kept(yard, first).mission.isLoaded)
            _ = try await (standing(yard), standing(yard))
            #expect(try await say()?.code == "mission.which")
        }
    }

    @Test("who is not loaded in time calls a person, gives up then, and has nothing aboard")
    func patience() async throws {
        try await MissionYard.with { yard in
            let id = try await standing(yard)
            let watch = try MissionYard.watch(yard)
            yard.clock.advance(by: 250)
            try await watch.look()
            #expect(try await MissionYard.kept(yard, id).callReason != MissionReason.notLoaded.rawValue)
            yard.clock.advance(by: 60)
            for _ in 0..<3 { try await watch.look() }
            let called = try await MissionYard.kept(yard, id)
            #expect(called.callReason == "not-loaded" && called.mission.state == .waiting && called.isStuckAtStop)
            let calls = try await yard.events().filter {
                $0.type == MissionEvents.called && $0.payload["reason"] == "not-loaded"
            }
            #expect(calls.count == 1)
            yard.clock.advance(by: 900)
            try await watch.look()
            let over = try await MissionYard.kept(yard, id)
            #expect(over.mission.state == .failed && over.reason == "not-loaded")
            let laden = try await yard.store.read { try MissionTable.laden(for: try Caller.officer.tenant, in: $0) }
            #expect(laden.isEmpty)
        }
    }

    @Test("a station that loads by itself waits for nobody; what the Record has from before never did")
    func automatic() async throws {
        try await MissionYard.with { yard in
            let id = try await MissionYard.ask(yard, ["from": "onyu-main/supply", "what": "거즈"])
            let first = try #require(try await MissionYard.kept(yard, id).mission.stops.first)
            #expect(first.loading == .automatic && !first.needsSomebody)
            let byHand = try #require(
                try await MissionYard.kept(yard, try await MissionYard.ask(yard)).mission.stops.first)
            #expect(byHand.loading == .person && byHand.needsSomebody && byHand.patience == 300)
            let old = try #require(Mission.Stop(["node": "a", "task": "pick", "proof": "none", "patience": 180]))
            #expect(!old.needsSomebody)
            #expect(Mission.Stop(byHand.json) == byHand && Mission.Stop(old.json) == old)
            // A proof by badge says it already: it is not asked for twice.
            #expect(!Mission.Stop(node: "a", task: .pick, proof: .badge, loading: .person).isLoadedByHand)
        }
    }

    @Test("the mark stands in the plan, is read back, and only where it is not as usual")
    func plan() throws {
        let plans = try SampleSites.plans(ShippedBook.handbook)
        let hospital = try #require(plans.first { $0.id == "onyu-main" })
        let marked = hospital.nodes.filter { $0.loading == .automatic }.map(\.id)
        #expect(Set(marked) == ["supply", "linen"])
        #expect(try PlanJSON.read(hospital.json) == hospital)
        let shelf = try #require(plans.first { $0.id == "haesol-center" }).nodes.filter { $0.kind == .station }
        #expect(!shelf.isEmpty && shelf.allSatisfy { $0.loading == .automatic })
        let pharmacy = try #require(hospital.nodes.first { $0.id == "pharmacy" })
        #expect(pharmacy.json["loading"] == nil && pharmacy.loading == .person)
    }

    @Test("the button stands in the list and on the mission, for whoever may press it; the recipient is told")
    func pages() async throws {
        try await MissionYard.with { yard in
            let id = try await standing(yard)
            let number = String(id.dropFirst("mission/".count))
            let button = "action=\"/robots/missions/\(number)/load\""
            let list = try await PageKit.page(yard, "/robots/missions", MissionYard.pharmacist)
            #expect(list.contains(button) && list.contains("실었습니다") && list.contains("싣기를 기다림"))
            #expect(!list.contains("인수 확인<span"))
            let page = try await PageKit.page(
                yard, "/robots/missions/{mission}", MissionYard.nurse, ["mission": number])
            #expect(page.contains(button) && page.contains("싣는 사람이 알림"))
            let track = try #require(try await MissionYard.kept(yard, id).secret.track)
            let seen = try await PageKit.page(yard, "/robots/track/{code}", .anonymous(), ["code": track])
            #expect(seen.contains("로봇이 약제실에서 물건 싣기를 기다립니다"))
            // Whom to call, also where nobody is at the desk of the sender.
            #expect(seen.contains("href=\"tel:120\""))
            try await MissionYard.load(yard, id)
            let after = try await PageKit.page(
                yard, "/robots/missions/{mission}", MissionYard.nurse, ["mission": number])
            #expect(!after.contains(button) && after.contains("물건을 실음") && after.contains("싣는 곳에서 확인"))
        }
    }

    @Test("the sample's people load the sample's missions, and leave a visitor's to the visitor")
    func sample() async throws {
        try await MissionYard.with { yard in
            let settings = try MissionSettings(ShippedBook.handbook)
            let known = try await yard.store.read { try Places.published.every($0) }
            try await MissionSample(district: yard.district, settings: settings).found(known)
            let journal = MissionYard.journal(yard)
            let own = try #require(
                try await journal.open().first { $0.isSample && $0.mission.stops[0].isLoadedByHand }?.id)
            let visitors = try await standing(yard)
            try await journal.assign(own, to: MissionYard.vehicle, promise: nil, by: .system("test"))
            try await MissionYard.step([.started(leg: 0), .arrived(leg: 0), .waiting(leg: 0)], own, yard)
            let hands = SampleHands(spine: yard.spine)
            try await hands.look()
            #expect(try await MissionYard.kept(yard, own).mission.isLoading)
            yard.clock.advance(by: SampleHands.loading)
            try await hands.look()
            #expect(try await MissionYard.kept(yard, own).mission.isLoaded)
            #expect(try await MissionYard.kept(yard, visitors).mission.isLoading)
        }
    }
}
