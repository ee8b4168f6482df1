import District
import Record
import TestKit

@testable import Robots

/// Vehicles that do what routes say and nothing else, node by node, with seeded delays: they tell the news that the fleet
/// would tell.
struct StandIn {
    struct Body {
        var node: String
        var route: Route?
        var place = 0
        var isPaused = false
        var isSilent = false
        var sequence = 0
        var order = ""
    }

    var bodies: [VehicleID: Body] = [:]
    var random: SeededGenerator
    let delay: Double
    var news: [FleetNews] = []

    init(seed: UInt64, delay: Double) {
        random = SeededGenerator(seed: seed)
        self.delay = delay
    }

    mutating func put(_ vehicle: VehicleID, on node: String, at now: Timestamp) {
        bodies[vehicle] = Body(node: node)
        tell(vehicle, now)
    }

    mutating func tell(_ vehicle: VehicleID, _ now: Timestamp) {
        guard let body = bodies[vehicle] else { return }
        var report = VehicleReport(vehicle: vehicle, said: now, came: now)
        report.order = body.order
        report.lastNode = body.node
        report.lastSequence = body.sequence
        report.isPaused = body.isPaused
        report.presence = body.isSilent ? .silent : .here
        news.append(.report(report))
    }

    /// Takes what the conductor sends. A route must go on where the last one's base led.
    mutating func take(_ effect: SiteRun.Effect, _ now: Timestamp) {
        switch effect {
        case .drive(let vehicle, let route):
            guard var body = bodies[vehicle] else { return }
            if body.order != route.order { body.sequence = 0 }
            body.order = route.order
            body.place = route.steps.firstIndex { $0.sequence == body.sequence } ?? 0
            body.route = route
            bodies[vehicle] = body
        case .cancel(let vehicle, let order):
            guard bodies[vehicle]?.order == order else { return }
            bodies[vehicle]?.route = nil
            tell(vehicle, now)
            news.append(.cancelled(vehicle, order: order))
        case .instant(let vehicle, let action):
            if action.type == "startPause" { bodies[vehicle]?.isPaused = true }
            if action.type == "stopPause" { bodies[vehicle]?.isPaused = false }
            tell(vehicle, now)
        default: break
        }
    }

    /// Every vehicle that may drives one node, or is delayed.
    mutating func step(_ now: Timestamp) {
        for vehicle in bodies.keys.sorted() {
            guard var body = bodies[vehicle], let route = body.route, !body.isPaused, !body.isSilent else { continue }
            guard Double.random(in: 0..<1, using: &random) >= delay else { continue }
            guard body.place + 1 < route.released else {
                if route.released == route.steps.count {
                    bodies[vehicle]?.route = nil
                    tell(vehicle, now)
                    news.append(.finished(vehicle, order: route.order, failed: []))
                }
                continue
            }
            body.place += 1
            body.node = route.steps[body.place].node
            body.sequence = route.steps[body.place].sequence
            bodies[vehicle] = body
            tell(vehicle, now)
        }
    }
}

/// A site with stand-ins on it, driven without any I/O.
struct Arena {
    var run: SiteRun
    var bodies: StandIn
    var now = Timestamp(microseconds: 1_800_000_000_000_000)
    var wishes = SiteWishes()
    var arrived: [(VehicleID, String)] = []
    var help: [(VehicleID, Crew.Need)] = []
    var lifts: [String: SimulatedGate] = [:]
    var stuck: Set<String> = []
    /// For each vehicle all it was ever released after a moment at which nothing more should be.
    var released = 0

    init(_ site: CompiledSite, vehicles: Int, seed: UInt64, delay: Double) {
        run = SiteRun(site)
        bodies = StandIn(seed: seed, delay: delay)
        for lift in site.plan.lifts { lifts[lift.id] = SimulatedGate(stops: lift.stops) }
        for door in site.plan.doors { lifts[door.id] = SimulatedGate(stops: [door.id]) }
        var free = site.roadmap.refuges.sorted()
        for number in 0..<vehicles where !free.isEmpty {
            let vehicle = VehicleID(manufacturer: "narae", serial: "nr-\(number)")
            run.enrol(vehicle)
            let place = free.removeFirst()
            free.removeAll { site.roadmap.conflicts.isEmpty ? false : site.roadmap.conflicts[Int(place)].contains($0) }
            bodies.put(vehicle, on: site.name(place), at: now)
        }
    }

    var vehicles: [VehicleID] { run.crews.keys.sorted() }

    /// Half a second of the house's time.
    mutating func beat() {
        now = now.advanced(bySeconds: 0.5)
        for id in lifts.keys.sorted() {
            lifts[id]?.advance(by: 0.5)
            if let status = lifts[id]?.status { take(run.gates[id]?.hear(status, at: now).map { .gate(id, $0) } ?? []) }
        }
        bodies.step(now)
        let news = bodies.news
        bodies.news = []
        for one in news { take(run.hear(one, at: now)) }
        take(run.tick(wishes, at: now))
    }

    mutating func take(_ effects: [SiteRun.Effect]) {
        for effect in effects {
            switch effect {
            case .arrived(let vehicle, let errand):
                arrived.append((vehicle, errand))
                wishes.errands[vehicle] = nil
            case .help(let vehicle, let why): help.append((vehicle, why))
            case .gate(let gate, .call(let stop)): lifts[gate]?.call(stop)
            case .gate(let gate, .release): lifts[gate]?.call(nil)
            case .gate(let gate, .stuck): stuck.insert(gate)
            case .drive:
                released += 1
                bodies.take(effect, now)
            default: bodies.take(effect, now)
            }
        }
    }
}
