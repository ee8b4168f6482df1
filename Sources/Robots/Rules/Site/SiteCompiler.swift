import Foundation
import Record

/// Makes of a drawn site what vehicles can drive by, or says everything that is wrong with it.
///
/// A vehicle that drives from one node to the next holds both. So that this is enough for two bodies never to meet, two
/// nodes conflict where vehicles standing on them would overlap (nearer than two radii on one floor), where a vehicle on
/// one would be touched by another on a way from the other, where their ways cross, or where both are one lift's cabin.
struct SiteCompiler {
    /// How many diameters of a vehicle the pieces of a cut edge are long at most: several vehicles can follow each other
    /// on a long edge, and what conflicts with a piece stays near it.
    static let diameters = 3.0

    private let plan: SitePlan
    private let blocked: [SitePlan.Zone]
    private var spots: [CompiledSite.Spot] = []
    private var numbers: [String: Int32] = [:]
    private var passages: [CompiledSite.Way: CompiledSite.Passage] = [:]

    /// A site that can be driven by.
    /// - Throws: ``SiteFaults`` with all that is wrong.
    static func compile(_ plan: SitePlan) throws(SiteFaults) -> CompiledSite {
        let broken = SiteCheck.faults(of: plan)
        // Ways are followed only where the plan can be read without doubt: every node and edge is what it says it is.
        guard SiteCheck.isReadable(despite: broken) else { throw SiteFaults(faults: broken) }
        var compiler = SiteCompiler(plan)
        compiler.lay()
        let site = compiler.site()
        let faults = broken + SiteReach.faults(of: site, isOneWayRefused: broken.contains { $0.rule == .oneWay })
        guard faults.isEmpty else { throw SiteFaults(faults: faults) }
        return site
    }

    private init(_ plan: SitePlan) {
        self.plan = plan
        blocked = plan.zones.filter { $0.rule == .blocked }
    }

    /// Gives every node its number, and cuts what is long.
    private mutating func lay() {
        var lifts: [String: String] = [:]
        for lift in plan.lifts {
            for stop in lift.stops { lifts[stop] = lift.id }
        }
        for node in plan.nodes {
            add(
                CompiledSite.Spot(
                    name: node.id, map: node.map, x: node.x, y: node.y, kind: node.kind, thing: node.thing,
                    lift: lifts[node.id]))
        }
        for edge in plan.edges { lay(edge) }
    }

    @discardableResult private mutating func add(_ spot: CompiledSite.Spot) -> Int32 {
        let number = Int32(spots.count)
        spots.append(spot)
        numbers[spot.name] = number
        return number
    }

    private mutating func lay(_ edge: SitePlan.Edge) {
        guard let from = numbers[edge.from], let to = numbers[edge.to] else { return }
        let (start, end) = (spots[Int(from)], spots[Int(to)])
        let segment = SiteGeometry.Segment(from: start.point, to: end.point)
        guard start.map == end.map else {
            return join(from, to, edge, segment, name: edge.id)
        }
        let isBlocked = blocked.contains {
            $0.map == start.map && SiteGeometry.touches($0.corners, segment, radius: plan.footprint)
        }
        if isBlocked { return }
        let pieces = SiteCompiler.pieces(of: segment.length, footprint: plan.footprint)
        var last = from
        for piece in 1...pieces {
            var next = to
            if piece < pieces {
                let point = segment.point(at: Double(piece) / Double(pieces))
                next = add(
                    CompiledSite.Spot(
                        name: "\(edge.id)~n\(piece)", map: start.map, x: point.x, y: point.y, kind: .way, thing: nil,
                        lift: nil))
            }
            let part = SiteGeometry.Segment(from: spots[Int(last)].point, to: spots[Int(next)].point)
            join(last, next, edge, part, name: pieces == 1 ? edge.id : "\(edge.id)~e\(piece)")
            last = next
        }
    }

