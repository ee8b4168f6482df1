import Record

/// Zones, lifts and edges of a plan.
extension SiteCheck {
    mutating func check(_ zone: SitePlan.Zone) {
        named(zone.name, .zones, zone.id)
        onMap(zone.map, .zones, zone.id, zone.name)
        within(zone.corners, .zones, zone.id, zone.name)
        if zone.corners.count < 3 || zone.corners.count > SiteLimits.corners || !(SiteGeometry.area(zone.corners) > 0) {
            add(
                .corners, .zones, zone.id,
                Words(
                    "\(zone.name.ko): 꼭짓점이 3–\(SiteLimits.corners)개이고 넓이가 있어야 합니다.",
                    "\(zone.name.en): a zone has 3 to \(SiteLimits.corners) corners and an area between them."))
        }
        switch zone.rule {
        case .speed(let most) where !(most > 0 && most <= SiteLimits.speed): speed(.zones, zone.id, zone.name)
        case .cost(let times) where !(times > 0 && times <= 1_000):
            add(
                .zone, .zones, zone.id,
                Words(
                    "\(zone.name.ko): 비용 배수는 0보다 크고 1000 이하여야 합니다.",
                    "\(zone.name.en): a cost is above 0 and at most 1000."))
        case .capacity(let most) where most != 1:
            add(
                .zone, .zones, zone.id,
                Words(
                    "\(zone.name.ko): 한 번에 1대만 들어갈 수 있습니다.",
                    "\(zone.name.en): only 1 vehicle at once can be asked for."))
        default: break
        }
    }

    private mutating func speed(_ list: SiteFault.Place.List, _ id: String, _ place: Words) {
        add(
            .speed, list, id,
            Words(
                "\(place.ko): 속도는 0보다 크고 \(SiteLimits.speed) m/s 이하여야 합니다.",
                "\(place.en): the speed is above 0 and at most \(SiteLimits.speed) m/s."))
    }

    mutating func checkLifts() {
        var owner: [String: String] = [:]
        for lift in plan.lifts {
            patience(lift.patience, .lifts, lift.id, lift.name)
            for stop in lift.stops where nodes[stop] == nil { unknown(stop, .lifts, lift.id, lift.name) }
            for stop in lift.stops {
                if let other = owner.updateValue(lift.id, forKey: stop), other != lift.id {
                    add(
                        .stops, .lifts, lift.id,
                        Words(
                            "\(lift.name.ko): \(place(stop).ko)은(는) 다른 승강기 ‘\(other)’ 안에 있습니다.",
                            "\(lift.name.en): \(place(stop).en) is inside the lift “\(other)” already."))
                }
            }
            let floors = lift.stops.compactMap { nodes[$0]?.map }
            if lift.stops.count < 2 || Set(floors).count != floors.count {
                add(
                    .stops, .lifts, lift.id,
                    Words(
                        "\(lift.name.ko): 서로 다른 층에 하나씩, 두 곳 이상에 서야 합니다.",
                        "\(lift.name.en): a lift stops on two floors or more, once on each."))
            }
        }
    }

    private mutating func unknown(_ node: String, _ list: SiteFault.Place.List, _ id: String, _ place: Words) {
        add(
            .node, list, id,
            Words("\(place.ko): ‘\(node)’ 지점이 도면에 없습니다.", "\(place.en): the plan has no node “\(node)”."))
    }

    mutating func checkEdges() {
        let doors = Set(plan.doors.map(\.id))
        let lifts = Dictionary(plan.lifts.map { ($0.id, $0) }, uniquingKeysWith: { one, _ in one })
        var between: [Set<String>: SitePlan.Edge] = [:]
        var (ins, outs): ([String: [SitePlan.Edge]], [String: [SitePlan.Edge]]) = ([:], [:])
        for edge in plan.edges {
            let name = Words(
                "길 ‘\(edge.id)’ (\(place(edge.from).ko) – \(place(edge.to).ko))",
                "Edge “\(edge.id)” (\(place(edge.from).en) – \(place(edge.to).en))")
            check(edge, name)
            if let door = edge.door, !doors.contains(door) {
                add(
                    .door, .edges, edge.id,
                    Words("\(name.ko): ‘\(door)’ 문이 도면에 없습니다.", "\(name.en): the plan has no door “\(door)”."))
            }
            guard let from = nodes[edge.from], let to = nodes[edge.to] else { continue }
            check(edge, from, to, lifts: lifts, name)
            if let other = between.updateValue(edge, forKey: [edge.from, edge.to]) {
                againstEachOther(edge, other, name)
            }
            outs[edge.from, default: []].append(edge)
            ins[edge.to, default: []].append(edge)
            if edge.isTwoWay {
                outs[edge.to, default: []].append(edge)
                ins[edge.from, default: []].append(edge)
            }
        }
        for node in plan.nodes { meet(node, ins: ins[node.id] ?? [], outs: outs[node.id] ?? []) }
    }

