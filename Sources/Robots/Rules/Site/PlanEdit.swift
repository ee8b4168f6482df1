import District
import Record

/// One small change of a draft, as the map page makes it.
enum PlanEdit: Sendable, Hashable {
    /// A node comes, or takes the place of the one of its id.
    case node(SitePlan.Node)
    case move(node: String, x: Double, y: Double)
    /// A node goes, and with it every edge and stop at it.
    case removeNode(String)
    /// An edge comes, or takes the place of the one of its id.
    case edge(SitePlan.Edge)
    case removeEdge(String)
    case zone(SitePlan.Zone)
    case removeZone(String)
    case floor(SitePlan.Floor)
    /// All of it at once: a file that was read.
    case whole(SitePlan)

    /// The plan after the change. What the compiler would refuse is not looked at: a draft may be half done.
    /// - Throws: ``Refusal`` where what is to be changed is not there.
    func applied(to plan: SitePlan) throws(Refusal) -> SitePlan {
        var plan = plan
        switch self {
        case .node(let node):
            guard plan.maps.contains(where: { $0.id == node.map }) else { throw Self.unknown("map", node.map) }
            put(node, in: &plan.nodes, \.id)
        case .move(let id, let x, let y):
            guard let index = plan.nodes.firstIndex(where: { $0.id == id }) else { throw Self.unknown("node", id) }
            (plan.nodes[index].x, plan.nodes[index].y) = (x, y)
        case .removeNode(let id):
            try remove(id, from: &plan.nodes, \.id, "node")
            plan.edges.removeAll { $0.from == id || $0.to == id }
            for index in plan.lifts.indices { plan.lifts[index].stops.removeAll { $0 == id } }
        case .edge(let edge):
            for end in [edge.from, edge.to] where !plan.nodes.contains(where: { $0.id == end }) {
                throw Self.unknown("node", end)
            }
            put(edge, in: &plan.edges, \.id)
        case .removeEdge(let id): try remove(id, from: &plan.edges, \.id, "edge")
        case .zone(let zone):
            guard plan.maps.contains(where: { $0.id == zone.map }) else { throw Self.unknown("map", zone.map) }
            put(zone, in: &plan.zones, \.id)
        case .removeZone(let id): try remove(id, from: &plan.zones, \.id, "zone")
        case .floor(let floor): put(floor, in: &plan.maps, \.id)
        case .whole(let other): plan = other
        }
        return plan
    }

    private func put<Element>(_ element: Element, in list: inout [Element], _ id: KeyPath<Element, String>) {
        if let index = list.firstIndex(where: { $0[keyPath: id] == element[keyPath: id] }) {
            list[index] = element
        } else {
            list.append(element)
        }
    }

    private func remove<Element>(
        _ id: String, from list: inout [Element], _ key: KeyPath<Element, String>, _ field: String
    ) throws(Refusal) {
        guard let index = list.firstIndex(where: { $0[keyPath: key] == id }) else { throw Self.unknown(field, id) }
        list.remove(at: index)
    }

    private static func unknown(_ field: String, _ id: String) -> Refusal {
        let words = Words("초안에 ‘\(id)’이(가) 없습니다.", "The draft has no “\(id)”.")
        return Refusal(
            .conflict, "site.draft", Words("초안이 그사이 바뀌었습니다.", "The draft has changed meanwhile."),
            faults: [.init(field: field, rule: "reference", words: words)])
    }

    /// As its event carries it.
    var json: JSON {
        switch self {
        case .node(let node): ["do": "node", "node": node.json]
        case .move(let id, let x, let y): ["do": "move", "id": .string(id), "x": .number(x), "y": .number(y)]
        case .removeNode(let id): ["do": "remove-node", "id": .string(id)]
        case .edge(let edge): ["do": "edge", "edge": edge.json]
        case .removeEdge(let id): ["do": "remove-edge", "id": .string(id)]
        case .zone(let zone): ["do": "zone", "zone": zone.json]
        case .removeZone(let id): ["do": "remove-zone", "id": .string(id)]
        case .floor(let floor): ["do": "floor", "id": .string(floor.id), "name": floor.name.json]
        case .whole(let plan): ["do": "plan", "plan": plan.json]
        }
    }

    /// From its event; nil where it is none.
    init?(_ json: JSON) {
        var reader = PlanReader()
        let id = json["id"]?.text ?? ""
        switch json["do"]?.text {
        case "node": self = .node(PlanJSON.node(json["node"] ?? .null, "", &reader))
        case "move": self = .move(node: id, x: reader.number(json, "x", ""), y: reader.number(json, "y", ""))
        case "remove-node": self = .removeNode(id)
        case "edge": self = .edge(PlanJSON.edge(json["edge"] ?? .null, "", &reader))
        case "remove-edge": self = .removeEdge(id)
        case "zone": self = .zone(PlanJSON.zone(json["zone"] ?? .null, "", &reader))
        case "remove-zone": self = .removeZone(id)
        case "floor": self = .floor(SitePlan.Floor(id: id, name: reader.words(json, "name", "")))
        case "plan":
            guard let plan = try? PlanJSON.read(json["plan"] ?? .null) else { return nil }
            self = .whole(plan)
        default: return nil
        }
        guard reader.faults.isEmpty else { return nil }
    }
}

extension SitePlan {
    /// A plan with nothing on it but one floor, from which drawing begins.
    static func empty(id: String, name: Words) -> SitePlan {
        SitePlan(
            id: id, name: name, maps: [Floor(id: "1F", name: Words("1층", "1F"))], nodes: [], edges: [], zones: [],
            lifts: [], doors: [], footprint: 0.4)
    }

    /// The things of the Twin that its zones and nodes stand for.
    var things: [String] { (zones.compactMap(\.thing) + nodes.compactMap(\.thing)).map(\.rawValue) }

    /// An id that nothing of a kind has yet: the letter and the next number.
    static func free(_ letter: String, among ids: [String]) -> String {
        let taken = Set(ids)
        var number = ids.count + 1
        while taken.contains("\(letter)\(number)") { number += 1 }
        return "\(letter)\(number)"
    }
}
