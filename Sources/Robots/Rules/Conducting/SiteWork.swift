import Record

/// What stands in the tables about a site: what is asked for, who is held, what is closed.
struct SiteWork: Sendable {
    /// The open missions of the site.
    var missions: [MissionCase] = []
    /// The holds that last.
    var holds: [Hold] = []
    /// What Safety has closed.
    var closed: Set<ThingID> = []
    /// The firm whose site it is.
    var owner: FirmID?
    /// For each thing the site knows (itself, its zones' and nodes' things, its vehicles): itself and all that hold it.
    var lineage: [ThingID: Set<ThingID>] = [:]
    /// What vehicles carry, kg, and can do, by their factsheets.
    var builds: [VehicleID: Build] = [:]
    /// How many missions are expected in the next hour.
    var forecast = 0.0
    /// Vehicles that carry what nobody took over: they do nothing else before a person has unloaded them.
    var laden: Set<VehicleID> = []
    /// Whether the matcher may give out work; where it may not, people do.
    var mayDispatch = true

    /// What a vehicle carries and can do; nil where nobody knows.
    struct Build: Sendable, Hashable {
        var load: Double?
        var actions: Set<String>?
        /// The circle it turns in, m; of whoever says nothing of its size nobody knows that it fits.
        var footprint = Double.infinity
    }

    /// Whether a thing is, or is part of, another.
    func isWithin(_ thing: ThingID, _ holder: ThingID) -> Bool {
        thing == holder || lineage[thing]?.contains(holder) == true
    }
}

extension SiteWork {
    /// The nodes that are closed.
    func closedNodes(of site: CompiledSite) -> Set<Int32> {
        var nodes: Set<Int32> = []
        for thing in closed { nodes.formUnion(self.nodes(of: thing, in: site)) }
        return nodes
    }

    /// The ways that are closed though their ends may be open: something closed lies beside the node, on the way.
    func closedWays(of site: CompiledSite) -> Set<CompiledSite.Way> {
        var ways: Set<CompiledSite.Way> = []
        for thing in closed where !isWithin(ThingID(site.plan.id), thing) {
            ways.formUnion(site.ways(of: thing))
            for (other, holders) in lineage where holders.contains(thing) { ways.formUnion(site.ways(of: other)) }
        }
        return ways
    }

    /// The nodes that are being evacuated.
    func clearing(_ site: CompiledSite) -> Set<Int32> {
        holds.filter { $0.cause == .evacuation }.reduce(into: []) { nodes, hold in
            switch hold.reach {
            case .fleet:
                if isOwn(hold) { nodes.formUnion(0..<Int32(site.spots.count)) }
            case .thing(let thing): nodes.formUnion(self.nodes(of: thing, in: site))
            case .zone(let place, let zone):
                if place == site.plan.id { nodes.formUnion(site.area(zone)?.nodes ?? []) }
            }
        }
    }

    /// Whether a hold of a whole fleet is one of this site's firm.
    private func isOwn(_ hold: Hold) -> Bool {
        switch hold.scope {
        case .zone: true
        case .firm(let firm): firm == owner
        default: false
        }
    }

    /// The nodes at a thing, with all it holds.
    func nodes(of thing: ThingID, in site: CompiledSite) -> Set<Int32> {
        if isWithin(ThingID(site.plan.id), thing) { return Set(0..<Int32(site.spots.count)) }
        var nodes = site.nodes(of: thing)
        for (other, holders) in lineage where holders.contains(thing) { nodes.formUnion(site.nodes(of: other)) }
        return nodes
    }

    /// Whether a hold reaches a vehicle that stands on a node, or on its way over some; without a vehicle, the places alone.
    func reaches(_ hold: Hold, _ vehicle: VehicleID?, at nodes: [Int32], in site: CompiledSite) -> Bool {
        switch hold.reach {
        case .fleet: isOwn(hold)
        case .thing(let thing):
            vehicle.map { isWithin($0.thing, thing) } == true || isWithin(ThingID(site.plan.id), thing)
                || !self.nodes(of: thing, in: site).isDisjoint(with: nodes)
                || touches(site.ways(of: thing), nodes)
        case .zone(let place, let zone):
            place == site.plan.id
                && (site.area(zone)?.nodes.isDisjoint(with: nodes) == false
                    || touches(site.area(zone)?.ways ?? [], nodes))
        }
    }

    private func touches(_ ways: Set<CompiledSite.Way>, _ nodes: [Int32]) -> Bool {
        zip(nodes, nodes.dropFirst()).contains { ways.contains(CompiledSite.Way($0, $1)) }
    }
}
