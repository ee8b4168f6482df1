import Record
import TestKit
import Testing

@testable import Robots

/// A site being conducted over real sessions with simulated vehicles behind them: the news come in the order in which the
/// fleet tells them.
@Suite("Sites conducted over sessions") struct CoupledTests {
    struct Loop {
        var run: SiteRun
        var now = Timestamp(microseconds: 1_764_000_000_000_000)
        var wishes = SiteWishes()
        var arrived: [String] = []
        var help: [Crew.Need] = []
        private var sessions: [VehicleID: VehicleSession] = [:]
        private var voices: [VehicleID: VehicleVoice] = [:]
        private let desk: VDADesk
        private var fence: Int64 = 0
        /// The site's zones, where vehicles are to be told them.
        private let ground: Fleet.Ground?
        private(set) var answers: [VDAAnswer] = []

        init(_ site: CompiledSite, vehicles: Int, version: VDAVersion = .v21, zones: Bool = false) throws {
            run = SiteRun(site)
            ground = zones ? Fleet.Ground(site.plan, edition: site.plan.edition) : nil
            desk = try MessageTests.desk.get()
            var free = site.roadmap.refuges.sorted()
            for number in 0..<vehicles {
                let vehicle = VehicleID(manufacturer: "narae", serial: "nr-0\(number)")
                let place = free.removeFirst()
                free.removeAll { site.roadmap.conflicts[Int(place)].contains($0) }
                let spot = try #require(site.plan.nodes.first { $0.id == site.name(place) })
                run.enrol(vehicle)
                sessions[vehicle] = VehicleSession(vehicle, version: version)
                sessions[vehicle]?.zones.wanted = ground?.sets ?? []
                voices[vehicle] = VehicleVoice(
                    SimulatedVehicle(
                        vehicle, version: version, at: spot.id, .init(map: spot.map, x: spot.x, y: spot.y, heading: 0)))
            }
        }

        var vehicles: [VehicleID] { sessions.keys.sorted() }
        func body(_ vehicle: VehicleID) -> SimulatedVehicle? { voices[vehicle]?.vehicle }

        /// A quarter of a second of everybody's time.
        mutating func beat() {
            now = now.advanced(bySeconds: 0.25)
            for vehicle in vehicles {
                for saying in voices[vehicle]?.live(0.25, at: now) ?? [] {
                    guard let address = voices[vehicle]?.address,
                        case .success(let json) = desk.read(saying.topic, address, saying.payload)
                    else { continue }
                    take(sessions[vehicle]?.hear(saying.topic, json, from: address, at: now) ?? [], vehicle)
                }
                take(sessions[vehicle]?.tick(at: now) ?? [], vehicle)
                answer(vehicle)
            }
            act(run.tick(wishes, at: now))
        }

        private mutating func answer(_ vehicle: VehicleID) {
            guard let ground, var session = sessions[vehicle] else { return }
            var effects = session.factsheet == nil && session.instants.isEmpty ? session.greet(at: now) : []
            let traffic = ZoneTraffic(
                plan: ground.plan, sets: ground.sets, parties: sessions.values.map { $0.party(at: now) })
            effects += session.answer(at: now) { traffic.verdict($0, of: vehicle) }
            sessions[vehicle] = session
            answers += effects.sent(.responses).flatMap { VDAAnswer.read($0) }.map(\.answer)
            take(effects, vehicle)
        }

        private mutating func take(_ effects: [VehicleSession.Effect], _ vehicle: VehicleID) {
            for effect in effects {
                switch effect {
                case .tell(let news): act(run.hear(news, at: now))
                case .send(let topic, let json): voices[vehicle]?.hear(topic, json.canonical, desk)
                default: break
                }
            }
        }

        private mutating func act(_ effects: [SiteRun.Effect]) {
            fence += 1
            for effect in effects {
                switch effect {
                case .drive(let vehicle, var route):
                    route.fence = fence
                    take(sessions[vehicle]?.drive(route, at: now) ?? [], vehicle)
                case .cancel(let vehicle, let order):
                    take(sessions[vehicle]?.cancel(order, at: now) ?? [], vehicle)
                case .instant(let vehicle, let action):
                    take(sessions[vehicle]?.instant(action, at: now) ?? [], vehicle)
                case .arrived(let vehicle, let errand):
                    arrived.append(errand)
                    wishes.errands[vehicle] = nil
                case .help(_, let need): help.append(need)
                default: break
                }
            }
        }
    }

    @Test("a stop at which the vehicle does nothing is arrived at, once", arguments: VDAVersion.allCases)
    func stopWithoutActions(version: VDAVersion) throws {
        let site = try SiteRunTests.site("solmaru")
        var loop = try Loop(site, vehicles: 1, version: version)
        let vehicle = try #require(loop.vehicles.first)
        for (number, goal) in SiteRunTests.stations(site).prefix(3).enumerated() {
            loop.wishes.errands[vehicle] = Errand(id: "round#\(number)", goal: goal)
            for _ in 0..<4000 where loop.arrived.count == number { loop.beat() }
            #expect(loop.arrived.count == number + 1)
            #expect(loop.body(vehicle)?.state.lastNode == site.name(goal))
        }
        #expect(loop.arrived == ["round#0", "round#1", "round#2"] && loop.help.isEmpty)
        // One order a leg, and those for parking: not an endless row of them.
        #expect(loop.run.crews[vehicle]?.orders ?? .max < 10)
    }

    @Test("over crossings for one vehicle at a time everybody asks, nobody drives in without a grant, and all arrive")
    func crossings() throws {
        let site = try SiteRunTests.site("solmaru")
        var loop = try Loop(site, vehicles: 3, version: .v30, zones: true)
        for _ in 0..<40 { loop.beat() }
        let sets = loop.vehicles.compactMap { loop.body($0)?.state.zoneSets.map(\.isEnabled) }
        #expect(sets == [[true], [true], [true]])
        let crossings = site.plan.zones.filter { if case .capacity = $0.rule { true } else { false } }
        let stations = SiteRunTests.stations(site)
        var random = SeededGenerator(seed: 5)
        var (given, crossed, together, ungranted) = (0, 0, 0, 0)
        for _ in 0..<16000 where loop.arrived.count < 6 {
            for vehicle in loop.vehicles where loop.wishes.errands[vehicle] == nil && given < 6 {
                let taken = Set(loop.wishes.errands.values.map(\.goal))
                guard let goal = stations.filter({ !taken.contains($0) }).randomElement(using: &random) else {
                    continue
                }
                given += 1
                loop.wishes.errands[vehicle] = Errand(id: "errand-\(given)", goal: goal)
            }
            loop.beat()
            for zone in crossings {
                let inside = loop.vehicles.compactMap { loop.body($0) }.filter { body in
                    SiteGeometry.holds(zone.corners, .init(x: body.position.x, y: body.position.y))
                }
                crossed += inside.count
                together = max(together, inside.count)
                ungranted += inside.count { body in !body.state.requests.contains { $0.place == zone.id } }
            }
        }
        #expect(crossed > 0 && together == 1 && ungranted == 0)
        #expect(loop.arrived.count == 6 && loop.help.isEmpty)
        #expect(loop.answers.contains(.granted) && !loop.answers.contains(.rejected))
    }
}
