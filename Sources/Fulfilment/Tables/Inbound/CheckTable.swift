import District
import Record
import Store

/// Lots that wait to be checked, and those that were. Their table is part of the migration of inbound.
enum CheckTable {
    static let projection = Projection(
        tables: ["fulfilment_checks"], types: [Check.asked, Check.decided, Check.withdrawn]
    ) { event, payload, writer in
        let id = payload["check"]?.text ?? ""
        guard event.type == Check.asked else {
            let state = event.type == Check.withdrawn ? Check.State.withdrawn.rawValue : payload["state"]?.text
            try writer.execute(
                "UPDATE fulfilment_checks SET state = ? WHERE id = ?",
                [.text(state ?? Check.State.rejected.rawValue), .text(id)])
            return
        }
        try writer.execute(
            """
            INSERT INTO fulfilment_checks (id, scope, centre, inbound, item, lot, quantity, location, letter, sample,
                accept, quality, since, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open')
            """,
            [
                .text(id), .text(event.scope.text), .text(payload["centre"]?.text ?? ""),
                .text(payload["inbound"]?.text ?? ""), .text(payload["item"]?.text ?? ""),
                .text(payload["lot"]?.text ?? ""), .integer(payload["quantity"]?.integer ?? 0),
                .text(payload["location"]?.text ?? ""), .text(payload["letter"]?.text ?? ""),
                .integer(payload["sample"]?.integer ?? 0), .integer(payload["accept"]?.integer ?? 0),
                .text(payload["limit"]?.text ?? ""), .integer(event.observed.microseconds),
            ])
    }

    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> Check? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM fulfilment_checks WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).map(check)
    }

    /// Checks of a state, the oldest first.
    static func list(
        _ state: Check.State = .open, at centre: String? = nil, for tenant: some Tenancy, limit: Int = 200,
        in reader: any Reader
    ) throws -> [Check] {
        let own = tenant.condition(column: "scope")
        let within = centre == nil ? "" : "centre = ? AND "
        return try reader.query(
            """
            SELECT * FROM fulfilment_checks WHERE \(within)state = ? AND \(own.sql) ORDER BY since, item, lot, id LIMIT \(limit)
            """, (centre.map { [.text($0)] } ?? []) + [.text(state.rawValue)] + own.arguments
        ).map(check)
    }

    private static func check(_ row: Row) throws -> Check {
        Check(
            id: try row.text("id"), scope: Scope(try row.text("scope")) ?? .zone, centre: try row.text("centre"),
            inbound: try row.text("inbound"), item: try row.text("item"), lot: try row.text("lot"),
            quantity: try row.integer("quantity"), location: try row.text("location"),
            plan: SamplingPlans.Plan(
                letter: try row.text("letter"), sample: try row.integer("sample"), accept: try row.integer("accept"),
                limit: try row.text("quality")),
            since: Timestamp(microseconds: try row.integer("since")),
            state: Check.State(rawValue: try row.text("state")) ?? .open)
    }
}
