import Record
import Store
import Twin

/// What things and places are called, for pages that name many.
enum PlaceNames {
    /// The names of those that a tenant may see.
    static func names(
        _ things: [ThingID], for tenant: some Tenancy, in reader: any Reader
    ) throws -> [ThingID: Words] {
        var names: [ThingID: Words] = [:]
        for thing in Set(things) { names[thing] = try Things.find(thing, for: tenant, in: reader)?.name }
        return names
    }
}
