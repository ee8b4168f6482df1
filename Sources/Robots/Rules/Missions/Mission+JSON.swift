import Record

extension Mission.Stop {
    /// As events and tables carry it.
    var json: JSON {
        var members: [String: JSON] = [
            "node": .string(node), "task": .string(task.rawValue), "proof": .string(proof.rawValue),
            "patience": .number(patience),
        ]
        if loading != .automatic { members["loading"] = .string(loading.rawValue) }
        return .object(members)
    }

    /// From what an event carries; nil where it is none.
    init?(_ json: JSON) {
        guard let node = json["node"]?.text, let task = json["task"]?.text.flatMap({ Task(rawValue: $0) }) else {
            return nil
        }
        self.init(
            node: node, task: task, proof: json["proof"]?.text.flatMap { Proof(rawValue: $0) } ?? .none,
            patience: json["patience"]?.double ?? 180,
            loading: json["loading"]?.text.flatMap { Loading(rawValue: $0) } ?? .automatic)
    }
}

extension ColdLimit {
    var json: JSON {
        ["celsius": .number(celsius), "thing": .string(thing.rawValue), "property": .string(property)]
    }

    init?(_ json: JSON?) {
        guard let celsius = json?["celsius"]?.double, let thing = json?["thing"]?.text,
            let property = json?["property"]?.text
        else { return nil }
        self.init(celsius: celsius, thing: ThingID(thing), property: property)
    }
}

extension Promise {
    /// As ``MissionPromised`` reads it.
    var payload: [String: JSON] {
        ["due": .string(due.description), "late": .string(late.description)]
    }

    init?(_ payload: [String: JSON]) {
        guard let due = payload["due"]?.text.flatMap({ Timestamp(iso8601: $0) }),
            let late = payload["late"]?.text.flatMap({ Timestamp(iso8601: $0) })
        else { return nil }
        self.init(due: due, late: late)
    }
}
