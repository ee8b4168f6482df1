import District
import Record
import Store

/// What robots carry within the centre: the latest way of each tour's totes and of each shelf.
enum CarryTable {
    static let migration = Migration(
        "fulfilment.carry.001",
        [
            """
            CREATE TABLE fulfilment_carries (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, centre TEXT NOT NULL, kind TEXT NOT NULL,
                subject TEXT NOT NULL, station TEXT NOT NULL, origin TEXT NOT NULL, goal TEXT NOT NULL,
                state TEXT NOT NULL, since BIGINT NOT NULL, number BIGINT NOT NULL)
            """,
            "CREATE INDEX fulfilment_carries_subject ON fulfilment_carries (scope, subject, number)",
        ])

    static let projection = Projection(
        tables: ["fulfilment_carries"], types: [Carry.asked, Carry.arrived, Carry.failed]
    ) { event, payload, writer in
        guard event.type == Carry.asked else {
            try writer.execute(
                "UPDATE fulfilment_carries SET state = ?, since = ? WHERE id = ?",
                [
                    .text(event.type == Carry.arrived ? "arrived" : "failed"), .integer(event.observed.microseconds),
                    .text(event.stream),
                ])
            return
        }
        let (scope, subject) = (SQLValue.text(event.scope.text), SQLValue.text(payload["subject"]?.text ?? ""))
        let number =
            try writer.first(
                "SELECT COUNT(*) AS n FROM fulfilment_carries WHERE scope = ? AND subject = ?", [scope, subject]
            )?.integer("n") ?? 0
        try writer.execute(
            """
            INSERT INTO fulfilment_carries (id, scope, centre, kind, subject, station, origin, goal, state, since, number)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'under-way', ?, ?)
            """,
            [
                .text(event.stream), scope, .text(payload["centre"]?.text ?? ""), .text(payload["kind"]?.text ?? ""),
                subject, .text(payload["station"]?.text ?? ""), .text(payload["from"]?.text ?? ""),
                .text(payload["to"]?.text ?? ""), .integer(event.observed.microseconds), .integer(number + 1),
            ])
    }

    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> Carry? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM fulfilment_carries WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).flatMap(carry)
    }

    /// The last way of a tour's totes, or of a shelf; nil where none was ever carried.
    static func last(of subject: String, for tenant: some Tenancy, in reader: any Reader) throws -> Carry? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM fulfilment_carries WHERE subject = ? AND \(own.sql) ORDER BY number DESC LIMIT 1",
            [.text(subject)] + own.arguments
        ).flatMap(carry)
    }

    /// The last way of each, the latest first.
    static func list(in centre: String, for tenant: some Tenancy, limit: Int = 60, in reader: any Reader) throws
        -> [Carry]
    {
        let own = tenant.condition(column: "c.scope")
        return try reader.query(
            """
            SELECT * FROM fulfilment_carries c WHERE c.centre = ? AND \(own.sql) AND NOT EXISTS
                (SELECT 1 FROM fulfilment_carries l
                    WHERE l.scope = c.scope AND l.subject = c.subject AND l.number > c.number)
            ORDER BY c.since DESC, c.id LIMIT \(limit)
            """, [.text(centre)] + own.arguments
        ).compactMap(carry)
    }

    /// Tours whose picks are done and whose orders wait to be packed.
    static func ready(in centre: String, for tenant: some Tenancy, in reader: any Reader) throws -> [String] {
        let own = tenant.condition(column: "t.scope")
        return try reader.query(
            """
            SELECT t.id FROM fulfilment_tours t WHERE t.centre = ? AND t.state = 'done' AND \(own.sql) AND t.id IN
                (SELECT k.tour FROM fulfilment_pick_tasks k JOIN fulfilment_orders o ON o.id = k.orders
                    WHERE o.state = 'picked' AND o.centre = ?)
            ORDER BY t.done DESC, t.id LIMIT 50
            """, [.text(centre)] + own.arguments + [.text(centre)]
        ).map { try $0.text("id") }
    }

    private static func carry(_ row: Row) throws -> Carry? {
        guard let scope = Scope(try row.text("scope")), let kind = Carry.Kind(rawValue: try row.text("kind")) else {
            return nil
        }
        return Carry(
            id: try row.text("id"), scope: scope, centre: try row.text("centre"), kind: kind,
            subject: try row.text("subject"), station: try row.text("station"), from: try row.text("origin"),
            to: try row.text("goal"), state: Carry.State(rawValue: try row.text("state")) ?? .failed,
            since: Timestamp(microseconds: try row.integer("since")))
    }
}
