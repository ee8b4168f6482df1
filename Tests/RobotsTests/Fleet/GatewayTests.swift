import Access
import Bus
import District
import Foundation
import HouseKit
import Record
import Series
import Store
import TestKit
import Testing

@testable import Robots

/// The gateway over a real Mosquitto: our simulated vehicles, and vehicles of a library made by others.
@Suite(.serialized) struct GatewayTests {
    static var hasLibrary: Bool { TestPython.has("vda5050", "aiomqtt") }

    @Test(arguments: VDAVersion.allCases)
    func ordersReachAVehicleAndItsReadingsStay(version: VDAVersion) async throws {
        try await FleetHouse.with { house in
            try await house.simulate(FleetHouse.one, version) {
                try await house.until("the vehicle is here") { await house.presence(FleetHouse.one) == .here }
                try await house.until("its factsheet is read") {
                    await house.fleet.standing(FleetHouse.one)?.factsheet?.maximumLoad == 60
                }
                await house.fleet.drive(FleetHouse.one, Bench.route(["a", "b", "c"], released: 2, fence: 5))
                try await house.until("it is at b") {
                    await house.fleet.standing(FleetHouse.one)?.report?.lastNode == "b"
                }
                await house.fleet.drive(FleetHouse.one, Bench.route(["a", "b", "c"], released: 3, fence: 6))
                try await house.until("the order is done") { house.finished() == ["o-1"] }
                // The news comes first: what is written follows it on the vehicle's own lane.
                try await house.until("the journal has closed the order") {
                    let journal = try await house.yard.store.read { try FleetJournal.all(in: $0) }
                    return journal.map(\.fence) == [6] && journal.first?.order == nil
                }
                try await house.until("what it carries is kept") {
                    try await house.yard.store.read { try FleetJournal.loads(in: $0) } == [FleetHouse.one.thing: 60]
                }
                try await house.until("where it was is kept") {
                    let latest = house.spine.series.series().map(\.key.property)
                    return Set(latest) == ["position_x", "position_y", "heading", "charge", "speed"]
                }
                #expect(house.refused().isEmpty)
                #expect(await house.fleet.standing(FleetHouse.one)?.refused == [])
            }
            try await house.until("it has signed off") { await house.presence(FleetHouse.one) == .offline }
        }
    }

    @Test func afterKillNothingIsReleasedTwiceAndTheOrderGoesOn() async throws {
        try await FleetHouse.with { house in
            var slow = VehicleBuild()
            slow.speed = 0.15
            try await house.simulate(FleetHouse.one, .v21, build: slow) {
                try await house.until("the vehicle is here") { await house.presence(FleetHouse.one) == .here }
                await house.fleet.drive(FleetHouse.one, Bench.route(["a", "b", "c", "d"], released: 2, fence: 40))
                try await house.until("it has the order") {
                    await house.fleet.standing(FleetHouse.one)?.order?.isTaken == true
                }
                // Another process that knows what the journal says, and nothing else.
                let other = FleetHouse(
                    yard: house.yard, fleet: Fleet(desk: house.desk), broker: house.broker, account: house.account,
                    desk: house.desk, news: FleetHouse.Heard())
                try await other.serve { again in
                    try await again.until("it knows the order") {
                        await again.fleet.standing(FleetHouse.one)?.order?.isTaken == true
                    }
                    await again.fleet.drive(FleetHouse.one, Bench.route(["a", "b", "c", "d"], released: 4, fence: 39))
                    try await again.until("an old fence is refused") { again.refused() == [.outdated] }
                    await again.fleet.drive(FleetHouse.one, Bench.route(["a", "b", "c", "d"], released: 4, fence: 41))
                    try await again.until("the order is done") { again.finished() == ["o-1"] }
                }
            }
        }
    }

