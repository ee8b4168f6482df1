import Record
import Testing

@testable import Robots

/// Zones of version 3.0: sent, put in force, obeyed, asked for and granted.
@Suite struct ZoneTests {
    private static let site = "site"

    private static func zone(
        _ id: String, _ from: Double, _ to: Double, _ rule: SitePlan.Zone.Rule
    ) -> SitePlan.Zone {
        SitePlan.Zone(
            id: id, name: Words("구역", "zone"), map: "1",
            corners: [.init(x: from, y: -1), .init(x: to, y: -1), .init(x: to, y: 1), .init(x: from, y: 1)], rule: rule)
    }

    private static func ground(_ zones: [SitePlan.Zone], edition: String = "first-edition") -> Fleet.Ground {
        let plan = SitePlan(
            id: site, name: Words("현장", "site"), maps: [.init(id: "1", name: Words("1층", "1F"))], nodes: [],
            edges: [], zones: zones, lifts: [], doors: [], footprint: 0.35)
        return Fleet.Ground(plan, edition: edition)
    }

    /// A vehicle of 3.0 that knows who it is, with a site's zones to be told.
    private static func loop(
        _ ground: Fleet.Ground, _ version: VDAVersion = .v30, loss: Double = 0
    ) throws -> SimulationTests.Loop {
        var loop = try SimulationTests.Loop(version, loss: loss)
        loop.ground = ground
        loop.session.zones.wanted = ground.sets
        loop.greet()
        return loop
    }

    @Test("a set is sent until the vehicle has it, whatever is lost, and comes into force", arguments: [0, 0.3])
    func told(loss: Double) throws {
        let ground = Self.ground([Self.zone("slow", 1, 2, .speed(0.3)), Self.zone("name", 0, 9, .named)])
        var loop = try Self.loop(ground, loss: loss)
        loop.live(loss == 0 ? 10 : 200)
        #expect(loop.voice.vehicle.state.zoneSets == [.init(id: ground.sets[0].id, map: "1", isEnabled: true)])
        #expect(loop.session.state?.zoneSets == loop.voice.vehicle.state.zoneSets)
        #expect(loop.broken.isEmpty && loop.session.zones.told.isEmpty && loop.session.instants.isEmpty)
        #expect(loop.voice.vehicle.zones.sets.values.first?.zones.map(\.id) == ["slow"])
        guard loss == 0 else { return }
        #expect(loop.count(.zoneSet) == 1, "what it has is not sent again")
    }

    @Test("whoever speaks 2.1, or obeys no zones by its factsheet, is sent none; one that does not take them is named")
    func notTold() throws {
        let ground = Self.ground([Self.zone("slow", 1, 2, .speed(0.3))])
        var old = try Self.loop(ground, .v21)
        old.live(10)
        #expect(old.count(.zoneSet) == 0 && old.session.factsheet != nil)
        var bench = Bench(.v30)
        bench.session.zones.wanted = ground.sets
        bench.session.factsheet = VDAFactsheet(["typeSpecification": ["supportedZones": ["BLOCKED"]]])
        #expect(bench.speak().sent(.zoneSet).isEmpty)
        bench.session.factsheet = VDAFactsheet(["typeSpecification": ["supportedZones": ["SPEED_LIMIT"]]])
        var sent = bench.speak().sent(.zoneSet).count
        var faulted: [String] = []
        for _ in 0..<400 {
            let effects = bench.speak()
            sent += effects.sent(.zoneSet).count
            faulted += effects.faulted
        }
        // Ever more seldom: the waits double.
        #expect((6...8).contains(sent) && faulted == ["zonesNotTaken"])
        let later = bench.speak { $0.zoneSets = [.init(id: ground.sets[0].id, map: "1", isEnabled: true)] }
        let rest = bench.speak(after: 11)
        #expect((later + rest).recovered == ["zonesNotTaken"])
    }

