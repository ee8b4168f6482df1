import Access
import District
import Record
import Store

/// What lies in good state in the places that a watch is of.
enum ColdStock {
    /// The lots, each with the locations of those places.
    static func lots(under watch: ColdTable.Watch, in reader: any Reader) throws -> [(LotFound, within: Set<String>)] {
        guard case .firm(let firm) = watch.scope else { return [] }
        let tenant = Tenant.firm(firm)
        let places = Set(
            try PlaceTable.list(in: watch.centre, for: tenant, in: reader).filter { $0.climate == watch.climate }
                .map(\.id))
        // By place, so that a large centre is looked at whole.
        let held = try places.sorted().flatMap {
            try StockTable.held(in: watch.centre, location: $0, for: tenant, in: reader)
        }.filter { $0.spot.status == .available }
        let lots = Set(held.map { [$0.item, $0.lot] }).sorted { $0.lexicographicallyPrecedes($1) }
        return try lots.flatMap { lot in
            try LotFound.all(lot[1], of: lot[0], for: tenant, in: reader).filter { $0.stock.centre == watch.centre }
        }.map { ($0, within: places) }
    }
}
