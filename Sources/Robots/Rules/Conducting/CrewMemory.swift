import Record

/// What the journal keeps of a vehicle: what it holds and which order it drives.
struct CrewMemory: Sendable, Hashable {
    var steps: Int
    var nodes: [String]
    var drive: Crew.Drive?
    var orders: Int
    var done: String?
    var failed: String?
    var isPaused = false

    init(
        steps: Int, nodes: [String], drive: Crew.Drive?, orders: Int, done: String?, failed: String?, isPaused: Bool
    ) {
        self.steps = steps
        self.nodes = nodes
        self.drive = drive
        self.orders = orders
        self.done = done
        self.failed = failed
        self.isPaused = isPaused
    }

    /// Of a vehicle of which nothing is known but that no order was numbered above a fence.
    init(after fence: Int64) {
        self.init(steps: 0, nodes: [], drive: nil, orders: Int(fence), done: nil, failed: nil, isPaused: false)
    }

    /// As the journal carries it.
    var json: JSON {
        var members: [String: JSON] = [
            "steps": .decimal(Int64(steps)), "nodes": .array(nodes.map { .string($0) }),
            "orders": .decimal(Int64(orders)), "paused": .bool(isPaused),
        ]
        if let done { members["done"] = .string(done) }
        if let failed { members["failed"] = .string(failed) }
        if let drive {
            var order: [String: JSON] = ["id": .string(drive.id), "base": .decimal(Int64(drive.base))]
            order["last"] = .bool(drive.isLast)
            if let errand = drive.errand { order["errand"] = .string(errand) }
            members["drive"] = .object(order)
        }
        return .object(members)
    }

    /// Reads what the journal carries; nil where it is another.
    init?(_ json: JSON) {
        guard let steps = json["steps"]?.integer, let nodes = json["nodes"]?.elements?.compactMap(\.text),
            let orders = json["orders"]?.integer
        else { return nil }
        var drive: Crew.Drive?
        if let id = json["drive"]?["id"]?.text, let base = json["drive"]?["base"]?.integer {
            drive = Crew.Drive(
                id: id, base: Int(base), errand: json["drive"]?["errand"]?.text,
                isLast: json["drive"]?["last"]?.bool ?? false)
        }
        self.init(
            steps: Int(steps), nodes: nodes, drive: drive, orders: Int(orders), done: json["done"]?.text,
            failed: json["failed"]?.text, isPaused: json["paused"]?.bool ?? false)
    }
}
