import Foundation
import Record

/// A vehicle that drives by VDA 5050 and is nowhere but here: pure, so that a second of it is the same on any machine, over
/// MQTT or within a plan of what would be.
struct SimulatedVehicle: Sendable {
    let vehicle: VehicleID
    let version: VDAVersion
    let build: VehicleBuild
    /// What it says of itself.
    var state: VDAState
    /// Where it is: metres and radians on a floor.
    var position: VehicleReport.Position
    /// m/s.
    var velocity = 0.0
    /// What is before it: the first node is the next one to reach, with the edge that leads there.
    var way: [Leg] = []
    /// What it does, or has to do, at the node it stands on.
    var work: [VDAAction] = []
    /// Seconds until what it is doing is done.
    var busy = 0.0
    /// Seconds for which something is in its way, or a fault stops it.
    var stopped = 0.0
    /// The cancellation that it is obeying.
    var cancelling: String?
    /// An order that was cancelled takes no more updates.
    var cancelled = ""
    /// The end of the base it has, with what it was told of it.
    var end: VDAOrder.Node?
    /// Whether it was asked for its factsheet.
    var wantsFactsheet = false
    /// It is in a lift or at a turn; nothing else matters until then.
    var riding = 0.0
    /// Whether its way to the next node has begun.
    var hasBegun = false
    /// The zones it knows (3.0).
    var zones = SimulatedZones()
    var chance: Dice

    struct Leg: Sendable, Hashable {
        var node: VDAOrder.Node
        var edge: VDAOrder.Edge
    }

    init(
        _ vehicle: VehicleID, version: VDAVersion, build: VehicleBuild = VehicleBuild(), at node: String,
        _ position: VehicleReport.Position, charge: Double = 80, seed: UInt64 = 1
    ) {
        self.vehicle = vehicle
        self.version = version
        self.build = build
        self.position = position
        state = VDAState()
        state.lastNode = node
        state.charge = charge
        state.speed = 0
        state.position = position
        chance = Dice(seed: seed)
    }

    /// Lets time go by.
    /// - Returns: whether something happened that a vehicle says at once.
    mutating func advance(by seconds: Double) -> Bool {
        let before = state
        var left = seconds
        while left > 1e-9 {
            let step = min(left, 0.25)
            move(step)
            left -= step
        }
        state.position = position
        state.speed = velocity
        state.nodes = way.map { .init(id: $0.node.id, sequence: $0.node.sequence, isReleased: $0.node.isReleased) }
        state.edges = way.map { .init(id: $0.edge.id, sequence: $0.edge.sequence, isReleased: $0.edge.isReleased) }
        state.wantsBase = way.filter(\.node.isReleased).count <= 1 && way.contains { !$0.node.isReleased }
        return differs(before)
    }

    /// Whether more has changed than place, speed and charge.
    private func differs(_ before: VDAState) -> Bool {
        var (one, other) = (state, before)
        (one.position, one.speed, one.charge) = (nil, nil, nil)
        (other.position, other.speed, other.charge) = (nil, nil, nil)
        return one != other
    }

    private mutating func move(_ seconds: Double) {
        spend(seconds)
        if stopped > 0 {
            stopped -= seconds
            velocity = 0
            state.isDriving = false
            if stopped <= 0 { recover() }
            return
        }
        if cancelling != nil, stop(seconds) { return }
        askForZones(seconds)
        if !work.isEmpty { return doWork(seconds) }
        guard cancelling == nil, !state.isPaused, state.drivesItself, let leg = way.first, leg.node.isReleased else {
            brake(seconds)
            return
        }
        drive(leg, seconds)
    }

    private mutating func spend(_ seconds: Double) {
        guard let charge = state.charge else { return }
        let drain = build.perSecond * seconds + build.perMetre * velocity * seconds
        let gain = state.isCharging ? build.chargePerSecond * seconds : 0
        state.charge = min(100, max(0, charge - drain + gain))
        if state.charge == 0, stopped <= 0 { fail("batteryEmpty", "FATAL", for: .infinity) }
    }

