import Access
import Bus
import District
import Foundation
import Logging
import Record
import Series
import ServiceLifecycle
import Store
import Synchronization

/// Carries what vehicles say to the fleet, and what the fleet decides to vehicles: one client of the broker for all.
/// What is released is written down before it leaves; place, charge and speed go to Series, faults to the Record.
struct FleetGateway: Service {
    let spine: Spine
    let fleet: Fleet
    let air: FleetAir
    /// Whether this node speaks to the vehicles: the one that conducts does, the others listen.
    let isMine: @Sendable () -> Bool
    private let known = Known()

    /// VDA 5050 has orders and actions leave at QoS 0, and what is not answered is said again. An installation whose network
    /// loses much may ask for 1.
    static let quality: QoS =
        ProcessInfo.processInfo.environment["SLIPWAY_VDA5050_QOS"] == "1" ? .atLeastOnce : .atMostOnce

    init(spine: Spine, fleet: Fleet, air: FleetAir, isMine: @escaping @Sendable () -> Bool = { true }) {
        self.spine = spine
        self.fleet = fleet
        self.air = air
        self.isMine = isMine
    }

    /// The vehicles that are enrolled, and when each was last written to Series.
    private final class Known: Sendable {
        let vehicles = Mutex<[VehicleID: EnrolledVehicle]>([:])
        let written = Mutex<[VehicleID: Timestamp]>([:])
    }

    private struct Lane: Sendable {
        let vehicle: VehicleID
        let parcels: AsyncStream<Fleet.Parcel>
    }

    func run() async throws {
        let (lanes, continuation) = AsyncStream.makeStream(of: Lane.self)
        await fleet.open(clock: spine.district.clock) { vehicle, parcels in
            continuation.yield(Lane(vehicle: vehicle, parcels: parcels))
        }
        // Listened to before the list is read, so that no vehicle enrolled meanwhile is missed.
        let commits = spine.district.committed.listen()
        try await isMine() ? lead() : rest()
        let client = try connect()
        await withTaskGroup(of: Void.self) { group in
            if let client {
                group.addTask { await client.run() }
                group.addTask { await listen(client) }
            }
            group.addTask { await deliver(lanes, client) }
            group.addTask {
                for await events in commits.cancelOnGracefulShutdown() { await follow(events) }
            }
            await beat(every: .milliseconds(500)) {
                await takeTurns()
                await fleet.tick(isConnected: client?.counters.connected ?? true)
                await write()
                await gauge()
            }
            continuation.finish()
            group.cancelAll()
        }
    }

    private func connect() throws -> MQTTClient? {
        guard let account = spine.mqtt else { return nil }
        var logger = Logger(label: "slipway.fleet")
        logger.logLevel = .error
        return try MQTTClient(
            MQTTConfiguration(
                host: account.host, port: account.port,
                clientID: "slipway-fleet-\(Identifier(at: spine.district.clock()))",
                credential: BusCredential(name: account.username, password: account.password), keepAlive: 15,
                // What vehicles said while nobody listened is old: they say it again.
                cleanSession: true, lastRetry: 2000), logger: logger)
    }

    private func listen(_ client: MQTTClient) async {
        do {
            for interface in VDAAddress.interfaces {
                for version in VDAVersion.allCases {
                    for topic in [VDATopic.connection, .state, .factsheet] {
                        let filter = try TopicFilter("\(interface)/\(version.level)/+/+/\(topic.rawValue)")
                        try await client.subscribe(filter, qos: topic == .connection ? .atLeastOnce : .atMostOnce)
                    }
                }
            }
            for await batch in client.batches {
                for message in batch { await fleet.hear(topic: message.topic, message.payload) }
            }
        } catch is CancellationError {
            return
        } catch {
            spine.district.report("vehicles are not heard over MQTT", error)
        }
    }

    // MARK: - Enrolment

    private func follow(_ events: [Event]) async {
        for event in events {
            switch event.type {
            case VehicleTable.enrolled, VehicleTable.withdrawn, SiteTable.Events.published,
                SiteTable.Events.ruled, SiteTable.Events.withdrawn:
                do { try await enrol() } catch { spine.district.report("the list of vehicles is not read", error) }
            case VehicleTable.settled:
                if let thing = event.payload["thing"]?.text { await fleet.settle(ThingID(thing)) }
            default: break
            }
        }
    }

    private func takeTurns() async {
        let isMine = isMine()
        guard await fleet.leads != isMine else { return }
        do { try await isMine ? lead() : rest() } catch {
            spine.district.report("who speaks to the vehicles is not settled", error)
        }
    }

    private func enrol() async throws { await fleet.enrol(try await memory()) }
    private func lead() async throws { await fleet.lead(try await memory()) }
    private func rest() async throws {
        await fleet.rest()
        try await enrol()
    }

    private func memory() async throws -> FleetMemory {
        let zone = try Caller.system("robots.fleet").tenant
        let memory = try await spine.district.store.read { try FleetMemory(in: $0, for: zone) }
        known.vehicles.withLock {
            $0 = Dictionary(memory.vehicles.map { ($0.vehicle, $0) }, uniquingKeysWith: { $1 })
        }
        return memory
    }