    private mutating func check(_ edge: SitePlan.Edge, _ name: Words) {
        for end in [edge.from, edge.to] where nodes[end] == nil { unknown(end, .edges, edge.id, name) }
        if !(edge.speed > 0 && edge.speed <= SiteLimits.speed) { speed(.edges, edge.id, name) }
        if !(abs(edge.slope) <= SiteLimits.slope) {
            add(
                .slope, .edges, edge.id,
                Words(
                    "\(name.ko): 경사는 ±\(Int(SiteLimits.slope))% 안이어야 합니다.",
                    "\(name.en): the slope stays within ±\(Int(SiteLimits.slope)) %."))
        }
        if let width = edge.width, !(width >= plan.footprint * 2 && width <= 100) {
            add(
                .width, .edges, edge.id,
                Words(
                    "\(name.ko): 폭 \(width) m로는 지름 \(plan.footprint * 2) m인 로봇이 지나지 못합니다.",
                    "\(name.en): a vehicle of \(plan.footprint * 2) m does not pass where it is \(width) m wide."))
        }
    }

    private mutating func check(
        _ edge: SitePlan.Edge, _ from: SitePlan.Node, _ to: SitePlan.Node, lifts: [String: SitePlan.Lift], _ name: Words
    ) {
        if let lift = edge.lift {
            let stops = lifts[lift]?.stops ?? []
            if from.map == to.map || !stops.contains(edge.from) || !stops.contains(edge.to) {
                add(
                    .lift, .edges, edge.id,
                    Words(
                        "\(name.ko): 승강기 ‘\(lift)’이(가) 서는 두 층을 이어야 합니다.",
                        "\(name.en): an edge of the lift “\(lift)” joins two floors where it stops."))
            }
        } else if from.map != to.map {
            add(
                .lift, .edges, edge.id,
                Words("\(name.ko): 층과 층은 승강기로만 이을 수 있습니다.", "\(name.en): only a lift joins two floors."))
        } else if edge.from == edge.to || SiteGeometry.distance(from.point, to.point) < SiteLimits.length {
            add(
                .length, .edges, edge.id,
                Words(
                    "\(name.ko): 두 끝이 \(SiteLimits.length) m 넘게 떨어져야 합니다.",
                    "\(name.en): its ends are further apart than \(SiteLimits.length) m."))
        }
    }

    /// Two edges between the same two nodes: against each other, or simply twice.
    private mutating func againstEachOther(_ edge: SitePlan.Edge, _ other: SitePlan.Edge, _ name: Words) {
        guard !edge.isTwoWay, !other.isTwoWay, edge.from != other.from else {
            return add(
                .double, .edges, edge.id,
                Words(
                    "\(name.ko): 길 ‘\(other.id)’이(가) 같은 두 곳을 잇습니다.",
                    "\(name.en): edge “\(other.id)” joins the same two."))
        }
        add(
            .oneWay, .edges, edge.id,
            Words(
                "\(name.ko): 길 ‘\(other.id)’과(와) 일방통행 방향이 서로 맞섭니다. 양방향 길 하나로 그려 주세요.",
                "\(name.en): it is one-way against “\(other.id)”. Draw one edge that is driven both ways."))
    }

    /// One-way edges that all lead to a node, or all away from it.
    private mutating func meet(_ node: SitePlan.Node, ins: [SitePlan.Edge], outs: [SitePlan.Edge]) {
        guard ins.isEmpty != outs.isEmpty else { return }
        let edges = (ins + outs).map(\.id).joined(separator: ", ")
        add(
            .oneWay, .nodes, node.id,
            outs.isEmpty
                ? Words(
                    "\(place(node.id).ko): 일방통행(\(edges))이 들어오기만 하고 나가는 길이 없습니다.",
                    "\(place(node.id).en): one-way edges (\(edges)) lead in and none leads out.")
                : Words(
                    "\(place(node.id).ko): 일방통행(\(edges))이 나가기만 하고 들어오는 길이 없습니다.",
                    "\(place(node.id).en): one-way edges (\(edges)) lead out and none leads in."))
    }
}
