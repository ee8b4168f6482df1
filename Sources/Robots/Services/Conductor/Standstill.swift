import Access
import District
import Record
import Store
import Twin

/// What keeps vehicles where they are now, whosever order it is: a firm's people are told of the zone's holds as well. It says
/// only what stands still, nothing of whom it belongs to.
struct Standstill: Sendable {
    /// The holds that last, and what Safety has closed.
    private(set) var work = SiteWork()
    private var sites: [String: Known] = [:]
    /// What those are called who hold, and what they hold: for whoever is held by them.
    private(set) var firms: [FirmID: String] = [:]
    private(set) var names: [String: Words] = [:]

    private struct Known: Sendable {
        let site: CompiledSite
        let owner: FirmID?
    }

    var isEmpty: Bool { work.holds.isEmpty && work.closed.isEmpty }

    /// Reads what lasts, with the sites it may concern. Where nothing is held or closed nothing more is read.
    /// - Parameter only: the sites that are asked about; all where none are named.
    static func read(_ reader: any Reader, only: Set<String>? = nil) throws -> Standstill {
        let zone = try Caller.system("robots.standstill").tenant
        var found = Standstill()
        found.work.holds = try HoldTable.open(for: zone, in: reader)
        found.work.closed = Set(try HoldTable.closed(in: reader).map(\.thing))
        guard !found.isEmpty else { return found }
        for hold in found.work.holds {
            if let firm = hold.firm { found.firms[firm] = try Directory.firm(firm, for: zone, in: reader)?.name }
            if case .zone(let site, let zone) = hold.reach {
                found.names["\(site)/\(zone)"] = try SiteTable.compiled(site, in: reader)?.area(zone)?.zone.name
            }
            guard let thing = hold.reach.thing else { continue }
            found.names[thing.rawValue] = try Things.find(thing, for: zone, in: reader)?.name
        }
        var things = Set(try VehicleTable.all(for: zone, in: reader).map(\.thing))
        for site in try SiteTable.standing(in: reader) {
            guard only?.contains(site.id) != false, let compiled = try SiteTable.compiled(site.id, in: reader) else {
                continue
            }
            var owner: FirmID?
            if case .firm(let firm) = site.scope { owner = firm }
            found.sites[site.id] = Known(site: compiled, owner: owner)
            things.formUnion(compiled.things.union([ThingID(site.id)]))
        }
        if found.work.needsLineage {
            found.work.lineage = try SiteWork.lineage(of: things, for: zone, in: reader)
        }
        return found
    }

    /// Whether an open mission does not get on: its vehicle or its site is held or closed, or a place that it still has to go to.
    /// Whoever stands at the last stop already has come.
    /// - Parameter node: where its vehicle was last, where that is known.
    func stops(_ kept: MissionCase, at node: String? = nil) -> Bool {
        let mission = kept.mission
        guard !isEmpty, mission.isOpen, !mission.isAtGoal, let known = sites[mission.site] else { return false }
        let ahead = mission.isAtStop ? mission.leg + 1 : mission.leg
        let names = mission.stops.dropFirst(ahead).map(\.node) + [node].compactMap(\.self)
        let nodes = names.compactMap { known.site.number($0) }
        var work = work
        work.owner = known.owner
        if !work.closedNodes(of: known.site).isDisjoint(with: nodes) { return true }
        if let thing = mission.vehicle?.thing, work.closed.contains(where: { work.isWithin(thing, $0) }) { return true }
        // Each place by itself: nobody knows yet by which ways it is driven from one to the next.
        return work.holds.contains { hold in
            ([[]] + nodes.map { [$0] }).contains { work.reaches(hold, mission.vehicle, at: $0, in: known.site) }
        }
    }

    /// Whether a hold keeps a vehicle, wherever at its site it is; of a zone of the map, whether it stands there.
    func reaches(_ hold: Hold, _ vehicle: VehicleID, of site: String, at node: String? = nil) -> Bool {
        guard let known = sites[site] else { return false }
        var work = work
        work.owner = known.owner
        let nodes = [node].compactMap(\.self).compactMap { known.site.number($0) }
        return work.reaches(hold, vehicle, at: nodes, in: known.site)
    }

    /// What keeps a vehicle where it stands, or from what lies before it: the gravest of it.
    /// - Parameters:
    ///   - node: where it was last.
    ///   - next: what it is to drive to and was not given.
    func halt(_ vehicle: VehicleID, of site: String, at node: String, next: String) -> VehicleDoing.Halt? {
        guard !isEmpty, let known = sites[site] else { return nil }
        var work = work
        work.owner = known.owner
        let here = [node].compactMap { known.site.number($0) }
        let ahead = [next].compactMap { known.site.number($0) }
        let closed = work.closedNodes(of: known.site)
        let reach = { (nodes: [Int32]) in work.holds.filter { work.reaches($0, vehicle, at: nodes, in: known.site) } }
        let holds = reach(here)
        if let hold = holds.first(where: { $0.cause == .evacuation }) {
            return .emergency(isDrill: hold.reason == "drill")
        }
        if let hold = holds.first(where: { $0.reach.isZone == false }) { return .person(reason: hold.reason) }
        if let name = holds.compactMap({ known.site.name(of: $0.reach) }).first { return .zone(name, isBefore: false) }
        if work.closed.contains(where: { work.isWithin(vehicle.thing, $0) }) || !closed.isDisjoint(with: here) {
            return .closed(isBefore: false)
        }
        if let name = reach(ahead).compactMap({ known.site.name(of: $0.reach) }).first {
            return .zone(name, isBefore: true)
        }
        return closed.isDisjoint(with: ahead) ? nil : .closed(isBefore: true)
    }

    /// Whether a hold concerns a site: all of it, or something of it.
    func concerns(_ hold: Hold, _ site: String) -> Bool {
        guard let known = sites[site] else { return false }
        var work = work
        work.owner = known.owner
        return work.reaches(hold, nil, at: Array(0..<Int32(known.site.spots.count)), in: known.site)
    }
}

extension Mission {
    /// Whether its vehicle stands at the last stop.
    var isAtGoal: Bool { isAtStop && leg == stops.count - 1 }
}

extension Hold.Reach {
    /// Whether it is a zone of a map, and nothing more.
    fileprivate var isZone: Bool {
        guard case .zone = self else { return false }
        return true
    }
}

extension CompiledSite {
    /// What people call a zone that is held; nil where it is none of this site's.
    fileprivate func name(of reach: Hold.Reach) -> Words? {
        guard case .zone(let site, let zone) = reach, site == plan.id else { return nil }
        return area(zone)?.zone.name ?? Words(zone, zone)
    }
}
