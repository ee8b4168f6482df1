import District
import Record
import Store

extension Places {
    /// The named stations of the sites as they stand, for whoever may see them.
    static let published = Places { tenant, reader in
        try SiteTable.places(for: tenant, in: reader).compactMap(place)
    } every: { reader in
        try SiteTable.standing(in: reader).flatMap { site in
            try SiteTable.stations(of: site, in: reader).compactMap(place)
        }
    }

    private static func place(_ site: SiteTable.Site, _ node: SitePlan.Node) -> Place? {
        guard let name = node.name else { return nil }
        var owner: FirmID?
        if case .firm(let firm) = site.scope { owner = firm }
        return Place(
            site: site.id, node: node.id, name: name, siteName: site.name, owner: owner, loading: node.loading)
    }
}
