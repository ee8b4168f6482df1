import Record

/// What is said to a request, and why.
enum ZoneVerdict: Sendable, Hashable {
    case granted
    case queued(Why)
    case rejected(Why)

    var answer: VDAAnswer {
        switch self {
        case .granted: .granted
        case .queued: .queued
        case .rejected: .rejected
        }
    }

    var why: Why? {
        switch self {
        case .granted: nil
        case .queued(let why), .rejected(let why): why
        }
    }

    enum Why: String, Sendable, Hashable, CaseIterable {
        /// Nothing of that name is in the zones that the vehicle is to have.
        case unknown
        /// The zone is no such that is entered by a grant.
        case notByGrant
        /// Orders hold no corridors: a vehicle keeps to the line.
        case noCorridor
        /// What is released to the vehicle does not lead there.
        case notReleased
        /// Another is in it, or is on its way into it.
        case occupied
        /// The vehicle is held.
        case held
    }
}

/// The zones of a site and who is about them: whether a vehicle may drive into one (3.0). What is released keeps vehicles
/// apart already; a grant only says so where the vehicle asks, and never goes beyond it.
struct ZoneTraffic: Sendable {
    let plan: SitePlan
    let sets: [VDAZoneSet]
    /// Every vehicle of the site.
    var parties: [Party]

    /// A vehicle as the rule sees it.
    struct Party: Sendable, Hashable {
        var vehicle: VehicleID
        /// What is released to it and not behind it, from where it stands.
        var ahead: [Route.Step]
        /// Where it was last.
        var place: VehicleReport.Position?
        var granted: Set<String>
        var isHeld: Bool
    }

    /// Whether a vehicle's request may be granted.
    func verdict(_ request: VDAState.Request, of vehicle: VehicleID) -> ZoneVerdict {
        guard request.kind != .corridor else { return .rejected(.noCorridor) }
        // A narrower set for a vehicle that obeys less begins with the same name.
        guard let set = sets.first(where: { request.set.hasPrefix($0.id) }),
            let zone = set.zones.first(where: { $0.id == request.place })
        else { return .rejected(.unknown) }
        guard request.kind == .access, case .capacity(let most) = zone.rule else { return .rejected(.notByGrant) }
        guard let asker = parties.first(where: { $0.vehicle == vehicle }) else { return .rejected(.unknown) }
        let isInside = holds(zone, asker.place)
        let others = parties.filter { $0.vehicle != vehicle && uses(zone, $0) }
        guard others.count < most else { return .queued(.occupied) }
        if isInside { return .granted }
        guard !asker.isHeld else { return .queued(.held) }
        return leads(into: zone, asker) ? .granted : .queued(.notReleased)
    }

    private func uses(_ zone: SitePlan.Zone, _ party: Party) -> Bool {
        party.granted.contains(zone.id) || holds(zone, party.place) || leads(into: zone, party)
    }

    private func holds(_ zone: SitePlan.Zone, _ place: VehicleReport.Position?) -> Bool {
        guard let place, place.map == zone.map else { return false }
        let point = SitePlan.Point(x: place.x, y: place.y)
        return SiteGeometry.touches(zone.corners, .init(from: point, to: point), radius: plan.footprint)
    }

    private func leads(into zone: SitePlan.Zone, _ party: Party) -> Bool {
        let points = party.ahead.map { ($0.map, SitePlan.Point(x: $0.x, y: $0.y)) }
        // A single node is a way of no length.
        return zip(points, points.dropFirst() + points.suffix(1)).contains { from, to in
            to.0 == zone.map
                && SiteGeometry.touches(
                    zone.corners, .init(from: from.0 == to.0 ? from.1 : to.1, to: to.1), radius: plan.footprint)
        }
    }
}
