import Foundation

/// Distances on one floor, in metres.
enum SiteGeometry {
    typealias Point = SitePlan.Point

    /// The way between two points, or where they are one, the point.
    struct Segment: Sendable, Hashable {
        let from: Point, to: Point

        var length: Double { hypot(to.x - from.x, to.y - from.y) }

        /// The point at a share of the way.
        func point(at share: Double) -> Point {
            Point(x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share)
        }
    }

    static func distance(_ one: Point, _ other: Point) -> Double { hypot(one.x - other.x, one.y - other.y) }

    /// The least distance of a point from a segment.
    static func distance(_ point: Point, _ segment: Segment) -> Double {
        let (dx, dy) = (segment.to.x - segment.from.x, segment.to.y - segment.from.y)
        let square = dx * dx + dy * dy
        guard square > 0 else { return distance(point, segment.from) }
        let along = ((point.x - segment.from.x) * dx + (point.y - segment.from.y) * dy) / square
        return distance(point, segment.point(at: max(0, min(1, along))))
    }

    /// The least distance of two segments; zero where they cross.
    static func distance(_ one: Segment, _ other: Segment) -> Double {
        if cross(one, other) { return 0 }
        return min(
            distance(one.from, other), distance(one.to, other), distance(other.from, one), distance(other.to, one))
    }

    /// Whether two segments cross at a point inside both.
    static func cross(_ one: Segment, _ other: Segment) -> Bool {
        side(one, other.from) * side(one, other.to) < 0 && side(other, one.from) * side(other, one.to) < 0
    }

    private static func side(_ segment: Segment, _ point: Point) -> Double {
        (segment.to.x - segment.from.x) * (point.y - segment.from.y)
            - (segment.to.y - segment.from.y) * (point.x - segment.from.x)
    }

    /// Whether a point lies in a contour: a ray to the east crosses it an odd number of times.
    static func holds(_ corners: [Point], _ point: Point) -> Bool {
        var inside = false
        for (from, to) in sides(corners) where (from.y > point.y) != (to.y > point.y) {
            if point.x < (to.x - from.x) * (point.y - from.y) / (to.y - from.y) + from.x { inside.toggle() }
        }
        return inside
    }

    /// Whether a disc of a radius that moves along a segment touches a contour or what it holds.
    static func touches(_ corners: [Point], _ segment: Segment, radius: Double) -> Bool {
        if holds(corners, segment.from) || holds(corners, segment.to) { return true }
        return sides(corners).contains { distance(Segment(from: $0, to: $1), segment) < radius }
    }

    /// The area within a contour that does not cross itself, in square metres.
    static func area(_ corners: [Point]) -> Double {
        abs(sides(corners).reduce(0) { $0 + $1.0.x * $1.1.y - $1.1.x * $1.0.y }) / 2
    }

    /// Whether a contour holds another, to half a decimetre: all of the other's border lies in it, so what that holds does too.
    static func covers(_ corners: [Point], _ other: [Point]) -> Bool {
        let own = sides(corners).map { Segment(from: $0, to: $1) }
        return sides(other).allSatisfy { from, to in
            let side = Segment(from: from, to: to)
            let steps = min(2_000, max(1, Int((side.length / 0.1).rounded(.up))))
            return (0...steps).allSatisfy { step in
                let point = side.point(at: Double(step) / Double(steps))
                return holds(corners, point) || own.contains { distance(point, $0) <= 0.05 }
            }
        }
    }

    private static func sides(_ corners: [Point]) -> [(Point, Point)] {
        guard let first = corners.first, let last = corners.last else { return [] }
        return Array(zip(corners, corners.dropFirst())) + [(last, first)]
    }
}
