import District
import Record
import Store

/// The boats, as a table that follows from events and can be made anew from them.
enum BoatTable {
    static let migration = Migration(
        "toys.001",
        [
            """
            CREATE TABLE toys_boats (
                id TEXT PRIMARY KEY, name TEXT NOT NULL, slip TEXT NOT NULL, metres DOUBLE PRECISION NOT NULL,
                scope TEXT NOT NULL, launched BIGINT NOT NULL, is_held BIGINT NOT NULL)
            """,
            "CREATE INDEX toys_boats_slip ON toys_boats (slip)",
        ])

    static let projection = Projection(
        tables: ["toys_boats"], types: ["toys.boat.launched", "toys.boat.held"]
    ) { event, payload, transaction in
        guard event.type == "toys.boat.launched" else {
            try transaction.execute("UPDATE toys_boats SET is_held = 1 WHERE id = ?", [.text(event.stream)])
            return
        }
        try transaction.execute(
            """
            INSERT INTO toys_boats (id, name, slip, metres, scope, launched, is_held) VALUES (?, ?, ?, ?, ?, ?, 0)
            """,
            [
                .text(event.stream), .text(payload["name"]?.text ?? ""), .text(payload["slip"]?.text ?? ""),
                .real(payload["metres"]?.double ?? 0), .text(event.scope.text),
                .integer(event.observed.microseconds),
            ])
    }

    /// A page of the boats that someone may see, newest first.
    static func page(for tenant: some Tenancy, limit: Int, in reader: any Reader) throws -> Listing<Boat> {
        let scope = tenant.condition(column: "scope")
        return try reader.listing(
            "*", from: "toys_boats WHERE \(scope.sql)", scope.arguments, order: "launched DESC, id", limit: limit,
            offset: 0, boat)
    }

    /// The boats that someone may see of those that went down a slipway.
    static func boats(on slip: ThingID, for tenant: some Tenancy, in reader: any Reader) throws -> [Boat] {
        let scope = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM toys_boats WHERE slip = ? AND \(scope.sql) ORDER BY id",
            [.text(slip.rawValue)] + scope.arguments
        ).map(boat)
    }

    /// The boats that went down a slipway and are not held, whosever they are.
    static func free(on slip: ThingID, in reader: any Reader) throws -> [Boat] {
        try reader.query(
            "SELECT * FROM toys_boats WHERE slip = ? AND is_held = 0 ORDER BY id", [.text(slip.rawValue)]
        ).map(boat)
    }

    private static func boat(_ row: Row) throws -> Boat {
        Boat(
            id: try row.text("id"), name: try row.text("name"), slip: ThingID(try row.text("slip")),
            metres: try row.real("metres"), scope: Scope(try row.text("scope")) ?? .zone,
            launched: Timestamp(microseconds: try row.integer("launched")), isHeld: try row.flag("is_held"))
    }
}
