import Record

/// An order, or an update of one: a way of nodes and edges, released up to a point.
struct VDAOrder: Sendable, Hashable {
    var id: String
    var update: Int
    var nodes: [Node]
    var edges: [Edge]

    struct Node: Sendable, Hashable {
        var id: String
        var sequence: Int
        var isReleased: Bool
        var place: Place?
        var actions: [VDAAction] = []
    }

    struct Place: Sendable, Hashable {
        var map: String
        var x: Double, y: Double
        var heading: Double?
        /// How far from it the vehicle may be and still count as there, in metres.
        var deviation: Double?
    }

    struct Edge: Sendable, Hashable {
        var id: String
        var sequence: Int
        var isReleased: Bool
        /// The most that may be driven, m/s.
        var speed: Double?
        var actions: [VDAAction] = []
    }

    init(id: String, update: Int, nodes: [Node], edges: [Edge]) {
        self.id = id
        self.update = update
        self.nodes = nodes
        self.edges = edges
    }

    /// The order that a piece of a route makes: its first step is where the vehicle is or will be.
    init(id: String, update: Int, steps: ArraySlice<Route.Step>, released: Int) {
        self.id = id
        self.update = update
        nodes = steps.enumerated().map { index, step in
            Node(
                id: step.node, sequence: step.sequence, isReleased: index < released,
                place: Place(map: step.map, x: step.x, y: step.y), actions: step.actions.map { VDAAction($0) })
        }
        edges = steps.enumerated().dropFirst().map { index, step in
            Edge(
                id: step.edge ?? "\(step.node)-\(step.sequence)", sequence: step.sequence - 1,
                isReleased: index < released, speed: step.speed)
        }
    }

    /// Reads an order that was checked by its version's rules.
    init(_ json: JSON) {
        func number(_ value: JSON?) -> Int { Int(clamping: value?.integer ?? 0) }
        func actions(_ json: JSON) -> [VDAAction] { (json["actions"]?.elements ?? []).map { VDAAction($0) } }
        id = json["orderId"]?.text ?? ""
        update = number(json["orderUpdateId"])
        nodes = (json["nodes"]?.elements ?? []).map { node in
            let place = node["nodePosition"].flatMap { place -> Place? in
                guard let map = place["mapId"]?.text, let x = place["x"]?.double, let y = place["y"]?.double else {
                    return nil
                }
                return Place(
                    map: map, x: x, y: y, heading: place["theta"]?.double,
                    deviation: place["allowedDeviationXy"]?.double ?? place["allowedDeviationXY"]?["a"]?.double)
            }
            return Node(
                id: node["nodeId"]?.text ?? "", sequence: number(node["sequenceId"]),
                isReleased: node["released"]?.bool ?? false, place: place, actions: actions(node))
        }
        edges = (json["edges"]?.elements ?? []).map { edge in
            Edge(
                id: edge["edgeId"]?.text ?? "", sequence: number(edge["sequenceId"]),
                isReleased: edge["released"]?.bool ?? false,
                speed: (edge["maxSpeed"] ?? edge["maximumSpeed"])?.double, actions: actions(edge))
        }
    }

    /// What no table of members says: nodes and edges alternate, the base comes first, an edge lies between its nodes.
    var faults: [VDAFault] {
        guard let first = nodes.first else { return [VDAFault("nodes", .count, "1..")] }
        var faults: [VDAFault] = []
        if edges.count != nodes.count - 1 { faults.append(VDAFault("edges", .count, "\(nodes.count - 1)")) }
        if !first.isReleased { faults.append(VDAFault("nodes/0/released", .sequence)) }
        for (index, node) in nodes.enumerated().dropFirst() {
            if node.sequence != nodes[index - 1].sequence + 2 {
                faults.append(VDAFault("nodes/\(index)/sequenceId", .sequence))
            }
            if node.isReleased, !nodes[index - 1].isReleased {
                faults.append(VDAFault("nodes/\(index)/released", .sequence))
            }
        }
        for (index, edge) in edges.enumerated() where index + 1 < nodes.count {
            if edge.sequence != nodes[index].sequence + 1 {
                faults.append(VDAFault("edges/\(index)/sequenceId", .sequence))
            }
            if edge.isReleased, !nodes[index + 1].isReleased {
                faults.append(VDAFault("edges/\(index)/released", .sequence))
            }
        }
        return faults
    }

    /// The message, as a version writes it.
    func json(_ header: VDAHeader, _ address: VDAAddress) -> JSON {
        var members = header.members(address)
        members["orderId"] = .string(id)
        members["orderUpdateId"] = .number(Double(update))
        members["nodes"] = .array(nodes.map { $0.json(address.version) })
        members["edges"] = .array(
            edges.enumerated().map { index, edge in
                var json: [String: JSON] = [
                    "edgeId": .string(edge.id), "sequenceId": .number(Double(edge.sequence)),
                    "released": .bool(edge.isReleased), "actions": .array(edge.actions.map(\.json)),
                ]
                switch address.version {
                case .v21:
                    json["startNodeId"] = .string(nodes[index].id)
                    json["endNodeId"] = .string(nodes[index + 1].id)
                    json["maxSpeed"] = edge.speed.map { .number($0) }
                case .v30: json["maximumSpeed"] = edge.speed.map { .number($0) }
                }
                return .object(json)
            })
        return .object(members)
    }
}

extension VDAOrder.Node {
    private static func circle(_ radius: Double) -> JSON {
        ["a": .number(radius), "b": .number(radius), "theta": 0]
    }

    fileprivate func json(_ version: VDAVersion) -> JSON {
        .sparse([
            "nodeId": .string(id), "sequenceId": .number(Double(sequence)), "released": .bool(isReleased),
            "actions": .array(actions.map(\.json)),
            "nodePosition": place.map { place in
                .sparse([
                    "x": .number(place.x), "y": .number(place.y), "mapId": .string(place.map),
                    "theta": .optional(place.heading),
                    // The circle of 2.1 is an ellipse with equal axes in 3.0.
                    version == .v21 ? "allowedDeviationXy" : "allowedDeviationXY":
                        place.deviation.map { version == .v21 ? .number($0) : Self.circle($0) } ?? .null,
                ])
            } ?? .null,
        ])
    }
}
