import District
import Record
import Store

/// What a centre costs in a month, in won, as its people say.
struct CentreCosts: Sendable, Hashable {
    /// Wages; rent and energy; cartons and tape; what else.
    var people: Int64
    var space: Int64
    var supplies: Int64
    var other: Int64

    var sum: Int64 { Won.sum([people, space, supplies, other]) }
}

/// What centres cost, as last said.
enum CostTable {
    static let set = "fulfilment.cost.set"

    static let migration = Migration(
        "fulfilment.cost.001",
        [
            """
            CREATE TABLE fulfilment_costs (
                centre TEXT NOT NULL, scope TEXT NOT NULL, people BIGINT NOT NULL, space BIGINT NOT NULL,
                supplies BIGINT NOT NULL, other BIGINT NOT NULL, PRIMARY KEY (centre, scope))
            """
        ])

    static let projection = Projection(tables: ["fulfilment_costs"], types: [set]) { event, payload, writer in
        try writer.execute(
            """
            INSERT INTO fulfilment_costs (centre, scope, people, space, supplies, other) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (centre, scope) DO UPDATE SET people = excluded.people, space = excluded.space,
                supplies = excluded.supplies, other = excluded.other
            """,
            [.text(payload["centre"]?.text ?? ""), .text(event.scope.text)]
                + ["people", "space", "supplies", "other"].map { .integer(payload[$0]?.integer ?? 0) })
    }

    static func find(_ centre: String, for tenant: some Tenancy, in reader: any Reader) throws -> CentreCosts? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM fulfilment_costs WHERE centre = ? AND \(own.sql)", [.text(centre)] + own.arguments
        ).map { row in
            CentreCosts(
                people: try row.integer("people"), space: try row.integer("space"),
                supplies: try row.integer("supplies"), other: try row.integer("other"))
        }
    }
}
