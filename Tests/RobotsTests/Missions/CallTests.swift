import District
import HouseKit
import Record
import Store
import TestKit
import Testing
import Web

@testable import Access
@testable import Robots

/// What vehicles call a person for: once, to whoever looks after them, as an alarm, until it is over.
@Suite struct CallTests {
    private static let manager = Caller.person("manager", [.safetyManager], firm: "firm-onyu")

    private func say(
        _ yard: Yard, _ type: String, _ payload: [String: JSON], site: String = "onyu-main",
        scope: Scope = .firm("firm-onyu")
    ) async throws {
        yard.clock.advance(by: 1)
        try await yard.district.record(
            [
                Draft(
                    type, stream: "robot-site/\(site)", scope: scope,
                    payload: payload.merging(["site": .string(site)]) { $1 })
            ], origin: Origin(author: .system("robots.conductor")))
    }

    private func open(_ yard: Yard, _ caller: Caller = MissionYard.operators) async throws -> [RobotCall] {
        let tenant = try caller.tenant
        return try await yard.store.read { try CallTable.open(for: tenant, in: $0) }
    }

    @Test("a vehicle that waits calls once, is an alarm until it drives on, and tables can be made anew")
    func waits() async throws {
        try await MissionYard.with { yard in
            let waits: [String: JSON] = ["thing": "narae-nr-01", "why": "refused"]
            for _ in 0..<2 { try await say(yard, RobotCall.waits, waits) }
            try await say(yard, RobotCall.waits, ["thing": "narae-nr-01", "why": "notPaused"])
            #expect(try await open(yard).map(\.kind) == [.refused, .notPaused])
            let faults = try await yard.events().compactMap { VehicleFaulted($0) }
            #expect(faults.map(\.fault) == ["waits.refused", "waits.notPaused"])
            #expect(faults.map(\.level) == ["URGENT", "CRITICAL"])
            #expect(faults.allSatisfy { $0.thing == "narae-nr-01" && !$0.endangersPeople })
            try await say(yard, RobotCall.resumed, ["thing": "narae-nr-01", "why": "refused"])
            #expect(try await open(yard).map(\.kind) == [.notPaused])
            try await say(yard, RobotCall.resumed, ["thing": "narae-nr-01"])
            #expect(try await open(yard).isEmpty)
            let over = try await yard.events().compactMap { VehicleRecovered($0) }
            #expect(over.map(\.fault) == ["waits.refused", "waits.notPaused"])
            try await say(yard, RobotCall.waits, waits)
            #expect(try await open(yard).count == 1)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a lift that does not come calls until it works again, and is no vehicle's fault")
    func gate() async throws {
        try await MissionYard.with { yard in
            try await say(yard, RobotCall.stuck, ["gate": "lift-1"])
            #expect(try await open(yard).map(\.thing) == ["lift-1"])
            try await say(yard, RobotCall.resumed, ["thing": "lift-1"])
            #expect(try await open(yard).count == 1)
            try await say(yard, RobotCall.recovered, ["gate": "lift-1"])
            #expect(try await open(yard).isEmpty)
            #expect(try await yard.last(VehicleFaulted.type) == nil)
        }
    }

    @Test("whoever was taken away calls nobody any more; what nobody knows is no call")
    func withdrawn() async throws {
        try await MissionYard.with { yard in
            try await say(yard, RobotCall.waits, ["thing": "narae-nr-01", "why": "unanswered"])
            try await say(yard, RobotCall.waits, ["thing": "narae-nr-01", "why": "bored"])
            try await say(yard, RobotCall.waits, ["thing": "narae-nr-01", "why": "gate"])
            #expect(try await open(yard).map(\.kind) == [.unanswered])
            try await say(yard, VehicleTable.withdrawn, ["thing": "narae-nr-01"])
            #expect(try await open(yard).isEmpty)
            #expect(try await yard.last(VehicleRecovered.type)?.payload["fault"]?.text == "waits.unanswered")
        }
    }

    @Test("missions that call and robots that carry goods stand on the same page as calls")
    func missions() async throws {
        try await MissionYard.with { yard in
            try await MissionYard.enrol(yard)
            let id = try await MissionYard.ask(yard)
            try await MissionYard.drive(yard, id)
            let operators = MissionYard.operators
            #expect(try await PageKit.page(yard, "/robots/holds", operators).contains("사람을 부르는 로봇이 없습니다."))
            yard.clock.advance(by: 181)
            try await MissionYard.watch(yard).look()
            let number = id.dropFirst("mission/".count)
            let called = try await PageKit.page(yard, "/robots/holds", operators)
            #expect(called.contains("/robots/missions/\(number)") && called.contains("제시간에 받을 사람이 오지 않았습니다."))
            #expect(!called.contains("사람을 부르는 로봇이 없습니다.") && !called.contains("김간호"))
            let rival = Caller.person("rival", [.operator], firm: "firm-solmaru")
            #expect(try await PageKit.page(yard, "/robots/holds", rival).contains("사람을 부르는 로봇이 없습니다."))
            try await yard.perform("robots.mission.cancel", ["mission": .string(id)], by: operators)
            let laden = try await PageKit.page(yard, "/robots/holds", operators, language: .en)
            #expect(laden.contains("/robots/missions#laden") && laden.contains("Narae nr-01"))
            #expect(!laden.contains("/robots/missions/\(number)"))
        }
    }

    @Test("the page and the first page's tasks say it to operators of the firm, and to nobody else's")
    func people() async throws {
        try await MissionYard.with { yard in
            try await say(yard, RobotCall.waits, ["thing": "narae-nr-01", "why": "stranded"])
            try await say(yard, RobotCall.stuck, ["gate": "lift-1"])
            let text = try await PageKit.page(yard, "/robots/holds", MissionYard.operators)
            #expect(text.contains("충전기까지 갈 수 없음") && text.contains("로봇을 충전기로 옮기거나"))
            #expect(text.contains("/robots/vehicles/narae-nr-01") && text.contains("1호 승강기"))
            let english = try await PageKit.page(yard, "/robots/holds", MissionYard.operators, language: .en)
            #expect(english.contains("Cannot reach a charger") && english.contains("Lift 1"))
            let theirs = Caller.person("rival", [.operator], firm: "firm-solmaru")
            #expect(try await !PageKit.page(yard, "/robots/holds", theirs).contains("narae-nr-01"))
            let tasks = try await PageKit.tasks(yard, MissionYard.operators)
            #expect(tasks.contains { $0["href"] == "/robots/holds#calls" && $0["count"] == "2" })
            for other in [theirs, MissionYard.nurse, Self.manager] {
                #expect(try await !PageKit.tasks(yard, other).contains { $0["href"] == "/robots/holds#calls" })
            }
            let officer = Caller.person("officer", [.zoneOfficer], firm: nil)
            #expect(try await PageKit.tasks(yard, officer).contains { $0["href"] == "/robots/holds#calls" })
        }
    }
}
