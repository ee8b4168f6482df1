import Foundation
import Record

/// Where vehicles lost time: what a way took beyond what its speed allows, at the node it was lost at. Work at stations,
/// charging and waiting at refuges are no loss.
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

    /// Counts the way of one vehicle.
    mutating func add(_ points: [Point], to site: CompiledSite) {
        let near = Squares(site)
        for (one, next) in zip(points, points.dropFirst()) where one.map == next.map {
            let seconds = next.at.seconds(since: one.at)
            guard seconds > 0, seconds <= Heat.silence, let node = near.nearest(one),
                site.spots[Int(node)].kind == .way
            else { continue }
            let speeds = site.roadmap.next[Int(node)].compactMap { site.passage(node, $0)?.speed }
            let moved = SiteGeometry.distance(
                SitePlan.Point(x: one.x, y: one.y), SitePlan.Point(x: next.x, y: next.y))
            let late = seconds - moved / (speeds.max() ?? 1)
            // Half a second is what reports are apart by chance.
            if late > 0.5 { lost[site.name(node), default: 0] += late }
        }
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
