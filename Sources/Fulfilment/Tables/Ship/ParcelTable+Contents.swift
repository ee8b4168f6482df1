import District
import Record
import Store

extension ParcelTable {
    /// Which items are, or were, in parcels: out of the stock while a parcel is here, else out of what left.
    static func contents(
        of boxes: [Box], for tenant: some Tenancy, in reader: any Reader
    ) throws -> [String: [Item]] {
        var codes: [String: Set<String>] = [:]
        for box in boxes {
            codes[box.sscc] = Set(
                try box.state == .gone
                    ? LotTrail.steps(of: box.order, for: tenant, in: reader).filter {
                        $0.way == .shipped && $0.other == box.sscc
                    }.map(\.item)
                    : StockTable.held(
                        in: box.centre, location: "\(Spot.container)\(box.sscc)", for: tenant, in: reader
                    ).map(\.item))
        }
        let items = try ItemTable.byCode(codes.values.reduce(into: []) { $0.formUnion($1) }, for: tenant, in: reader)
        return codes.mapValues { $0.sorted().compactMap { items[$0] } }
    }
}