    @Test("a speed limit holds in its zone and nowhere else")
    func limited() throws {
        var loop = try Self.loop(Self.ground([Self.zone("slow", 4, 6, .speed(0.3))]))
        loop.live(10)
        loop.drive(Self.far)
        var (inside, outside) = (0.0, 0.0)
        for _ in 0..<400 where loop.finished.isEmpty {
            loop.live(0.25)
            let vehicle = loop.voice.vehicle
            if (4...6).contains(vehicle.position.x) {
                inside = max(inside, vehicle.velocity)
            } else {
                outside = max(outside, vehicle.velocity)
            }
        }
        #expect(loop.finished == ["o-1"])
        #expect(inside > 0.2 && inside <= 0.3001 && outside > 0.8, "\(inside) \(outside)")
    }

    /// Ten metres at once.
    private static let far = Route(
        order: "o-1", site: site,
        steps: [(0, "a", 0.0), (2, "b", 10.0)].map { sequence, node, x in
            Route.Step(sequence: sequence, node: node, edge: sequence == 0 ? nil : "e", map: "1", x: x, y: 0)
        }, released: 2, fence: 1)

    @Test("what leads into a blocked zone is refused by the vehicle") func blocked() throws {
        var loop = try Self.loop(Self.ground([Self.zone("shut", 4, 6, .blocked)]))
        loop.live(10)
        loop.drive(Self.far)
        loop.live(10)
        #expect(loop.refused == [.noWay] && loop.voice.vehicle.position.x == 0)
    }