    /// Into how many pieces an edge of a length is cut.
    static func pieces(of length: Double, footprint: Double) -> Int {
        max(1, Int((length / (footprint * 2 * diameters)).rounded(.up)))
    }

    private mutating func join(
        _ from: Int32, _ to: Int32, _ edge: SitePlan.Edge, _ segment: SiteGeometry.Segment, name: String
    ) {
        let map = spots[Int(from)].map
        var (speed, weight) = (edge.speed, 1.0)
        if edge.lift == nil {
            for zone in plan.zones where zone.map == map {
                guard SiteGeometry.touches(zone.corners, segment, radius: plan.footprint) else { continue }
                if case .speed(let most) = zone.rule { speed = min(speed, most) }
                if case .cost(let times) = zone.rule { weight *= times }
            }
        }
        let passage = { (slope: Double) in
            CompiledSite.Passage(
                edge: name, drawn: edge.id, length: segment.length, speed: speed,
                seconds: edge.lift == nil ? segment.length / speed : CompiledSite.ride, weight: weight, slope: slope,
                width: edge.width, lift: edge.lift, door: edge.door)
        }
        passages[CompiledSite.Way(from, to)] = passage(edge.slope)
        if edge.isTwoWay { passages[CompiledSite.Way(to, from)] = passage(-edge.slope) }
    }

    private func site() -> CompiledSite {
        var next = [[Int32]](repeating: [], count: spots.count)
        for way in passages.keys { next[Int(way.from)].append(way.to) }
        var cost = [[Float]](repeating: [], count: spots.count)
        for from in next.indices {
            next[from].sort()
            cost[from] = next[from].map { to in
                let passage = passages[CompiledSite.Way(Int32(from), to)]
                return Float(max(0.001, (passage?.seconds ?? 0) * (passage?.weight ?? 1)))
            }
        }
        let cabins = Dictionary(
            plan.lifts.map { ($0.id, $0.stops.compactMap { numbers[$0] }) }, uniquingKeysWith: { one, _ in one })
        // A place for one at a time is shared as a cabin is: whoever holds any of it holds all of it.
        let areas = plan.zones.map(area)
        let single = areas.filter { $0.capacity == 1 }.map { Array($0.nodes) }
        let conflicts = SiteConflicts.sets(
            spots: spots, ways: Array(passages.keys), cabins: Array(cabins.values) + single, footprint: plan.footprint)
        let refuges = spots.indices.filter { spots[$0].kind.isRefuge }.map { Int32($0) }
        return CompiledSite(
            plan: plan,
            roadmap: Roadmap(
                names: spots.map(\.name), next: next, cost: cost, conflicts: conflicts, refuges: Set(refuges)),
            spots: spots, numbers: numbers, passages: passages, areas: areas, cabins: cabins)
    }

    private func area(_ zone: SitePlan.Zone) -> CompiledSite.Area {
        let nodes = spots.indices.filter { number in
            let point = spots[number].point
            return spots[number].map == zone.map
                && SiteGeometry.touches(
                    zone.corners, SiteGeometry.Segment(from: point, to: point), radius: plan.footprint)
        }
        let ways = passages.filter { way, passage in
            passage.lift == nil && spots[Int(way.from)].map == zone.map
                && SiteGeometry.touches(
                    zone.corners,
                    SiteGeometry.Segment(from: spots[Int(way.from)].point, to: spots[Int(way.to)].point),
                    radius: plan.footprint)
        }
        return CompiledSite.Area(zone: zone, nodes: Set(nodes.map { Int32($0) }), ways: Set(ways.keys))
    }
}

extension CompiledSite.Spot {
    /// Where it is on its floor.
    var point: SitePlan.Point { SitePlan.Point(x: x, y: y) }
}

extension SitePlan.Kind {
    /// Whether a vehicle may wait here for ever.
    var isRefuge: Bool { self == .escape || self == .parking || self == .charger }
}
