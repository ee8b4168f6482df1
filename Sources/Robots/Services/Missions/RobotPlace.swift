import Access
import District
import Record
import Store
import Web

extension FloorSource {
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