    @Test("the broker goes and comes back: every vehicle is there again, no order is lost, none is sent a second time")
    func brokerRestarts() async throws {
        let vehicles = [FleetHouse.one, FleetHouse.other]
        try await FleetHouse.with(vehicles) { house in
            var slow = VehicleBuild()
            slow.speed = 0.4
            let build = slow
            try await house.simulate(FleetHouse.one, .v21, build: build) {
                try await house.simulate(FleetHouse.other, .v30, build: build) {
                    for vehicle in vehicles {
                        try await house.until("\(vehicle) is here") { await house.presence(vehicle) == .here }
                    }
                    let nodes = ["a", "b", "c", "d", "e"]
                    for (index, vehicle) in vehicles.enumerated() {
                        await house.fleet.drive(
                            vehicle, Bench.route(nodes, released: 2, fence: Int64(1 + index), order: "o-\(index)"))
                    }
                    for vehicle in vehicles {
                        try await house.until("\(vehicle) has its order") {
                            await house.fleet.standing(vehicle)?.order?.isTaken == true
                        }
                    }
                    let before = house.yard.clock.read()
                    let port = house.broker.port
                    let accounts = try FleetHouse.accounts()
                    await house.broker.stop()
                    // What is released while nobody hears it must reach them afterwards, once.
                    for (index, vehicle) in vehicles.enumerated() {
                        await house.fleet.drive(
                            vehicle, Bench.route(nodes, released: 5, fence: Int64(10 + index), order: "o-\(index)"))
                    }
                    try await Task.sleep(for: .seconds(2))
                    let again = try await LocalBroker.start(
                        in: house.folder, port: port, accounts: accounts, logger: .quiet)
                    for vehicle in vehicles {
                        try await house.until("\(vehicle) is back", seconds: 90) {
                            let standing = await house.fleet.standing(vehicle)
                            return standing?.presence == .here && (standing?.report?.came ?? before) > before
                        }
                    }
                    try await house.until("both orders are done", seconds: 90) {
                        Set(house.finished()) == ["o-0", "o-1"]
                    }
                    #expect(house.finished().count == 2 && house.refused().isEmpty && house.cancelled().isEmpty)
                    try await house.until("the journal has closed both") {
                        let journal = try await house.yard.store.read { try FleetJournal.all(in: $0) }
                        return journal.map(\.fence).sorted() == [10, 11] && journal.allSatisfy { $0.order == nil }
                    }
                    for vehicle in vehicles {
                        #expect(await house.fleet.standing(vehicle)?.report?.lastNode == "e")
                    }
                    await again.stop()
                }
            }
        }
    }

    @Test func whatBreaksTheStandardIsRefusedByFieldAndStrangersAreCounted() async throws {
        try await FleetHouse.with { house in
            let client = try MQTTClient(
                MQTTConfiguration(
                    port: house.account.port, clientID: "stranger",
                    credential: BusCredential(name: house.account.username, password: house.account.password)),
                logger: .quiet)
            let running = Task { await client.run() }
            defer { running.cancel() }
            let address = VDAAddress(FleetHouse.one, version: .v21)
            let stranger = VDAAddress(VehicleID(manufacturer: "nobody", serial: "x-9"), version: .v30)
            var state = Bench.state().json(VDAHeader(id: 1, said: house.yard.clock.read()), address).members ?? [:]
            state["driving"] = "no"
            state["errors"] = nil
            let bad = JSON.object(state)
            try await house.until("it is refused") {
                try await client.publish(address.topic(.state), bad.canonical)
                try await client.publish(stranger.topic(.state), Array("{}".utf8))
                return await house.fleet.standing(FleetHouse.one)?.refused.isEmpty == false
            }
            let refused = await house.fleet.standing(FleetHouse.one)?.refused.first
            #expect(refused?.faults.map(\.path) == ["driving", "errors"])
            #expect(await house.presence(FleetHouse.one) == .unheard)
            // The topics of another version may be listened to a little later.
            try await house.until("the stranger is seen") {
                try await client.publish(stranger.topic(.state), Array("{}".utf8))
                return await house.fleet.unknown().first?.vehicle.serial == "x-9"
            }
            // The zone takes it in.
            try await house.yard.perform(
                "robots.vehicle.enrol",
                ["manufacturer": "nobody", "serial": "x-9", "name": "새 로봇", "site": "alfa-site"],
                by: FleetHouse.officer)
            try await house.until("it is no stranger") { await house.presence(stranger.vehicle) == .unheard }
            #expect(await house.fleet.unknown().isEmpty)
        }
    }

