import Foundation
import Record
import Twin

/// A site drawn as a plan: metres around its middle, fitted to a picture of six hundred by six hundred.
struct SitePlan: Sendable {
    /// Something on the plan.
    struct Mark: Sendable, Hashable {
        /// site, area, machine, assembly, closed or person.
        let kind: String
        let label: String
        let geometry: Geometry
    }

    static let width = 600.0, height = 600.0
    private static let margin = 80.0

    /// Shapes with corners, in the order given, and points; those without a place on the same ground are left out.
    let areas: [(kind: String, label: String, points: String, x: String, y: String)]
    let points: [(kind: String, label: String, x: String, y: String)]
    /// A bar of so many metres, and how long it is drawn; nil where the plan is a point.
    let bar: (metres: Int, length: String)?

    init(_ marks: [Mark]) {
        // Places on the earth and on a plan cannot be drawn on one sheet: the more common ground wins.
        let frame = marks.filter { $0.geometry.frame == .local }.count * 2 > marks.count ? Geometry.Frame.local : .wgs84
        // What people look for lies on top of what is only there.
        let order = ["machine", "site", "area", "closed", "assembly", "person"]
        let shown = marks.filter { $0.geometry.frame == frame }
            .sorted { (order.firstIndex(of: $0.kind) ?? 0) < (order.firstIndex(of: $1.kind) ?? 0) }
        let all = shown.flatMap(\.geometry.positions)
        guard let origin = all.first else {
            (areas, points, bar) = ([], [], nil)
            return
        }
        let scale = frame == .wgs84 ? Self.metres(at: origin.y) : (x: 1, y: 1)
        func metre(_ position: Geometry.Position) -> (x: Double, y: Double) {
            ((position.x - origin.x) * scale.x, (position.y - origin.y) * scale.y)
        }
        let flat = all.map(metre)
        let (left, right) = (flat.map(\.x).min() ?? 0, flat.map(\.x).max() ?? 0)
        let (bottom, top) = (flat.map(\.y).min() ?? 0, flat.map(\.y).max() ?? 0)
        // A site of points alone is drawn as if it were forty metres across.
        let (wide, tall) = (max(right - left, 40), max(top - bottom, 25))
        let zoom = min((Self.width - 2 * Self.margin) / wide, (Self.height - 2 * Self.margin) / tall)
        func place(_ position: Geometry.Position) -> (x: Double, y: Double) {
            let flat = metre(position)
            return (
                Self.width / 2 + (flat.x - (left + right) / 2) * zoom,
                Self.height / 2 - (flat.y - (bottom + top) / 2) * zoom
            )
        }
        func text(_ value: Double) -> String { CAPArea.decimal(value, 1) }
        areas = shown.compactMap { mark in
            guard case .polygon(let corners) = mark.geometry.shape, corners.count >= 3 else { return nil }
            let placed = corners.map(place)
            let middle = (
                placed.reduce(0) { $0 + $1.x } / Double(placed.count),
                placed.reduce(0) { $0 + $1.y } / Double(placed.count)
            )
            return (
                mark.kind, mark.label, placed.map { "\(text($0.x)),\(text($0.y))" }.joined(separator: " "),
                text(middle.0), text(middle.1)
            )
        }
        points = shown.compactMap { mark in
            if case .polygon(let corners) = mark.geometry.shape, corners.count >= 3 { return nil }
            guard let first = mark.geometry.positions.first else { return nil }
            let placed = place(first)
            return (mark.kind, mark.label, text(placed.x), text(placed.y))
        }
        // 1, 2 or 5 times a power of ten, about a fifth of the picture.
        let fifth = Self.width / 5 / zoom
        let metres = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].last { Double($0) <= fifth } ?? 1
        bar = all.count > 1 ? (metres, text(Double(metres) * zoom)) : nil
    }

    /// Metres in a degree of longitude and latitude, on a sphere of mean radius.
    private static func metres(at latitude: Double) -> (x: Double, y: Double) {
        let degree = 6_371_008.8 * Double.pi / 180
        return (degree * cos(latitude * .pi / 180), degree)
    }
}
