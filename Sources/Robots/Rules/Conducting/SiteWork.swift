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
    /// Whether the matcher may give out work; where it may not, people do.
    var mayDispatch = true

    /// What a vehicle carries and can do; nil where nobody knows.
    struct Build: Sendable, Hashable {
        var load: Double?
        var actions: Set<String>?
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

    /// The nodes at a thing, with all it holds.
    func nodes(of thing: ThingID, in site: CompiledSite) -> Set<Int32> {
        if isWithin(ThingID(site.plan.id), thing) { return Set(0..<Int32(site.spots.count)) }
        var nodes = site.nodes(of: thing)
        for (other, holders) in lineage where holders.contains(thing) { nodes.formUnion(site.nodes(of: other)) }
        return nodes
    }

    /// Whether a hold reaches a vehicle that stands on a node, or on its way over some.
    func reaches(_ hold: Hold, _ vehicle: VehicleID, at nodes: [Int32], in site: CompiledSite) -> Bool {
        switch hold.reach {
        case .fleet:
            switch hold.scope {
            case .zone: true
            case .firm(let firm): firm == owner
            default: false
            }
        case .thing(let thing):
            isWithin(vehicle.thing, thing) || isWithin(ThingID(site.plan.id), thing)
                || !self.nodes(of: thing, in: site).isDisjoint(with: nodes)
        case .zone(let place, let zone):
            place == site.plan.id && site.area(zone)?.nodes.isDisjoint(with: nodes) == false
        }
    }
}
