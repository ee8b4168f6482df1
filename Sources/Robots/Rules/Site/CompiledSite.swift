import Record

/// A site as the fleet drives by it: the plan that was published, the roadmap made of it, and how the one is found from
/// the other. Nothing in it changes; a new edition is a new value.
struct CompiledSite: Sendable {
    /// What was drawn.
    let plan: SitePlan
    /// What planners see; its numbers are those of `spots`.
    let roadmap: Roadmap
    /// Every node by number: the drawn ones first, in the plan's order, then those that cut long edges.
    let spots: [Spot]
    /// The numbers by name.
    let numbers: [String: Int32]
    /// What lies between two nodes that follow each other.
    let passages: [Way: Passage]
    /// The zones, with what they hold.
    let areas: [Area]
    /// The nodes of each lift's cabin, by the lift.
    let cabins: [String: [Int32]]

    /// A node by number.
    struct Spot: Sendable, Hashable {
        let name: String
        let map: String
        let x: Double, y: Double
        let kind: SitePlan.Kind
        /// The thing of the Twin that it stands at.
        let thing: ThingID?
        /// The lift whose cabin it is in.
        let lift: String?
    }

    /// From one node to the next.
    struct Way: Sendable, Hashable {
        let from: Int32, to: Int32
        init(_ from: Int32, _ to: Int32) {
            self.from = from
            self.to = to
        }
    }

    /// What is driven between two nodes: an edge, or a piece of one.
    struct Passage: Sendable, Hashable {
        /// VDA 5050 `edgeId`: the drawn edge's id where it was not cut, else `id~eN`.
        let edge: String
        /// The drawn edge.
        let drawn: String
        /// Metres.
        let length: Double
        /// The most that may be driven, m/s, zones included.
        let speed: Double
        /// How long it takes at that speed.
        let seconds: Double
        /// How often zones count it: above 1 it is avoided.
        let weight: Double
        /// Per cent.
        let slope: Double
        /// The narrowest place, in metres, where it was measured.
        let width: Double?
        /// The lift that carries the vehicle, and the door that must be open.
        let lift: String?, door: String?
    }

    /// A zone with the nodes and ways that a vehicle's body touches it at.
    struct Area: Sendable {
        let zone: SitePlan.Zone
        let nodes: Set<Int32>
        let ways: Set<Way>

        /// How many vehicles it takes at once, where it has such a rule.
        var capacity: Int? {
            guard case .capacity(let most) = zone.rule else { return nil }
            return most
        }
    }

    /// How long a lift takes from floor to floor with its doors, where nothing better is known, in seconds.
    static let ride = 30.0

    /// The number of a node.
    func number(_ name: String) -> Int32? { numbers[name] }

    /// The name of a node by number.
    func name(_ number: Int32) -> String { spots[Int(number)].name }

    /// What is driven from one node to another that follows it.
    func passage(_ from: Int32, _ to: Int32) -> Passage? { passages[Way(from, to)] }

    /// The zone of an id.
    func area(_ zone: String) -> Area? { areas.first { $0.zone.id == zone } }

    /// The things that its zones and nodes stand for.
    var things: Set<ThingID> { Set(spots.compactMap(\.thing) + areas.compactMap(\.zone.thing)) }

    /// Where a vehicle's body is at a thing of the Twin: the whole site, a zone that stands for it, a node at it; empty
    /// where the site knows nothing of it.
    func nodes(of thing: ThingID) -> Set<Int32> {
        if thing.rawValue == plan.id { return Set(0..<Int32(spots.count)) }
        var nodes = areas.filter { $0.zone.thing == thing }.reduce(into: Set<Int32>()) { $0.formUnion($1.nodes) }
        for (number, spot) in spots.enumerated() where spot.thing == thing { nodes.insert(Int32(number)) }
        return nodes
    }

    /// The ways that a vehicle's body touches a thing of the Twin on.
    func ways(of thing: ThingID) -> Set<Way> {
        if thing.rawValue == plan.id { return Set(passages.keys) }
        return areas.filter { $0.zone.thing == thing }.reduce(into: []) { $0.formUnion($1.ways) }
    }

    /// The node nearest to a place on a floor, within a distance in metres.
    func nearest(map: String, x: Double, y: Double, within reach: Double) -> Int32? {
        let place = SitePlan.Point(x: x, y: y)
        var best: (number: Int, distance: Double)?
        for (number, spot) in spots.enumerated() where spot.map == map {
            let distance = SiteGeometry.distance(place, SitePlan.Point(x: spot.x, y: spot.y))
            if distance <= reach, distance < best?.distance ?? .infinity { best = (number, distance) }
        }
        return best.map { Int32($0.number) }
    }

    /// The roadmap without some of its ways.
    func roadmap(without gone: Set<Way>) -> Roadmap {
        guard !gone.isEmpty else { return roadmap }
        var (next, cost): ([[Int32]], [[Float]]) = ([], [])
        for from in roadmap.next.indices {
            let kept = roadmap.next[from].indices.filter { !gone.contains(Way(Int32(from), roadmap.next[from][$0])) }
            next.append(kept.map { roadmap.next[from][$0] })
            cost.append(kept.map { roadmap.cost[from][$0] })
        }
        return Roadmap(
            names: roadmap.names, next: next, cost: cost, conflicts: roadmap.conflicts, refuges: roadmap.refuges)
    }
}
