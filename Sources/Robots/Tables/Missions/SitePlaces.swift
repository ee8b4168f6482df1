import District
import Record
import Store
import Twin

extension Places {
    /// The named stations of these plans, for whoever may see the site as a thing of the Twin.
    static func of(_ plans: [SitePlan]) -> Places {
        Places { tenant, reader in
            try plans.flatMap { plan -> [Place] in
                guard let site = try Things.find(ThingID(plan.id), for: tenant, in: reader), site.retired == nil else {
                    return []
                }
                return stations(of: plan, owner: site.firm)
            }
        } every: { _ in
            plans.flatMap { stations(of: $0, owner: nil) }
        }
    }

    /// Where missions may begin or end, by the plan's order.
    static func stations(of plan: SitePlan, owner: FirmID?) -> [Place] {
        plan.nodes.compactMap { node in
            guard node.kind == .station, let name = node.name else { return nil }
            return Place(site: plan.id, node: node.id, name: name, siteName: plan.name, owner: owner)
        }
    }
}
