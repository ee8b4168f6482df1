import Access
import District
import Record
import Store

/// What the conductor reads in a house, and where it tells what happened.
struct HouseSource: Sendable {
    let spine: Spine
    let fleet: Fleet

    private var journal: MissionJournal { MissionJournal(district: spine.district) }

    var source: ConductorSource {
        let cache = SiteCache()
        return ConductorSource(
            sites: { try await sites(cache) }, work: { try await work($0, cache) },
            report: { await fleet.standing($0)?.report }, order: { await fleet.standing($0)?.order?.id },
            tell: { try await tell($0, $1) })
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

    /// What stands in the tables about each site.
    private func work(_ sites: [String], _ cache: SiteCache) async throws -> [String: SiteWork] {
        let standings = await fleet.standings()
        let now = spine.district.clock()
        var common = try await spine.district.store.read { reader in
            let zone = try Caller.system("robots.conductor").tenant
            var work = SiteWork()
            work.missions = try MissionTable.open(site: nil, for: zone, in: reader)
            work.holds = try HoldTable.open(for: zone, in: reader)
            for site in sites { work.laden.formUnion(try MissionTable.laden(site: site, in: reader)) }
            work.closed = Set(try HoldTable.closed(in: reader).map(\.thing))
            work.mayDispatch = try DispatchUse.use.mayRun(in: reader, at: now)
            return work
        }
        for standing in standings {
            if let sheet = standing.factsheet {
                common.builds[standing.vehicle] = SiteWork.Build(
                    load: sheet.maximumLoad, actions: sheet.actions, footprint: sheet.radius ?? .infinity)
            }
        }
        if common.needsLineage {
            common.lineage = try await lineage(standings.map(\.vehicle.thing), sites, cache, at: now)
        }
        let missions = Dictionary(grouping: common.missions, by: \.mission.site)
        var works: [String: SiteWork] = [:]
        for site in sites {
            var work = common
            work.missions = missions[site] ?? []
            work.forecast = try await forecast(site, cache, at: now)
            if case .firm(let firm)? = await cache.all[site]?.owner { work.owner = firm }
            works[site] = work
        }
        return works
    }

    /// Each thing the sites know with all that hold it. It changes seldom and is a query a thing: it is asked again for other
    /// things, or after a while.
    private func lineage(
        _ vehicles: [ThingID], _ sites: [String], _ cache: SiteCache, at now: Timestamp
    ) async throws -> [ThingID: Set<ThingID>] {
        var things = Set(vehicles + sites.map { ThingID($0) })
        for known in await cache.all.values { things.formUnion(known.things) }
        if let lineage = await cache.lineage(of: things, at: now) { return lineage }
        let asked = things
        let lineage = try await spine.district.store.read { reader in
            try SiteWork.lineage(of: asked, for: try Caller.system("robots.conductor").tenant, in: reader)
        }
        await cache.keep(lineage, at: now)
        return lineage
    }

    /// How many missions the next hour brings to a site, asked about once a minute.
    private func forecast(_ site: String, _ cache: SiteCache, at now: Timestamp) async throws -> Double {
        if let known = await cache.forecast(of: site, at: now) { return known }
        let expected = try await spine.district.store.read { try MissionTable.forecast(site: site, at: now, in: $0) }
        await cache.expect(expected, at: site, now)
        return expected
    }

    private func tell(_ effect: SiteRun.Effect, _ site: String) async throws {
        switch effect {
        case .mission(let move): try await tell(move)
        case .gate(let gate, .stuck): try await note(RobotCall.stuck, site, ["gate": .string(gate)])
        case .gate(let gate, .recovered): try await note(RobotCall.recovered, site, ["gate": .string(gate)])
        case .help(let vehicle, let why):
            try await note(
                RobotCall.waits, site, ["thing": .string(vehicle.thing.rawValue), "why": .string(why.rawValue)])
        case .resumed(let vehicle):
            try await note(RobotCall.resumed, site, ["thing": .string(vehicle.thing.rawValue)])
        default: return
        }
    }

    private func tell(_ move: MissionMove) async throws {
        switch move {
        case .assign(let id, let vehicle, let seconds):
            guard let promise = try await promise(id, seconds) else { return }
            try await journal.assign(id, to: vehicle, promise: promise, by: .model(DispatchUse.use.id))
        case .start(let id, let leg): try await journal.step(id, .started(leg: leg))
        case .arrive(let id, let leg):
            let arrived = try await journal.step(id, .arrived(leg: leg))
            if arrived?.mission.stop?.needsSomebody == true { try await journal.step(id, .waiting(leg: leg)) }
        case .complete(let id): try await journal.step(id, .completed)
        case .giveBack(let id, let reason):
            try await journal.record(id) { kept throws(MissionFault) in [try MissionEvents.returned(kept, reason)] }
        case .wait(let id, let wait):
            try await journal.record(id) { kept throws(MissionFault) in MissionEvents.queued(kept, wait) }
        case .refuse(let id, let reason):
            try await journal.record(id) { kept throws(MissionFault) in [try MissionEvents.failed(kept, reason)] }
        case .expect(let id, let seconds):
            guard let promise = try await promise(id, seconds) else { return }
            try await journal.promise(id, promise)
        }
    }

    /// When a mission that takes so many more seconds by plan is promised, by what its site's missions took in truth.
    private func promise(_ id: String, _ seconds: Double) async throws -> Promise? {
        guard let site = try await journal.find(id)?.mission.site else { return nil }
        return Promise(plan: seconds, ratios: try await journal.ratios(site: site), at: spine.district.clock())
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
    private var lineage: (at: Timestamp, of: [ThingID: Set<ThingID>])?

    /// For how many seconds it is believed who holds whom.
    private static let fresh = 5.0

    func lineage(of things: Set<ThingID>, at now: Timestamp) -> [ThingID: Set<ThingID>]? {
        guard let lineage, now.seconds(since: lineage.at) < Self.fresh, Set(lineage.of.keys) == things else {
            return nil
        }
        return lineage.of
    }

    private var forecasts: [String: (at: Timestamp, missions: Double)] = [:]

    func forecast(of site: String, at now: Timestamp) -> Double? {
        forecasts[site].flatMap { now.seconds(since: $0.at) < 60 ? $0.missions : nil }
    }

    func expect(_ missions: Double, at site: String, _ now: Timestamp) { forecasts[site] = (now, missions) }

    func keep(_ lineage: [ThingID: Set<ThingID>], at now: Timestamp) { self.lineage = (now, lineage) }

    func site(_ id: String, _ edition: String) -> CompiledSite? {
        all[id].flatMap { $0.edition == edition ? $0.site : nil }
    }

    func keep(_ id: String, _ edition: String, _ site: CompiledSite, owner: Scope) {
        guard all[id]?.edition != edition else { return }
        all[id] = Known(edition: edition, site: site, owner: owner, things: site.things)
    }
}
