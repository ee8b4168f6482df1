import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Access
@testable import Robots

/// Holds as people place and lift them.
@Suite struct HoldHouseTests {
    private func open(_ yard: Yard, _ caller: Caller = .officer) async throws -> [Hold] {
        let tenant = try caller.tenant
        return try await yard.store.read { try HoldTable.open(for: tenant, in: $0) }
    }

    private func lift(_ yard: Yard, _ hold: Hold, seen: Bool = true) async throws -> Refusal? {
        try await yard.refusal(
            "robots.hold.lift", ["hold": .string(hold.id), "seen": .bool(seen)], by: MissionYard.operators)
    }

    @Test(
        "pressed again it is the same hold, and one release ends it; another firm's is another",
        arguments: StoreUnderTest.all)
    func again(_ kind: StoreUnderTest) async throws {
        try await MissionYard.with(kind) { yard in
            for _ in 0..<3 { try await yard.perform("robots.hold.place", ["what": "fleet"], by: MissionYard.operators) }
            #expect(try await yard.events().filter { $0.type == PlaceHold.event }.count == 3)
            let only = try #require(try await open(yard).first)
            #expect(try await open(yard).count == 1)
            let other = Caller.person("other", [.operator], firm: "firm-solmaru")
            try await yard.perform("robots.hold.place", ["what": "fleet"], by: other)
            #expect(try await open(yard).count == 2)
            #expect(try await lift(yard, only, seen: false)?.faults.first?.field == "seen")
            #expect(try await lift(yard, only) == nil)
            #expect(try await lift(yard, only)?.code == "hold.lifted")
            #expect(try await open(yard).map(\.scope) == [.firm("firm-solmaru")])
            // Held anew after the release it is a new one.
            try await yard.perform("robots.hold.place", ["what": "fleet"], by: MissionYard.operators)
            #expect(try await open(yard, MissionYard.operators).map(\.id) != [only.id])
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test(
        "an operator sees the zone's hold with who and why and that only the zone releases it; a fleet says whose it is"
    )
    func whose() async throws {
        try await MissionYard.with { yard in
            try await MissionYard.enrol(yard)
            let rival = Caller.person("rival", [.operator], firm: "firm-solmaru")
            func page(_ caller: Caller, _ language: Language = .ko) async throws -> String {
                try await PageKit.page(yard, "/robots/holds", caller, language: language)
            }
            #expect(try await page(MissionYard.operators).contains("멈춰 둔 로봇이 없습니다."))
            try await yard.perform(
                "robots.hold.place", ["what": "zone", "zone": "onyu-main/er-front", "reason": "응급 환자 이송"], by: .officer)
            let held = try await page(MissionYard.operators)
            #expect(held.contains("응급 환자 이송") && held.contains("구역 담당자가 멈춤"))
            #expect(held.contains("이 멈춤은 구역 담당자만 풀 수 있습니다.") && !held.contains("robots.hold.lift"))
            #expect(try await page(MissionYard.operators, .en).contains("Only the zone officer can release this."))
            #expect(try await PageKit.tasks(yard, MissionYard.operators).contains { $0["href"] == "/robots/holds" })
            #expect(try await page(.officer).contains("robots.hold.lift"))
            // It reaches nothing of the other firm.
            #expect(try await page(rival).contains("멈춰 둔 로봇이 없습니다."))
            #expect(try await !PageKit.tasks(yard, rival).contains { $0["href"] == "/robots/holds" })
            try await yard.perform("robots.hold.place", ["what": "fleet"], by: MissionYard.operators)
            let officer = try await page(.officer)
            #expect(officer.contains("firm-onyu의 로봇 전체") && officer.contains("firm-onyu에서 멈춤"))
            // Who was never heard is not said to stand.
            #expect(officer.contains("로봇 1대에 해당하고, 그 가운데 0대가 서 있습니다."))
            #expect(officer.contains("구역의 모든 로봇이 멈춥니다."))
            #expect(try await page(MissionYard.operators).contains("firm-onyu 현장의 로봇만 멈춥니다."))
            #expect(try await page(rival).contains("멈춰 둔 로봇이 없습니다."))
            try await yard.perform("robots.hold.place", ["what": "fleet"], by: .officer)
            #expect(try await page(.officer).contains("구역의 모든 로봇</strong>"))
            #expect(try await page(rival).contains("구역의 모든 로봇</strong>"))
        }
    }

    @Test("however many there are, each is read by whoever moves vehicles")
    func many() async throws {
        try await MissionYard.with { yard in
            let drafts = (0..<620).map { number in
                PlaceHold.draft(
                    id: "h\(number)", .thing(ThingID("thing-\(number)")), .person, "", scope: .firm("firm-onyu"))
            }
            try await yard.district.record(drafts, origin: Origin(author: .system("test")))
            #expect(try await open(yard).count == 620)
        }
    }

    @Test(
        "what no vehicle would obey is refused by its field",
        arguments: [
            (["what": "zone", "zone": "onyu-main/typo"], "hold.target", "zone"),
            (["what": "zone", "zone": "nowhere/ward-3a"], "hold.target", "zone"),
            (["what": "zone", "zone": "solmaru/ward-3a"], "hold.target", "zone"),
            (["what": "thing", "thing": "moon"], "hold.target", "thing"),
            (["what": "thing", "thing": "cool-box"], "hold.idle", "thing"),
        ] as [([String: String], String, String)])
    func nothing(_ values: [String: String], _ code: String, _ field: String) async throws {
        try await MissionYard.with { yard in
            let refusal = try await yard.refusal(
                "robots.hold.place", values.mapValues { .string($0) }, by: MissionYard.operators)
            #expect(refusal?.code == code && refusal?.faults.first?.field == field)
            // The form stays with what was written in it.
            #expect(refusal?.kind == .invalid)
            #expect(try await open(yard).isEmpty)
        }
    }

    @Test(
        "a zone of the map, a site and a vehicle are held",
        arguments: [
            ["what": "zone", "zone": "onyu-main/ward-3a"], ["what": "thing", "thing": "onyu-main"],
            ["what": "thing", "thing": "narae-nr-01"],
        ] as [[String: String]])
    func held(_ values: [String: String]) async throws {
        try await MissionYard.with { yard in
            try await MissionYard.enrol(yard)
            try await yard.perform(
                "robots.hold.place", values.mapValues { .string($0) }, by: MissionYard.operators)
            #expect(try await open(yard).count == 1)
        }
    }

    @Test("the name on the map is enough, and a list offers what can be held, of one's own sites alone")
    func byName() async throws {
        try await MissionYard.with { yard in
            try await MissionYard.enrol(yard)
            try await yard.perform(
                "robots.hold.place", ["what": "zone", "zone": "응급실 앞"], by: MissionYard.operators)
            #expect(try await open(yard).map(\.reach) == [.zone(site: "onyu-main", zone: "er-front")])
            try await yard.perform(
                "robots.hold.place", ["what": "thing", "thing": "나래 nr-01"], by: MissionYard.operators)
            #expect(try await open(yard).count == 2)
            let zones = try await yard.district.named(HoldTargets.zone, for: MissionYard.operators)
            #expect(zones.contains { $0.id == "onyu-main/er-front" && $0.names.contains("응급실 앞") })
            #expect(zones.allSatisfy { $0.id.hasPrefix("onyu-main/") })
            let page = try await PageKit.page(yard, "/robots/holds", .officer)
            #expect(page.contains("응급실 앞 구역") && !page.contains("er-front"))
            let map = try await PageKit.page(
                yard, "/robots/sites/{site}", MissionYard.operators, ["site": "onyu-main"])
            #expect(
                map.contains("/do/robots.hold.place?what&#x3D;zone")
                    || map.contains("what=zone&amp;zone=onyu-main%2Fer-front"))
            #expect(map.contains("로봇 전체 멈춤"))
            // Who may not hold is not shown how.
            let nurse = try await PageKit.page(yard, "/robots/sites/{site}", MissionYard.nurse, ["site": "onyu-main"])
            #expect(!nurse.contains("robots.hold.place"))
        }
    }

    @Test("that the place was checked is one box, refused at once where it is left empty") func checked() async throws {
        try await MissionYard.with { yard in
            try await yard.perform("robots.hold.place", ["what": "fleet"], by: MissionYard.operators)
            let hold = try #require(try await open(yard).first)
            // Not read back first: nobody confirms what is refused afterwards.
            do {
                _ = try await yard.district.perform(
                    "robots.hold.lift", ["hold": .string(hold.id), "seen": false], by: MissionYard.operators)
                Issue.record("it was done")
            } catch let refusal as Refusal {
                #expect(refusal.kind == .invalid && refusal.faults.map(\.field) == ["seen"])
            }
            #expect(LiftHold.form.assents == ["seen"])
        }
    }

    @Test("an evacuation is said in words, a drill as one")
    func marks() async throws {
        try await MissionYard.with { yard in
            let drafts = ["drill", "emergency"].map { reason in
                PlaceHold.draft(
                    id: reason, .thing("onyu-main"), .evacuation, reason, scope: .firm("firm-onyu"))
            }
            try await yard.district.record(drafts, origin: Origin(author: .system("test")))
            let marks = try await FloorSource.standing("onyu-main", try MissionYard.operators.tenant, yard.spine)
            #expect(marks.map(\.words.ko) == ["비상 대피 훈련", "비상 대피"])
            #expect(marks.map(\.words.en) == ["evacuation drill", "evacuation"])
        }
    }
}
