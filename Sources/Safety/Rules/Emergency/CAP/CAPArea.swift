import Foundation
import Record
import Twin

/// The area of an alert: a ring around a place, or a circle, in WGS 84.
struct CAPArea: Sendable, Hashable {
    /// What people call it.
    let description: String
    /// Latitude and longitude in degrees, the first pair again at the end.
    let polygon: [Geometry.Position]
    /// Centre and radius in kilometres.
    let circle: (center: Geometry.Position, radius: Double)?

    /// The radius around a point of which no shape is known, in kilometres: a site of the district.
    static let usual = 0.2

    /// From a thing's place: a polygon stays one, a line or a point becomes a circle around it. Metres on a plan say
    /// nothing about the earth, so that an area of a plan has its name alone.
    init(_ description: String, _ geometry: Geometry?) {
        self.description = description
        guard let geometry, geometry.frame == .wgs84, let first = geometry.positions.first else {
            polygon = []
            circle = nil
            return
        }
        if case .polygon(let corners) = geometry.shape, corners.count >= 3 {
            polygon = corners + [first]
            circle = nil
            return
        }
        polygon = []
        let many = Double(geometry.positions.count)
        let center = Geometry.Position(
            geometry.positions.reduce(0) { $0 + $1.x } / many, geometry.positions.reduce(0) { $0 + $1.y } / many)
        let reach = geometry.positions.map { Self.kilometres(center, $0) }.max() ?? 0
        circle = (center, reach + Self.usual)
    }

    static func == (left: CAPArea, right: CAPArea) -> Bool { left.markup == right.markup }
    func hash(into hasher: inout Hasher) { hasher.combine(markup) }

    /// As the standard writes it: latitude before longitude.
    var markup: Markup {
        var parts = [Markup("areaDesc", description)]
        if !polygon.isEmpty {
            parts.append(Markup("polygon", polygon.map { Self.pair($0) }.joined(separator: " ")))
        }
        if let circle {
            parts.append(Markup("circle", "\(Self.pair(circle.center)) \(Self.decimal(circle.radius, 3))"))
        }
        return Markup("area", parts)
    }

    private static func pair(_ position: Geometry.Position) -> String {
        "\(decimal(position.y, 6)),\(decimal(position.x, 6))"
    }

    /// A number in plain decimals, never with an exponent.
    static func decimal(_ value: Double, _ digits: Int) -> String {
        guard value.isFinite else { return "0" }
        let scale = pow(10, Double(digits))
        let whole = Int64((abs(value) * scale).rounded())
        let unit = Int64(scale)
        let fraction = String(whole % unit)
        let sign = value < 0 && whole > 0 ? "-" : ""
        return "\(sign)\(whole / unit).\(String(repeating: "0", count: digits - fraction.count))\(fraction)"
    }

    /// Distance on a sphere of mean radius (haversine).
    private static func kilometres(_ one: Geometry.Position, _ other: Geometry.Position) -> Double {
        let radians = Double.pi / 180
        let (dLat, dLon) = ((other.y - one.y) * radians, (other.x - one.x) * radians)
        let half = pow(sin(dLat / 2), 2) + cos(one.y * radians) * cos(other.y * radians) * pow(sin(dLon / 2), 2)
        return 2 * 6_371.0088 * asin(min(1, half.squareRoot()))
    }
}
