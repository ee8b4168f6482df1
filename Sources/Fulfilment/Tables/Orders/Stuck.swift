import District
import Record
import Store

extension OrderTable {
    /// Orders that could be released, but whose goods lie where no picker goes: at a dock, in staging, in a place that is
    /// closed.
    static func stuck(for tenant: some Tenancy, limit: Int = 100, in reader: any Reader) throws -> [Order] {
        let own = tenant.condition(column: "o.scope")
        return try reader.query(
            """
            SELECT o.* FROM fulfilment_orders o WHERE o.state = 'placed' AND o.held = 0 AND \(own.sql) AND EXISTS
                (SELECT 1 FROM fulfilment_reservations r WHERE r.orders = o.id AND NOT EXISTS
                    (SELECT 1 FROM fulfilment_stock s JOIN fulfilment_places p ON p.id = s.location
                        WHERE s.scope = r.scope AND s.centre = r.centre AND s.item = r.item AND s.lot = r.lot
                            AND s.status = 'available' AND p.is_closed = 0 AND p.kind IN ('pick', 'reserve'))
                    AND NOT EXISTS (SELECT 1 FROM fulfilment_stock t
                        WHERE t.scope = r.scope AND t.centre = r.centre AND t.item = r.item AND t.lot = r.lot
                            AND t.status = 'available' AND t.location = 'container/tote-' || substr(o.id, 7)))
            ORDER BY CASE WHEN o.ship IS NULL THEN 1 ELSE 0 END, o.ship, o.id LIMIT \(limit)
            """, own.arguments
        ).compactMap(order)
    }

    /// Totes and parcels that hold what their order has no right to, with the order: they are to be emptied.
    static func toEmpty(
        for tenant: some Tenancy, limit: Int = 50, in reader: any Reader
    ) throws -> [(order: Order, sscc: String?)] {
        let own = tenant.condition(column: "scope")
        let locations = try reader.query(
            """
            SELECT DISTINCT location FROM fulfilment_stock WHERE location >= '\(Spot.container)'
                AND location < 'container0' AND status <> 'available' AND \(own.sql) ORDER BY location LIMIT \(limit)
            """, own.arguments
        ).map { try $0.text("location") }
        return try locations.compactMap { location in
            if let id = Tote.order(of: location) {
                return try find(id, for: tenant, in: reader).map { ($0, nil) }
            }
            let sscc = String(location.dropFirst(Spot.container.count))
            guard let box = try ParcelTable.find(sscc, for: tenant, in: reader), [.packed, .listed].contains(box.state)
            else { return nil }
            return try find(box.order, for: tenant, in: reader).map { ($0, sscc) }
        }
    }
}
