import District
import Foundation
import HouseKit
import Logging
import Record
import Store
import Synchronization
import TestKit
import Testing
import Web

@testable import Robots

/// Two nodes of one house on one database: one conducts, the other takes over when the first is gone, and a first that wakes
/// up says nothing more.
@Suite("Two nodes of one house", .serialized) struct TwoNodesTests {
    private static let vehicle = VehicleID(manufacturer: "narae", serial: "nr-1")

    /// What was sent to the vehicle, by whom and when.
    private final class Log: Sendable {
        struct Entry: Sendable {
            let node: String
            let topic: VDATopic?
            let at: Timestamp
        }
        private let kept = Mutex<[Entry]>([])
        var all: [Entry] { kept.withLock { $0 } }
        func add(_ entry: Entry) { kept.withLock { $0.append(entry) } }
    }

    /// The vehicle, heard by every node that runs.
    private actor World {
        private(set) var voice: VehicleVoice
        private let desk: VDADesk
        private(set) var refusals: [String] = []

        init(_ vehicle: SimulatedVehicle, _ desk: VDADesk) {
            voice = VehicleVoice(vehicle)
            self.desk = desk
        }

        func hear(_ message: FleetAir.Message) {
            guard let (_, topic) = VDAAddress.read(message.topic) else { return }
            voice.hear(topic, message.payload, desk)
            refusals += voice.vehicle.state.errors.map(\.type)
        }

        func live(_ seconds: Double, at now: Timestamp) -> [(String, [UInt8])] {
            let address = voice.address
            return voice.live(seconds, at: now).map { (address.topic($0.topic), $0.payload) }
        }
    }

    /// A node with connections, fleet, gateway and conductor of its own.
    private final class Node: Sendable {
        let name: String
        let fleet: Fleet
        let spine: Spine
        private let conductor: Conductor
        private let air = FleetAir()
        private let work = Mutex<Task<Void, Never>?>(nil)

        init(_ name: String, _ spine: Spine, _ stage: Stage) throws {
            self.name = name
            self.spine = spine
            let fleet = Fleet(desk: try MessageTests.desk.get())
            self.fleet = fleet
            var source = stage.source
            source.order = { await fleet.standing($0)?.order?.id }
            source.report = { await fleet.standing($0)?.report }
            let line = FleetLine(
                drive: { await fleet.drive($0, $1) }, cancel: { await fleet.cancel($0, order: $1) },
                instant: { await fleet.instant($0, $1) }, call: { _, _, _ in }, conduct: { await fleet.conduct($0) })
            conductor = Conductor(spine.district, line: line, source: source, holder: name)
        }

        var isRunning: Bool { work.withLock { $0 != nil } }

        func start(_ world: World, _ log: Log) {
            let (fleet, spine, conductor, name, down) = (fleet, spine, conductor, name, air.down.listen())
            let clock = spine.district.clock
            let gateway = FleetGateway(
                spine: spine, fleet: fleet, air: air, isMine: { fleet.seat.isMine(at: clock()) })
            let news = fleet.news.listen()
            let task = Task {
                await withTaskGroup(of: Void.self) { group in
                    group.addTask { try? await gateway.run() }
                    group.addTask { for await one in news { await conductor.hear(one) } }
                    group.addTask {
                        for await message in down {
                            log.add(
                                .init(node: name, topic: VDAAddress.read(message.topic)?.topic, at: clock()))
                            await world.hear(message)
                        }
                    }
                    while !Task.isCancelled {
                        await conductor.beat()
                        try? await Task.sleep(for: .milliseconds(100))
                    }
                    group.cancelAll()
                }
            }
            work.withLock { $0 = task }
        }

        /// As by `kill -9`: nothing is said and nothing given back.
        func stop() async {
            let task = work.withLock { work in
                defer { work = nil }
                return work
            }
            task?.cancel()
            await task?.value
        }
    }