    // MARK: - Out

    private func deliver(_ lanes: AsyncStream<Lane>, _ client: MQTTClient?) async {
        await withTaskGroup(of: Void.self) { group in
            for await lane in lanes {
                group.addTask {
                    // What was released under another node's eyes does not leave, nor what rests on it.
                    var isOutdated = false
                    for await parcel in lane.parcels {
                        guard !Task.isCancelled else { return }
                        switch parcel {
                        case .keep(let entry): isOutdated = await !keep(entry)
                        case .send(let topic, _) where isOutdated && topic.hasSuffix("/\(VDATopic.order)"): continue
                        default: await carry(parcel, lane.vehicle, client)
                        }
                    }
                }
            }
            group.cancelAll()
        }
    }

    private func carry(_ parcel: Fleet.Parcel, _ vehicle: VehicleID, _ client: MQTTClient?) async {
        switch parcel {
        case .keep: return
        case .load(let load):
            let now = spine.district.clock()
            await persist("what a vehicle carries is not written down yet") {
                try await spine.district.store.write {
                    try FleetJournal.keep(load: load, of: vehicle.thing, at: now, in: $0)
                }
            }
        case .send(let topic, let payload):
            guard let client else { return air.down.send(.init(topic: topic, payload: payload)) }
            do {
                try await client.publish(topic, payload, qos: Self.quality)
            } catch is CancellationError {
                return
            } catch {
                spine.district.report("a message to \(vehicle) did not leave", error)
            }
        case .faulted(let type, let level, let text):
            var payload: [String: JSON] = ["fault": .string(type), "level": .string(level)]
            if let text, !text.isEmpty { payload["text"] = .string(String(text.prefix(200))) }
            await record(VehicleFaulted.type, payload, vehicle)
        case .recovered(let type): await record(VehicleFaulted.recovered, ["fault": .string(type)], vehicle)
        }
    }

    /// Writes a release down before anything after it leaves.
    /// - Returns: whether it may leave: not where another node has taken over.
    private func keep(_ entry: FleetJournal.Entry) async -> Bool {
        let now = spine.district.clock()
        var mayLeave = false
        await persist("a release is not written down yet") {
            mayLeave = try await spine.district.store.write { try FleetJournal.keep(entry, at: now, in: $0) }
        }
        if !mayLeave { spine.district.note("another node conducts: a release has not left", entry.thing.rawValue) }
        return mayLeave
    }

    private func record(_ type: String, _ payload: [String: JSON], _ vehicle: VehicleID) async {
        guard let enrolled = known.vehicles.withLock({ $0[vehicle] }) else { return }
        let payload = payload.merging(["thing": .string(vehicle.thing.rawValue)]) { $1 }
        let draft = Draft(type, stream: "vehicle/\(vehicle.thing)", scope: enrolled.scope, payload: payload)
        await persist("a vehicle's fault is not on the Record yet") {
            _ = try await spine.district.record([draft], origin: Origin(author: .system("robots.fleet")))
        }
    }

    private func persist(_ what: String, _ work: () async throws -> Void) async {
        while !Task.isCancelled {
            do { return try await work() } catch { spine.district.report(what, error) }
            try? await Task.sleep(for: .milliseconds(500))
        }
    }

    // MARK: - Readings

    /// Place, charge and speed, at most once a second for each vehicle, at the time of arrival: a vehicle's clock may be
    /// wrong.
    private func write() async {
        var samples: [Sample] = []
        for report in await fleet.latest() where report.presence == .here {
            let isDue = known.written.withLock { written in
                guard report.came.seconds(since: written[report.vehicle] ?? Timestamp(microseconds: 0)) >= 1 else {
                    return false
                }
                written[report.vehicle] = report.came
                return true
            }
            if isDue { samples += Self.samples(report) }
        }
        guard !samples.isEmpty else { return }
        do {
            _ = try await spine.series.append(samples)
        } catch {
            spine.district.report("where vehicles are is not stored", error)
        }
    }

    static func samples(_ report: VehicleReport) -> [Sample] {
        let thing = report.vehicle.thing
        var values: [(String, String?, Double)] = []
        if let position = report.position, position.isLocalised {
            values += [
                ("position_x", "m", position.x), ("position_y", "m", position.y), ("heading", "rad", position.heading),
            ]
        }
        if let charge = report.charge { values.append(("charge", "%", charge)) }
        if let speed = report.speed { values.append(("speed", "m/s", speed)) }
        return values.map { property, unit, value in
            Sample(SeriesKey(thing, property), unit: unit, Reading(time: report.came, value: value))
        }
    }

    private func gauge() async {
        let standings = await fleet.standings()
        for presence in VehicleReport.Presence.allCases {
            spine.gauges.set(
                "slipway_fleet_vehicles", Double(standings.count { $0.presence == presence }),
                labels: "presence=\"\(presence.rawValue)\"")
        }
        let counts = await fleet.counts()
        spine.gauges.set("slipway_fleet_strangers", Double(counts.strangers))
        spine.gauges.set("slipway_fleet_refused_messages", Double(counts.refused))
    }
}
