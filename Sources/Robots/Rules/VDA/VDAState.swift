import Record

/// What a vehicle says of itself, in the words of either version.
struct VDAState: Sendable, Hashable {
    var order = ""
    var update = 0
    var lastNode = ""
    var lastSequence = 0
    /// The nodes and edges of the order still before it.
    var nodes: [Ahead] = []
    var edges: [Ahead] = []
    /// All actions: of the order, at once (3.0), of zones (3.0).
    var actions: [ActionState] = []
    var isDriving = false
    var isPaused = false
    /// Whether it says so at all (optional in 2.1).
    var isPauseKnown = true
    /// It will soon be at the end of its base.
    var wantsBase = false
    var position: VehicleReport.Position?
    /// m/s.
    var speed: Double?
    /// 0…100, and whether it is being charged.
    var charge: Double?
    var isCharging = false
    var mode = "AUTOMATIC"
    /// AUTOACK (2.1), MANUAL, REMOTE or NONE.
    var emergencyStop = "NONE"
    /// Something is in the protective field.
    var fieldViolation = false
    var errors: [Fault] = []
    /// Requests to use a zone or a corridor, whatever became of them (3.0).
    var requests: [Request] = []
    /// The zone sets that it keeps (3.0).
    var zoneSets: [ZoneSet] = []

    struct Ahead: Sendable, Hashable {
        var id: String
        var sequence: Int
        var isReleased: Bool
    }

    struct ActionState: Sendable, Hashable {
        var id: String
        var type: String?
        /// WAITING, INITIALIZING, RUNNING, PAUSED, RETRIABLE (3.0), FINISHED, FAILED.
        var status: String
        /// At once, not of the order (3.0 says so).
        var isInstant = false
        var result: String?
    }

    /// A set of zones that the vehicle keeps for one map; at most one of a map is in force.
    struct ZoneSet: Sendable, Hashable {
        var id: String
        var map: String
        var isEnabled: Bool
    }

    /// What a vehicle asks for besides its order.
    struct Request: Sendable, Hashable {
        var id: String
        var kind: Kind
        /// The zone or the edge.
        var place: String
        /// The zone set that names the zone; empty for an edge.
        var set = ""
        /// REQUESTED, GRANTED, REVOKED or EXPIRED.
        var status = "REQUESTED"

        enum Kind: String, Sendable, Hashable {
            /// To drive into a zone.
            case access = "ACCESS"
            /// To plan anew within a zone.
            case replanning = "REPLANNING"
            /// To leave the line of an edge.
            case corridor = "CORRIDOR"
        }

        /// Whether it is asked for, or is had by a grant that may run out.
        var isOpen: Bool { status == "REQUESTED" || status == "GRANTED" }
    }

    struct Fault: Sendable, Hashable {
        var type: String
        var level: String
        var text: String?
        /// What it is about: orderId, nodeId, actionId …
        var references: [String: String] = [:]
    }

    init() {}

    /// Reads a state that was checked.
    init(_ json: JSON) {
        func number(_ name: String) -> Int { Int(clamping: json[name]?.integer ?? 0) }
        order = json["orderId"]?.text ?? ""
        update = number("orderUpdateId")
        lastNode = json["lastNodeId"]?.text ?? ""
        lastSequence = number("lastNodeSequenceId")
        nodes = Self.ahead(json["nodeStates"], "nodeId")
        edges = Self.ahead(json["edgeStates"], "edgeId")
        actions =
            Self.actions(json["actionStates"], instant: false)
            + Self.actions(json["instantActionStates"], instant: true)
            + Self.actions(json["zoneActionStates"], instant: true)
        isDriving = json["driving"]?.bool ?? false
        isPaused = json["paused"]?.bool ?? false
        isPauseKnown = json["paused"]?.bool != nil
        wantsBase = json["newBaseRequest"]?.bool ?? false
        position = Self.position(json)
        if let velocity = json["velocity"], velocity["vx"] != nil || velocity["vy"] != nil {
            let (x, y) = (velocity["vx"]?.double ?? 0, velocity["vy"]?.double ?? 0)
            speed = (x * x + y * y).squareRoot()
        }
        let battery = json["batteryState"] ?? json["powerSupply"]
        charge = (battery?["batteryCharge"] ?? battery?["stateOfCharge"])?.double
        isCharging = battery?["charging"]?.bool ?? false
        mode = json["operatingMode"]?.text ?? "AUTOMATIC"
        let safety = json["safetyState"]
        emergencyStop = (safety?["eStop"] ?? safety?["activeEmergencyStop"])?.text ?? "NONE"
        fieldViolation = safety?["fieldViolation"]?.bool ?? false
        errors = (json["errors"]?.elements ?? []).map { error in
            Fault(
                type: error["errorType"]?.text ?? "", level: error["errorLevel"]?.text ?? "WARNING",
                text: error["errorDescription"]?.text,
                references: Dictionary(
                    (error["errorReferences"]?.elements ?? []).compactMap { one in
                        one["referenceKey"]?.text.flatMap { key in one["referenceValue"]?.text.map { (key, $0) } }
                    }, uniquingKeysWith: { $1 }))
        }
        requests = Self.requests(json)
        zoneSets = (json["zoneSets"]?.elements ?? []).map { one in
            ZoneSet(
                id: one["zoneSetId"]?.text ?? "", map: one["mapId"]?.text ?? "",
                isEnabled: one["zoneSetStatus"]?.text == "ENABLED")
        }
    }

    private static func requests(_ json: JSON) -> [Request] {
        [json["zoneRequests"], json["edgeRequests"]].flatMap { $0?.elements ?? [] }.compactMap { one in
            guard let kind = Request.Kind(rawValue: one["requestType"]?.text ?? "") else { return nil }
            return Request(
                id: one["requestId"]?.text ?? "", kind: kind,
                place: (kind == .corridor ? one["edgeId"] : one["zoneId"])?.text ?? "",
                set: one["zoneSetId"]?.text ?? "", status: one["requestStatus"]?.text ?? "")
        }
    }

    private static func ahead(_ json: JSON?, _ name: String) -> [Ahead] {
        (json?.elements ?? []).map { one in
            Ahead(
                id: one[name]?.text ?? "", sequence: Int(clamping: one["sequenceId"]?.integer ?? 0),
                isReleased: one["released"]?.bool ?? false)
        }
    }

    private static func actions(_ json: JSON?, instant: Bool) -> [ActionState] {
        (json?.elements ?? []).map { one in
            ActionState(
                id: one["actionId"]?.text ?? "", type: one["actionType"]?.text,
                status: one["actionStatus"]?.text ?? "WAITING", isInstant: instant,
                result: (one["resultDescription"] ?? one["actionResult"])?.text)
        }
    }

    /// Where a state or a visualization says that the vehicle is.
    static func position(_ json: JSON) -> VehicleReport.Position? {
        guard let place = json["agvPosition"] ?? json["mobileRobotPosition"], let map = place["mapId"]?.text,
            let x = place["x"]?.double, let y = place["y"]?.double
        else { return nil }
        return VehicleReport.Position(
            map: map, x: x, y: y, heading: place["theta"]?.double ?? 0,
            isLocalised: (place["positionInitialized"] ?? place["localized"])?.bool ?? true)
    }

    /// Whether an action has come to its end.
    static func isOver(_ status: String) -> Bool { status == "FINISHED" || status == "FAILED" }

    /// No way before it and nothing to do: it would take a new order.
    var isIdle: Bool { nodes.isEmpty && edges.isEmpty && actions.allSatisfy { Self.isOver($0.status) } }
}
