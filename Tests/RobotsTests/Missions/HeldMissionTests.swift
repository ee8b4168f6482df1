import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Access
@testable import Robots

/// While a hold or a closure keeps a mission, nobody is told that the robot is coming.
@Suite struct HeldMissionTests {
    private func track(_ yard: Yard, _ id: String, _ language: Language = .ko) async throws -> String {
        let code = try #require(try await MissionYard.kept(yard, id).secret.track)
        return try await PageKit.page(yard, "/robots/track/{code}", .anonymous(), ["code": code], language: language)
    }

    private func coming(_ yard: Yard) async throws -> String {
        let id = try await MissionYard.ask(yard)
        let journal = MissionYard.journal(yard)
        let promise = Promise(plan: 300, ratios: [], at: yard.clock.read())
        try await journal.assign(id, to: MissionYard.vehicle, promise: promise, by: .system("test"))
        for step in [MissionStep.started(leg: 0), .arrived(leg: 0)] { try await journal.step(id, step) }
        try await MissionYard.load(yard, id)
        try await journal.step(id, .started(leg: 1))
        return id
    }

    private func isHeld(_ yard: Yard, _ id: String) async throws -> Bool {
        let kept = try await MissionYard.kept(yard, id)
        return try await yard.store.read { try Standstill.read($0).stops(kept) }
    }

    @Test(
        "the recipient, the list and the mission say that it stands and promise no time; after the release they do again"
    )
    func said() async throws {
        try await MissionYard.with { yard in
            try await MissionYard.enrol(yard)
            let id = try await coming(yard)
            let number = ["mission": String(id.dropFirst("mission/".count))]
            #expect(try await track(yard, id).contains("늦어도"))
            try await yard.perform("robots.hold.place", ["what": "fleet"], by: .officer)
            let page = try await track(yard, id)
            #expect(page.contains("멈춰 있습니다") && page.contains("급하면 사람이 가지러 가 주세요"))
            #expect(!page.contains("늦어도") && !page.contains("오고 있습니다"))
            let english = try await track(yard, id, .en)
            #expect(english.contains("on hold") && english.contains("send somebody to fetch it"))
            #expect(!english.contains("at the latest") && !english.contains("is coming"))
            for path in ["/robots/missions", "/robots/missions/{mission}"] {
                let staff = try await PageKit.page(yard, path, MissionYard.nurse, number)
                #expect(staff.contains("멈춰 있습니다") && staff.contains("급하면 사람이 가지러 가 주세요"), "\(path)")
                #expect(!staff.contains("늦어도"), "\(path)")
            }
            let zone = try Caller.officer.tenant
            let hold = try #require(try await yard.store.read { try HoldTable.open(for: zone, in: $0) }.first)
            try await yard.perform("robots.hold.lift", ["hold": .string(hold.id), "seen": true], by: .officer)
            #expect(try await track(yard, id).contains("늦어도"))
        }
    }

    @Test(
        "it is held with its robot, its site, or the zone it goes to; not with another firm's or another place",
        arguments: [
            (["what": "fleet"], "firm-onyu", true), (["what": "fleet"], "firm-solmaru", false),
            (["what": "thing", "thing": "narae-nr-01"], "firm-onyu", true),
            (["what": "thing", "thing": "onyu-main"], "firm-onyu", true),
            (["what": "zone", "zone": "onyu-main/ward-3a"], "firm-onyu", true),
            (["what": "zone", "zone": "onyu-main/er-front"], "firm-onyu", false),
            (["what": "thing", "thing": "solmaru"], "firm-solmaru", false),
        ] as [([String: String], String, Bool)])
    func reach(_ values: [String: String], _ firm: String, _ isHeld: Bool) async throws {
        try await MissionYard.with { yard in
            try await MissionYard.enrol(yard)
            let id = try await coming(yard)
            let who = Caller.person("holder", [.operator], firm: firm)
            try await yard.perform("robots.hold.place", values.mapValues { .string($0) }, by: who)
            #expect(try await self.isHeld(yard, id) == isHeld)
        }
    }

    @Test("what Safety closes holds it too; who stands at the last stop has come all the same")
    func closed() async throws {
        try await MissionYard.with { yard in
            let id = try await coming(yard)
            let closed = Draft(
                ZoneClosed.type, stream: "closure/c1", scope: .firm("firm-onyu"),
                payload: ["closure": "c1", "thing": "onyu-main", "reason": "incident"])
            try await yard.district.record([closed], origin: Origin(author: .system("test")))
            #expect(try await isHeld(yard, id))
            let words = WhereWords(
                kept: try await MissionYard.kept(yard, id), names: [:], near: nil, now: yard.clock.read(), isHeld: true)
            #expect(words.all.ko.contains("멈춰 있어") && !words.all.ko.contains("분 뒤"))
            try await MissionYard.journal(yard).step(id, .arrived(leg: 1))
            #expect(try await !isHeld(yard, id))
            #expect(try await track(yard, id).contains("로봇이 도착했습니다"))
        }
    }
}
