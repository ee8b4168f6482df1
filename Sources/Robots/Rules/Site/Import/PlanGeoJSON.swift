import Foundation
import Record

/// A plan as GeoJSON (RFC 7946): points are nodes, lines edges, polygons zones. Ours are in metres of their floor
/// (`"frame": "local"`); what is in degrees is laid on a plane that touches the earth at its first position.
enum PlanGeoJSON {
    /// Metres in a degree of latitude, on a sphere of mean radius.
    private static let degree = 6_371_008.8 * Double.pi / 180

    static func write(_ plan: SitePlan) -> JSON {
        let features =
            plan.nodes.map { feature("Point", [.number($0.x), .number($0.y)], $0.json, without: ["x", "y"]) }
            + plan.edges.map { edge in
                let ends = [edge.from, edge.to].compactMap { id in plan.nodes.first { $0.id == id } }
                return feature(
                    "LineString", .array(ends.map { [.number($0.x), .number($0.y)] }), edge.json, without: [])
            }
            + plan.zones.map { zone in
                let ring = zone.corners + zone.corners.prefix(1)
                return feature(
                    "Polygon", [.array(ring.map { [.number($0.x), .number($0.y)] })], zone.json, without: ["corners"])
            }
        var members = plan.json.members ?? [:]
        for key in ["nodes", "edges", "zones"] { members[key] = nil }
        members["type"] = "FeatureCollection"
        members["frame"] = "local"
        members["features"] = .array(features)
        return .object(members)
    }

    private static func feature(_ type: String, _ coordinates: JSON, _ json: JSON, without: [String]) -> JSON {
        var properties = json.members ?? [:]
        for key in without { properties[key] = nil }
        return [
            "type": "Feature", "geometry": ["type": .string(type), "coordinates": coordinates],
            "properties": .object(properties),
        ]
    }

    /// - Throws: ``PlanFaults`` naming the feature and its field.
    static func read(_ json: JSON, site: String, name: Words) throws(PlanFaults) -> SitePlan {
        var reader = PlanReader()
        let isLocal = json["frame"]?.text == "local"
        var (nodes, edges, zones): ([JSON], [JSON], [JSON]) = ([], [], [])
        let features = reader.list(json, "features", "")
        let origin = features.lazy.compactMap { positions($0["geometry"]?["coordinates"] ?? .null).first }.first
        for (index, feature) in features.enumerated() {
            let place = "features[\(index)]."
            var properties = feature["properties"]?.members ?? [:]
            let metres = positions(feature["geometry"]?["coordinates"] ?? .null).map { point in
                isLocal ? point : plane(point, origin ?? point)
            }
            if properties["map"] == nil { properties["map"] = "1F" }
            if properties["id"] == nil, let id = feature["id"]?.text { properties["id"] = .string(id) }
            switch feature["geometry"]?["type"]?.text {
            case "Point" where metres.count == 1:
                properties["x"] = .number(metres[0].x)
                properties["y"] = .number(metres[0].y)
                nodes.append(.object(properties))
            case "LineString" where metres.count >= 2:
                properties["map"] = nil
                edges.append(.object(properties))
            case "Polygon" where metres.count >= 3:
                let ring = metres.first == metres.last ? Array(metres.dropLast()) : metres
                properties["corners"] = .array(ring.map { [.number($0.x), .number($0.y)] })
                if properties["rule"] == nil { properties["rule"] = "named" }
                zones.append(.object(properties))
            default:
                reader.add(
                    "\(place)geometry", "geometry",
                    Words(
                        "‘\(place)geometry’: 점·선·면만 읽습니다.",
                        "“\(place)geometry”: only points, lines and polygons are read."))
            }
        }
        guard reader.faults.isEmpty else { throw PlanFaults(faults: reader.faults) }
        var members = json.members ?? [:]
        members["id"] = members["id"] ?? .string(site)
        members["name"] = members["name"] ?? name.json
        members["footprint"] = members["footprint"] ?? 0.4
        let floors = Set((nodes + zones).compactMap { $0["map"]?.text }).sorted()
        members["maps"] = members["maps"] ?? .array(floors.map { ["id": .string($0), "name": .string($0)] })
        members["nodes"] = .array(nodes)
        members["edges"] = .array(edges)
        members["zones"] = .array(zones)
        return try PlanJSON.read(.object(members))
    }

    /// All positions of coordinates, however deep they lie.
    private static func positions(_ json: JSON) -> [SitePlan.Point] {
        guard let elements = json.elements else { return [] }
        if case .number(let x) = elements.first, elements.count >= 2, case .number(let y) = elements[1] {
            return [SitePlan.Point(x: x, y: y)]
        }
        return elements.flatMap(positions)
    }

    private static func plane(_ point: SitePlan.Point, _ origin: SitePlan.Point) -> SitePlan.Point {
        SitePlan.Point(
            x: (point.x - origin.x) * degree * cos(origin.y * .pi / 180), y: (point.y - origin.y) * degree)
    }
}
