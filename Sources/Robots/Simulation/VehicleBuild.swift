import Record

/// What a simulated vehicle is like.
struct VehicleBuild: Sendable, Hashable {
    var series = "Simulated carrier"
    /// m/s, m/s², rad/s.
    var speed = 1.2
    var acceleration = 0.6
    var turning = 1.2
    /// m and kg. It turns within the narrowest of the sample's sites.
    var length = 0.56, width = 0.4, height = 1.2
    var load = 60.0
    /// Per cent of the battery for each metre driven, each second awake, and each second at a charger.
    var perMetre = 0.008
    var perSecond = 0.0006
    var chargePerSecond = 0.04
    /// How long it takes up, or lays down, a load, in seconds.
    var handling = 8.0
    /// How long a lift takes from one floor to another.
    var lift = 15.0
    /// The chance that something is in its way at an edge.
    var delays = 0.0
    /// Faults in an hour of driving, on average.
    var faults = 0.0

    /// What it does at nodes.
    static let actions: Set<String> = [
        "pick", "drop", "startCharging", "stopCharging", "waitForTrigger", "openLift", "closeLift", "openDoor", "visit",
        "look", "speak", "dock", "undock",
    ]
    /// What it does at once.
    static let instantActions: Set<String> = [
        "cancelOrder", "startPause", "stopPause", "startCharging", "stopCharging", "stateRequest", "factsheetRequest",
        "initPosition", "trigger",
    ]
    /// What it does at once besides in version 3.0.
    static let zoneActions: Set<String> = ["enableZoneSet", "deleteZoneSet"]

    /// The factsheet, as a version writes it.
    func factsheet(_ header: VDAHeader, _ address: VDAAddress) -> JSON {
        var members = header.members(address)
        let isNew = address.version == .v30
        func named(_ old: String, _ new: String) -> String { isNew ? new : old }
        func action(_ type: String, _ scope: String) -> JSON {
            var members: [String: JSON] = ["actionType": .string(type), "actionScopes": [.string(scope)]]
            if isNew {
                members["pauseAllowed"] = false
                members["cancelAllowed"] = true
            }
            return .object(members)
        }
        var type: [String: JSON] = [
            "seriesName": .string(series),
            named("agvKinematic", "mobileRobotKinematics"):
                .string(named("DIFF", "DIFFERENTIAL")),
            named("agvClass", "mobileRobotClass"): "CARRIER",
            named("maxLoadMass", "maximumLoadMass"): .number(load), "localizationTypes": ["NATURAL"],
            "navigationTypes": [.string(named("AUTONOMOUS", "FREELY_NAVIGATING"))],
        ]
        if isNew { type["supportedZones"] = .array(SimulatedZones.kinds.map { .string($0) }) }
        members["typeSpecification"] = .object(type)
        members["physicalParameters"] = [
            named("speedMin", "minimumSpeed"): 0, named("speedMax", "maximumSpeed"): .number(speed),
            named("accelerationMax", "maximumAcceleration"): .number(acceleration),
            named("decelerationMax", "maximumDeceleration"): .number(acceleration),
            named("heightMin", "minimumHeight"): .number(height),
            named("heightMax", "maximumHeight"): .number(height), "width": .number(width), "length": .number(length),
        ]
        members["protocolLimits"] = [
            named("maxStringLens", "maximumStringLengths"): [:], named("maxArrayLens", "maximumArrayLengths"): [:],
            "timing": [
                named("minOrderInterval", "minimumOrderInterval"): 0.1,
                named("minStateInterval", "minimumStateInterval"): 0.1,
            ],
        ]
        members["protocolFeatures"] = [
            "optionalParameters": [],
            named("agvActions", "mobileRobotActions"): .array(
                Self.actions.sorted().map { action($0, "NODE") }
                    + Self.instantActions.union(isNew ? Self.zoneActions : []).sorted().map { action($0, "INSTANT") }),
        ]
        members[named("agvGeometry", "mobileRobotGeometry")] = [:]
        members["loadSpecification"] = ["loadPositions": ["top"]]
        return .object(members)
    }
}
