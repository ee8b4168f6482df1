import Foundation
import Record

/// A site on a simulated day: its own plan, conducted by the very rules that conduct the real one (``SiteRun``: matching,
/// planning, releasing), with simulated robots, lifts, doors and people. The same seed gives the same day.
struct WhatIfWorld {
    let settings: WhatIfSettings
    let site: CompiledSite
    let speed: Double
    private let seed: UInt64
    private let arrivals: [(at: Double, number: Int, sample: WhatIfDemand.Sample)]
    private let builds: [VehicleID: SiteWork.Build]
    private var run: SiteRun
    private var bodies: [WhatIfBody]
    private let index: [VehicleID: Int]
    private var gates: [String: SimulatedGate] = [:]
    /// Seconds of the day.
    private var clock = 0.0
    private var next = 0
    /// The open missions by id, and when somebody comes to those that wait for one.
    private var open: [String: MissionCase] = [:]
    private var comes: [String: Double] = [:]
    /// How much longer than promised missions took, the latest last.
    private var ratios: [Double] = []
    private var notes = WhatIfLog()
    private var isQuiet = false

    /// When simulated days begin: nothing in them depends on it.
    private static let dawn = Timestamp(microseconds: 1_800_000_000_000_000)

    /// - Parameters:
    ///   - robots: how many there are; each on a place of its own in the morning.
    init(
        _ site: CompiledSite, robots: Int, speed: Double,
        arrivals: [(at: Double, number: Int, WhatIfDemand.Sample)], seed: UInt64, _ settings: WhatIfSettings
    ) {
        self.settings = settings
        self.site = site
        self.speed = speed
        self.seed = seed
        self.arrivals = arrivals.map { (at: $0.at, number: $0.number, sample: $0.2) }
        run = SiteRun(site)
        bodies = Self.places(of: site).prefix(robots).enumerated().map { number, place in
            let serial = number < 9 ? "0\(number + 1)" : "\(number + 1)"
            return WhatIfBody(
                VehicleID(manufacturer: "what-if", serial: serial), on: site.name(place),
                seed: seed &* 31 &+ UInt64(number))
        }
        index = Dictionary(
            bodies.enumerated().map { ($1.vehicle, $0) }, uniquingKeysWith: { one, _ in one })
        let build = VehicleBuild()
        builds = Dictionary(
            bodies.map {
                (
                    $0.vehicle,
                    SiteWork.Build(
                        load: build.load, actions: VehicleBuild.actions, footprint: site.plan.footprint)
                )
            },
            uniquingKeysWith: { one, _ in one })
        for lift in site.plan.lifts { gates[lift.id] = SimulatedGate(stops: lift.stops) }
        for door in site.plan.doors { gates[door.id] = SimulatedGate(stops: [door.id]) }
        for body in bodies {
            run.enrol(body.vehicle)
            _ = run.hear(body.report(at: Self.dawn), at: Self.dawn)
        }
    }

    /// Where robots may stand in the morning without being in each other's way: chargers, then parking, then escapes.
    static func places(of site: CompiledSite) -> [Int32] {
        var (places, barred): ([Int32], Set<Int32>) = ([], [])
        for kind in [SitePlan.Kind.charger, .parking, .escape] {
            for (number, spot) in site.spots.enumerated()
            where spot.kind == kind && !barred.contains(Int32(number)) && site.roadmap.refuges.contains(Int32(number)) {
                places.append(Int32(number))
                barred.insert(Int32(number))
                if !site.roadmap.conflicts.isEmpty { barred.formUnion(site.roadmap.conflicts[number]) }
            }
        }
        return places
    }

    /// Runs the day.
    /// - Parameter goesOn: asked every simulated minute; false gives the day up.
    /// - Returns: what it came to; nil where it was given up.
    mutating func day(_ goesOn: () -> Bool) -> WhatIfDay? {
        let window = settings.warm..<settings.warm + settings.counted
        var asked = 0.0
        while clock < window.upperBound || clock < window.upperBound + settings.drain && !open.isEmpty {
            if clock >= asked {
                guard goesOn() else { return nil }
                asked = clock + 60
            }
            let step = step(until: clock < window.upperBound ? window.upperBound : .infinity)
            pass(step, counts: window.contains(clock - step / 2))
        }
        return notes.day(window, end: clock)
    }

    /// A second; more where nothing can happen sooner.
    private func step(until end: Double) -> Double {
        guard isQuiet else { return 1 }
        let next = next < arrivals.count ? arrivals[next].at : .infinity
        return max(1, min(60, (next - clock).rounded(.up), end - clock))
    }

    private var now: Timestamp { Self.dawn.advanced(bySeconds: clock) }

    private mutating func pass(_ seconds: Double, counts: Bool) {
        clock += seconds
        var effects: [SiteRun.Effect] = []
        for id in gates.keys.sorted() {
            gates[id]?.advance(by: seconds)
            guard let status = gates[id]?.status else { continue }
            let now = now
            effects += (run.gates[id]?.hear(status, at: now) ?? []).map { .gate(id, $0) }
        }
        var isQuiet = true
        for number in bodies.indices {
            let news = bodies[number].advance(
                to: clock, by: seconds, at: now, in: site, speed: speed, settings)
            for one in news { effects += run.hear(one, at: now) }
            if !bodies[number].isIdle { isQuiet = false }
        }
        ask()
        attend()
        var work = SiteWork()
        work.missions = open.values.sorted { Self.order($0) < Self.order($1) }
        work.builds = builds
        let (wishes, moves) = run.work(work, at: now)
        for move in moves { take(move) }
        effects += run.tick(wishes, at: now)
        for effect in effects { take(effect) }
        self.isQuiet = isQuiet && open.isEmpty && effects.isEmpty
        if counts { note(wishes, seconds) }
    }

