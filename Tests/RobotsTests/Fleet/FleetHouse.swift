import Bus
import District
import Foundation
import HouseKit
import Logging
import Record
import ServiceLifecycle
import Store
import Synchronization
import TestKit
import Testing
import Twin

@testable import Access
@testable import Robots

/// A house with the room Robots, a real broker and the gateway at work; its clock goes with the machine's.
struct FleetHouse: Sendable {
    let yard: Yard
    let fleet: Fleet
    let broker: RunningBroker
    let account: MQTTAccount
    let desk: VDADesk
    let news: Heard
    /// Where the broker keeps its settings.
    var folder = ""

    /// The broker's accounts, as a house has them.
    static func accounts() throws -> [BrokerAccount] {
        [
            try BrokerAccount("slipway", reads: ["#"], writes: ["#"]),
            try BrokerAccount("vehicles", reads: BusAccess.vehicles.reads, writes: BusAccess.vehicles.writes),
            try BrokerAccount("buildings", reads: BusAccess.buildings.reads, writes: BusAccess.buildings.writes),
        ]
    }

    /// Everything that the fleet has told.
    final class Heard: Sendable {
        private let all = Mutex<[FleetNews]>([])
        var list: [FleetNews] { all.withLock { $0 } }
        func add(_ one: FleetNews) { all.withLock { $0.append(one) } }
    }

    /// Topics of what a client heard.
    final class Topics: Sendable {
        private let list = Mutex<[String]>([])
        var all: [String] { list.withLock { $0 } }
        func add(_ topics: [String]) { list.withLock { $0 += topics } }
    }

    static let one = VehicleID(manufacturer: "narae", serial: "nr-01")
    static let other = VehicleID(manufacturer: "sealane", serial: "sl-01")
    static let officer = Caller(.person(PersonID("officer")), name: "officer", roles: [.zoneOfficer], firm: nil)

    static func with(_ vehicles: [VehicleID] = [one], _ body: @escaping @Sendable (FleetHouse) async throws -> Void)
        async throws
    {
        try await Yard.with([try Robots()], on: .sqlite) { yard in
            try await withTemporaryFolder { folder in
                let broker = try await LocalBroker.start(in: folder.path, accounts: accounts(), logger: .quiet)
                var made = try await found(yard, broker, vehicles)
                made.folder = folder.path
                let house = made
                let outcome: Result<Void, any Error>
                do {
                    try await house.serve(body)
                    outcome = .success(())
                } catch {
                    outcome = .failure(error)
                }
                await broker.stop()
                try outcome.get()
            }
        }
    }

    private static func found(_ yard: Yard, _ broker: RunningBroker, _ vehicles: [VehicleID]) async throws -> FleetHouse
    {
        let zone = try Caller.system("test").tenant
        try await yard.register("alfa")
        try await yard.enrol(officer)
        let site = Thing(
            id: "alfa-site", kind: .site, name: Words("현장", "Site"), firm: FirmID("alfa"), scope: .firm(FirmID("alfa")))
        let drafts = try await yard.store.read { try TwinEvents.declared([site], for: zone, in: $0) }
        try await yard.district.record(drafts, origin: Origin(author: .system("test")))
        for vehicle in vehicles {
            try await yard.perform(
                "robots.vehicle.enrol",
                [
                    "manufacturer": .string(vehicle.manufacturer), "serial": .string(vehicle.serial),
                    "name": .string("로봇 \(vehicle.serial)"), "site": "alfa-site",
                ], by: officer)
        }
        let desk = try VDADesk(from: MessageTests.book)
        let password = broker.credential(for: "slipway")?.password ?? ""
        return FleetHouse(
            yard: yard, fleet: yard.room(Robots.self).fleet, broker: broker,
            account: MQTTAccount(host: "127.0.0.1", port: broker.port, username: "slipway", password: password),
            desk: desk, news: Heard())
    }

    var spine: Spine {
        Spine(
            district: yard.district, series: yard.spine.series, signer: yard.spine.signer, mqtt: account,
            isSample: false)
    }

    /// Runs the gateway while a body runs.
    func serve(_ body: @escaping @Sendable (FleetHouse) async throws -> Void) async throws {
        let gateway = FleetGateway(spine: spine, fleet: fleet, air: FleetAir())
        let told = fleet.news.listen()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await gateway.run() }
            group.addTask {
                for await one in told { news.add(one) }
            }
            group.addTask {
                while !Task.isCancelled {
                    try await Task.sleep(for: .milliseconds(100))
                    yard.clock.advance(by: 0.1)
                }
            }
            group.addTask {
                try await body(self)
                throw Done()
            }
            do {
                while try await group.next() != nil {}
            } catch is Done {}
            group.cancelAll()
            while true {
                do { guard try await group.next() != nil else { break } } catch {}
            }
        }
    }

    private struct Done: Error {}

    /// Runs a simulated vehicle at the broker while a body runs.
    func simulate(
        _ vehicle: VehicleID, _ version: VDAVersion, build: VehicleBuild = VehicleBuild(),
        _ body: @escaping @Sendable () async throws -> Void
    ) async throws {
        let simulated = SimulatedVehicle(
            vehicle, version: version, build: build, at: "a", .init(map: "1", x: 0, y: 0, heading: 0))
        let password = broker.credential(for: "vehicles")?.password ?? ""
        let run = VehicleRun(
            vehicle: simulated, desk: desk,
            account: MQTTAccount(host: "127.0.0.1", port: broker.port, username: "vehicles", password: password),
            clock: yard.clock.read)
        let running = Task { try await run.run() }
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
        running.cancel()
        _ = await running.result
        try outcome.get()
    }

    /// Until a condition holds.
    func until(
        _ what: String, seconds: Double = 60, _ condition: () async throws -> Bool,
        location: SourceLocation = #_sourceLocation
    ) async throws {
        let end = ContinuousClock.now.advanced(by: .seconds(seconds))
        while ContinuousClock.now < end {
            if try await condition() { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        let told = news.list.filter { if case .report = $0 { false } else { true } }
        Issue.record(
            "\(what) did not come about; \(told.suffix(5)) \(news.list.suffix(1))", sourceLocation: location)
        throw Late()
    }

    struct Late: Error {}

    /// How a vehicle stands.
    func presence(_ vehicle: VehicleID) async -> VehicleReport.Presence? { await fleet.standing(vehicle)?.presence }

    func finished() -> [String] {
        news.list.compactMap { if case .finished(_, let order, _) = $0 { order } else { nil } }
    }
    func cancelled() -> [String] {
        news.list.compactMap { if case .cancelled(_, let order) = $0 { order } else { nil } }
    }
    func refused() -> [RouteRefusal] {
        news.list.compactMap { if case .refused(_, _, let why) = $0 { why } else { nil } }
    }
}
