import District
import Record
import Synchronization
import Testing

@testable import Robots

/// The fleet in one process, without a broker: what it goes on with, what it forgets, and when it only listens.
@Suite struct FleetTests {
    /// A fleet, its clock, and all that leaves for one vehicle.
    private final class Stand: Sendable {
        let fleet: Fleet
        private let now = Mutex(Timestamp(microseconds: 1_764_000_000_000_000))
        private let left = Mutex<[Fleet.Parcel]>([])
        private let count = Mutex<Int64>(100)
        let address = VDAAddress(Bench.vehicle, version: .v21)

        init() throws { fleet = Fleet(desk: try MessageTests.desk.get()) }

        func open(_ known: FleetMemory, isMine: Bool = true) async {
            await fleet.open(clock: { self.now.withLock { $0 } }) { _, parcels in
                Task { for await parcel in parcels { self.left.withLock { $0.append(parcel) } } }
            }
            if isMine { await fleet.lead(known) } else { await fleet.rest() }
            await fleet.enrol(known)
        }

        func say(after seconds: Double = 1, _ change: (inout VDAState) -> Void = { _ in }) async {
            let at = now.withLock {
                $0 = $0.advanced(bySeconds: seconds)
                return $0
            }
            let id = count.withLock {
                $0 += 1
                return $0
            }
            var state = Bench.state()
            change(&state)
            await fleet.hear(
                topic: address.topic(.state), state.json(VDAHeader(id: id, said: at), address).canonical)
        }

        func pass(_ seconds: Double) async {
            now.withLock { $0 = $0.advanced(bySeconds: seconds) }
            await fleet.tick(isConnected: true)
        }

        var moment: Timestamp { now.withLock { $0 } }

        /// What has left so far, as texts of their topics and the journal's entries.
        func parcels() async -> (kept: [FleetJournal.Entry], topics: [String], faults: [String]) {
            // Lanes are read by tasks of their own.
            for _ in 0..<20 { await Task.yield() }
            try? await Task.sleep(for: .milliseconds(20))
            return left.withLock { all in
                (
                    all.compactMap { if case .keep(let entry) = $0 { entry } else { nil } },
                    all.compactMap { parcel in
                        if case .send(let topic, let payload) = parcel {
                            let text = String(decoding: payload, as: UTF8.self)
                            return (VDAAddress.read(topic)?.topic.rawValue ?? "")
                                + (text.contains("cancelOrder") ? ":cancel" : "")
                        }
                        return nil
                    },
                    all.compactMap {
                        switch $0 {
                        case .faulted(let type, _, _): "+\(type)"
                        case .recovered(let type): "-\(type)"
                        default: nil
                        }
                    }
                )
            }
        }
    }

    private static func vehicle(enrolled seconds: Double = 0) -> EnrolledVehicle {
        EnrolledVehicle(
            vehicle: Bench.vehicle, name: Words("가", "A"), site: "site", scope: .zone,
            enrolled: Timestamp(microseconds: 1_763_000_000_000_000).advanced(bySeconds: seconds))
    }

    /// An order that was published an hour ago and never taken.
    private static func entry(_ fence: Int64 = 7) -> FleetJournal.Entry {
        let route = Bench.route(["a", "b", "c"], released: 3, fence: fence)
        return FleetJournal.Entry(
            thing: Bench.vehicle.thing, fence: fence,
            order: SentOrder(
                id: route.order, update: 0, fence: fence, site: "site", steps: route.steps, released: 3,
                sent: Timestamp(microseconds: 1_763_996_400_000_000)))
    }

    @Test func whatWasPublishedAndIsStillCountedOnIsSentAgainAfterAKill() async throws {
        let stand = try Stand()
        await stand.open(
            FleetMemory(
                vehicles: [Self.vehicle()], journal: [Self.entry()], conducted: [Bench.vehicle.thing: "o-1"]))
        await stand.say()
        await stand.pass(5)
        #expect(await stand.parcels().topics.contains("order"))
        #expect(await stand.fleet.standing(Bench.vehicle)?.order?.id == "o-1")
    }

    @Test(arguments: [Optional("o-9"), nil])
    func whatTheConductorNoLongerCountsOnIsNeverSentAgain(drives: String?) async throws {
        let stand = try Stand()
        await stand.open(
            FleetMemory(
                vehicles: [Self.vehicle()], journal: [Self.entry()], conducted: [Bench.vehicle.thing: drives]))
        await stand.say()
        for _ in 0..<20 { await stand.pass(5) }
        #expect(await stand.parcels().topics.contains("order") == false)
        #expect(await stand.fleet.standing(Bench.vehicle)?.order == nil)
        await stand.fleet.drive(Bench.vehicle, Bench.route(["a", "b"], released: 2, fence: 6, order: "o-2"))
        #expect(await stand.fleet.standing(Bench.vehicle)?.waits == false, "the fence is kept")
    }

    @Test func whoWasHeardBeforeTheLeaseIsAskedForItsFactsheetUntilItComes() async throws {
        let stand = try Stand()
        let known = FleetMemory(vehicles: [Self.vehicle()])
        await stand.open(known, isMine: false)
        await stand.say()
        #expect(await stand.parcels().topics.isEmpty)
        await stand.fleet.lead(known)
        await stand.say()
        await stand.say()
        #expect(await stand.parcels().topics == ["instantActions"])
        await stand.say(after: 31)
        #expect(await stand.parcels().topics == ["instantActions", "instantActions"])
    }