    /// As the tables give them: the most urgent first.
    private static func order(_ kept: MissionCase) -> (Int, Int64, Int64, String) {
        let mission = kept.mission
        let by = mission.deadline ?? mission.asked.advanced(bySeconds: 86_400)
        return (mission.priority.rawValue, by.microseconds, mission.asked.microseconds, mission.id)
    }

    private mutating func note(_ wishes: SiteWishes, _ seconds: Double) {
        for body in bodies {
            notes.all += seconds
            guard let errand = wishes.errands[body.vehicle], errand.id.hasPrefix("mission/") else { continue }
            notes.busy += seconds
            let isThere = site.number(body.node) == errand.goal
            if body.arrives == nil, body.acts == nil, !isThere { notes.waiting += seconds }
        }
    }
}

// MARK: - Missions

extension WhatIfWorld {
    /// What is asked for by now.
    private mutating func ask() {
        while next < arrivals.count, arrivals[next].at <= clock {
            let (at, number, sample) = arrivals[next]
            next += 1
            let asked = Self.dawn.advanced(bySeconds: at)
            let text = String(number)
            let id = "mission/" + String(repeating: "0", count: max(0, 6 - text.count)) + text
            let mission = Mission(
                id: id, kind: sample.kind, site: site.plan.id, stops: sample.stops, priority: sample.priority,
                deadline: sample.wanted.map { asked.advanced(bySeconds: $0) }, load: sample.load, scope: .zone,
                asked: asked)
            open[id] = MissionCase(mission: mission, sender: sample.sender, purpose: nil, author: "what-if")
            notes.entries[id] = WhatIfLog.Entry(asked: at)
        }
    }

    /// Lets those come who are waited for.
    private mutating func attend() {
        for (id, at) in comes.sorted(by: { ($0.value, $0.key) < ($1.value, $1.key) }) where at <= clock {
            comes[id] = nil
            guard let mission = open[id]?.mission else { continue }
            step(id, mission.stop?.task == .visit ? .answered(leg: mission.leg) : .handed(leg: mission.leg))
        }
    }

    @discardableResult
    private mutating func step(_ id: String, _ step: MissionStep) -> Bool {
        guard let after = try? open[id]?.mission.after(step) else { return false }
        open[id]?.mission = after
        return true
    }

    /// Does to the missions what the conductor has written into the tables.
    private mutating func take(_ move: MissionMove) {
        switch move {
        case .assign(let id, let vehicle, let seconds):
            guard step(id, .assigned(vehicle)) else { return }
            let promise = Promise(plan: seconds, ratios: ratios.suffix(200), at: now)
            if open[id]?.promise == nil {
                let (now, latest) = (now, clock + promise.late.seconds(since: now))
                notes.entries[id]?.promised = latest
                open[id]?.started = now
                open[id]?.promise = promise
            }
        case .start(let id, let leg): step(id, .started(leg: leg))
        case .arrive(let id, let leg):
            guard step(id, .arrived(leg: leg)) else { return }
            let clock = clock
            if leg == 0 { notes.entries[id]?.reached = clock }
            guard let mission = open[id]?.mission, mission.stop?.needsSomebody == true else { return }
            step(id, .waiting(leg: leg))
            // The same person takes as long on both days that are held against each other.
            var chance = Dice(seed: seed &* 7919 &+ UInt64(bitPattern: Int64(id.hashSum &* 31 &+ leg)))
            let mean = mission.stop?.task == .visit ? settings.visit : settings.handOver
            comes[id] = clock + min(4 * mean, -log(max(1e-9, 1 - chance.fraction())) * mean)
        case .complete(let id):
            guard step(id, .completed), let kept = open.removeValue(forKey: id) else { return }
            let (clock, now) = (clock, now)
            notes.entries[id]?.done = clock
            if let promise = kept.promise, let started = kept.started {
                let (plan, taken) = (promise.due.seconds(since: started), now.seconds(since: started))
                if plan >= 10 { ratios.append(taken / plan) }
            }
        case .giveBack(let id, _): step(id, .returned)
        case .refuse(let id, _):
            open[id] = nil
            notes.entries[id]?.hasFailed = true
        case .expect, .wait: break
        }
    }

    private mutating func take(_ effect: SiteRun.Effect) {
        switch effect {
        case .drive(let vehicle, let route):
            if let number = index[vehicle] { bodies[number].take(route, at: clock) }
        case .cancel(let vehicle, let order): if let number = index[vehicle] { bodies[number].cancel(order) }
        case .instant(let vehicle, let action):
            if action.type == "stopCharging", let number = index[vehicle] { bodies[number].unplug() }
        case .gate(let gate, .call(let stop)): gates[gate]?.call(stop)
        case .gate(let gate, .release): gates[gate]?.call(nil)
        default: break
        }
    }
}

extension String {
    /// A number that is the same on every machine, for chance.
    fileprivate var hashSum: Int { utf8.reduce(5381) { ($0 &* 33) ^ Int($1) } }
}
