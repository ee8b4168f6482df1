import District
import Record
import Store

/// Packing stations: how many orders one takes at a time, and which orders go to which.
enum StationTable {
    static let migration = Migration(
        "fulfilment.stations.001",
        [
            """
            CREATE TABLE fulfilment_stations (
                place TEXT PRIMARY KEY, scope TEXT NOT NULL, centre TEXT NOT NULL, slots BIGINT NOT NULL)
            """,
            """
            CREATE TABLE fulfilment_station_orders (
                orders TEXT PRIMARY KEY, scope TEXT NOT NULL, centre TEXT NOT NULL, station TEXT, since BIGINT NOT NULL)
            """,
            "CREATE INDEX fulfilment_station_orders_station ON fulfilment_station_orders (scope, centre, station)",
        ])

    static let projection = Projection(
        tables: ["fulfilment_stations", "fulfilment_station_orders"],
        types: [StationEvents.set, StationEvents.assigned, StockEvent.packed, OrderEvents.cancelled]
    ) { event, payload, writer in
        let (scope, centre) = (SQLValue.text(event.scope.text), SQLValue.text(payload["centre"]?.text ?? ""))
        switch event.type {
        case StationEvents.set:
            try writer.execute(
                """
                INSERT INTO fulfilment_stations (place, scope, centre, slots) VALUES (?, ?, ?, ?)
                ON CONFLICT (place) DO UPDATE SET slots = excluded.slots
                """, [.text(payload["place"]?.text ?? ""), scope, centre, .integer(payload["slots"]?.integer ?? 1)])
        case StationEvents.assigned:
            for one in payload["orders"]?.elements ?? [] {
                try writer.execute(
                    """
                    INSERT INTO fulfilment_station_orders (orders, scope, centre, station, since) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (orders) DO UPDATE SET station = excluded.station, since = excluded.since
                    """,
                    [
                        .text(one["order"]?.text ?? ""), scope, centre, .optional(one["station"]?.text),
                        .integer(event.observed.microseconds),
                    ])
            }
        default:
            // What is packed or called off is at no station any more.
            try writer.execute("DELETE FROM fulfilment_station_orders WHERE orders = ?", [.text(event.stream)])
        }
    }

    /// The packing stations of a centre, with what waits for each.
    static func list(in centre: String, for tenant: some Tenancy, in reader: any Reader) throws -> [PackStation] {
        let own = tenant.condition(column: "scope")
        let slots = Dictionary(
            try reader.query(
                "SELECT place, slots FROM fulfilment_stations WHERE centre = ? AND \(own.sql)",
                [.text(centre)] + own.arguments
            ).map { (try $0.text("place"), Int(try $0.integer("slots"))) }, uniquingKeysWith: { $1 })
        let orders = try orders(in: centre, for: tenant, in: reader)
        return try PlaceTable.list(in: centre, kinds: [.pack], for: tenant, in: reader).map { place in
            let mine = orders.filter { $0.station == place.id }
            return PackStation(
                place: place, slots: slots[place.id] ?? PackStation.usual,
                coming: mine.filter { $0.state == .released }.map(\.order),
                waiting: mine.filter { $0.state == .picked }.map(\.order))
        }
    }

    /// Orders of the floor that are not packed, what must leave first before the rest; those of which no station is known too.
    static func orders(in centre: String, for tenant: some Tenancy, in reader: any Reader) throws -> [StationBound] {
        let own = tenant.condition(column: "o.scope")
        return try reader.query(
            """
            SELECT o.id, o.state, o.ship, s.station,
                (SELECT MAX(k.tour) FROM fulfilment_pick_tasks k WHERE k.orders = o.id) AS tour
            FROM fulfilment_orders o LEFT JOIN fulfilment_station_orders s ON s.orders = o.id
            WHERE o.centre = ? AND o.state IN ('released', 'picked') AND \(own.sql) ORDER BY o.ship, o.id LIMIT 5000
            """, [.text(centre)] + own.arguments
        ).compactMap { row in
            guard let state = Order.State(rawValue: try row.text("state")) else { return nil }
            return StationBound(
                order: try row.text("id"), station: try row.optionalText("station"), state: state,
                ship: try row.optionalInteger("ship").map { Timestamp(microseconds: $0) },
                tour: try row.optionalText("tour"))
        }
    }

    /// The station that most of these orders go to; nil where none is known.
    static func station(of orders: [String], for tenant: some Tenancy, in reader: any Reader) throws -> String? {
        let own = tenant.condition(column: "scope")
        var votes: [String: Int] = [:]
        for order in orders {
            let row = try reader.first(
                "SELECT station FROM fulfilment_station_orders WHERE orders = ? AND \(own.sql)",
                [.text(order)] + own.arguments)
            if let station = try row?.optionalText("station") { votes[station, default: 0] += 1 }
        }
        return votes.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }
}