    @Test func whoIsWithdrawnIsCalledOffAndEnrolledAgainGetsNoOrderFromThePast() async throws {
        let stand = try Stand()
        await stand.open(FleetMemory(vehicles: [Self.vehicle()]))
        await stand.say()
        await stand.fleet.drive(Bench.vehicle, Bench.route(["a", "b", "c"], released: 3, fence: 8))
        #expect(await stand.fleet.standing(Bench.vehicle)?.order?.id == "o-1")
        await stand.fleet.enrol(FleetMemory(vehicles: []))
        var left = await stand.parcels()
        #expect(left.topics.last == "instantActions:cancel")
        #expect(left.kept.last == FleetJournal.Entry(thing: Bench.vehicle.thing, fence: 8, order: nil))
        // Again, also where the list of vehicles still came with what the journal once said.
        await stand.fleet.enrol(
            FleetMemory(vehicles: [Self.vehicle(enrolled: 999_000)], journal: [Self.entry()]))
        await stand.say()
        for _ in 0..<10 { await stand.pass(5) }
        left = await stand.parcels()
        #expect(left.topics.count { $0 == "order" } == 1)
        await stand.say()
        await stand.fleet.drive(Bench.vehicle, Bench.route(["a", "b"], released: 2, fence: 8, order: "o-1"))
        #expect(await stand.fleet.standing(Bench.vehicle)?.order?.fence == 8)
    }

    @Test func anOrderFromBeforeItsEnrolmentIsOfThePastAlsoInAnotherProcess() async throws {
        let stand = try Stand()
        await stand.open(
            FleetMemory(vehicles: [Self.vehicle(enrolled: 999_000)], journal: [Self.entry()]))
        await stand.say()
        for _ in 0..<10 { await stand.pass(5) }
        #expect(await stand.parcels().topics.contains("order") == false)
    }

    @Test func aSerialNumberInDoubtStaysSoOverARestart() async throws {
        let stand = try Stand()
        let row = VehicleFaultRow(
            thing: Bench.vehicle.thing, fault: "contested", level: "CRITICAL", text: "places", since: stand.moment,
            over: nil)
        await stand.open(FleetMemory(vehicles: [Self.vehicle()], faults: [row]))
        for _ in 0..<30 {
            await stand.say()
            await stand.pass(1)
        }
        #expect(await stand.fleet.standing(Bench.vehicle)?.presence == .contested)
        #expect(await stand.fleet.standing(Bench.vehicle)?.contest == .places)
        #expect(await stand.parcels().faults.isEmpty)
        await stand.fleet.drive(Bench.vehicle, Bench.route(["a", "b"], released: 2, fence: 9))
        #expect(await stand.parcels().topics.contains("order") == false)
        await stand.fleet.settle(Bench.vehicle.thing)
        for _ in 0..<15 {
            await stand.say()
            await stand.pass(1)
        }
        #expect(await stand.fleet.standing(Bench.vehicle)?.presence == .here)
        #expect(await stand.parcels().faults == ["-contested"])
    }

    @Test func aNodeThatDoesNotConductOnlyListensUntilItsTurnComes() async throws {
        let stand = try Stand()
        let known = FleetMemory(
            vehicles: [Self.vehicle()], journal: [Self.entry()], conducted: [Bench.vehicle.thing: "o-1"])
        await stand.open(known, isMine: false)
        await stand.say()
        for _ in 0..<10 { await stand.pass(5) }
        await stand.fleet.drive(Bench.vehicle, Bench.route(["a", "b"], released: 2, fence: 50))
        await stand.fleet.cancel(Bench.vehicle, order: "o-1")
        await stand.fleet.instant(Bench.vehicle, RouteAction(id: "p", type: "startPause"))
        // It drives something that this node has not sent.
        await stand.say {
            ($0.order, $0.nodes) = ("o-1", [.init(id: "b", sequence: 2, isReleased: true)])
        }
        for _ in 0..<20 { await stand.pass(5) }
        var left = await stand.parcels()
        #expect(left.topics.isEmpty && left.kept.isEmpty && left.faults.isEmpty)
        #expect(await stand.fleet.standing(Bench.vehicle)?.report?.order == "o-1", "it hears")

        await stand.fleet.lead(known)
        await stand.say()
        await stand.pass(5)
        #expect(await stand.parcels().topics.contains("order"))
        await stand.fleet.rest()
        left = await stand.parcels()
        for _ in 0..<20 { await stand.pass(5) }
        #expect(await stand.parcels().topics == left.topics)
    }

    @Test("what a vehicle carries is known again before it has spoken, until its factsheet says otherwise")
    func loads() async throws {
        let stand = try Stand()
        var known = FleetMemory(vehicles: [Self.vehicle()])
        known.loads = [Bench.vehicle.thing: 60]
        await stand.open(known)
        #expect(stand.fleet.doings.of(Bench.vehicle.thing)?.load == 60)
        await stand.say()
        #expect(stand.fleet.doings.of(Bench.vehicle.thing)?.load == 60)
        var build = VehicleBuild()
        build.load = 45
        let sheet = build.factsheet(VDAHeader(id: 1, said: stand.moment), stand.address)
        await stand.fleet.hear(topic: stand.address.topic(.factsheet), sheet.canonical)
        #expect(stand.fleet.doings.of(Bench.vehicle.thing)?.load == 45)
    }

    @Test("a node whose conductor has not spoken for a lease only listens, before it decides anything")
    func stale() async throws {
        let stand = try Stand()
        await stand.open(FleetMemory(vehicles: [Self.vehicle()]))
        stand.fleet.seat.set(true, at: stand.moment)
        await stand.say()
        await stand.say(after: 8)
        #expect(await stand.fleet.leads)
        await stand.say(after: 2)
        #expect(await !stand.fleet.leads)
        await stand.fleet.drive(Bench.vehicle, Bench.route(["a", "b"], released: 2))
        #expect(await !stand.parcels().topics.contains("order"))
        #expect(await stand.fleet.standing(Bench.vehicle)?.presence == .here, "it still listens")
    }
}
