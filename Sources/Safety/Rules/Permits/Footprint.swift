import Foundation
import Record
import Twin

/// A shape on a plane in metres, by which the distance between works is told.
struct Footprint: Sendable, Hashable {
    private let corners: [Geometry.Position]
    private let isArea: Bool

    /// Shapes as footprints on one plane; nil where they count from different origins, so that no distance is known.
    ///
    /// On the earth the plane touches at the first position of the first shape: within a district the error is
    /// centimetres. Storeys are not looked at: what lies above or below counts as beside.
    static func pair(_ one: Geometry, _ other: Geometry) -> (Footprint, Footprint)? {
        guard one.frame == other.frame, let origin = one.positions.first else { return nil }
        return (Footprint(one, origin), Footprint(other, origin))
    }

    private init(_ geometry: Geometry, _ origin: Geometry.Position) {
        // Metres in a degree of latitude (mean radius 6,371,008.8 m), and of longitude at the origin.
        let degree = 6_371_008.8 * Double.pi / 180
        let scale = geometry.frame == .wgs84 ? (degree * cos(origin.y * .pi / 180), degree) : (1, 1)
        corners = geometry.positions.map {
            Geometry.Position(($0.x - origin.x) * scale.0, ($0.y - origin.y) * scale.1)
        }
        if case .polygon = geometry.shape { isArea = true } else { isArea = false }
    }

    /// The least distance to another, in metres; zero where they overlap.
    func distance(to other: Footprint) -> Double {
        if let first = other.corners.first, isArea, holds(first) { return 0 }
        if let first = corners.first, other.isArea, other.holds(first) { return 0 }
        var least = Double.infinity
        for one in edges {
            for two in other.edges { least = min(least, Self.distance(one, two)) }
        }
        return least
    }

    private typealias Edge = (from: Geometry.Position, to: Geometry.Position)

    private var edges: [Edge] {
        guard let first = corners.first, let last = corners.last else { return [] }
        guard corners.count > 1 else { return [(first, first)] }
        return zip(corners, corners.dropFirst()).map { ($0, $1) } + (isArea ? [(last, first)] : [])
    }

    /// Whether a point lies in the area: a ray to the east crosses its border an odd number of times.
    private func holds(_ point: Geometry.Position) -> Bool {
        var inside = false
        for (from, to) in edges where (from.y > point.y) != (to.y > point.y) {
            if point.x < (to.x - from.x) * (point.y - from.y) / (to.y - from.y) + from.x { inside.toggle() }
        }
        return inside
    }

    private static func distance(_ one: Edge, _ two: Edge) -> Double {
        if cross(one, two) { return 0 }
        return min(
            distance(one.from, two), distance(one.to, two), distance(two.from, one), distance(two.to, one))
    }

    private static func cross(_ one: Edge, _ two: Edge) -> Bool {
        side(one, two.from) * side(one, two.to) < 0 && side(two, one.from) * side(two, one.to) < 0
    }

    private static func side(_ edge: Edge, _ point: Geometry.Position) -> Double {
        (edge.to.x - edge.from.x) * (point.y - edge.from.y) - (edge.to.y - edge.from.y) * (point.x - edge.from.x)
    }

    private static func distance(_ point: Geometry.Position, _ edge: Edge) -> Double {
        let (dx, dy) = (edge.to.x - edge.from.x, edge.to.y - edge.from.y)
        let length = dx * dx + dy * dy
        let along = length > 0 ? ((point.x - edge.from.x) * dx + (point.y - edge.from.y) * dy) / length : 0
        let share = max(0, min(1, along))
        return hypot(point.x - edge.from.x - share * dx, point.y - edge.from.y - share * dy)
    }
}
