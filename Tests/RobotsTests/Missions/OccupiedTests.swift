import District
import HouseKit
import Record
import Testing

@testable import Access
@testable import Robots

/// Nobody is promised a vehicle that waits for somebody who did not come, or that must be unloaded first.
struct OccupiedTests {
    private static let names = ["cafe-mulgyeol", "community", "cafe-deungdae", "home-1"]

    /// A street with two vehicles, both heard.
    private static func street() throws -> (LiveSite, SiteWork) {
        var live = try LiveSite("solmaru", vehicles: 2, seed: 3)
        live.beats(40)
        var work = SiteWork()
        for vehicle in live.vehicleIDs {
            work.builds[vehicle] = SiteWork.Build(
                load: 60, actions: ["pick", "drop"], footprint: live.run.site.plan.footprint)
        }
        return (live, work)
    }

    private static func mission(
        _ id: String, _ from: String, _ to: String, at now: Timestamp, _ state: Mission.State = .asked,
        of vehicle: VehicleID? = nil
    ) -> MissionCase {
        var mission = Mission(
            id: "mission/\(id)", kind: .deliver, site: "solmaru",
            stops: [.init(node: from, task: .pick), .init(node: to, task: .drop, proof: .code)], priority: .normal,
            scope: .zone, asked: now)
        (mission.state, mission.vehicle) = (state, vehicle)
        return MissionCase(mission: mission, sender: "test", author: "system:test")
    }

    /// A mission whose vehicle stands at its last stop.
    private static func arrived(_ id: String, of vehicle: VehicleID, at now: Timestamp) -> MissionCase {
        var kept = mission(id, names[0], names[1], at: now, .waiting, of: vehicle)
        (kept.mission.leg, kept.mission.isAtStop, kept.arrived) = (1, true, now)
        return kept
    }

    @Test("while the recipient may still come the next one is promised its end; once they did not, nobody is")
    func absent() throws {
        var (live, work) = try Self.street()
        let (one, other) = (live.vehicleIDs[0], live.vehicleIDs[1])
        work.laden = [other]
        var standing = Self.arrived("a", of: one, at: live.now)
        let next = Self.mission("b", Self.names[2], Self.names[3], at: live.now)
        work.missions = [standing, next]
        let moves = live.run.work(work, at: live.now).moves
        let given = moves.compactMap { move -> (VehicleID, Double)? in
            guard case .assign("mission/b", let vehicle, let seconds) = move else { return nil }
            return (vehicle, seconds)
        }
        #expect(given.map(\.0) == [one] && given.allSatisfy { $0.1 > 60 })

        // It was given, and then nobody came: it is taken back with its reason, and no time is expected of it.
        (standing.called, standing.callReason) = (live.now, MissionReason.nobody.rawValue)
        work.missions = [standing, Self.mission("b", Self.names[2], Self.names[3], at: live.now, .assigned, of: one)]
        let back = live.run.work(work, at: live.now.advanced(bySeconds: 3)).moves
        #expect(back.contains(.giveBack("mission/b", .occupied)))
        #expect(!back.contains { if case .expect("mission/b", _) = $0 { true } else { false } })

        work.missions = [standing, next]
        let first = live.run.work(work, at: live.now.advanced(bySeconds: 6)).moves
        #expect(!first.contains { if case .assign = $0 { true } else { false } })
        let second = live.run.work(work, at: live.now.advanced(bySeconds: 9)).moves
        #expect(first.contains(.wait("mission/b", .occupied)) || second.contains(.wait("mission/b", .occupied)))

        // The other one is unloaded: it is the one that is promised.
        work.laden = []
        let freed = live.run.work(work, at: live.now.advanced(bySeconds: 12)).moves
        #expect(freed.contains { if case .assign("mission/b", other, _) = $0 { true } else { false } })
    }

    @Test("who waits reads why, and no time; the reason is said once and goes when a robot takes it")
    func told() async throws {
        try await MissionYard.with { yard in
            let id = try await MissionYard.ask(yard)
            let journal = MissionYard.journal(yard)
            func queue(_ wait: DispatchDecision.Wait) async throws {
                try await journal.record(id) { kept throws(MissionFault) in MissionEvents.queued(kept, wait) }
            }
            for _ in 0..<3 { try await queue(.occupied) }
            #expect(try await yard.events().count { $0.type == MissionEvents.queued } == 1)
            let number = String(id.dropFirst("mission/".count))
            let page = try await PageKit.page(
                yard, "/robots/missions/{mission}", MissionYard.nurse, ["mission": number])
            #expect(page.contains("로봇을 기다림") && page.contains("꺼내지 않은 물건을 싣고 있습니다"))
            let track = try #require(try await MissionYard.kept(yard, id).secret.track)
            let seen = try await PageKit.page(yard, "/robots/track/{code}", .anonymous(), ["code": track])
            #expect(seen.contains("꺼내지 않은 물건을 싣고 있습니다") && !seen.contains("늦어도"))
            #expect(try await yard.rebuildsAlike())
            let promise = Promise(plan: 300, ratios: [], at: yard.clock.read())
            try await journal.assign(id, to: MissionYard.vehicle, promise: promise, by: .system("test"))
            #expect(try await MissionYard.kept(yard, id).waits == nil)
            // Whoever has it is told nothing of waiting.
            try await queue(.battery)
            #expect(try await MissionYard.kept(yard, id).waits == nil)
        }
    }

    @Test("held robots are asked for no new time: it is said once they may go on")
    func held() throws {
        var (live, work) = try Self.street()
        let one = live.vehicleIDs[0]
        var going = Self.mission("a", Self.names[0], Self.names[1], at: live.now, .underway, of: one)
        (going.mission.isAtStop, going.started) = (false, live.now)
        work.missions = [going]
        func expects(_ moves: [MissionMove]) -> Bool { moves.contains { if case .expect = $0 { true } else { false } } }
        work.holds = [
            Hold(id: "hold/1", reach: .thing(one.thing), cause: .person, reason: "", scope: .zone, placed: live.now)
        ]
        #expect(!expects(live.run.work(work, at: live.now).moves))
        work.holds = []
        #expect(expects(live.run.work(work, at: live.now.advanced(bySeconds: 3)).moves))
    }
}