    @Test func noVehicleCanGiveOrdersAndNoneHearsForTheHouse() async throws {
        try await FleetHouse.with { house in
            func client(_ name: String) throws -> MQTTClient {
                try MQTTClient(
                    MQTTConfiguration(
                        port: house.account.port, clientID: "test-\(name)",
                        credential: BusCredential(
                            name: name, password: house.broker.credential(for: name)?.password ?? "")), logger: .quiet)
            }
            let (thief, ear, lift) = (try client("vehicles"), try client("slipway"), try client("buildings"))
            let running = [thief, ear, lift].map { client in Task { await client.run() } }
            let heard = FleetHouse.Topics()
            let listening = Task { for await batch in ear.batches { heard.add(batch.map(\.topic)) } }
            let overheard = FleetHouse.Topics()
            let spying = Task { for await batch in thief.batches { overheard.add(batch.map(\.topic)) } }
            defer { (running + [listening, spying]).forEach { $0.cancel() } }
            try await ear.subscribe(TopicFilter("#"), qos: .atLeastOnce)
            for topic in ["uagv/v2/sealane/sl-01/state", "uagv/v2/sealane/sl-01/order"] {
                try await thief.subscribe(TopicFilter(topic), qos: .atLeastOnce)
            }
            let body = Array("{}".utf8)
            for kind in VDATopic.allCases where VDATopic.fromVehicles.contains(kind) {
                try await thief.publish("uagv/v2/sealane/sl-01/\(kind.rawValue)", body)
            }
            let own = VDATopic.allCases.filter { !VDATopic.fromVehicles.contains($0) }.map {
                "uagv/v2/sealane/sl-01/\($0.rawValue)"
            }
            for topic in own + [
                "vda5050/v3/sealane/sl-01/order", "slipway-building/site/lift/state",
                "slipway-building/site/lift/call",
            ] {
                await #expect(throws: BusError.self) { try await thief.publish(topic, body) }
            }
            for topic in ["uagv/v2/sealane/sl-01/order", "slipway-building/site/lift/call"] {
                await #expect(throws: BusError.self) { try await lift.publish(topic, body) }
            }
            try await lift.publish("slipway-building/site/lift/state", body)
            try await ear.publish("uagv/v2/sealane/sl-01/order", body)
            try await house.until("all that is allowed came through") {
                heard.all.contains("slipway-building/site/lift/state")
                    && heard.all.contains { $0.hasSuffix("order") } && overheard.all.contains { $0.hasSuffix("order") }
            }
            // The order is the house's own.
            #expect(
                heard.all.sorted() == [
                    "slipway-building/site/lift/state", "uagv/v2/sealane/sl-01/connection",
                    "uagv/v2/sealane/sl-01/factsheet", "uagv/v2/sealane/sl-01/order", "uagv/v2/sealane/sl-01/state",
                    "uagv/v2/sealane/sl-01/visualization",
                ])
            #expect(overheard.all == ["uagv/v2/sealane/sl-01/order"], "not how another one stands")
        }
    }

    @Test func twoUnderOneSerialNumberAreNamedAndAPersonSettlesIt() async throws {
        try await FleetHouse.with { house in
            try await house.simulate(FleetHouse.one, .v21) {
                try await house.until("the vehicle is here") { await house.presence(FleetHouse.one) == .here }
                let client = try MQTTClient(
                    MQTTConfiguration(
                        port: house.account.port, clientID: "thief",
                        credential: BusCredential(name: house.account.username, password: house.account.password)),
                    logger: .quiet)
                let running = Task { await client.run() }
                let address = VDAAddress(FleetHouse.one, version: .v21)
                var thief = Bench.state()
                thief.position?.x = 400
                var id: Int64 = 500_000
                try await house.until("two are told apart") {
                    id += 1
                    let json = thief.json(VDAHeader(id: id, said: house.yard.clock.read()), address)
                    try await client.publish(address.topic(.state), json.canonical)
                    try await Task.sleep(for: .milliseconds(700))
                    return await house.presence(FleetHouse.one) == .contested
                }
                running.cancel()
                try await house.until("it is on the Record") {
                    try await house.yard.last(VehicleFaulted.type)?.payload["fault"] == "contested"
                }
                try await house.yard.perform(
                    "robots.vehicle.settle",
                    ["vehicle": .string(FleetHouse.one.thing.rawValue), "reason": "다른 기기를 껐습니다"], by: FleetHouse.officer
                )
                try await house.until("it is heard again") { await house.presence(FleetHouse.one) == .here }
            }
        }
    }

    @Test(.enabled(if: hasLibrary, "PyPI's vda5050-sdk or aiomqtt is not on this machine"))
    func vehiclesMadeByOthersAreDriven() async throws {
        try await FleetHouse.with { house in
            try await Self.run(house, pace: 0.3) { line in
                try await house.until("the vehicle is here") { await house.presence(FleetHouse.one) == .here }
                #expect(await house.fleet.standing(FleetHouse.one)?.report?.charge == 77)
                // Node by node, each release handed over when the one before is nearly driven.
                let nodes = ["a", "b", "c", "d", "e", "f"]
                for released in 2...nodes.count {
                    var route = Bench.route(nodes, released: released, fence: Int64(released))
                    route.steps[5].actions = [RouteAction(id: "drop-1", type: "drop")]
                    await house.fleet.drive(FleetHouse.one, route)
                    try await house.until("it comes to \(nodes[released - 1])") {
                        await house.fleet.standing(FleetHouse.one)?.report?.lastNode == nodes[released - 1]
                    }
                }
                try await house.until("the order is done") { house.finished() == ["o-1"] }
                #expect(await house.fleet.standing(FleetHouse.one)?.report?.actions["drop-1"] == "FINISHED")

                await house.fleet.drive(
                    FleetHouse.one, Bench.route(["f", "g", "h", "i", "j"], released: 5, fence: 20, order: "o-2", x: 5))
                try await house.until("it drives") {
                    await house.fleet.standing(FleetHouse.one)?.report?.lastNode == "g"
                }
                await house.fleet.cancel(FleetHouse.one, order: "o-2")
                try await house.until("it is called off") { house.cancelled() == ["o-2"] }

                // A long base is handed over before the vehicle is there.
                let at = await house.fleet.standing(FleetHouse.one)?.report?.lastNode ?? "g"
                let way = [at, "k", "l", "m", "n", "o"]
                let x = 5 + (["f", "g", "h", "i", "j"].firstIndex(of: at) ?? 0)
                for released in 2...6 {
                    await house.fleet.drive(
                        FleetHouse.one,
                        Bench.route(way, released: released, fence: 20 + Int64(released), order: "o-3", x: x))
                }
                try await house.until("the third order is done") { house.finished().last == "o-3" }
                #expect(house.refused().isEmpty)
                #expect(await house.fleet.standing(FleetHouse.one)?.refused == [])
            }
        }
    }

    private static func run(
        _ house: FleetHouse, pace: Double, _ body: @Sendable (FileHandle) async throws -> Void
    ) async throws {
        let process = TestPython.script(
            "sdk_vehicle.py",
            [
                "127.0.0.1", "\(house.broker.port)", "vehicles",
                house.broker.credential(for: "vehicles")?.password ?? "", "narae", "nr-01", "a", "\(pace)",
            ])
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        defer {
            // A child inherits which signals are held back, so that only this one is sure to end it.
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        do {
            try await body(pipe.fileHandleForReading)
        } catch {
            kill(process.processIdentifier, SIGKILL)
            let said = String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self)
            Issue.record("the vehicle said: \(said.suffix(2000))")
            throw error
        }
    }
}
