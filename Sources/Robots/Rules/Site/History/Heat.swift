import Foundation
import Record

/// Where vehicles lost time: what a way took beyond what its speed allows, at the node it was lost at. Work at stations and at
/// stops of missions, charging, waiting at refuges, lift rides and the time of holds are no loss.
struct Heat: Sendable {
    /// Seconds lost by node.
    private(set) var lost: [String: Double] = [:]

    /// Adds what was lost at another time.
    mutating func merge(_ other: Heat) { lost.merge(other.lost) { $0 + $1 } }

    /// Where a vehicle was.
    struct Point: Sendable, Hashable {
        let at: Timestamp
        let map: String
        let x: Double, y: Double
    }

    /// Longer silences say nothing of where time was lost, in seconds.
    static let silence = 60.0
    /// A vehicle further from every node than this drives no way of the site, in metres.
    static let reach = 3.0

    /// When a vehicle was not under way, whatever it lost then.
    struct Calm: Sendable, Hashable {
        /// It, or its site, was held; or it stood at a stop of its mission.
        var held: [Span] = []
        /// It drove a mission: standing still at other times keeps nobody waiting.
        var driven: [Span]?

        struct Span: Sendable, Hashable {
            let from: Timestamp
            /// nil while it lasts.
            var to: Timestamp?

            func covers(_ at: Timestamp) -> Bool { at >= from && to.map { at < $0 } ?? true }
        }
    }

    /// Under this way a vehicle stood, in metres.
    static let stood = 0.1

    /// Counts the way of one vehicle.
    mutating func add(_ points: [Point], to site: CompiledSite, but calm: Calm = Calm()) {
        let near = Squares(site)
        for (one, next) in zip(points, points.dropFirst()) where one.map == next.map {
            let seconds = next.at.seconds(since: one.at)
            guard seconds > 0, seconds <= Heat.silence, let node = near.nearest(one),
                site.spots[Int(node)].kind == .way, site.spots[Int(node)].lift == nil,
                !calm.held.contains(where: { $0.covers(one.at) || $0.covers(next.at) })
            else { continue }
            let speeds = site.roadmap.next[Int(node)].compactMap { site.passage(node, $0)?.speed }
            let moved = SiteGeometry.distance(
                SitePlan.Point(x: one.x, y: one.y), SitePlan.Point(x: next.x, y: next.y))
            if moved < Heat.stood, let driven = calm.driven, !driven.contains(where: { $0.covers(one.at) }) { continue }
            let late = seconds - moved / (speeds.max() ?? 1)
            // Half a second is what reports are apart by chance.
            if late > 0.5 { lost[site.name(node), default: 0] += late }
        }
    }

    /// What was lost by the places that people know: each node at the nearest that has a name; the most first.
    func places(of site: CompiledSite) -> [(name: Words, map: String, lost: Double)] {
        var sums: [String: (name: Words, map: String, lost: Double)] = [:]
        for (node, seconds) in lost {
            guard let number = site.number(node) else { continue }
            let spot = site.spots[Int(number)]
            let name = site.plan.before(spot)
            sums["\(spot.map)/\(name.ko)", default: (name, spot.map, 0)].lost += seconds
        }
        // Less than a second is no jam that anybody would see.
        return sums.values.filter { $0.lost >= 1 }.sorted { ($1.lost, $0.name.ko) < ($0.lost, $1.name.ko) }
    }

    /// Places out of the readings of a series each, no nearer in time than a step; a place has the last x, y and floor heard.
    /// - Parameter maps: the floors by the time from which the vehicle was on them.
    static func points(
        xs: [(Timestamp, Double)], ys: [(Timestamp, Double)], maps: [(Timestamp, String)], step: Double
    ) -> [Point] {
        var points: [Point] = []
        var (y, map) = (0, 0)
        for (at, x) in xs {
            while y + 1 < ys.count, ys[y + 1].0 <= at { y += 1 }
            while map + 1 < maps.count, maps[map + 1].0 <= at { map += 1 }
            guard y < ys.count, ys[y].0 <= at, map < maps.count else { continue }
            if let last = points.last, at.seconds(since: last.at) < step { continue }
            points.append(Point(at: at, map: maps[map].1, x: x, y: ys[y].1))
        }
        return points
    }

    /// The nodes by squares as wide as the reach.
    private struct Squares {
        private struct Square: Hashable { let map: String, column: Int, row: Int }
        private var nodes: [Square: [Int32]] = [:]
        private let site: CompiledSite

        init(_ site: CompiledSite) {
            self.site = site
            for (number, spot) in site.spots.enumerated() {
                nodes[Self.square(spot.map, spot.x, spot.y), default: []].append(Int32(number))
            }
        }

        private static func square(_ map: String, _ x: Double, _ y: Double) -> Square {
            Square(map: map, column: Int((x / Heat.reach).rounded(.down)), row: Int((y / Heat.reach).rounded(.down)))
        }

        func nearest(_ point: Point) -> Int32? {
            let middle = Self.square(point.map, point.x, point.y)
            var best: (node: Int32, distance: Double)?
            for column in (middle.column - 1)...(middle.column + 1) {
                for row in (middle.row - 1)...(middle.row + 1) {
                    for node in nodes[Square(map: point.map, column: column, row: row)] ?? [] {
                        let spot = site.spots[Int(node)]
                        let distance = hypot(spot.x - point.x, spot.y - point.y)
                        if distance <= Heat.reach, distance < best?.distance ?? .infinity { best = (node, distance) }
                    }
                }
            }
            return best?.node
        }
    }
}

extension SitePlan {
    /// What people call where a node is: `약제실 앞 복도`, by the nearest place of the floor that has a name.
    func before(_ spot: CompiledSite.Spot) -> Words {
        if let own = nodes.first(where: { $0.id == spot.name })?.name { return own }
        let away = { (node: Node) in hypot(node.x - spot.x, node.y - spot.y) }
        let named = nodes.filter { $0.map == spot.map && $0.name != nil }
        // Where people work is known by name to more of them than where robots stand aside.
        let known = named.filter { $0.kind == .station }
        guard
            let nearest = (known.isEmpty ? named : known).min(by: { (away($0), $0.id) < (away($1), $1.id) })?.name
        else {
            let place = "x \(Int(spot.x.rounded())) m, y \(Int(spot.y.rounded())) m"
            return Words(place, place)
        }
        return Words("\(nearest.ko) 앞 복도", "way by \(nearest.en)")
    }
}
