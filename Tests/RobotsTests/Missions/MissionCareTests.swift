import District
import HouseKit
import Record
import Store
import TestKit
import Testing
import Twin

@testable import Access
@testable import Robots

/// Missions that go on no more by themselves, and what they leave behind: people are called, and vehicles wait for them.
@Suite struct MissionCareTests {
    private static let other = VehicleID(manufacturer: "narae", serial: "nr-02")

    private func record(_ yard: Yard, _ type: String, _ payload: [String: JSON]) async throws {
        try await yard.district.record(
            [Draft(type, stream: "vehicle/x", scope: .firm("firm-onyu"), payload: payload)],
            origin: Origin(author: .system("test")))
    }

    /// Puts a vehicle into the hospital's fleet.
    private func laden(_ yard: Yard) async throws -> Set<VehicleID> {
        try await yard.store.read { try MissionTable.laden(site: "onyu-main", in: $0) }
    }

    @Test("a vehicle that is lost or taken away mid-mission calls a person once; whoever is late, once too")
    func gone() async throws {
        try await MissionYard.with { yard in
            try await MissionYard.enrol(yard, MissionYard.vehicle)
            let thing = MissionYard.vehicle.thing.rawValue
            let (journal, watch) = (MissionYard.journal(yard), try MissionYard.watch(yard))
            let id = try await MissionYard.ask(yard)
            let promise = Promise(plan: 3000, ratios: [], at: yard.clock.read())
            try await journal.assign(id, to: MissionYard.vehicle, promise: promise, by: .system("test"))
            try await journal.step(id, .started(leg: 0))
            func calls() async throws -> [String?] {
                try await yard.events().filter { $0.type == MissionEvents.called }.map { $0.payload["reason"]?.text }
            }
            try await record(
                yard, VehicleFaulted.type, ["thing": .string(thing), "fault": "lost", "level": "CRITICAL"])
            yard.clock.advance(by: 119)
            try await watch.look()
            #expect(try await calls().isEmpty)
            yard.clock.advance(by: 2)
            for _ in 0..<3 { try await watch.look() }
            #expect(try await calls() == ["vehicle"])
            // It is back and drives on, and is taken away then.
            try await record(yard, VehicleFaulted.recovered, ["thing": .string(thing), "fault": "lost"])
            try await journal.step(id, .arrived(leg: 0))
            try await MissionYard.load(yard, id)
            try await journal.step(id, .started(leg: 1))
            try await watch.look()
            #expect(try await MissionYard.kept(yard, id).called == nil)
            yard.clock.advance(by: 5000)
            for _ in 0..<2 { try await watch.look() }
            #expect(try await calls() == ["vehicle", "late"])
            try await yard.perform("robots.vehicle.withdraw", ["vehicle": .string(thing)], by: MissionYard.operators)
            for _ in 0..<2 { try await watch.look() }
            #expect(try await calls() == ["vehicle", "late", "vehicle"])
            let waiting = try await MissionYard.ask(yard, ["what": "편지"])
            yard.clock.advance(by: 1801)
            for _ in 0..<2 { try await watch.look() }
            #expect(try await MissionYard.kept(yard, waiting).callReason == "untaken")
            #expect(try await calls().count == 4)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("who has arrived is not late, promises no other time, and says how long it waits; taken, it comes no more")
    func arrived() async throws {
        try await MissionYard.with { yard in
            let journal = MissionYard.journal(yard)
            let id = try await MissionYard.ask(yard)
            try await MissionYard.drive(yard, id)
            let track = try #require(try await MissionYard.kept(yard, id).secret.track)
            let promised = try await MissionYard.kept(yard, id).promise
            yard.clock.advance(by: 150)
            try await journal.promise(id, Promise(plan: 900, ratios: [], at: yard.clock.read()))
            #expect(try await MissionYard.kept(yard, id).promise == promised)
            for (language, words) in [(Language.ko, "받는 사람을 기다림 3분"), (.en, "has waited 3 min")] {
                let board = try await PageKit.page(yard, "/robots/missions", MissionYard.nurse, language: language)
                #expect(board.contains(words), "\(board)")
                #expect(!board.contains("도착 예정") && !board.contains("Expected at"))
            }
            yard.clock.advance(by: 250)
            try await MissionYard.watch(yard).look()
            // Nobody came: that is what a person is called for, and not that the robot were late.
            let calls = try await yard.events().filter { $0.type == MissionEvents.called }
            #expect(calls.map { $0.payload["reason"]?.text } == ["nobody"])
            try await yard.perform(
                "robots.mission.confirm", ["mission": .string(id), "why": "직원증 두고 옴"], by: MissionYard.nurse)
            let over = try await PageKit.page(yard, "/robots/track/{code}", .anonymous(), ["code": track])
            #expect(over.contains("잘 전달했습니다") && !over.contains("오고 있습니다") && !over.contains("늦어도"))
        }
    }

    @Test("while nothing moves no other time is promised before the promised one is over; then it is, and never stale")
    func promised() async throws {
        try await MissionYard.with { yard in
            let journal = MissionYard.journal(yard)
            let id = try await MissionYard.ask(yard)
            try await journal.assign(
                id, to: MissionYard.vehicle, promise: Promise(plan: 300, ratios: [], at: yard.clock.read()),
                by: .system("test"))
            func told() async throws -> Int {
                try await yard.events().count { $0.type == MissionEvents.promised }
            }
            // Due in 300 s, by 450 s at the latest.
            for _ in 0..<7 {
                yard.clock.advance(by: 60)
                try await journal.promise(id, Promise(plan: 300, ratios: [], at: yard.clock.read()))
            }
            #expect(try await told() == 0)
            for _ in 0..<53 {
                yard.clock.advance(by: 60)
                try await journal.promise(id, Promise(plan: 300, ratios: [], at: yard.clock.read()))
                let late = try #require(try await MissionYard.kept(yard, id).promise?.late)
                #expect(late.advanced(bySeconds: 5) > yard.clock.read())
            }
            // Once a promise, and not with every minute that goes by.
            let before = try await told()
            #expect((5...7).contains(before))
            try await journal.promise(id, Promise(plan: 180, ratios: [], at: yard.clock.read()))
            #expect(try await told() == before + 1)
        }
    }

    @Test(
        "goods that stayed aboard keep the vehicle from work until a person has taken them out",
        arguments: StoreUnderTest.all)
    func unload(_ kind: StoreUnderTest) async throws {
        try await MissionYard.with(kind) { yard in
            for vehicle in [MissionYard.vehicle, Self.other] { try await MissionYard.enrol(yard, vehicle) }
            let id = try await MissionYard.ask(yard)
            let vehicle = MissionYard.vehicle.thing.rawValue
            let early = try await yard.refusal(
                "robots.vehicle.unload", ["vehicle": .string(vehicle)], by: MissionYard.nurse)
            #expect(early?.code == "vehicle.not-laden" && early?.faults.first?.field == "vehicle")
            try await MissionYard.drive(yard, id)
            #expect(try await laden(yard).isEmpty)
            try await yard.perform("robots.mission.cancel", ["mission": .string(id)], by: MissionYard.nurse)
            #expect(try await laden(yard) == [MissionYard.vehicle])
            let next = try await MissionYard.ask(yard)
            let given = try await yard.refusal(
                "robots.mission.assign", ["mission": .string(next), "vehicle": .string(vehicle)],
                by: MissionYard.operators)
            #expect(given?.code == "mission.vehicle" && given?.faults.first?.field == "vehicle")
            for language in [Language.ko, .en] {
                let board = try await PageKit.page(yard, "/robots/missions", MissionYard.nurse, language: language)
                #expect(
                    board.contains("robots.vehicle.unload?vehicle=\(vehicle)")
                        && board.contains(language == .ko ? "나래 nr-01" : "Narae nr-01"))
            }
            #expect(
                try await PageKit.tasks(yard, MissionYard.nurse).contains { $0["href"] == "/robots/missions#laden" })
            let theirs = try await yard.refusal(
                "robots.vehicle.unload", ["vehicle": .string(vehicle)], by: MissionYard.barista)
            #expect(theirs?.code == "vehicle.not-laden")
            #expect(try await !PageKit.page(yard, "/robots/missions", MissionYard.barista).contains(vehicle))
            try await yard.perform("robots.vehicle.unload", ["vehicle": .string(vehicle)], by: MissionYard.nurse)
            #expect(try await laden(yard).isEmpty)
            #expect(
                try await !PageKit.tasks(yard, MissionYard.nurse).contains { $0["href"] == "/robots/missions#laden" })
            // What was never aboard, or was handed over, needs nobody.
            try await yard.perform("robots.mission.cancel", ["mission": .string(next)], by: MissionYard.nurse)
            #expect(try await laden(yard).isEmpty)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test(
        "who chose the vehicle is kept; a person may give what has set out empty to another, and what is aboard to none"
    )
    func chosen() async throws {
        try await MissionYard.with { yard in
            for vehicle in [MissionYard.vehicle, Self.other] { try await MissionYard.enrol(yard, vehicle) }
            let journal = MissionYard.journal(yard)
            let id = try await MissionYard.ask(yard)
            try await journal.assign(id, to: MissionYard.vehicle, promise: nil, by: .system("test"))
            #expect(try await !MissionYard.kept(yard, id).isChosen)
            func give(_ vehicle: VehicleID) async throws -> Refusal? {
                try await yard.refusal(
                    "robots.mission.assign", ["mission": .string(id), "vehicle": .string(vehicle.thing.rawValue)],
                    by: MissionYard.operators)
            }
            #expect(try await give(Self.other) == nil)
            let kept = try await MissionYard.kept(yard, id)
            #expect(kept.isChosen && DispatchJob(kept)?.isChosen == true && kept.assignedBy == "person:operator")
            try await journal.step(id, .started(leg: 0))
            #expect(try await give(MissionYard.vehicle)?.code == "mission.order")
            try await journal.record(id) { (kept) throws(MissionFault) in [try MissionEvents.called(kept, .vehicle)] }
            #expect(try await give(MissionYard.vehicle) == nil)
            #expect(try await MissionYard.kept(yard, id).called == nil)
            #expect(try await MissionYard.kept(yard, id).mission.vehicle == MissionYard.vehicle)
            try await journal.step(id, .started(leg: 0))
            try await journal.step(id, .arrived(leg: 0))
            try await MissionYard.load(yard, id)
            try await journal.record(id) { (kept) throws(MissionFault) in [try MissionEvents.called(kept, .vehicle)] }
            #expect(try await give(Self.other)?.code == "mission.loaded")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("the next hour is expected to be as the same hour of the past days was")
    func forecast() async throws {
        try await MissionYard.with { yard in
            func forecast() async throws -> Double {
                let now = yard.clock.read()
                return try await yard.store.read { try MissionTable.forecast(site: "onyu-main", at: now, in: $0) }
            }
            #expect(try await forecast() == 0)
            yard.clock.advance(by: 600)
            for _ in 0..<3 { try await MissionYard.ask(yard) }
            #expect(try await forecast() == 0)
            yard.clock.advance(by: 86_400 + 1)
            #expect(try await forecast() == 0)
            yard.clock.advance(by: -1)
            #expect(try await forecast() == 3)
            try await MissionYard.ask(yard)
            yard.clock.advance(by: 86_400)
            #expect(try await forecast() == 2)
        }
    }
}