    @Test(
        "the second takes over when the lease of the first is over; who wakes up after that sends nothing",
        arguments: StoreUnderTest.all.suffix(1))
    func takeover(kind: StoreUnderTest) async throws {
        try await MissionYard.with(kind) { yard in
            try await MissionYard.enrol(yard, Self.vehicle)
            let other = try await Self.another(yard, kind)
            let site = try SiteRunTests.site("haesol-center")
            let start = try #require(site.roadmap.refuges.min())
            let goal = try #require(SiteRunTests.stations(site).last)
            let stage = Stage()
            stage.change {
                $0.sites = [site.plan.id: .init(edition: "1", site: site)]
                $0.vehicles = [Self.vehicle: site.plan.id]
                $0.work = Self.work(site, goal, at: yard.clock.read())
            }
            let spot = site.spots[Int(start)]
            let world = World(
                SimulatedVehicle(
                    Self.vehicle, version: .v21, at: spot.name,
                    .init(map: spot.map, x: spot.x, y: spot.y, heading: 0)), try MessageTests.desk.get())
            let log = Log()
            let nodes = [try Node("a", yard.spine, stage), try Node("b", other, stage)]
            let (first, second) = (nodes[0], nodes[1])
            let time = Task {
                while !Task.isCancelled {
                    yard.clock.advance(by: 0.25)
                    for (topic, payload) in await world.live(0.25, at: yard.clock.read()) {
                        for node in nodes where node.isRunning { await node.fleet.hear(topic: topic, payload) }
                    }
                    try? await Task.sleep(for: .milliseconds(100))
                }
            }
            first.start(world, log)
            try await Self.until("the first drives it") { await world.voice.vehicle.state.lastSequence >= 2 }
            second.start(world, log)
            try await Self.until("the second hears it") { await second.fleet.standing(Self.vehicle)?.presence == .here }
            #expect(log.all.allSatisfy { $0.node == "a" })
            await first.stop()
            let (stopped, mark) = (yard.clock.read(), log.all.count)
            try await Self.until("the second drives it on") { log.all.dropFirst(mark).contains { $0.topic == .order } }
            let taken = try #require(log.all.dropFirst(mark).first)
            // The first renewed its lease a quarter of it ago at most.
            #expect(taken.at.seconds(since: stopped) >= ConductorLease.length * 0.75 - 1)
            let fence = try await yard.store.read { try FleetJournal.all(in: $0) }.first?.fence ?? 0
            // What the first released before, and is only now about to send.
            let stale = try await yard.store.write { writer in
                let row = try writer.first("SELECT taken FROM robots_conductor")
                let order = SentOrder(
                    id: "late", update: 0, fence: 1, site: "s", steps: [], released: 0, sent: yard.clock.read())
                let old = FleetJournal.Entry(
                    thing: "another", fence: (try row?.integer("taken") ?? 0) - 1, order: order)
                return try FleetJournal.keep(old, at: yard.clock.read(), in: writer)
            }
            #expect(!stale && fence > 0)
            await first.fleet.drive(
                Self.vehicle, Route(order: "late", site: site.plan.id, steps: [], released: 0, fence: .max))
            await first.fleet.tick(isConnected: true)
            #expect(await !first.fleet.leads)
            first.start(world, log)
            let name = site.name(goal)
            try await Self.until("it is there") { await world.voice.vehicle.state.lastNode == name }
            #expect(log.all.dropFirst(mark).allSatisfy { $0.node == "b" })
            #expect(await world.refusals.isEmpty)
            #expect(await !first.fleet.leads)
            #expect(await second.fleet.leads)
            for node in nodes { await node.stop() }
            time.cancel()
            await time.value
        }
    }

    private static func work(_ site: CompiledSite, _ goal: Int32, at now: Timestamp) -> SiteWork {
        var work = SiteWork()
        work.mayDispatch = false
        work.builds = [vehicle: SiteWork.Build(footprint: site.plan.footprint)]
        var mission = Mission(
            id: "mission/1", kind: .patrol, site: site.plan.id,
            stops: [Mission.Stop(node: site.name(goal), task: .look)], priority: .normal, scope: .zone, asked: now)
        mission.state = .underway
        mission.vehicle = vehicle
        work.missions = [MissionCase(mission: mission, sender: "test", author: "system:test")]
        return work
    }

    /// The same house again; on PostgreSQL over connections of its own.
    private static func another(_ yard: Yard, _ kind: StoreUnderTest) async throws -> Spine {
        var store = yard.store
        if kind == .postgresql, let server = StoreUnderTest.server {
            let schema = try await store.read { try $0.first("SELECT current_schema() AS name")?.text("name") } ?? ""
            store = try await Store.open(
                .postgresql(server + (server.contains("?") ? "&" : "?") + "schema=\(schema)"), logger: .quiet)
        }
        let district = try District(store: store, rooms: [try Robots()], clock: yard.clock.read, logger: .quiet)
        try await district.open()
        return Spine(
            district: district, series: yard.spine.series, signer: yard.spine.signer, mqtt: nil, isSample: false)
    }

    private static func until(_ what: String, _ holds: () async -> Bool) async throws {
        let end = ContinuousClock.now.advanced(by: .seconds(90))
        while ContinuousClock.now < end {
            if await holds() { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw Late(what: what)
    }

    private struct Late: Error { let what: String }
}
