import District
import HouseKit
import Record
import Store
import Synchronization
import TestKit
import Testing

@testable import Robots

/// A line that keeps what was sent, and looks into the journal as it is sent.
private final class Sent: Sendable {
    struct Route: Sendable {
        let vehicle: VehicleID
        let order: String
        let fence: Int64
        /// The fence and the nodes that stood in the journal when it left.
        let journaled: Int64?
    }

    private let kept = Mutex<(routes: [Route], cancels: [VehicleID], instants: [String])>(([], [], []))
    private let store: Store

    init(_ store: Store) { self.store = store }

    var routes: [Route] { kept.withLock { $0.routes } }
    var cancels: [VehicleID] { kept.withLock { $0.cancels } }
    var instants: [String] { kept.withLock { $0.instants } }

    var line: FleetLine {
        FleetLine(
            drive: { [self] vehicle, route in
                let entries = try? await store.read { try ReleaseJournal.entries(in: $0) }
                let fence = entries?.first { $0.vehicle == vehicle }?.fence
                kept.withLock {
                    $0.routes.append(
                        Route(vehicle: vehicle, order: route.order, fence: route.fence, journaled: fence))
                }
            },
            cancel: { [self] vehicle, _ in kept.withLock { $0.cancels.append(vehicle) } },
            instant: { [self] _, action in kept.withLock { $0.instants.append(action.type) } },
            call: { _, _, _ in })
    }
}

/// What the conductor reads, as the test wants it.
final class Stage: Sendable {
    struct Picture {
        var work = SiteWork()
        var vehicles: [VehicleID: String] = [:]
        var sites: [String: ConductorSource.Edition] = [:]
        var orders: [VehicleID: String] = [:]
        var told: [SiteRun.Effect] = []
        var fails = false
    }
    let picture = Mutex(Picture())

    func change(_ change: (inout Picture) -> Void) { picture.withLock { change(&$0) } }

    struct Away: Error {}

    var source: ConductorSource {
        ConductorSource(
            sites: { [self] in picture.withLock { ($0.sites, $0.vehicles) } },
            work: { [self] sites in
                picture.withLock { picture in Dictionary(uniqueKeysWithValues: sites.map { ($0, picture.work) }) }
            },
            report: { _ in nil }, order: { [self] vehicle in picture.withLock { $0.orders[vehicle] } },
            tell: { [self] effect, _ in
                try picture.withLock {
                    if $0.fails { throw Away() }
                    $0.told.append(effect)
                }
            })
    }
}

@Suite("The conductor and its journal", .serialized) struct ConductorTests {
    private static let one = VehicleID(manufacturer: "narae", serial: "nr-1")

    private struct House {
        let yard: Yard
        let stage = Stage()
        let sent: Sent
        let site: CompiledSite

        func conductor(_ holder: String) -> Conductor {
            Conductor(yard.district, line: sent.line, source: stage.source, holder: holder)
        }

        func report(order: String = "", sequence: Int = 0, node: String) -> VehicleReport {
            var report = VehicleReport(vehicle: one, said: yard.clock.read(), came: yard.clock.read())
            (report.order, report.lastSequence, report.lastNode) = (order, sequence, node)
            report.charge = 80
            return report
        }

