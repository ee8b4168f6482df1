import Access
import District
import Record
import Store
import Twin
import Web

/// Publishes the three sites of the sample district, and declares the areas that their zones and stations stand for.
struct SiteSample {
    let plans: [SitePlan]

    func found(_ spine: Spine) async throws {
        let district = spine.district
        let system = Caller.system("sample")
        let zone = try system.tenant
        for plan in plans {
            let ready = try await district.store.read { reader -> Thing? in
                guard try SiteTable.find(plan.id, for: zone, in: reader) == nil else { return nil }
                return try Things.find(ThingID(plan.id), for: zone, in: reader)
            }
            guard let site = ready else { continue }
            let areas = Self.areas(of: plan, within: site)
            let declared = try await district.store.read { reader in
                let missing = try areas.filter { try Things.find($0.id, for: zone, in: reader) == nil }
                return try TwinEvents.declared(missing, for: zone, in: reader)
            }
            if !declared.isEmpty {
                try await district.record(declared, origin: Origin(author: .system("sample")))
            }
            _ = try await district.perform(
                PublishSite.name,
                ["site": .string(plan.id), "source": "text", "plan": .string(plan.json.canonicalText)], by: system)
        }
    }

    /// The things that zones and stations of a plan name, as areas of the site.
    static func areas(of plan: SitePlan, within site: Thing) -> [Thing] {
        var areas: [ThingID: Words] = [:]
        for node in plan.nodes { if let thing = node.thing { areas[thing] = node.name ?? plan.name } }
        // A zone's name is the wider one.
        for zone in plan.zones { if let thing = zone.thing { areas[thing] = zone.name } }
        return areas.sorted { $0.key < $1.key }.map { id, name in
            Thing(
                id: id, kind: .zone, parent: site.id, name: name, firm: site.firm, scope: site.scope, sample: true)
        }
    }
}
