import Access
import District
import Record
import Store
import Twin

/// What people call centres, items and places: what a reference in a form may be.
enum GoodsNames {
    static func centres(_ caller: Caller, _ tenant: Tenant, _ reader: any Reader) throws -> [Named] {
        try PlaceTable.centres(for: tenant, in: reader).map { id in
            let thing = try Things.find(ThingID(id), for: tenant, in: reader)
            return Named(id, [thing?.name.ko ?? id, thing?.name.en ?? id])
        }
    }

    static func items(_ tenant: Tenant, _ reader: any Reader) throws -> [Named] {
        try ItemTable.all(for: tenant, limit: Named.most, in: reader).map {
            Named($0.code, [$0.name, $0.code, $0.gtin ?? ""])
        }
    }

    static func places(_ tenant: Tenant, _ reader: any Reader) throws -> [Named] {
        var named: [Named] = []
        for centre in try PlaceTable.centres(for: tenant, in: reader) {
            named += try PlaceTable.list(in: centre, for: tenant, limit: Named.most, in: reader).map {
                Named($0.id, [$0.name, $0.name.replacing("-", with: " ")])
            }
        }
        return Array(named.prefix(Named.most))
    }

    static func inbounds(_ tenant: Tenant, _ reader: any Reader) throws -> [Named] {
        try InboundTable.list(for: tenant, in: reader).map { Named($0.id, [$0.reference, $0.supplier]) }
    }
}
