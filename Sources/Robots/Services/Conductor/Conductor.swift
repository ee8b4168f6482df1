import District
import Record
import Store

/// Conducts all sites: hears vehicles, reads what people want, releases what may be driven. What it releases is journaled
/// under a growing fence before it leaves; a second node of the house waits until the first one's lease has run out.
actor Conductor {
    private let district: District
    private let line: FleetLine
    private let holder: String
    private let source: ConductorSource
    private var runs: [String: SiteRun] = [:]
    private var editions: [String: String] = [:]
    /// Which site each vehicle is conducted at.
    private var places: [VehicleID: String] = [:]
    private var lease: Timestamp?
    private var isRestored = false

    init(_ district: District, line: FleetLine, source: ConductorSource, holder: String) {
        self.district = district
        self.line = line
        self.source = source
        self.holder = holder
    }

    /// Takes what the fleet tells.
    func hear(_ news: FleetNews) async {
        let now = district.clock()
        guard let site = places[news.vehicle], let effects = runs[site]?.hear(news, at: now) else { return }
        await act(effects, site)
    }

    /// Takes what a lift or a door says of itself.
    func hear(_ status: Gate.Status, of gate: String, at site: String) async {
        guard let effects = runs[site]?.gates[gate]?.hear(status, at: district.clock()) else { return }
        await act(effects.map { .gate(gate, $0) }, site)
    }

    /// One beat: the lease, the sites, what people want, plans and releases.
    func beat() async {
        let now = district.clock()
        do {
            guard try await isMine(now) else { return }
            try await follow(now)
            let works = try await source.work(runs.keys.sorted())
            for (site, work) in works.sorted(by: { $0.key < $1.key }) {
                guard let (wishes, moves) = runs[site]?.work(work, at: now) else { continue }
                let effects = runs[site]?.tick(wishes, at: now) ?? []
                await act(effects + moves.map { .mission($0) }, site)
            }
        } catch {
            district.report("vehicles are not conducted", error)
        }
    }

    private func isMine(_ now: Timestamp) async throws -> Bool {
        if let lease, now.seconds(since: lease) < ConductorLease.length / 4 { return true }
        let holder = holder
        let taken = try await district.store.write { try ConductorLease.take(holder, at: now, in: $0) }
        // Whoever conducts, or conducted meanwhile, knows better: what this node knew is read anew when its turn comes.
        if taken != .renewed { forget() }
        lease = taken == .anothers ? nil : now
        // Before anything is asked of the fleet: what it has sent is known once it has read its journal.
        await line.conduct(taken != .anothers)
        return taken != .anothers
    }

    private func forget() { (runs, editions, places, isRestored, lease) = ([:], [:], [:], false, nil) }

    /// Takes new editions of sites and new vehicles on, and those away that are gone.
    private func follow(_ now: Timestamp) async throws {
        let (sites, vehicles) = try await source.sites()
        for (id, site) in sites where editions[id] != site.edition {
            if runs[id] == nil {
                runs[id] = SiteRun(site.site)
            } else {
                runs[id]?.change(to: site.site)
            }
            runs[id]?.isClosing = false
            editions[id] = site.edition
        }
        for id in runs.keys where sites[id] == nil {
            // It was withdrawn: its vehicles come to a stand, then it is nobody's any more.
            runs[id]?.isClosing = true
            guard runs[id]?.stands == true else { continue }
            (runs[id], editions[id]) = (nil, nil)
            places = places.filter { $0.value != id }
        }
        let memories = isRestored ? [:] : try await memories()
        isRestored = true
        for (vehicle, site) in vehicles where places[vehicle] != site && runs[site] != nil {
            if let old = places[vehicle], await !dismiss(vehicle, from: old) { continue }
            var memory = memories[vehicle].flatMap { $0.site == site ? $0.memory : nil }
            // What was journaled and never left, the vehicle does not drive: its way is its own, and it gets a new order for it.
            if let drive = memory?.drive, await source.order(vehicle) != drive.id { memory?.drive = nil }
            runs[site]?.enrol(vehicle, memory, orders: Int(now.microseconds / 1_000_000))
            places[vehicle] = site
            if let report = await source.report(vehicle) { await hear(.report(report)) }
        }
        for (vehicle, site) in places where vehicles[vehicle] == nil {
            guard await dismiss(vehicle, from: site) else { continue }
            places[vehicle] = nil
            try await district.store.write { try ReleaseJournal.forget(vehicle, in: $0) }
        }
    }

    /// Takes a vehicle off a site: at once where it stands or nobody can hear it, else it is called off first.
    private func dismiss(_ vehicle: VehicleID, from site: String) async -> Bool {
        guard runs[site]?.isDriving(vehicle) == true else {
            runs[site]?.dismiss(vehicle)
            return true
        }
        await act(runs[site]?.cancel(vehicle) ?? [], site)
        return false
    }

    /// What the journal knows of each vehicle. Of one whose entry cannot be read only that orders' names must be new: where it
    /// stands is believed once it says so itself, standing.
    private func memories() async throws -> [VehicleID: (site: String, memory: CrewMemory)] {
        var memories: [VehicleID: (site: String, memory: CrewMemory)] = [:]
        for entry in try await district.store.read({ try ReleaseJournal.entries(in: $0) }) {
            let memory: CrewMemory
            do {
                memory = try CrewMemory(JSON(parsing: entry.state)) ?? CrewMemory(after: entry.fence)
            } catch {
                district.report("what was released to \(entry.vehicle.thing) cannot be read", error)
                memory = CrewMemory(after: entry.fence)
            }
            memories[entry.vehicle] = (entry.site, memory)
        }
        return memories
    }

    private func act(_ effects: [SiteRun.Effect], _ site: String) async {
        guard !effects.isEmpty else { return }
        let routes: [(VehicleID, Route)]
        do {
            routes = try await journal(effects, site)
        } catch {
            // Nothing of it has left, and what the site's run believes of it is wrong: all is read anew from the journal.
            district.report("what vehicles were to do could not be kept", error)
            forget()
            return
        }
        for effect in effects {
            switch effect {
            case .cancel(let vehicle, let order): await line.cancel(vehicle, order)
            case .instant(let vehicle, let action): await line.instant(vehicle, action)
            default: break
            }
        }
        for (vehicle, route) in routes { await line.drive(vehicle, route) }
        for effect in effects {
            do {
                switch effect {
                case .drive, .cancel, .instant, .stands: break
                case .gate(let gate, .call(let stop)): await line.call(site, gate, stop)
                case .gate(let gate, .release): await line.call(site, gate, nil)
                default: try await source.tell(effect, site)
                }
            } catch {
                district.report("what happened to vehicles could not be recorded", error)
            }
        }
    }

    /// Writes what is released, with the next fence, before any of it leaves. Nothing leaves where another node conducts.
    private func journal(_ effects: [SiteRun.Effect], _ site: String) async throws -> [(VehicleID, Route)] {
        var routes: [(VehicleID, Route)] = []
        var touched: Set<VehicleID> = []
        for effect in effects {
            switch effect {
            case .drive(let vehicle, let route):
                routes.append((vehicle, route))
                touched.insert(vehicle)
            case .cancel(let vehicle, _), .instant(let vehicle, _), .arrived(let vehicle, _),
                .failed(let vehicle, _, _), .stands(let vehicle):
                touched.insert(vehicle)
            default: break
            }
        }
        guard !touched.isEmpty, let run = runs[site] else { return [] }
        let memories = touched.sorted().compactMap { vehicle in run.memory(of: vehicle).map { (vehicle, $0) } }
        let (holder, now) = (holder, district.clock())
        let fence = try await district.store.write { writer -> Int64? in
            guard let fence = try ConductorLease.next(holder, in: writer) else { return nil }
            for (vehicle, memory) in memories {
                try ReleaseJournal.write(
                    ReleaseJournal.Entry(
                        vehicle: vehicle, site: site, fence: fence,
                        state: String(decoding: memory.json.canonical, as: UTF8.self)), at: now, in: writer)
            }
            return fence
        }
        guard let fence else {
            throw Refusal(
                .conflict, "conductor.succeeded",
                Words("다른 서버가 로봇을 맡고 있습니다.", "Another node conducts the vehicles."))
        }
        return routes.map { vehicle, route in
            var route = route
            route.fence = fence
            return (vehicle, route)
        }
    }
}
