public import Record

/// Where a thing is: a small shape on the earth or on a plan.
public struct Geometry: Sendable, Hashable {
    /// A place: longitude and latitude in degrees, or metres to the east and north of the plan's origin.
    public struct Position: Sendable, Hashable {
        /// Longitude (degrees), or metres east.
        public var x: Double
        /// Latitude (degrees), or metres north.
        public var y: Double

        /// A place.
        public init(_ x: Double, _ y: Double) {
            self.x = x
            self.y = y
        }
    }

    /// The shape.
    public enum Shape: Sendable, Hashable {
        case point(Position)
        case lineString([Position])
        /// The corners in order, the first not repeated at the end.
        case polygon([Position])
    }

    /// What the positions count from.
    public enum Frame: String, Sendable, Hashable {
        /// Longitude and latitude, WGS 84.
        case wgs84
        /// Metres on the plan of the site.
        case local
    }

    /// The shape.
    public var shape: Shape
    /// What its positions count from.
    public var frame: Frame
    /// The storey as people call it: `1`, `B2`, `roof`.
    public var level: String?

    /// A shape on the earth or on a plan.
    public init(_ shape: Shape, frame: Frame, level: String? = nil) {
        self.shape = shape
        self.frame = frame
        self.level = level
    }

    /// The positions of the shape, in order.
    public var positions: [Position] {
        switch shape {
        case .point(let position): [position]
        case .lineString(let positions), .polygon(let positions): positions
        }
    }
}

extension Geometry {
    /// A GeoJSON geometry (RFC 7946) with two members more: `frame` and `level`.
    public var json: JSON {
        func pair(_ position: Position) -> JSON { [.number(position.x), .number(position.y)] }
        var members: [String: JSON] = ["frame": .string(frame.rawValue)]
        if let level { members["level"] = .string(level) }
        switch shape {
        case .point(let position):
            members["type"] = "Point"
            members["coordinates"] = pair(position)
        case .lineString(let positions):
            members["type"] = "LineString"
            members["coordinates"] = .array(positions.map(pair))
        case .polygon(let positions):
            members["type"] = "Polygon"
            members["coordinates"] = [.array((positions + positions.prefix(1)).map(pair))]
        }
        return .object(members)
    }

    /// From its JSON; without `frame` it is plain GeoJSON and so WGS 84. Nil where it is no shape we know:
    /// holes in polygons and third coordinates are refused, not dropped.
    public init?(json: JSON) {
        func position(_ value: JSON) -> Position? {
            guard let pair = value.elements, pair.count == 2, case .number(let x) = pair[0],
                case .number(let y) = pair[1]
            else { return nil }
            return Position(x, y)
        }
        func positions(_ value: JSON) -> [Position]? {
            guard let elements = value.elements else { return nil }
            let positions = elements.compactMap(position)
            return positions.count == elements.count ? positions : nil
        }
        guard let type = json["type"]?.text, let coordinates = json["coordinates"],
            let frame = json["frame"].map({ $0.text.flatMap(Frame.init) }) ?? .wgs84
        else { return nil }
        self.frame = frame
        level = json["level"]?.text
        switch type {
        case "Point":
            guard let position = position(coordinates) else { return nil }
            shape = .point(position)
        case "LineString":
            guard let positions = positions(coordinates) else { return nil }
            shape = .lineString(positions)
        case "Polygon":
            guard let rings = coordinates.elements, rings.count == 1, let ring = positions(rings[0]),
                ring.count > 1, ring.first == ring.last
            else { return nil }
            shape = .polygon(ring.dropLast())
        default: return nil
        }
    }
}
