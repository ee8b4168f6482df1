import Access
import District
import Record
import Store
import Twin

/// What the conductor reads in a house, and where it tells what happened.
struct HouseSource: Sendable {
    let spine: Spine
    let fleet: Fleet

    private var journal: MissionJournal { MissionJournal(district: spine.district) }

    var source: ConductorSource {
        let cache = SiteCache()
        return ConductorSource(
            sites: { try await sites(cache) }, work: { try await work($0, cache) },
            report: { await fleet.standing($0)?.report }, tell: { try await tell($0, $1) })
    }

    /// The sites by edition, compiled once each, and where each vehicle is enrolled.
    private func sites(_ cache: SiteCache) async throws -> ([String: ConductorSource.Edition], [VehicleID: String]) {
        let (standing, vehicles) = try await spine.district.store.read { reader in
            let zone = try Caller.system("robots.conductor").tenant
            return (
                try SiteTable.standing(in: reader), try VehicleTable.all(for: zone, in: reader)
            )
        }
        var sites: [String: ConductorSource.Edition] = [:]
        for site in standing {
            let compiled: CompiledSite?
            if let known = await cache.site(site.id, site.edition) {
                compiled = known
            } else {
                compiled = try await spine.district.store.read { try SiteTable.compiled(site.id, in: $0) }
            }
            guard let compiled else { continue }
            await cache.keep(site.id, site.edition, compiled, owner: site.scope)
            sites[site.id] = ConductorSource.Edition(edition: site.edition, site: compiled)
        }
        return (
            sites, Dictionary(vehicles.map { ($0.vehicle, $0.site.rawValue) }, uniquingKeysWith: { one, _ in one })
        )
    }

    /// What stands in the tables about a site.
    private func work(_ site: String, _ cache: SiteCache) async throws -> SiteWork {
        let known = await cache.all[site]
        let standings = await fleet.standings()
        var work = try await spine.district.store.read { reader in
            let zone = try Caller.system("robots.conductor").tenant
            var work = SiteWork()
            work.missions = try MissionTable.open(site: site, for: zone, in: reader)
            work.holds = try HoldTable.open(for: zone, in: reader)
            let closed = try HoldTable.closed(in: reader)
            work.closed = Set(closed.map(\.thing))
            work.mayDispatch = try DispatchUse.use.mayRun(in: reader, at: .now())
            let targets = work.closed.union(work.holds.compactMap(\.reach.thing))
            // Who holds whom is asked only where something is closed or held.
            guard !targets.isEmpty else { return work }
            var things: Set<ThingID> = [ThingID(site)]
            things.formUnion(known?.things ?? [])
            things.formUnion(standings.map(\.vehicle.thing))
            for thing in things {
                work.lineage[thing] = Set(try Things.path(to: thing, for: zone, in: reader).map(\.id))
            }
            return work
        }
        if case .firm(let firm)? = known?.owner { work.owner = firm }
        for standing in standings {
            if let sheet = standing.factsheet {
                work.builds[standing.vehicle] = SiteWork.Build(load: sheet.maximumLoad, actions: sheet.actions)
            }
        }
        return work
    }

    private func tell(_ effect: SiteRun.Effect, _ site: String) async throws {
        switch effect {
        case .mission(let move): try await tell(move)
        case .gate(let gate, .stuck): try await note("robots.gate.stuck", site, ["gate": .string(gate)])
        case .gate(let gate, .recovered): try await note("robots.gate.recovered", site, ["gate": .string(gate)])
        case .help(let vehicle, let why):
            try await note(
                "robots.vehicle.waits", site, ["thing": .string(vehicle.thing.rawValue), "why": .string(why)])
        case .failed(let vehicle, let errand, _):
            guard let mission = errand.split(separator: "#").first.map(String.init), mission.hasPrefix("mission/")
            else {
                return
            }
            try await journal.record(mission) { kept throws(MissionFault) in
                kept.mission.vehicle == vehicle ? [try MissionEvents.failed(kept, .vehicle)] : []
            }
        default: return
        }
    }

    private func tell(_ move: MissionMove) async throws {
        switch move {
        case .assign(let id, let vehicle, let seconds):
            let ratios = try await journal.find(id).map { $0.mission.site }.map { $0 } ?? ""
            let promise = Promise(
                plan: seconds, ratios: try await journal.ratios(site: ratios), at: spine.district.clock())
            try await journal.record(id, by: .model(DispatchUse.use.id)) { kept throws(MissionFault) in
                [try MissionEvents.assigned(kept, to: vehicle, promise: promise, by: DispatchUse.use.id)]
            }
        case .start(let id, let leg):
            try await journal.record(id) { kept throws(MissionFault) in [try MissionEvents.started(kept, leg: leg)] }
        case .arrive(let id, let leg):
            try await journal.record(id) { kept throws(MissionFault) in [try MissionEvents.arrived(kept, leg: leg)] }
            try await journal.record(id) { kept throws(MissionFault) in
                kept.mission.stop?.needsSomebody == true ? [try MissionEvents.waiting(kept, leg: leg)] : []
            }
        case .complete(let id):
            try await journal.record(id) { kept throws(MissionFault) in [try MissionEvents.completed(kept)] }
        case .giveBack(let id):
            try await journal.record(id) { kept throws(MissionFault) in [try MissionEvents.returned(kept, .vehicle)] }
        case .refuse(let id, let reason):
            try await journal.record(id) { kept throws(MissionFault) in [try MissionEvents.failed(kept, reason)] }
        case .expect(let id, let seconds):
            guard let kept = try await journal.find(id) else { return }
            let ratios = try await journal.ratios(site: kept.mission.site)
            try await journal.promise(id, Promise(plan: seconds, ratios: ratios, at: spine.district.clock()))
        }
    }

    private func note(_ type: String, _ site: String, _ payload: [String: JSON]) async throws {
        let scope = try await spine.district.store.read { reader in
            try SiteTable.find(site, for: try Caller.system("robots.conductor").tenant, in: reader)?.scope
        }
        var payload = payload
        payload["site"] = .string(site)
        try await spine.district.record(
            [Draft(type, stream: "robot-site/\(site)", scope: scope ?? .zone, payload: payload)],
            origin: Origin(author: .system("robots.conductor")))
    }
}

/// The compiled sites, by edition: compiling takes longer than a beat.
private actor SiteCache {
    struct Known: Sendable {
        let edition: String
        let site: CompiledSite
        let owner: Scope
        /// The things that its zones and nodes stand for.
        let things: Set<ThingID>
    }

    private(set) var all: [String: Known] = [:]

    func site(_ id: String, _ edition: String) -> CompiledSite? {
        all[id].flatMap { $0.edition == edition ? $0.site : nil }
    }

    func keep(_ id: String, _ edition: String, _ site: CompiledSite, owner: Scope) {
        guard all[id]?.edition != edition else { return }
        let things = Set(site.spots.compactMap(\.thing) + site.areas.compactMap(\.zone.thing))
        all[id] = Known(edition: edition, site: site, owner: owner, things: things)
    }
}

extension Hold.Reach {
    /// The thing it is about, where it is about one.
    var thing: ThingID? {
        switch self {
        case .fleet: nil
        case .thing(let thing): thing
        case .zone(let site, _): ThingID(site)
        }
    }
}
