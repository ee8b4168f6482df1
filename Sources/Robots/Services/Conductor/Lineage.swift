import Access
import Record
import Store
import Twin

extension SiteWork {
    /// Whether it matters who holds whom: only where a thing is closed or held.
    var needsLineage: Bool { !closed.isEmpty || holds.contains { $0.reach.thing != nil } }

    /// Each of these things with itself and all that hold it, as far as a tenant may see; a query each.
    static func lineage(
        of things: Set<ThingID>, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [ThingID: Set<ThingID>] {
        var lineage: [ThingID: Set<ThingID>] = [:]
        for thing in things { lineage[thing] = Set(try Things.path(to: thing, for: tenant, in: reader).map(\.id)) }
        return lineage
    }
}

extension Hold.Reach {
    /// The thing it is about, where it is about one.
    var thing: ThingID? {
        switch self {
        case .fleet: nil
        case .thing(let thing): thing
        case .zone(let site, _): ThingID(site)
        }
    }
}
