import Record

/// Areas with a rule, as vehicles of version 3.0 are told them.
struct VDAZoneSet: Sendable, Hashable {
    var id: String
    var map: String
    var zones: [SitePlan.Zone]

    /// The zones of one floor of a site that VDA 5050 has a word for.
    init(_ plan: SitePlan, map: String, edition: String) {
        id = "\(plan.id)-\(map)-\(edition)"
        self.map = map
        zones = plan.zones.filter { $0.map == map && $0.rule != .named }
    }

    /// The message.
    func json(_ header: VDAHeader, _ address: VDAAddress) -> JSON {
        var members = header.members(address)
        members["zoneSet"] = [
            "mapId": .string(map), "zoneSetId": .string(id), "zones": .array(zones.compactMap(\.message)),
        ]
        return .object(members)
    }
}

extension SitePlan.Zone {
    fileprivate var message: JSON? {
        var members: [String: JSON] = [
            "zoneId": .string(id), "zoneDescriptor": .string(name.en),
            "vertices": .array(corners.map { ["x": .number($0.x), "y": .number($0.y)] }),
        ]
        switch rule {
        case .blocked: members["zoneType"] = "BLOCKED"
        case .speed(let limit):
            members["zoneType"] = "SPEED_LIMIT"
            members["maximumSpeed"] = .number(limit)
        case .cost(let factor) where factor >= 1:
            members["zoneType"] = "PENALTY"
            // 1 is "as if there were no zone", and endless cost "only where there is no other way".
            members["penaltyFactor"] = .number(1 - 1 / factor)
        case .cost(let factor):
            members["zoneType"] = "PRIORITY"
            members["priorityFactor"] = .number(min(1, max(0, 1 - factor)))
        case .capacity:
            members["zoneType"] = "RELEASE"
            members["releaseLossBehavior"] = "STOP"
        case .named: return nil
        }
        return .object(members)
    }
}

/// What fleet control answers to a vehicle's requests (3.0).
enum VDAAnswer: String, Sendable, Hashable {
    case granted = "GRANTED"
    case queued = "QUEUED"
    case revoked = "REVOKED"
    case rejected = "REJECTED"

    /// The message for these requests.
    static func json(
        _ answers: [(request: String, answer: VDAAnswer, until: Timestamp?)], _ header: VDAHeader,
        _ address: VDAAddress
    ) -> JSON {
        var members = header.members(address)
        members["responses"] = .array(
            answers.map { one in
                .sparse([
                    "requestId": .string(one.request), "grantType": .string(one.answer.rawValue),
                    "leaseExpiry": one.until.map { .string(VDAHeader.moment($0)) } ?? .null,
                ])
            })
        return .object(members)
    }
}
