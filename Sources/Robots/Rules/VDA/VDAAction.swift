import Record

/// Something a vehicle is to do, at a node or at once.
struct VDAAction: Sendable, Hashable {
    var id: String
    var type: String
    /// NONE, SOFT, HARD; 3.0 also SINGLE.
    var blocking = "HARD"
    var parameters: [String: JSON] = [:]

    init(id: String, type: String, blocking: String = "HARD", parameters: [String: JSON] = [:]) {
        self.id = id
        self.type = type
        self.blocking = blocking
        self.parameters = parameters
    }

    init(_ action: RouteAction, blocking: String = "HARD") {
        self.init(id: action.id, type: action.type, blocking: blocking, parameters: action.parameters)
    }

    init(_ json: JSON) {
        self.init(
            id: json["actionId"]?.text ?? "", type: json["actionType"]?.text ?? "",
            blocking: json["blockingType"]?.text ?? "HARD",
            parameters: Dictionary(
                (json["actionParameters"]?.elements ?? []).compactMap { one in
                    one["key"]?.text.flatMap { key in one["value"].map { (key, $0) } }
                }, uniquingKeysWith: { $1 }))
    }

    var json: JSON {
        .sparse([
            "actionId": .string(id), "actionType": .string(type), "blockingType": .string(blocking),
            "actionParameters": parameters.isEmpty
                ? .null
                : .array(
                    parameters.sorted { $0.key < $1.key }.map { ["key": .string($0.key), "value": $0.value] }),
        ])
    }

    /// A message of instant actions.
    static func message(_ actions: [VDAAction], _ header: VDAHeader, _ address: VDAAddress) -> JSON {
        var members = header.members(address)
        members["actions"] = .array(
            actions.map { action in
                var action = action
                // Version 3 allows nothing else at once; version 2 leaves it open.
                action.blocking = "NONE"
                return action.json
            })
        return .object(members)
    }
}
