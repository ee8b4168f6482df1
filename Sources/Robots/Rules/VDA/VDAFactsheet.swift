import Record

/// What a vehicle can do, read from the vehicle and typed by nobody.
struct VDAFactsheet: Sendable, Hashable {
    var series: String
    /// CARRIER, FORKLIFT …
    var kind: String
    /// kg.
    var maximumLoad: Double
    /// m/s, m/s².
    var maximumSpeed: Double
    var acceleration: Double
    /// m.
    var length: Double, width: Double, height: Double
    /// What it does at nodes and edges, and at once.
    var actions: Set<String>
    var instantActions: Set<String>
    /// Zones that it obeys (3.0).
    var zones: [String]
    /// As many nodes as one message may have; nil where it sets no limit.
    var nodesInOrder: Int?
    /// As many zones as one set may have; nil where it sets no limit.
    var zonesInSet: Int?
    /// The longest identifier; nil where it sets no limit.
    var longestID: Int?
    /// The least seconds between two orders.
    var orderInterval: Double

    /// The radius of the circle about its centre within which all of it turns, in metres; nil where it gives no size.
    var radius: Double? {
        guard length > 0, width > 0 else { return nil }
        return (length * length + width * width).squareRoot() / 2
    }

    /// Whether the vehicle can be told this way at all: two nodes in a message, and no name longer than it reads.
    func takes(_ route: Route) -> Bool {
        if let nodesInOrder, nodesInOrder < min(2, route.steps.count) { return false }
        guard let longestID else { return true }
        return route.order.utf8.count <= longestID
            && route.steps.prefix(route.released).allSatisfy { step in
                step.node.utf8.count <= longestID && (step.edge?.utf8.count ?? 0) <= longestID
                    && step.actions.allSatisfy { $0.id.utf8.count <= longestID }
            }
    }

    /// Reads a factsheet that was checked.
    init(_ json: JSON) {
        let (type, body) = (json["typeSpecification"], json["physicalParameters"])
        let (limits, features) = (json["protocolLimits"], json["protocolFeatures"])
        series = type?["seriesName"]?.text ?? ""
        kind = (type?["agvClass"] ?? type?["mobileRobotClass"])?.text ?? ""
        maximumLoad = (type?["maxLoadMass"] ?? type?["maximumLoadMass"])?.double ?? 0
        maximumSpeed = (body?["speedMax"] ?? body?["maximumSpeed"])?.double ?? 0
        acceleration = (body?["accelerationMax"] ?? body?["maximumAcceleration"])?.double ?? 0
        length = body?["length"]?.double ?? 0
        width = body?["width"]?.double ?? 0
        height = (body?["heightMax"] ?? body?["maximumHeight"])?.double ?? 0
        let known = (features?["agvActions"] ?? features?["mobileRobotActions"])?.elements ?? []
        func actions(_ scopes: Set<String>) -> Set<String> {
            Set(
                known.filter { one in
                    (one["actionScopes"]?.elements ?? []).contains { scopes.contains($0.text ?? "") }
                }.compactMap { $0["actionType"]?.text })
        }
        self.actions = actions(["NODE", "EDGE"])
        instantActions = actions(["INSTANT"])
        zones = (type?["supportedZones"]?.elements ?? []).compactMap(\.text)
        func limit(_ value: JSON?) -> Int? { value?.integer.flatMap { $0 > 0 ? Int(clamping: $0) : nil } }
        nodesInOrder = limit((limits?["maxArrayLens"] ?? limits?["maximumArrayLengths"])?["order.nodes"])
        zonesInSet = limit(limits?["maximumArrayLengths"]?["zoneSet.zones"])
        let texts = limits?["maxStringLens"] ?? limits?["maximumStringLengths"]
        longestID = limit(texts?["idLen"] ?? texts?["maximumIdLength"])
        let timing = limits?["timing"]
        orderInterval = (timing?["minOrderInterval"] ?? timing?["minimumOrderInterval"])?.double ?? 0
    }
}
