import Record

/// A plan in the Layout Interchange Format of VDMA (LIF 1.0): a layout for each floor, with nodes, edges and stations. LIF
/// has one-way edges only; two against each other are one of ours. Zones, doors and what is no station it does not know.
enum PlanLIF {
    static func write(_ plan: SitePlan, at now: Timestamp) -> JSON {
        [
            "metaInformation": [
                "projectIdentification": .string(plan.id), "creator": "Slipway",
                "exportTimestamp": .string(now.description), "lifVersion": "1.0.0",
            ],
            "layouts": .array(
                plan.maps.map { floor in
                    let nodes = plan.nodes.filter { $0.map == floor.id }
                    let here = Set(nodes.map(\.id))
                    return [
                        "layoutId": .string(floor.id), "layoutName": .string(floor.name.ko),
                        "layoutVersion": .string(String(plan.edition.prefix(12))), "layoutLevelId": .string(floor.id),
                        "nodes": .array(nodes.map(node)),
                        "edges": .array(
                            plan.edges.filter { here.contains($0.from) }.flatMap { edge in
                                [one(edge, edge.id, edge.from, edge.to)]
                                    + (edge.isTwoWay ? [one(edge, "\(edge.id).back", edge.to, edge.from)] : [])
                            }),
                        "stations": .array(nodes.filter { $0.kind != .way }.map(station)),
                    ]
                }),
        ]
    }

    private static func node(_ node: SitePlan.Node) -> JSON {
        [
            "nodeId": .string(node.id), "nodeName": .string(node.name?.ko ?? node.id), "mapId": .string(node.map),
            "nodePosition": ["x": .number(node.x), "y": .number(node.y)],
            "vehicleTypeNodeProperties": [["vehicleTypeId": "any"]],
        ]
    }

    private static func one(_ edge: SitePlan.Edge, _ id: String, _ from: String, _ to: String) -> JSON {
        [
            "edgeId": .string(id), "startNodeId": .string(from), "endNodeId": .string(to),
            "vehicleTypeEdgeProperties": [
                ["vehicleTypeId": "any", "maxSpeed": .number(edge.speed), "rotationAllowed": true]
            ],
        ]
    }

    private static func station(_ node: SitePlan.Node) -> JSON {
        [
            "stationId": .string(node.id), "interactionNodeIds": [.string(node.id)],
            "stationName": .string(node.name?.ko ?? node.id), "stationDescription": .string(node.kind.rawValue),
            "stationPosition": ["x": .number(node.x), "y": .number(node.y)],
        ]
    }

    /// - Throws: ``PlanFaults`` naming the layout and the field.
    static func read(_ json: JSON, site: String, name: Words) throws(PlanFaults) -> SitePlan {
        var reader = PlanReader()
        var plan = SitePlan.empty(id: site, name: name)
        plan.maps = []
        for (index, layout) in reader.list(json, "layouts", "").enumerated() {
            read(layout, "layouts[\(index)].", into: &plan, &reader)
        }
        if plan.maps.isEmpty, reader.faults.isEmpty {
            reader.add("layouts", "required", Words("‘layouts’가 비어 있습니다.", "“layouts” is empty."))
        }
        guard reader.faults.isEmpty else { throw PlanFaults(faults: reader.faults) }
        plan.lifts = lifts(of: &plan)
        return plan
    }

    private static func read(
        _ layout: JSON, _ place: String, into plan: inout SitePlan, _ reader: inout PlanReader
    ) {
        let id = reader.text(layout, "layoutId", place)
        let title = reader.optional(layout, "layoutName", place) ?? id
        plan.maps.append(SitePlan.Floor(id: id, name: Words(title, title)))
        var kinds: [String: (kind: SitePlan.Kind, name: String)] = [:]
        for (index, station) in reader.list(layout, "stations", place).enumerated() {
            let here = "\(place)stations[\(index)]."
            let kind = station["stationDescription"]?.text.flatMap { SitePlan.Kind(rawValue: $0) } ?? .station
            let title = reader.optional(station, "stationName", here) ?? reader.text(station, "stationId", here)
            for node in reader.list(station, "interactionNodeIds", here) {
                if let node = node.text { kinds[node] = (kind, title) }
            }
        }
        for (index, node) in reader.list(layout, "nodes", place).enumerated() {
            let here = "\(place)nodes[\(index)]."
            let name = reader.text(node, "nodeId", here)
            let position = node["nodePosition"] ?? .null
            let station = kinds[name]
            plan.nodes.append(
                SitePlan.Node(
                    id: name, map: id, x: reader.number(position, "x", "\(here)nodePosition."),
                    y: reader.number(position, "y", "\(here)nodePosition."),
                    name: station.map { Words($0.name, $0.name) }, kind: station?.kind ?? .way))
        }
        for (index, edge) in reader.list(layout, "edges", place).enumerated() {
            let here = "\(place)edges[\(index)]."
            let (from, to) = (reader.text(edge, "startNodeId", here), reader.text(edge, "endNodeId", here))
            let vehicle = edge["vehicleTypeEdgeProperties"]?.elements?.first ?? .null
            let speed = reader.number(vehicle, "maxSpeed", "\(here)vehicleTypeEdgeProperties[0].", usual: 1)
            if let back = plan.edges.firstIndex(where: { $0.from == to && $0.to == from && !$0.isTwoWay }) {
                plan.edges[back].isTwoWay = true
                plan.edges[back].speed = min(plan.edges[back].speed, speed)
            } else {
                plan.edges.append(
                    SitePlan.Edge(
                        id: reader.text(edge, "edgeId", here), from: from, to: to, isTwoWay: false, speed: speed))
            }
        }
    }

    /// LIF knows no lifts: nodes that edges join from floor to floor are a cabin's stops.
    private static func lifts(of plan: inout SitePlan) -> [SitePlan.Lift] {
        let floors = Dictionary(plan.nodes.map { ($0.id, $0.map) }, uniquingKeysWith: { one, _ in one })
        var groups: [Set<String>] = []
        for edge in plan.edges {
            guard let from = floors[edge.from], let to = floors[edge.to], from != to else { continue }
            let touching = groups.filter { $0.contains(edge.from) || $0.contains(edge.to) }
            groups.removeAll { touching.contains($0) }
            groups.append(touching.reduce([edge.from, edge.to]) { $0.union($1) })
        }
        let lifts = groups.enumerated().map { index, stops in
            SitePlan.Lift(
                id: "lift-\(index + 1)", name: Words("승강기 \(index + 1)", "Lift \(index + 1)"), stops: stops.sorted())
        }
        for index in plan.edges.indices {
            let edge = plan.edges[index]
            guard floors[edge.from] != floors[edge.to] else { continue }
            plan.edges[index].lift = lifts.first { $0.stops.contains(edge.from) }?.id
        }
        return lifts
    }
}