    private mutating func brake(_ seconds: Double) {
        velocity = max(0, velocity - build.acceleration * 2 * seconds)
        state.isDriving = velocity > 0
    }

    // MARK: - Driving

    private mutating func drive(_ leg: Leg, _ seconds: Double) {
        if !hasBegun {
            hasBegun = true
            state.isCharging = false
            if chance.fraction() < build.delays {
                // Somebody stands in the way for a while.
                state.fieldViolation = true
                stopped = 2 + 18 * chance.fraction()
                return
            }
        }
        if chance.fraction() < build.faults / 3600 * seconds {
            breakDown()
            return
        }
        guard let place = leg.node.place else { return arrive(leg) }
        guard place.map == position.map else { return ride(leg, place, seconds) }
        let (x, y) = (place.x - position.x, place.y - position.y)
        let distance = (x * x + y * y).squareRoot()
        state.isDriving = true
        if distance > 0.05, velocity < 0.05 {
            let turn = Self.angle(atan2(y, x) - position.heading)
            if abs(turn) > 0.05 {
                position.heading = Self.angle(
                    position.heading + max(-build.turning * seconds, min(build.turning * seconds, turn)))
                return
            }
        }
        guard mayDrive(to: leg) else { return brake(seconds) }
        let allowed = min(build.speed, leg.edge.speed ?? build.speed, limit(towards: place))
        let stopping = (2 * build.acceleration * max(0, distance + run(beyond: place))).squareRoot()
        velocity = max(0.02, min(velocity + build.acceleration * seconds, allowed, stopping))
        let reach = velocity * seconds
        guard reach < distance else { return arrive(leg) }
        position.x += x / distance * reach
        position.y += y / distance * reach
        position.heading = atan2(y, x)
    }

    /// How far it may roll on beyond the next node without stopping there, in metres.
    private func run(beyond place: VDAOrder.Place) -> Double {
        guard let first = way.first, first.node.actions.isEmpty else { return 0 }
        var (length, from, heading) = (0.0, place, Optional(atan2(place.y - position.y, place.x - position.x)))
        for leg in way.dropFirst() {
            guard leg.node.isReleased, let next = leg.node.place, next.map == from.map else { break }
            guard mayDrive(to: leg, from: from) else { break }
            let way = atan2(next.y - from.y, next.x - from.x)
            if let heading, abs(Self.angle(way - heading)) > 0.3 { break }
            heading = way
            length += ((next.x - from.x) * (next.x - from.x) + (next.y - from.y) * (next.y - from.y)).squareRoot()
            if length > 4 || !leg.node.actions.isEmpty { break }
            from = next
        }
        return length
    }

    private mutating func ride(_ leg: Leg, _ place: VDAOrder.Place, _ seconds: Double) {
        velocity = 0
        state.isDriving = true
        riding += seconds
        guard riding >= build.lift else { return }
        position = .init(map: place.map, x: place.x, y: place.y, heading: position.heading)
        arrive(leg)
    }

    private mutating func arrive(_ leg: Leg) {
        if let place = leg.node.place {
            (position.x, position.y) = (place.x, place.y)
            if let heading = place.heading { position.heading = heading }
        }
        state.lastNode = leg.node.id
        state.lastSequence = leg.node.sequence
        way.removeFirst()
        riding = 0
        hasBegun = false
        work = leg.node.actions
        busy = 0
        let goesOn = way.first?.node.isReleased == true && work.isEmpty
        if !goesOn {
            velocity = 0
            state.isDriving = false
        }
    }

    private static func angle(_ value: Double) -> Double {
        var value = value.truncatingRemainder(dividingBy: 2 * .pi)
        if value > .pi { value -= 2 * .pi }
        if value < -.pi { value += 2 * .pi }
        return value
    }
}
