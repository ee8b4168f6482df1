import District
import Record

@testable import Robots

/// A site conducted as in a house, without a broker: each vehicle is a simulated one with a body, spoken to by its session in
/// VDA 5050. Time goes by in quarter seconds; the run ticks every second one.
struct LiveSite {
    var run: SiteRun
    var sessions: [VehicleID: VehicleSession] = [:]
    var voices: [VehicleID: VehicleVoice] = [:]
    var wishes = SiteWishes()
    var now = Timestamp(microseconds: 1_800_000_000_000_000)
    var lifts: [String: SimulatedGate] = [:]
    var arrived: [String] = []
    var help: [(VehicleID, Crew.Need)] = []
    var resumed: [VehicleID] = []
    /// Vehicles that nobody hears, and that hear nobody.
    var deaf: Set<VehicleID> = []
    /// Whether what is to be sent is lost on its way, as by a kill after the journal was written.
    var losesRoutes = false
    let desk: VDADesk
    private var beats = 0
    private var closest = Double.infinity

    init(_ id: String, vehicles: Int, seed: UInt64, build: VehicleBuild = VehicleBuild()) throws {
        let site = try SiteRunTests.site(id)
        run = SiteRun(site)
        desk = try VDADesk(from: Handbook(shipped: Robots.shippedData, corrections: nil))
        let members = (0..<vehicles).map { number in
            SampleFleet.Member(
                vehicle: VehicleID(manufacturer: "narae", serial: "nr-\(number)"),
                version: number.isMultiple(of: 2) ? .v21 : .v30, name: Words("", ""), site: id)
        }
        for lift in site.plan.lifts { lifts[lift.id] = SimulatedGate(stops: lift.stops) }
        for door in site.plan.doors { lifts[door.id] = SimulatedGate(stops: [door.id]) }
        for vehicle in SampleFleet.vehicles(members, on: [site.plan], build: build, seed: seed) {
            voices[vehicle.vehicle] = VehicleVoice(vehicle)
            sessions[vehicle.vehicle] = VehicleSession(vehicle.vehicle, version: vehicle.version)
            run.enrol(vehicle.vehicle)
        }
        for vehicle in vehicleIDs {
            guard let address = voices[vehicle]?.address else { continue }
            let word = VDAConnection.online.json(VDAHeader(id: 0, said: now), address)
            take(sessions[vehicle]?.hear(.connection, word, from: address, at: now) ?? [], vehicle)
        }
    }

    var vehicleIDs: [VehicleID] { voices.keys.sorted() }

    /// How near two bodies ever came to each other, from middle to middle, in metres.
    var nearest: Double { closest }

    /// The vehicle's number, and the node it says it reached last.
    func index(_ vehicle: VehicleID) -> Int32 { run.crews[vehicle]?.index ?? -1 }
    func node(_ vehicle: VehicleID) -> Int32? { body(vehicle).flatMap { run.site.number($0.state.lastNode) } }

    func body(_ vehicle: VehicleID) -> SimulatedVehicle? { voices[vehicle]?.vehicle }

    /// A quarter second.
    mutating func beat() {
        now = now.advanced(bySeconds: 0.25)
        for id in lifts.keys.sorted() {
            lifts[id]?.advance(by: 0.25)
            if let status = lifts[id]?.status { take(run.gates[id]?.hear(status, at: now).map { .gate(id, $0) } ?? []) }
        }
        for vehicle in vehicleIDs {
            let said = voices[vehicle]?.live(0.25, at: now) ?? []
            guard !deaf.contains(vehicle), let address = voices[vehicle]?.address else { continue }
            for saying in said {
                guard let json = try? JSON(parsing: saying.payload) else { continue }
                take(sessions[vehicle]?.hear(saying.topic, json, from: address, at: now) ?? [], vehicle)
            }
        }
        for vehicle in vehicleIDs { take(sessions[vehicle]?.tick(at: now) ?? [], vehicle) }
        beats += 1
        if beats.isMultiple(of: 2) { take(run.tick(wishes, at: now)) }
        measure()
    }

    mutating func beats(_ most: Int, until isDone: (Self) -> Bool = { _ in false }) {
        for _ in 0..<most where !isDone(self) { beat() }
    }

    mutating func take(_ effects: [SiteRun.Effect]) {
        for effect in effects {
            switch effect {
            case .drive(let vehicle, var route):
                guard !losesRoutes else { continue }
                route.fence = Int64(now.microseconds)
                take(sessions[vehicle]?.drive(route, at: now) ?? [], vehicle)
            case .cancel(let vehicle, let order): take(sessions[vehicle]?.cancel(order, at: now) ?? [], vehicle)
            case .instant(let vehicle, let action): take(sessions[vehicle]?.instant(action, at: now) ?? [], vehicle)
            case .arrived(let vehicle, let errand):
                arrived.append(errand)
                wishes.errands[vehicle] = nil
            case .help(let vehicle, let need): help.append((vehicle, need))
            case .resumed(let vehicle): resumed.append(vehicle)
            case .gate(let gate, .call(let stop)): lifts[gate]?.call(stop)
            case .gate(let gate, .release): lifts[gate]?.call(nil)
            default: break
            }
        }
    }

    private mutating func take(_ effects: [VehicleSession.Effect], _ vehicle: VehicleID) {
        for effect in effects {
            switch effect {
            case .send(let topic, let json):
                if !deaf.contains(vehicle) { voices[vehicle]?.hear(topic, json.canonical, desk) }
            case .tell(let news): take(run.hear(news, at: now))
            default: break
            }
        }
    }

    private mutating func measure() {
        let places = vehicleIDs.compactMap { voices[$0]?.vehicle.position }
        for (index, one) in places.enumerated() {
            for other in places[(index + 1)...] where other.map == one.map {
                closest = min(
                    closest,
                    SiteGeometry.distance(SitePlan.Point(x: one.x, y: one.y), SitePlan.Point(x: other.x, y: other.y)))
            }
        }
    }
}
