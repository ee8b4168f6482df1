/// The versions of VDA 5050 that vehicles may speak here.
enum VDAVersion: String, Sendable, Hashable, CaseIterable {
    case v21 = "2.1.0"
    case v30 = "3.0.0"

    /// The level of the topics that names the version.
    var level: String {
        switch self {
        case .v21: "v2"
        case .v30: "v3"
        }
    }

    /// The first level of the topics, where the vehicle has not shown another: the standard proposes these.
    var interface: String {
        switch self {
        case .v21: "uagv"
        case .v30: "vda5050"
        }
    }

    /// The file of our rules.
    var file: String {
        switch self {
        case .v21: "vda5050-2.1.json"
        case .v30: "vda5050-3.0.json"
        }
    }
}

/// What a message is about: the last level of its topic.
enum VDATopic: String, Sendable, Hashable, CaseIterable {
    case order, instantActions, state, connection, factsheet, visualization, zoneSet, responses

    /// What vehicles say; the rest is said to them.
    static let fromVehicles: Set<VDATopic> = [.state, .connection, .factsheet, .visualization]
}

/// Where a message of a vehicle goes or comes from: `uagv/v2/narae/nr-01/state`.
struct VDAAddress: Sendable, Hashable, CustomStringConvertible {
    /// `uagv` (version 2 and older vehicles) or `vda5050` (proposed by version 3).
    var interface: String
    var version: VDAVersion
    var vehicle: VehicleID

    /// The interface names that are listened to.
    static let interfaces = ["uagv", "vda5050"]

    init(_ vehicle: VehicleID, version: VDAVersion, interface: String? = nil) {
        self.vehicle = vehicle
        self.version = version
        self.interface = interface ?? version.interface
    }

    /// Reads a topic; nil where it is none of VDA 5050.
    static func read(_ topic: String) -> (address: VDAAddress, topic: VDATopic)? {
        let levels = topic.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard levels.count == 5, interfaces.contains(levels[0]), !levels[2].isEmpty, !levels[3].isEmpty,
            let version = VDAVersion.allCases.first(where: { $0.level == levels[1] }),
            let kind = VDATopic(rawValue: levels[4])
        else { return nil }
        let vehicle = VehicleID(manufacturer: levels[2], serial: levels[3])
        return (VDAAddress(vehicle, version: version, interface: levels[0]), kind)
    }

    func topic(_ topic: VDATopic) -> String {
        "\(description)/\(topic.rawValue)"
    }

    var description: String { "\(interface)/\(version.level)/\(vehicle.manufacturer)/\(vehicle.serial)" }
}
