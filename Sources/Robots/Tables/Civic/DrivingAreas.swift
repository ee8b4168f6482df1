import Access
import District
import Record
import Store

/// Sites that are driven by and the areas on their maps, by name: where a vote may set a limit.
enum DrivingAreas {
    static let kind = "robot-area"

    static func named(_ caller: Caller, _ reader: any Reader) throws -> [Named] {
        guard let tenant = try? caller.tenant else { return [] }
        let sites = try SiteTable.list(for: tenant, in: reader).filter { $0.withdrawn == nil }
        let all = try sites.flatMap { site in
            let zones = try SiteTable.compiled(site.id, in: reader)?.plan.zones ?? []
            return [Named(site.id, [site.name.ko, site.name.en], label: site.name)]
                + zones.filter { !$0.isCivic }.map { zone in
                    let full = Words("\(site.name.ko) \(zone.name.ko)", "\(site.name.en), \(zone.name.en)")
                    return Named(
                        "\(site.id)/\(zone.id)", [full.ko, full.en, zone.name.ko, zone.name.en], label: full)
                }
        }
        return Array(all.prefix(Named.most))
    }
}
