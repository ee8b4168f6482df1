import Access
import District
import Record
import Store

/// Which thing measures the temperature of which places, and how it was found last.
enum ColdTable {
    static let watched = "fulfilment.cold.watched"
    static let unwatched = "fulfilment.cold.unwatched"
    /// A cold room was found otherwise than before: `watch`, `state`, and of an excursion `worst`, `since`, `lots`, `orders`.
    static let changed = "fulfilment.cold.changed"

    /// Whose temperature is measured by what.
    struct Watch: Sendable, Hashable {
        let id: String
        let scope: Scope
        let centre: String
        let climate: Item.Climate
        let sensor: ThingID
        let property: String
        /// As it was found last; nil before it was looked at.
        var state: String?
        /// Since when, and the worst temperature, °C, of an excursion.
        var since: Timestamp?
        var worst: Double?
    }

    static let migration = Migration(
        "fulfilment.cold.001",
        [
            """
            CREATE TABLE fulfilment_cold (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, centre TEXT NOT NULL, climate TEXT NOT NULL,
                sensor TEXT NOT NULL, property TEXT NOT NULL, state TEXT, since BIGINT, worst DOUBLE PRECISION)
            """
        ])

    static let projection = Projection(
        tables: ["fulfilment_cold"], types: [watched, unwatched, changed]
    ) { event, payload, writer in
        let id = payload["watch"]?.text ?? ""
        switch event.type {
        case watched:
            try writer.execute(
                """
                INSERT INTO fulfilment_cold (id, scope, centre, climate, sensor, property) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET sensor = excluded.sensor, property = excluded.property, state = NULL,
                    since = NULL, worst = NULL
                """,
                [
                    .text(id), .text(event.scope.text), .text(payload["centre"]?.text ?? ""),
                    .text(payload["climate"]?.text ?? ""), .text(payload["sensor"]?.text ?? ""),
                    .text(payload["property"]?.text ?? ""),
                ])
        case unwatched: try writer.execute("DELETE FROM fulfilment_cold WHERE id = ?", [.text(id)])
        default:
            let since = payload["since"]?.text.flatMap { Timestamp(iso8601: $0) }
            try writer.execute(
                "UPDATE fulfilment_cold SET state = ?, since = ?, worst = ? WHERE id = ?",
                [
                    .text(payload["state"]?.text ?? ""), since.map { .integer($0.microseconds) } ?? .null,
                    payload["worst"]?.double.map { .real($0) } ?? .null, .text(id),
                ])
        }
    }

    /// What is watched, of whoever asks.
    static func list(for tenant: some Tenancy, in reader: any Reader) throws -> [Watch] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM fulfilment_cold WHERE \(own.sql) ORDER BY centre, climate LIMIT 2000", own.arguments
        ).compactMap(watch)
    }

    /// One of them.
    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> Watch? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM fulfilment_cold WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).flatMap(watch)
    }

    private static func watch(_ row: Row) throws -> Watch? {
        guard let climate = Item.Climate(rawValue: try row.text("climate")) else { return nil }
        return Watch(
            id: try row.text("id"), scope: Scope(try row.text("scope")) ?? .zone, centre: try row.text("centre"),
            climate: climate, sensor: ThingID(try row.text("sensor")), property: try row.text("property"),
            state: try row.optionalText("state"),
            since: try row.optionalInteger("since").map { Timestamp(microseconds: $0) },
            worst: try row.optionalReal("worst"))
    }
}
