import Access
import District
import Record
import Store
import Twin

/// What people call sites: those published, and places that could become one.
enum SiteNames {
    static func sites(_ caller: Caller, _ reader: any Reader) throws -> [Named] {
        guard let tenant = try? caller.tenant else { return [] }
        return try candidates(for: tenant, in: reader).map { Named($0.id.rawValue, [$0.name.ko, $0.name.en]) }
    }

    /// Places of the tenant that are a site or may become one.
    static func candidates(for tenant: some Tenancy, in reader: any Reader) throws -> [Thing] {
        try Things.list(ThingFilter(kinds: SiteAsk.kinds), for: tenant, limit: 200, in: reader).rows
    }
}
