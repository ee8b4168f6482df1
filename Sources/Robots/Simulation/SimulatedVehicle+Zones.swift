import Foundation
import Record

/// What a simulated vehicle knows of zones (3.0).
struct SimulatedZones: Sendable, Hashable {
    /// The sets it was sent, by name.
    var sets: [String: VDAZoneSet] = [:]
    /// Until when each grant holds, by the vehicle's clock.
    var leases: [String: Timestamp] = [:]
    /// Seconds for which nothing is asked anew about a zone whose request was refused or taken back.
    var patience: [String: Double] = [:]
    var asked = 0

    /// As long it waits before it asks again.
    static let pause = 5.0
    /// The kinds that it obeys.
    static let kinds = ["BLOCKED", "SPEED_LIMIT", "RELEASE"]
}

extension SimulatedVehicle {
    /// Takes a set of zones: it is kept, and holds once it is put in force.
    mutating func take(_ set: VDAZoneSet) {
        guard zones.sets[set.id] == nil else {
            state.errors.removeAll { OrderError($0.type) == .sameZones }
            state.errors.append(
                .init(type: "DUPLICATE_ZONE_SET", level: "WARNING", references: ["zoneSetId": set.id]))
            return
        }
        zones.sets[set.id] = set
        state.zoneSets.append(.init(id: set.id, map: set.map, isEnabled: false))
    }

    /// Puts a set in force instead of another of the same floor; whether it has it.
    mutating func enableZones(_ id: String) -> Bool {
        guard let set = zones.sets[id] else { return false }
        for index in state.zoneSets.indices where state.zoneSets[index].map == set.map {
            state.zoneSets[index].isEnabled = state.zoneSets[index].id == id
        }
        return true
    }

    mutating func deleteZones(_ id: String) -> Bool {
        guard zones.sets.removeValue(forKey: id) != nil else { return false }
        state.zoneSets.removeAll { $0.id == id }
        state.requests.removeAll { $0.set == id }
        return true
    }

    /// The zones in force on the floor where it is.
    private var inForce: [(set: String, zone: SitePlan.Zone)] {
        guard !zones.sets.isEmpty else { return [] }
        return state.zoneSets.filter { $0.isEnabled && $0.map == position.map }.flatMap { one in
            (zones.sets[one.id]?.zones ?? []).map { (one.id, $0) }
        }
    }

    private var radius: Double { (build.length * build.length + build.width * build.width).squareRoot() / 2 }

    private func touches(_ zone: SitePlan.Zone, _ from: SitePlan.Point, _ to: SitePlan.Point) -> Bool {
        SiteGeometry.touches(zone.corners, .init(from: from, to: to), radius: radius)
    }

    private var point: SitePlan.Point { .init(x: position.x, y: position.y) }

    /// Whether an order's base leads over a place where nobody drives.
    func isBarred(_ order: VDAOrder) -> Bool {
        let barred = inForce.filter { $0.zone.rule == .blocked }
        guard !barred.isEmpty else { return false }
        let places = order.nodes.filter(\.isReleased).compactMap(\.place).filter { $0.map == position.map }
        let points = places.map { SitePlan.Point(x: $0.x, y: $0.y) }
        return barred.contains { one in
            zip(points, points.dropFirst()).contains { touches(one.zone, $0, $1) }
        }
    }

    /// The most that is allowed here and within the distance in which it could stop, m/s.
    func limit(towards place: VDAOrder.Place) -> Double {
        let zones = inForce
        guard !zones.isEmpty else { return .infinity }
        let stopping = velocity * velocity / (2 * build.acceleration) + 0.3
        let (x, y) = (place.x - position.x, place.y - position.y)
        let share = min(1, stopping / max(0.001, hypot(x, y)))
        let ahead = SitePlan.Point(x: position.x + x * share, y: position.y + y * share)
        return zones.compactMap { one in
            guard case .speed(let most) = one.zone.rule, touches(one.zone, point, ahead) else { return nil }
            return most
        }.min() ?? .infinity
    }

    /// Whether it may drive on to a node: not into a blocked zone, and into one that is entered by a grant only with one.
    func mayDrive(to leg: Leg, from: VDAOrder.Place? = nil) -> Bool {
        guard let place = leg.node.place, place.map == position.map else { return true }
        let start = from.map { SitePlan.Point(x: $0.x, y: $0.y) } ?? point
        let end = SitePlan.Point(x: place.x, y: place.y)
        return inForce.allSatisfy { one in
            guard touches(one.zone, start, end) else { return true }
            switch one.zone.rule {
            // Whoever stands in it already may leave it.
            case .blocked: return touches(one.zone, start, start) && !touches(one.zone, end, end)
            case .capacity: return state.requests.contains { $0.place == one.zone.id && $0.status == "GRANTED" }
            default: return true
            }
        }
    }

    /// Asks for the zones that its base leads into, and gives back those that are behind it.
    mutating func askForZones(_ seconds: Double) {
        for (zone, left) in zones.patience { zones.patience[zone] = left > seconds ? left - seconds : nil }
        let release = inForce.filter { if case .capacity = $0.zone.rule { true } else { false } }
        guard !release.isEmpty || !state.requests.isEmpty else { return }
        let base = way.filter(\.node.isReleased).compactMap(\.node.place).filter { $0.map == position.map }
        let points = [point] + base.map { SitePlan.Point(x: $0.x, y: $0.y) }
        let needed = release.filter { one in
            zip(points, points.dropFirst() + points.suffix(1)).contains { touches(one.zone, $0, $1) }
        }
        state.requests.removeAll { request in
            !needed.contains { $0.zone.id == request.place && $0.set == request.set }
        }
        let names = Set(state.requests.map(\.id))
        zones.leases = zones.leases.filter { names.contains($0.key) }
        for one in needed
        where zones.patience[one.zone.id] == nil && !state.requests.contains(where: { $0.place == one.zone.id }) {
            zones.asked += 1
            state.requests.append(
                .init(
                    id: "\(vehicle.serial)-\(one.zone.id)-\(zones.asked)", kind: .access, place: one.zone.id,
                    set: one.set))
        }
    }

    /// Hears what its requests were answered.
    mutating func hear(_ answers: [VDAAnswer.One]) {
        for one in answers {
            guard let index = state.requests.firstIndex(where: { $0.id == one.request }) else { continue }
            switch one.answer {
            case .granted:
                state.requests[index].status = "GRANTED"
                zones.leases[one.request] = one.until
            case .queued: break
            case .rejected, .revoked:
                zones.patience[state.requests[index].place] = SimulatedZones.pause
                zones.leases[one.request] = nil
                state.requests.remove(at: index)
            }
        }
    }

    /// Grants that have run out hold no longer: it asks again.
    mutating func expire(at now: Timestamp) {
        for (request, until) in zones.leases where until <= now {
            zones.leases[request] = nil
            state.requests.removeAll { $0.id == request }
        }
    }
}