    @Test("another edition comes into force between two orders, and the old set goes away") func changed() throws {
        let first = Self.ground([Self.zone("slow", 4, 6, .speed(0.3))])
        let second = Self.ground([Self.zone("shut", 4, 6, .blocked)], edition: "second-edition")
        var loop = try Self.loop(first)
        loop.live(10)
        loop.drive(Self.far)
        loop.live(2)
        loop.session.zones.wanted = second.sets
        loop.live(4)
        #expect(loop.finished.isEmpty)
        #expect(
            Set(loop.voice.vehicle.state.zoneSets) == [
                .init(id: first.sets[0].id, map: "1", isEnabled: true),
                .init(id: second.sets[0].id, map: "1", isEnabled: false),
            ])
        loop.live(40)
        #expect(loop.finished == ["o-1"], "it is not stopped by what was closed behind its back")
        #expect(loop.voice.vehicle.state.zoneSets == [.init(id: second.sets[0].id, map: "1", isEnabled: true)])
        loop.session.zones.wanted = []
        loop.live(10)
        #expect(loop.voice.vehicle.state.zoneSets.isEmpty)
    }

    @Test("a zone for one is entered by a grant, asked for again once that is taken back") func granted() throws {
        let ground = Self.ground([Self.zone("narrow", 4, 6, .capacity(1))])
        var loop = try Self.loop(ground)
        loop.live(10)
        var other = ZoneTraffic.Party(
            vehicle: VehicleID(manufacturer: "other", serial: "1"), ahead: [],
            place: .init(map: "1", x: 5, y: 0, heading: 0), granted: [], isHeld: false)
        loop.others = [other]
        loop.drive(Self.far)
        loop.live(30)
        let waiting = loop.voice.vehicle
        #expect(
            waiting.position.x < 4 && waiting.velocity == 0 && waiting.state.requests.map(\.status) == ["REQUESTED"])
        #expect(loop.said == [.queued])
        other.place = .init(map: "1", x: 9, y: 0, heading: 0)
        loop.others = [other]
        loop.live(3)
        #expect(loop.voice.vehicle.state.requests.map(\.status) == ["GRANTED"])
        // A second one that comes to stand there: the grant is taken back while nobody is inside.
        other.place = .init(map: "1", x: 5, y: 0, heading: 0)
        loop.others = [other]
        loop.live(1)
        #expect(loop.said.suffix(1) == [.revoked])
        loop.others = []
        loop.live(60)
        #expect(loop.finished == ["o-1"] && loop.voice.vehicle.state.requests.isEmpty)
        #expect(loop.session.answered.isEmpty && loop.broken.isEmpty)
    }

    @Test("a grant that is not renewed runs out at the vehicle") func expired() throws {
        let ground = Self.ground([Self.zone("narrow", 4, 6, .capacity(1))])
        var loop = try Self.loop(ground)
        loop.live(10)
        loop.drive(Self.far)
        loop.live(2)
        #expect(loop.voice.vehicle.state.requests.map(\.status) == ["GRANTED"])
        loop.loss = 1
        loop.live(2)
        let before = loop.voice.vehicle.position.x
        var stand = loop.voice.vehicle
        stand.expire(at: loop.now.advanced(bySeconds: 31))
        #expect(before < 6 && stand.state.requests.isEmpty)
    }

    @Test("who may drive into a zone: only what is released leads there, and nobody else is about it")
    func verdicts() {
        let ground = Self.ground([
            Self.zone("narrow", 4, 6, .capacity(1)), Self.zone("slow", 8, 9, .speed(0.3)),
            Self.zone("shut", 20, 22, .blocked),
        ])
        let me = VehicleID(manufacturer: "m", serial: "1")
        let you = VehicleID(manufacturer: "m", serial: "2")
        func party(_ vehicle: VehicleID, _ way: [Double], at x: Double) -> ZoneTraffic.Party {
            .init(
                vehicle: vehicle,
                ahead: way.enumerated().map {
                    Route.Step(sequence: 2 * $0.offset, node: "n\($0.element)", map: "1", x: $0.element, y: 0)
                }, place: .init(map: "1", x: x, y: 0, heading: 0), granted: [], isHeld: false)
        }
        func ask(
            _ zone: String, _ parties: [ZoneTraffic.Party], set: String? = nil,
            kind: VDAState.Request.Kind = .access
        ) -> ZoneVerdict {
            ZoneTraffic(plan: ground.plan, sets: ground.sets, parties: parties).verdict(
                .init(id: "r", kind: kind, place: zone, set: set ?? ground.sets[0].id), of: me)
        }
        #expect(ask("narrow", [party(me, [0, 10], at: 0)]) == .granted)
        #expect(ask("narrow", [party(me, [0, 10], at: 0)], set: ground.sets[0].id + "-RE1") == .granted)
        #expect(ask("narrow", [party(me, [0, 3], at: 0)]) == .queued(.notReleased))
        #expect(ask("narrow", [party(me, [], at: 0)]) == .queued(.notReleased))
        #expect(ask("narrow", [party(me, [], at: 5)]) == .granted, "whoever is in it may be in it")
        #expect(ask("narrow", [party(me, [0, 10], at: 0), party(you, [], at: 5)]) == .queued(.occupied))
        #expect(ask("narrow", [party(me, [0, 10], at: 0), party(you, [12, 5], at: 12)]) == .queued(.occupied))
        #expect(ask("narrow", [party(me, [0, 10], at: 0), party(you, [12, 7], at: 12)]) == .granted)
        var promised = party(you, [], at: 12)
        promised.granted = ["narrow"]
        #expect(ask("narrow", [party(me, [0, 10], at: 0), promised]) == .queued(.occupied))
        var held = party(me, [0, 10], at: 0)
        held.isHeld = true
        #expect(ask("narrow", [held]) == .queued(.held))
        #expect(ask("narrow", [party(me, [0, 10], at: 0)], set: "another") == .rejected(.unknown))
        #expect(ask("nowhere", [party(me, [0, 10], at: 0)]) == .rejected(.unknown))
        #expect(ask("slow", [party(me, [0, 10], at: 0)]) == .rejected(.notByGrant))
        #expect(ask("shut", [party(me, [0, 30], at: 0)]) == .rejected(.notByGrant))
        #expect(ask("narrow", [party(me, [0, 10], at: 0)], kind: .replanning) == .rejected(.notByGrant))
        #expect(ask("e", [party(me, [0, 10], at: 0)], kind: .corridor) == .rejected(.noCorridor))
    }

    @Test("an edge is asked for in the state of 3.0, and so read") func corridorsAreRead() {
        let json: JSON = [
            "edgeRequests": [
                [
                    "requestId": "c-1", "requestType": "CORRIDOR", "edgeId": "e", "sequenceId": 1,
                    "requestStatus": "REQUESTED",
                ]
            ]
        ]
        #expect(VDAState(json).requests == [.init(id: "c-1", kind: .corridor, place: "e")])
    }
}
