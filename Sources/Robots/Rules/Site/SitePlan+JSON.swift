import Record

/// How the Record keeps a plan.
extension SitePlan {
    /// The plan as events and files carry it; what is as usual is left out.
    var json: JSON {
        [
            "id": .string(id), "name": name.json, "footprint": .number(footprint),
            "maps": .array(maps.map { ["id": .string($0.id), "name": $0.name.json] }),
            "nodes": .array(nodes.map(\.json)), "edges": .array(edges.map(\.json)),
            "zones": .array(zones.map(\.json)),
            "lifts": .array(
                lifts.map { lift in
                    [
                        "id": .string(lift.id), "name": lift.name.json, "patience": .number(lift.patience),
                        "stops": .array(lift.stops.map { .string($0) }),
                    ]
                }),
            "doors": .array(
                doors.map { ["id": .string($0.id), "name": $0.name.json, "patience": .number($0.patience)] }),
        ]
    }

    /// The SHA-256 of the plan's canonical text: its edition.
    var edition: String { ContentHash.sha256(json.canonicalText.utf8) }
}

extension SitePlan.Node {
    var json: JSON {
        var members: [String: JSON] = [
            "id": .string(id), "map": .string(map), "x": .number(x), "y": .number(y),
        ]
        if let name { members["name"] = name.json }
        if kind != .way { members["kind"] = .string(kind.rawValue) }
        if loading != .person { members["loading"] = .string(loading.rawValue) }
        if let thing { members["thing"] = .string(thing.rawValue) }
        return .object(members)
    }
}

extension SitePlan.Edge {
    var json: JSON {
        var members: [String: JSON] = [
            "id": .string(id), "from": .string(from), "to": .string(to), "speed": .number(speed),
        ]
        if !isTwoWay { members["two_way"] = false }
        if slope != 0 { members["slope"] = .number(slope) }
        if let width { members["width"] = .number(width) }
        if let lift { members["lift"] = .string(lift) }
        if let door { members["door"] = .string(door) }
        return .object(members)
    }
}

extension SitePlan.Zone {
    var json: JSON {
        var members: [String: JSON] = [
            "id": .string(id), "name": name.json, "map": .string(map), "rule": .string(rule.name),
            "corners": .array(corners.map { [.number($0.x), .number($0.y)] }),
        ]
        if let value = rule.value { members["value"] = .number(value) }
        if let thing { members["thing"] = .string(thing.rawValue) }
        return .object(members)
    }
}

extension SitePlan.Zone.Rule {
    var name: String {
        switch self {
        case .blocked: "blocked"
        case .speed: "speed"
        case .cost: "cost"
        case .capacity: "capacity"
        case .named: "named"
        }
    }

    /// The number that goes with the rule, where one does.
    var value: Double? {
        switch self {
        case .blocked, .named: nil
        case .speed(let most): most
        case .cost(let times): times
        case .capacity(let most): Double(most)
        }
    }

    /// A rule from its name and number; nil where the one needs what the other is not.
    init?(name: String, value: Double?) {
        switch (name, value) {
        case ("blocked", _): self = .blocked
        case ("named", _): self = .named
        case ("speed", let most?): self = .speed(most)
        case ("cost", let times?): self = .cost(times)
        case ("capacity", let most?):
            guard let most = Int(exactly: most) else { return nil }
            self = .capacity(most)
        default: return nil
        }
    }
}
