import Access
import Record
import Store
import Twin

/// Things that measure how warm something is.
enum ColdSensor {
    /// Whether a tenant may see the thing, and it is still there.
    static func isKnown(_ thing: ThingID, for tenant: Tenant, in reader: any Reader) throws -> Bool {
        guard let found = try Things.find(thing, for: tenant, in: reader) else { return false }
        return found.retired == nil
    }
}
