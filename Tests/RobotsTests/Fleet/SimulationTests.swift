import Record
import Testing

@testable import Robots

/// Fleet control and a simulated vehicle with a network between them that loses, doubles and delays.
@Suite struct SimulationTests {
    struct Loop {
        var session: VehicleSession
        var voice: VehicleVoice
        let desk: VDADesk
        var now = Timestamp(microseconds: 1_764_000_000_000_000)
        var chance: Dice
        /// How many of a hundred messages are lost, and as many are doubled or late.
        var loss: Double
        private var flying: [(due: Timestamp, topic: String, payload: [UInt8])] = []
        var finished: [String] = []
        var cancelled: [String] = []
        var refused: [RouteRefusal] = []
        var faulted: [String] = []
        var broken: [VDAFault] = []
        /// The site's zones, and who else is about; nil where nothing of zones is answered.
        var ground: Fleet.Ground?
        var others: [ZoneTraffic.Party] = []
        /// What was sent by topic, and what requests were answered.
        private var topics: [VDATopic] = []
        private(set) var said: [VDAAnswer] = []
        /// The farthest sequence that was released.
        var released = 0

        init(_ version: VDAVersion, seed: UInt64 = 1, loss: Double = 0, build: VehicleBuild = VehicleBuild()) throws {
            let vehicle = VehicleID(manufacturer: "narae", serial: "nr-01")
            session = VehicleSession(vehicle, version: version)
            voice = VehicleVoice(
                SimulatedVehicle(
                    vehicle, version: version, build: build, at: "a", .init(map: "1", x: 0, y: 0, heading: 0),
                    seed: seed))
            desk = try MessageTests.desk.get()
            chance = Dice(seed: seed)
            self.loss = loss
        }

        mutating func drive(_ route: Route) {
            released = max(released, route.steps[route.released - 1].sequence)
            take(session.drive(route, at: now))
        }

        mutating func greet() { take(session.greet(at: now)) }

        func count(_ topic: VDATopic) -> Int { topics.count { $0 == topic } }

        private mutating func answer() {
            guard let ground else { return }
            let traffic = ZoneTraffic(plan: ground.plan, sets: ground.sets, parties: others + [session.party(at: now)])
            let vehicle = session.vehicle
            take(session.answer(at: now) { traffic.verdict($0, of: vehicle) })
        }

        mutating func cancel(_ order: String) { take(session.cancel(order, at: now)) }

        private mutating func take(_ effects: [VehicleSession.Effect]) {
            finished += effects.finished
            cancelled += effects.cancelled
            refused += effects.refusals
            faulted += effects.faulted
            for case .send(let topic, let json) in effects {
                broken += desk.faults(in: json, topic, session.address)
                topics.append(topic)
                if topic == .responses { said += VDAAnswer.read(json).map(\.answer) }
                fly(session.address.topic(topic), json.canonical)
            }
        }

        private mutating func fly(_ topic: String, _ payload: [UInt8]) {
            if chance.fraction() < loss { return }
            for _ in 0..<(chance.fraction() < loss ? 2 : 1) {
                let late = chance.fraction() < loss ? 3 * chance.fraction() : 0.05
                flying.append((now.advanced(bySeconds: late), topic, payload))
            }
        }

        mutating func live(_ seconds: Double) {
            for step in 0..<max(1, Int(seconds * 4)) {
                now = now.advanced(bySeconds: 0.25)
                for saying in voice.live(0.25, at: now) { fly(voice.address.topic(saying.topic), saying.payload) }
                let due = flying.filter { $0.due <= now }
                flying.removeAll { $0.due <= now }
                for message in due { arrive(message.topic, message.payload) }
                if step % 4 == 0 { take(session.tick(at: now)) }
                answer()
            }
        }

        private mutating func arrive(_ topic: String, _ payload: [UInt8]) {
            guard let (address, kind) = VDAAddress.read(topic) else { return }
            guard VDATopic.fromVehicles.contains(kind) else { return voice.hear(kind, payload, desk) }
            switch desk.read(kind, address, payload) {
            case .success(let json): take(session.hear(kind, json, from: address, at: now))
            case .failure(let refusal): broken += refusal.faults
            }
        }
    }

