import Access
import District
import Record
import Store
import Twin

/// What can be held, by its names: vehicles, sites, what stands on their plans, and the zones of the maps.
enum HoldTargets {
    static let thing = "robot-held"
    static let zone = "robot-zone"

    /// The vehicles, the sites, and what their nodes and zones stand for.
    static func things(for tenant: Tenant, in reader: any Reader) throws -> [Named] {
        var found = try VehicleTable.all(for: tenant, in: reader).map {
            Named($0.thing.rawValue, [$0.name.ko, $0.name.en])
        }
        var seen = Set(found.map(\.id))
        for site in try SiteTable.list(for: tenant, in: reader) where site.withdrawn == nil {
            let drawn = try SiteTable.compiled(site.id, in: reader)?.plan.things ?? []
            for id in [site.id] + drawn where seen.insert(id).inserted {
                guard let thing = try Things.find(ThingID(id), for: tenant, in: reader) else { continue }
                found.append(Named(id, [thing.name.ko, thing.name.en]))
            }
        }
        return Array(found.prefix(Named.most))
    }

    /// The zones of the sites as they stand: by their own name, and with the site's before it.
    static func zones(for tenant: Tenant, in reader: any Reader) throws -> [Named] {
        var found: [Named] = []
        for site in try SiteTable.list(for: tenant, in: reader) where site.withdrawn == nil {
            for zone in try SiteTable.compiled(site.id, in: reader)?.plan.zones ?? [] where !zone.isCivic {
                let name = zone.name
                found.append(
                    Named(
                        "\(site.id)/\(zone.id)",
                        [name.ko, name.en, "\(site.name.en) \(name.en)", "\(site.name.ko) \(name.ko)"]))
            }
        }
        return Array(found.prefix(Named.most))
    }
}
