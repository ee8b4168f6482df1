import Record

/// Areas with a rule, as vehicles of version 3.0 are told them.
struct VDAZoneSet: Sendable, Hashable {
    var id: String
    var map: String
    var zones: [SitePlan.Zone]

    /// The zones of one floor of a site that VDA 5050 has a word for.
    /// - Parameter edition: the plan's hash: what a set holds never changes, so that a changed site makes another set.
    init(_ plan: SitePlan, map: String, edition: String) {
        id = "\(Self.ours)\(plan.id)-\(map)-\(edition.prefix(12))"
        self.map = map
        let obeyed = plan.zones.filter { $0.map == map && $0.rule != .named }
        // A vehicle that takes only so many zones takes what citizens adopted first.
        zones = obeyed.filter(\.isCivic) + obeyed.filter { !$0.isCivic }
    }

    /// How the names of our sets begin: others are not touched.
    static let ours = "slipway-"

    /// The sets of a site, one for each floor that has zones.
    static func all(of plan: SitePlan, edition: String) -> [VDAZoneSet] {
        plan.maps.map { VDAZoneSet(plan, map: $0.id, edition: edition) }.filter { !$0.zones.isEmpty }
    }

    /// Only the zones that a vehicle obeys by its factsheet; nil where none is left. The name says which they are, for a
    /// vehicle that learns another kind needs another set.
    func kept(by kinds: [String], most: Int?) -> VDAZoneSet? {
        var kept = self
        kept.zones = zones.filter { zone in zone.kind.map { kinds.contains($0) } ?? false }
        if let most { kept.zones = Array(kept.zones.prefix(most)) }
        guard !kept.zones.isEmpty else { return nil }
        if kept.zones.count < zones.count {
            let letters = Set(kept.zones.compactMap(\.kind)).sorted().map { String($0.prefix(2)) }.joined()
            kept.id += "-\(letters)\(kept.zones.count)"
        }
        return kept
    }

    /// Reads a set that was checked; zones of kinds that we do not use are left out.
    init(_ json: JSON) {
        let set = json["zoneSet"]
        id = set?["zoneSetId"]?.text ?? ""
        map = set?["mapId"]?.text ?? ""
        let map = map
        zones = (set?["zones"]?.elements ?? []).compactMap { SitePlan.Zone(message: $0, map: map) }
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
    /// What VDA 5050 calls its rule; nil where it has no word for it.
    var kind: String? {
        switch rule {
        case .blocked: "BLOCKED"
        case .speed: "SPEED_LIMIT"
        case .cost(let factor): factor >= 1 ? "PENALTY" : "PRIORITY"
        case .capacity: "RELEASE"
        case .named: nil
        }
    }

    fileprivate init?(message: JSON, map: String) {
        let name = message["zoneDescriptor"]?.text ?? ""
        let rule: Rule
        switch message["zoneType"]?.text {
        case "BLOCKED": rule = .blocked
        case "SPEED_LIMIT": rule = .speed(message["maximumSpeed"]?.double ?? 0)
        case "RELEASE": rule = .capacity(1)
        default: return nil
        }
        self.init(
            id: message["zoneId"]?.text ?? "", name: Words(name, name), map: map,
            corners: (message["vertices"]?.elements ?? []).compactMap { corner in
                corner["x"]?.double.flatMap { x in corner["y"]?.double.map { SitePlan.Point(x: x, y: $0) } }
            }, rule: rule)
    }

    fileprivate var message: JSON? {
        var members: [String: JSON] = [
            "zoneId": .string(id), "zoneDescriptor": .string(name.en),
            "vertices": .array(corners.map { ["x": .number($0.x), "y": .number($0.y)] }),
        ]
        guard let kind else { return nil }
        members["zoneType"] = .string(kind)
        switch rule {
        case .blocked, .named: break
        case .speed(let limit):
            members["maximumSpeed"] = .number(limit)
        case .cost(let factor) where factor >= 1:
            // 1 is "as if there were no zone", and endless cost "only where there is no other way".
            members["penaltyFactor"] = .number(1 - 1 / factor)
        case .cost(let factor):
            members["priorityFactor"] = .number(min(1, max(0, 1 - factor)))
        case .capacity:
            members["releaseLossBehavior"] = "STOP"
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

    /// The answer to one request.
    struct One: Sendable, Hashable {
        let request: String
        let answer: VDAAnswer
        /// Until when it holds, by the vehicle's clock.
        var until: Timestamp?
    }

    /// The message for these requests.
    static func json(_ answers: [One], _ header: VDAHeader, _ address: VDAAddress) -> JSON {
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

    /// Reads a message that was checked.
    static func read(_ json: JSON) -> [One] {
        (json["responses"]?.elements ?? []).compactMap { one in
            guard let answer = VDAAnswer(rawValue: one["grantType"]?.text ?? "") else { return nil }
            return One(
                request: one["requestId"]?.text ?? "", answer: answer,
                until: one["leaseExpiry"]?.text.flatMap { Timestamp(iso8601: $0) })
        }
    }
}