    @Test(arguments: VDAVersion.allCases)
    func anOrderIsDrivenWithItsActions(version: VDAVersion) throws {
        var loop = try Loop(version)
        var route = Bench.route(["a", "b", "c", "d"], released: 4)
        route.steps[1].actions = [RouteAction(id: "p", type: "pick")]
        route.steps[3].actions = [RouteAction(id: "d", type: "drop")]
        loop.drive(route)
        loop.live(60)
        #expect(loop.finished == ["o-1"] && loop.refused.isEmpty && loop.broken.isEmpty)
        #expect(loop.session.report?.lastNode == "d")
        #expect(loop.session.report?.actions["d"] == "FINISHED")
        #expect((loop.voice.vehicle.position.x - 3).magnitude < 1e-6)
        #expect((loop.session.report?.charge ?? 100) < 80)
    }

    @Test func itStopsAtTheEndOfItsBase() throws {
        var loop = try Loop(.v30)
        loop.drive(Bench.route(["a", "b", "c", "d"], released: 2))
        loop.live(40)
        #expect(loop.voice.vehicle.position.x == 1 && loop.voice.vehicle.velocity == 0)
        #expect(loop.session.state?.wantsBase == false || loop.session.state?.nodes.count == 2)
        loop.drive(Bench.route(["a", "b", "c", "d"], released: 4, fence: 2))
        loop.live(40)
        #expect(loop.finished == ["o-1"])
    }

    @Test func itNeitherStartsNorStopsAtOnce() throws {
        var vehicle = SimulatedVehicle(
            VehicleID(manufacturer: "a", serial: "1"), version: .v21, at: "a",
            .init(map: "1", x: 0, y: 0, heading: 0))
        let steps = [(0, "a", 0.0), (2, "b", 20.0)].map { sequence, node, x in
            Route.Step(sequence: sequence, node: node, edge: sequence == 0 ? nil : "e", map: "1", x: x, y: 0)
        }
        vehicle.take(VDAOrder(id: "o", update: 0, steps: steps[...], released: 2))
        var (last, fastest) = (0.0, 0.0)
        for _ in 0..<400 {
            _ = vehicle.advance(by: 0.1)
            #expect(abs(vehicle.velocity - last) < 0.2)
            last = vehicle.velocity
            fastest = max(fastest, last)
        }
        #expect(vehicle.state.lastNode == "b" && fastest <= vehicle.build.speed && fastest > 1.1)
    }

    @Test(arguments: VDAVersion.allCases)
    func aCancellationOnTheWayStopsItThere(version: VDAVersion) throws {
        var loop = try Loop(version)
        loop.drive(Bench.route(["a", "b", "c", "d"], released: 4))
        loop.live(2)
        loop.cancel("o-1")
        loop.live(5)
        #expect(loop.cancelled == ["o-1"] && loop.voice.vehicle.velocity == 0)
        let reached = loop.session.report?.lastNode ?? ""
        loop.drive(Bench.route([reached, "y"], released: 2, fence: 2, order: "o-2"))
        loop.live(30)
        #expect(loop.finished == ["o-2"])
    }

    @Test func aPickUnderWayIsNotLeftHalfDone() throws {
        var loop = try Loop(.v21)
        var route = Bench.route(["a", "b"], released: 2)
        route.steps[0].actions = [RouteAction(id: "p", type: "pick")]
        loop.drive(route)
        loop.live(5)
        #expect(loop.session.report?.actions["p"] == "RUNNING")
        loop.cancel("o-1")
        loop.live(2)
        #expect(loop.cancelled.isEmpty)
        loop.live(12)
        #expect(loop.cancelled == ["o-1"] && loop.session.report?.actions["p"] == "FINISHED")
    }

    @Test func whoWaitsForATriggerGoesOnWithIt() throws {
        var loop = try Loop(.v30)
        var route = Bench.route(["a", "b"], released: 2)
        route.steps[0].actions = [RouteAction(id: "w", type: "waitForTrigger")]
        loop.drive(route)
        loop.live(20)
        #expect(loop.finished.isEmpty)
        _ = loop.session.instant(RouteAction(id: "t", type: "trigger"), at: loop.now)
        loop.live(25)
        #expect(loop.finished == ["o-1"], "sent again until it shows, for the first was thrown away here")
    }