        /// Where the vehicle stands at first.
        var start: String { get throws { site.name(try #require(site.roadmap.refuges.min())) } }

        /// A conductor that has sent its vehicle out from its start.
        func begun() async throws -> (Conductor, start: String) {
            try give()
            let (conductor, start) = (conductor("a"), try start)
            await conductor.beat()
            await conductor.hear(.report(report(node: start)))
            await conductor.beat()
            return (conductor, start)
        }

        /// A mission for the vehicle, given by hand, to a station far off.
        func give() throws {
            let stations = SiteRunTests.stations(site)
            let goal = site.name(try #require(stations.last))
            var mission = Mission(
                id: "mission/1", kind: .patrol, site: site.plan.id, stops: [Mission.Stop(node: goal, task: .look)],
                priority: .normal, scope: .zone, asked: yard.clock.read())
            mission.state = .underway
            mission.vehicle = one
            let kept = MissionCase(mission: mission, sender: "test", author: "system:test")
            stage.change { $0.work.missions = [kept] }
        }
    }

    private func with(_ kind: StoreUnderTest, _ body: (House) async throws -> Void) async throws {
        try await MissionYard.with(kind) { yard in
            let site = try SiteRunTests.site("haesol-center")
            let house = House(yard: yard, sent: Sent(yard.store), site: site)
            house.stage.change {
                $0.sites = ["haesol-center": ConductorSource.Edition(edition: "1", site: site)]
                $0.vehicles = [Self.one: "haesol-center"]
                $0.work.mayDispatch = false
                $0.work.builds = [Self.one: SiteWork.Build(footprint: site.plan.footprint)]
            }
            try await body(house)
        }
    }

    @Test("what leaves stands in the journal under its fence before; fences only grow", arguments: StoreUnderTest.all)
    func journalFirst(kind: StoreUnderTest) async throws {
        try await with(kind) { house in
            try house.give()
            let start = try house.start
            let conductor = house.conductor("a")
            await conductor.beat()
            await conductor.hear(.report(house.report(node: start)))
            for _ in 0..<4 {
                await conductor.beat()
                house.yard.clock.advance(by: 1)
            }
            let first = try #require(house.sent.routes.first)
            #expect(first.journaled == first.fence)
            await conductor.hear(.report(house.report(order: first.order, sequence: 4, node: start)))
            await conductor.beat()
            #expect(house.sent.routes.count >= 2)
            #expect(house.sent.routes.allSatisfy { $0.journaled == $0.fence })
            let fences = house.sent.routes.map(\.fence)
            #expect(fences == fences.sorted() && Set(fences).count == fences.count)
        }
    }

    @Test("a second node sends nothing while the first conducts, and the first nothing after the second took over")
    func lease() async throws {
        try await with(.sqlite) { house in
            try house.give()
            let start = try house.start
            let (first, second) = (house.conductor("a"), house.conductor("b"))
            await first.beat()
            await second.beat()
            await first.hear(.report(house.report(node: start)))
            await second.hear(.report(house.report(node: start)))
            await second.beat()
            #expect(house.sent.routes.isEmpty)
            await first.beat()
            #expect(house.sent.routes.count == 1)
            // The first stands still for longer than its lease; the second conducts on, and gives orders of its own.
            house.yard.clock.advance(by: 11)
            house.stage.change { $0.orders = [Self.one: house.sent.routes[0].order] }
            await second.beat()
            await second.hear(.report(house.report(order: house.sent.routes[0].order, sequence: 4, node: start)))
            await second.beat()
            let sent = house.sent.routes.count
            #expect(sent >= 2)
            await first.hear(.report(house.report(order: house.sent.routes[0].order, sequence: 6, node: start)))
            await first.beat()
            #expect(house.sent.routes.count == sent)
        }
    }

    @Test("what could not be journaled does not leave, and leaves when the journal can be written again")
    func journalAway() async throws {
        try await with(.sqlite) { house in
            try house.give()
            let start = try house.start
            let conductor = house.conductor("a")
            await conductor.beat()
            _ = try await house.yard.store.write { try $0.execute("ALTER TABLE robots_releases RENAME TO gone") }
            await conductor.hear(.report(house.report(node: start)))
            await conductor.beat()
            #expect(house.sent.routes.isEmpty)
            _ = try await house.yard.store.write { try $0.execute("ALTER TABLE gone RENAME TO robots_releases") }
            await conductor.beat()
            await conductor.hear(.report(house.report(node: start)))
            await conductor.beat()
            #expect(house.sent.routes.count == 1)
        }
    }

    @Test("a hold reaches the vehicle though what happened before it cannot be recorded")
    func holdsFirst() async throws {
        try await with(.sqlite) { house in
            let (conductor, _) = try await house.begun()
            house.stage.change {
                $0.fails = true
                $0.work.holds = [
                    Hold(
                        id: "hold/1", reach: .fleet, cause: .person, reason: "", scope: .zone,
                        placed: house.yard.clock.read())
                ]
            }
            await conductor.beat()
            #expect(house.sent.instants == ["startPause"])
        }
    }

    @Test("a vehicle that is taken off while it drives is called off first; a withdrawn site comes to a stand")
    func withdrawn() async throws {
        try await with(.sqlite) { house in
            let (conductor, start) = try await house.begun()
            let order = try #require(house.sent.routes.first).order
            await conductor.hear(.report(house.report(order: order, sequence: 0, node: start)))
            house.stage.change { $0.vehicles = [:] }
            await conductor.beat()
            #expect(house.sent.cancels == [Self.one])
            let entries = { try await house.yard.store.read { try ReleaseJournal.entries(in: $0) } }
            #expect(try await entries().count == 1)
            await conductor.hear(.cancelled(Self.one, order: order))
            await conductor.beat()
            #expect(try await entries().isEmpty)
            let sent = house.sent.routes.count
            house.stage.change {
                $0.vehicles = [Self.one: "haesol-center"]
                $0.sites = [:]
            }
            for _ in 0..<3 { await conductor.beat() }
            await conductor.hear(.report(house.report(node: start)))
            await conductor.beat()
            #expect(house.sent.routes.count == sent)
        }
    }
}
