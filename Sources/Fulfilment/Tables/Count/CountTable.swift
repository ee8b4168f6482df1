import District
import Record
import Store

/// Counts of places: open, waiting for approval, and settled.
enum CountTable {
    static let opened = "fulfilment.count.opened"
    static let submitted = "fulfilment.count.submitted"
    static let rejected = "fulfilment.count.rejected"
    static let settled = "fulfilment.count.settled"

    static let migration = Migration(
        "fulfilment.count.001",
        [
            """
            CREATE TABLE fulfilment_counts (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, centre TEXT NOT NULL, place TEXT NOT NULL,
                state TEXT NOT NULL, opened BIGINT NOT NULL, counter TEXT, variances TEXT NOT NULL, changed BIGINT NOT NULL)
            """,
            "CREATE INDEX fulfilment_counts_place ON fulfilment_counts (scope, centre, place, state)",
        ])

    static let projection = Projection(
        tables: ["fulfilment_counts"], types: [opened, submitted, rejected, settled]
    ) { event, payload, writer in
        let (id, at) = (payload["count"]?.text ?? "", SQLValue.integer(event.observed.microseconds))
        switch event.type {
        case opened:
            try writer.execute(
                """
                INSERT INTO fulfilment_counts (id, scope, centre, place, state, opened, counter, variances, changed)
                VALUES (?, ?, ?, ?, 'open', ?, NULL, '[]', ?)
                """,
                [
                    .text(id), .text(event.scope.text), .text(payload["centre"]?.text ?? ""),
                    .text(payload["place"]?.text ?? ""), at, at,
                ])
        case submitted:
            try writer.execute(
                "UPDATE fulfilment_counts SET state = 'submitted', counter = ?, variances = ?, changed = ? WHERE id = ?",
                [
                    .text(event.author.text), .text((payload["variances"] ?? .array([])).canonicalText), at, .text(id),
                ])
        default:
            let state = event.type == rejected ? "open" : "settled"
            try writer.execute(
                "UPDATE fulfilment_counts SET state = ?, changed = ? WHERE id = ?", [.text(state), at, .text(id)])
        }
    }

    /// A count of a place.
    struct Count: Sendable, Hashable {
        let id: String
        let scope: Scope
        let centre: String
        let place: String
        let state: State
        let opened: Timestamp
        /// Who counted, as events name an author; nil before.
        let counter: String?
        /// When it was opened, submitted or sent back last.
        let changed: Timestamp
        let variances: [Variance]

        enum State: String, Sendable, Hashable { case open, submitted, settled }
    }

    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> Count? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM fulfilment_counts WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).map(count)
    }

    /// The count of a place that is not settled; nil where there is none.
    static func current(of place: String, for tenant: some Tenancy, in reader: any Reader) throws -> Count? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM fulfilment_counts WHERE place = ? AND state <> 'settled' AND \(own.sql) ORDER BY opened, id",
            [.text(place)] + own.arguments
        ).map(count)
    }

    /// Counts of a state in a centre, the oldest first.
    static func list(
        _ state: Count.State, at centre: String, for tenant: some Tenancy, limit: Int = 200, in reader: any Reader
    ) throws -> [Count] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT * FROM fulfilment_counts WHERE centre = ? AND state = ? AND \(own.sql)
            ORDER BY opened, id LIMIT \(limit)
            """, [.text(centre), .text(state.rawValue)] + own.arguments
        ).map(count)
    }

    /// When each place of a centre was last counted.
    static func last(in centre: String, for tenant: some Tenancy, in reader: any Reader) throws -> [String: Timestamp] {
        let own = tenant.condition(column: "scope")
        let rows = try reader.query(
            """
            SELECT place, MAX(changed) AS last FROM fulfilment_counts
            WHERE centre = ? AND state = 'settled' AND \(own.sql) GROUP BY place
            """, [.text(centre)] + own.arguments)
        return Dictionary(
            try rows.map { (try $0.text("place"), Timestamp(microseconds: try $0.integer("last"))) },
            uniquingKeysWith: { $1 })
    }

    /// A place that is due to be counted.
    struct Due: Sendable, Hashable {
        let place: Place
        let velocity: Item.Velocity
        let last: Timestamp?
    }

    /// The places that should be counted next: by how often their goods are picked, and since when nobody did.
    static func due(
        in centre: String, _ rule: CountRule, at now: Timestamp, limit: Int = 30, for tenant: some Tenancy,
        in reader: any Reader
    ) throws -> [Due] {
        let places = try PlaceTable.list(in: centre, kinds: [.pick, .reserve], for: tenant, in: reader)
        let held = try StockTable.held(in: centre, for: tenant, limit: 500_000, in: reader)
        let items = try ItemTable.byCode(Set(held.map(\.item)), for: tenant, in: reader)
        var fastest: [String: Item.Velocity] = [:]
        for one in held {
            let velocity = items[one.item]?.velocity ?? .c
            if velocity.rawValue < (fastest[one.spot.location]?.rawValue ?? "d") {
                fastest[one.spot.location] = velocity
            }
        }
        let last = try last(in: centre, for: tenant, in: reader)
        let due = places.compactMap { place -> (Due, Double)? in
            guard let velocity = fastest[place.id], !place.isClosed else { return nil }
            let urgency = rule.urgency(of: velocity, last: last[place.id], now: now)
            return urgency >= 1 ? (Due(place: place, velocity: velocity, last: last[place.id]), urgency) : nil
        }
        return due.sorted { ($1.1, $0.0.place.sequence) < ($0.1, $1.0.place.sequence) }.prefix(limit).map(\.0)
    }

    private static func count(_ row: Row) throws -> Count {
        Count(
            id: try row.text("id"), scope: Scope(try row.text("scope")) ?? .zone, centre: try row.text("centre"),
            place: try row.text("place"), state: Count.State(rawValue: try row.text("state")) ?? .open,
            opened: Timestamp(microseconds: try row.integer("opened")), counter: try row.optionalText("counter"),
            changed: Timestamp(microseconds: try row.integer("changed")),
            variances: (try JSON(parsing: row.text("variances")).elements ?? []).compactMap { Variance($0) })
    }
}
