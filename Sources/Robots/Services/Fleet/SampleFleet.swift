import Record

/// The six vehicles of the sample district: two makers, three sites, both versions.
struct SampleFleet: Sendable {
    let sites: [SitePlan]

    struct Member: Sendable {
        let vehicle: VehicleID
        let version: VDAVersion
        let name: Words
        let site: String
    }

    static let members: [Member] = [
        ("narae", "nr-01", .v21, Words("나래 1호", "Narae 1"), "onyu-main"),
        ("narae", "nr-02", .v21, Words("나래 2호", "Narae 2"), "onyu-main"),
        ("sealane", "sl-01", .v30, Words("바닷길 1호", "Sealane 1"), "solmaru"),
        ("sealane", "sl-02", .v30, Words("바닷길 2호", "Sealane 2"), "solmaru"),
        ("narae", "nr-03", .v21, Words("나래 3호", "Narae 3"), "haesol-center"),
        ("sealane", "sl-03", .v30, Words("바닷길 3호", "Sealane 3"), "haesol-center"),
    ].map { (maker, serial, version: VDAVersion, name, site) in
        Member(vehicle: VehicleID(manufacturer: maker, serial: serial), version: version, name: name, site: site)
    }

    /// The vehicles as they stand in the morning: each on a place of its own where it may wait.
    func vehicles(seed: UInt64) -> [SimulatedVehicle] {
        Self.vehicles(Self.members, on: sites, build: VehicleBuild(), seed: seed)
    }

    /// Vehicles on places of their own: chargers first, then parking, then escapes.
    static func vehicles(
        _ members: [Member], on sites: [SitePlan], build: VehicleBuild, seed: UInt64
    ) -> [SimulatedVehicle] {
        var taken: [String: Int] = [:]
        return members.enumerated().compactMap { index, member in
            guard let plan = sites.first(where: { $0.id == member.site }) else { return nil }
            let places = [SitePlan.Kind.charger, .parking, .escape, .station].flatMap { kind in
                plan.nodes.filter { $0.kind == kind }
            }
            let next = taken[member.site, default: 0]
            taken[member.site] = next + 1
            guard next < places.count else { return nil }
            let node = places[next]
            var chance = Dice(seed: seed &+ UInt64(index))
            return SimulatedVehicle(
                member.vehicle, version: member.version, build: build, at: node.id,
                .init(map: node.map, x: node.x, y: node.y, heading: 0), charge: 60 + 35 * chance.fraction(),
                seed: seed &+ UInt64(index) &* 7919)
        }
    }
}
