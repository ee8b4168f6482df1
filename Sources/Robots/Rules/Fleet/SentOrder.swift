import Record

/// The order that a vehicle was last sent: what of it stands in the journal, so that it is known after any end.
struct SentOrder: Sendable, Hashable {
    var id: String
    var update: Int
    var fence: Int64
    var site: String
    /// What the last message held: from the stitching node on.
    var steps: [Route.Step]
    /// How many of them are released.
    var released: Int
    /// Every node that was ever released, by sequence.
    var known: [Int: String] = [:]
    /// Every action that was ever released.
    var actions: Set<String> = []
    /// Where the vehicle was when the order left.
    var from = ""
    /// How far from its first node the vehicle stood when it left, in metres, where it stood between nodes.
    var offset: Double?
    /// The farthest sequence that it has reached in it.
    var reached = -1
    /// Whether the vehicle has said that it has it.
    var isTaken = false
    /// When it was last sent, and how often.
    var sent: Timestamp
    var attempts = 1
    /// Whether the vehicle takes no longer messages, and some of the way is therefore still to be told.
    var isCut = false

    /// The end of the base: the vehicle drives no farther.
    var end: Route.Step? { released > 0 && released <= steps.count ? steps[released - 1] : nil }
    /// Whether nothing of the way is left to be released.
    var isWhole: Bool { released == steps.count && !isCut }
    /// The message.
    var order: VDAOrder {
        var order = VDAOrder(id: id, update: update, steps: steps[...], released: released)
        // Half a metre more than it is away: where it says to be and where it takes itself to be differ a little.
        if update == 0, let offset { order.nodes[0].place?.deviation = offset + 0.5 }
        return order
    }

    /// Leaves out what one message may not hold: of the horizon, and where that is not enough of the base.
    /// - Returns: whether some of the base is still to follow.
    mutating func cut(to most: Int?) -> Bool {
        isCut = false
        guard let most, steps.count > most else { return false }
        isCut = true
        steps = Array(steps.prefix(most))
        defer { released = min(released, most) }
        return released > most
    }

    mutating func remember() {
        for step in steps.prefix(released) {
            known[step.sequence] = step.node
            actions.formUnion(step.actions.map(\.id))
        }
    }
}

extension SentOrder {
    /// As the journal keeps it.
    var json: JSON {
        [
            "id": .string(id), "update": .number(Double(update)), "fence": .decimal(fence), "site": .string(site),
            "released": .number(Double(released)), "steps": .array(steps.map(\.json)),
            "known": .object(Dictionary(uniqueKeysWithValues: known.map { ("\($0.key)", .string($0.value)) })),
            "actions": .array(actions.sorted().map { .string($0) }), "sent": .decimal(sent.microseconds),
            "from": .string(from), "cut": .bool(isCut), "offset": .optional(offset),
            "reached": .number(Double(reached)),
        ]
    }

    init?(_ json: JSON) {
        guard let id = json["id"]?.text, let update = json["update"]?.integer, let fence = json["fence"]?.integer,
            let released = json["released"]?.integer, let sent = json["sent"]?.integer
        else { return nil }
        self.init(
            id: id, update: Int(update), fence: fence, site: json["site"]?.text ?? "",
            steps: (json["steps"]?.elements ?? []).compactMap { Route.Step($0) }, released: Int(released),
            sent: Timestamp(microseconds: sent))
        known = Dictionary(
            (json["known"]?.members ?? [:]).compactMap { pair in
                Int(pair.key).flatMap { number in pair.value.text.map { (number, $0) } }
            }, uniquingKeysWith: { $1 })
        isCut = json["cut"]?.bool ?? false
        from = json["from"]?.text ?? ""
        offset = json["offset"]?.double
        reached = Int(json["reached"]?.integer ?? -1)
        actions = Set((json["actions"]?.elements ?? []).compactMap(\.text))
    }
}

extension Route.Step {
    var json: JSON {
        .sparse([
            "sequence": .number(Double(sequence)), "node": .string(node), "edge": edge.map { .string($0) } ?? .null,
            "map": .string(map), "x": .number(x), "y": .number(y), "speed": .optional(speed),
            "actions": .array(
                actions.map {
                    ["id": .string($0.id), "type": .string($0.type), "parameters": .object($0.parameters)]
                }),
        ])
    }

    init?(_ json: JSON) {
        guard let sequence = json["sequence"]?.integer, let node = json["node"]?.text else { return nil }
        self.init(
            sequence: Int(sequence), node: node, edge: json["edge"]?.text, map: json["map"]?.text ?? "",
            x: json["x"]?.double ?? 0, y: json["y"]?.double ?? 0, speed: json["speed"]?.double,
            actions: (json["actions"]?.elements ?? []).map {
                RouteAction(
                    id: $0["id"]?.text ?? "", type: $0["type"]?.text ?? "", parameters: $0["parameters"]?.members ?? [:]
                )
            })
    }
}
