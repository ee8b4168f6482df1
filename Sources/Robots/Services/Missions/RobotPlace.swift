import Access
import District
import Record
import Store
import Web

extension FloorSource {
    /// Which of some missions do not get on now, for a hold or a closure keeps them.
    func held(_ missions: [MissionCase], in spine: Spine) async throws -> Set<String> {
        let open = missions.filter(\.mission.isOpen)
        guard !open.isEmpty else { return [] }
        let sites = Set(open.map(\.mission.site))
        let still = try await spine.district.store.read { try Standstill.read($0, only: sites) }
        guard !still.isEmpty else { return [] }
        let zone = try Caller.system("robots.where").tenant
        var nodes: [ThingID: String] = [:]
        for site in sites.sorted() {
            for shown in try await vehicles(site, zone, spine) where !shown.node.isEmpty {
                nodes[shown.thing] = shown.node
            }
        }
        return Set(
            open.filter { kept in still.stops(kept, at: kept.mission.vehicle.flatMap { nodes[$0.thing] }) }.map(\.id))
    }

    /// What the robot of a mission is near to, for whoever may know of that mission; nil where it does not drive for it, or
    /// was not heard.
    func near(_ kept: MissionCase, in spine: Spine) async throws -> Words? {
        let mission = kept.mission
        guard mission.state == .underway || mission.state == .waiting, let vehicle = mission.vehicle else { return nil }
        let zone = try Caller.system("robots.where").tenant
        let shown = try await vehicles(mission.site, zone, spine).first { $0.thing == vehicle.thing }
        guard let shown, shown.state != .lost,
            let plan = try await spine.district.store.read({ try SiteTable.compiled(mission.site, in: $0)?.plan })
        else { return nil }
        return shown.place.flatMap { plan.near(x: $0.x, y: $0.y, map: $0.map) } ?? plan.near(shown.node)
    }
}