    /// Whatever a network does to messages, orders come to their end, one after the other, and nobody drives beyond its base.
    @Test(arguments: 1...12)
    func ordersAreDrivenOverABadNetwork(seed: UInt64) throws {
        let version: VDAVersion = seed.isMultiple(of: 2) ? .v21 : .v30
        var loop = try Loop(version, seed: seed, loss: 0.2)
        var fence: Int64 = 0
        for order in 0..<4 {
            let nodes = (0...5).map { "n\(order)-\($0)" }
            let names = [loop.voice.vehicle.state.lastNode] + nodes
            for released in 1...names.count {
                fence += 1
                loop.released = 0
                loop.drive(Bench.route(names, released: released, fence: fence, order: "o-\(order)"))
                loop.live(3)
                #expect(
                    loop.voice.vehicle.state.order != "o-\(order)"
                        || loop.voice.vehicle.state.lastSequence <= 2 * released - 2)
            }
            for _ in 0..<40 where loop.finished.last != "o-\(order)" { loop.live(5) }
            #expect(loop.finished.last == "o-\(order)", "\(loop.refused) \(loop.faulted)")
        }
        #expect(loop.finished == (0..<4).map { "o-\($0)" })
        #expect(loop.broken.isEmpty && loop.refused.isEmpty, "\(loop.refused)")
        #expect(loop.session.contest == nil)
    }

    @Test func delaysAndFaultsAreSeededAndEnd() throws {
        func run() throws -> ([String], Double) {
            var build = VehicleBuild()
            (build.delays, build.faults) = (0.5, 60)
            var loop = try Loop(.v21, seed: 5, build: build)
            loop.drive(Bench.route((0..<60).map { $0 == 0 ? "a" : "n\($0)" }, released: 60))
            loop.live(1200)
            #expect(loop.finished == ["o-1"], "\(loop.refused) \(loop.faulted) \(loop.session.report.debugDescription)")
            return (loop.faulted, loop.voice.vehicle.state.charge ?? 0)
        }
        let (first, second) = (try run(), try run())
        #expect(first.0 == second.0 && first.1 == second.1 && !first.0.isEmpty)
    }

    @Test(arguments: VDAVersion.allCases)
    func theFactsheetIsValidAndRead(version: VDAVersion) throws {
        let address = VDAAddress(VehicleID(manufacturer: "narae", serial: "nr-01"), version: version)
        let json = VehicleBuild().factsheet(VDAHeader(id: 0, said: Timestamp(microseconds: 0)), address)
        #expect(try MessageTests.desk.get().faults(in: json, .factsheet, address) == [])
        let sheet = VDAFactsheet(json)
        #expect(sheet.maximumLoad == 60 && sheet.maximumSpeed == 1.2 && sheet.kind == "CARRIER")
        let radius = try #require(sheet.radius)
        let widest = try #require(try SampleSites.plans(MessageTests.book).map(\.footprint).min())
        #expect(radius > 0.3 && radius <= widest, "it turns within the narrowest of the sample's sites")
        #expect(sheet.actions == VehicleBuild.actions && sheet.instantActions.contains("cancelOrder"))
    }

    @Test func theSamplesVehiclesStandOnPlacesOfTheirOwn() throws {
        let sites = try SampleSites.plans(MessageTests.book)
        let vehicles = SampleFleet(sites: sites).vehicles(seed: 1)
        #expect(vehicles.count == SampleFleet.members.count)
        let places = zip(vehicles, SampleFleet.members).map { "\($1.site)/\($0.state.lastNode)" }
        #expect(Set(places).count == vehicles.count)
    }

    @Test(
        "an order that begins between nodes says how far from the first one the vehicle may be",
        arguments: VDAVersion.allCases)
    func betweenNodes(version: VDAVersion) throws {
        var bench = Bench(version)
        _ = bench.speak { $0.position?.x = -1.5 }
        let sent = bench.session.drive(Bench.route(["b", "c", "d"], released: 2, x: 0), at: bench.now)
        let message = try #require(sent.sent(.order).first)
        #expect(try MessageTests.desk.get().faults(in: message, .order, bench.address).isEmpty)
        #expect(VDAOrder(message).nodes.map { $0.place?.deviation } == [2, nil, nil])
        // As the journal has it, so it is sent again.
        let again = bench.session.sent.flatMap { SentOrder($0.json) }
        #expect(again?.order.nodes.first?.place?.deviation == 2)
        // A vehicle that stands so far from it takes the order with that word, and not without it.
        for (order, isTaken) in [(VDAOrder(message), true), (Self.exact(VDAOrder(message)), false)] {
            var vehicle = SimulatedVehicle(
                bench.session.vehicle, version: version, at: "a", .init(map: "1", x: -1.5, y: 0, heading: 0))
            vehicle.take(order)
            #expect((vehicle.state.order == "o-1") == isTaken && vehicle.state.errors.isEmpty == isTaken)
        }
        var on = Bench(version)
        _ = on.speak()
        let plain = on.session.drive(Bench.route(["a", "b"], released: 2), at: on.now).orders
        #expect(plain.first?.nodes.first?.place?.deviation == nil)
    }

    private static func exact(_ order: VDAOrder) -> VDAOrder {
        var order = order
        order.nodes[0].place?.deviation = nil
        return order
    }
}
