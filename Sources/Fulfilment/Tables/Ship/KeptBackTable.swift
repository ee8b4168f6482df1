import District
import Record
import Store

/// What lies in parcels and totes that may not leave: kept back, damaged, not the order's, or past its date.
enum KeptBackTable {
    /// What of it lies in these containers, by location.
    static func goods(
        in locations: [String], at now: Timestamp, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [String: [KeptBack]] {
        var found: [KeptBack] = []
        for start in stride(from: 0, to: locations.count, by: 200) {
            let part = locations[start..<min(start + 200, locations.count)]
            found += try goods(
                "s.location IN (\(part.map { _ in "?" }.joined(separator: ", ")))", part.map { .text($0) }, at: now,
                limit: 10_000, for: tenant, in: reader)
        }
        return Dictionary(grouping: found, by: \.location)
    }

    /// The same for parcels, by their number.
    static func goods(
        of boxes: [ParcelTable.Box], at now: Timestamp, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [String: [KeptBack]] {
        let found = try goods(
            in: boxes.map { "\(Spot.container)\($0.sscc)" }, at: now, for: tenant, in: reader)
        return Dictionary(
            uniqueKeysWithValues: found.map { (String($0.key.dropFirst(Spot.container.count)), $0.value) })
    }

    /// A container that holds such goods, with its order.
    struct Container: Sendable {
        let order: Order
        /// The parcel; nil where it is a tote.
        let box: ParcelTable.Box?
        let goods: [KeptBack]
    }

    /// Every parcel and tote of the house that holds such goods.
    static func all(
        at now: Timestamp, for tenant: some Tenancy, limit: Int = 200, in reader: any Reader
    ) throws -> [Container] {
        let found = try goods(
            "s.location >= '\(Spot.container)' AND s.location < 'container0'", [], at: now, limit: limit, for: tenant,
            in: reader)
        return try Dictionary(grouping: found, by: \.location).sorted { $0.key < $1.key }.compactMap {
            location, goods in
            if let id = Tote.order(of: location) {
                return try OrderTable.find(id, for: tenant, in: reader).map {
                    Container(order: $0, box: nil, goods: goods)
                }
            }
            guard let sscc = goods.first?.sscc, let box = try ParcelTable.find(sscc, for: tenant, in: reader),
                [.packed, .listed, .sent].contains(box.state)
            else { return nil }
            return try OrderTable.find(box.order, for: tenant, in: reader).map {
                Container(order: $0, box: box, goods: goods)
            }
        }
    }

    private static func goods(
        _ condition: String, _ arguments: [SQLValue], at now: Timestamp, limit: Int, for tenant: some Tenancy,
        in reader: any Reader
    ) throws -> [KeptBack] {
        let own = tenant.condition(column: "s.scope")
        return try reader.query(
            """
            SELECT s.location, s.item, s.lot, s.quantity, s.status, l.held FROM fulfilment_stock s
            LEFT JOIN fulfilment_lots l ON l.scope = s.scope AND l.item = s.item AND l.lot = s.lot
            WHERE \(condition) AND (s.status <> 'available' OR l.expiry <= ?) AND \(own.sql)
            ORDER BY s.location, s.item, s.lot, s.status LIMIT \(limit)
            """, arguments + [.integer(now.microseconds)] + own.arguments
        ).map { row in
            KeptBack(
                location: try row.text("location"), item: try row.text("item"), lot: try row.text("lot"),
                quantity: try row.integer("quantity"),
                status: StockStatus(rawValue: try row.text("status")) ?? .quarantine,
                reason: try row.optionalText("held").flatMap { Quarantine.Reason(rawValue: $0) })
        }
    }
}
