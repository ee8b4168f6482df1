import District
import Record
import Store

/// Work orders and how much of each is made.
enum WorkTable {
    static let migration = Migration(
        "fulfilment.work.001",
        [
            """
            CREATE TABLE fulfilment_works (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, centre TEXT NOT NULL, kind TEXT NOT NULL, item TEXT NOT NULL,
                quantity BIGINT NOT NULL, made BIGINT NOT NULL, place TEXT NOT NULL, parts TEXT NOT NULL,
                opened BIGINT NOT NULL, is_open BIGINT NOT NULL)
            """,
            "CREATE INDEX fulfilment_works_open ON fulfilment_works (scope, centre, is_open)",
        ])

    static let projection = Projection(
        tables: ["fulfilment_works"], types: [WorkOrder.opened, WorkOrder.cancelled, StockEvent.consumed]
    ) { event, payload, writer in
        guard let id = payload["work"]?.text else { return }
        switch event.type {
        case WorkOrder.opened:
            try writer.execute(
                """
                INSERT INTO fulfilment_works (id, scope, centre, kind, item, quantity, made, place, parts, opened, is_open)
                VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, ?, 1)
                """,
                [
                    .text(id), .text(event.scope.text), .text(payload["centre"]?.text ?? ""),
                    .text(payload["kind"]?.text ?? ""), .text(payload["item"]?.text ?? ""),
                    .integer(payload["quantity"]?.integer ?? 0), .text(payload["place"]?.text ?? ""),
                    .text((payload["parts"] ?? .array([])).canonicalText), .integer(event.observed.microseconds),
                ])
        case WorkOrder.cancelled:
            try writer.execute("UPDATE fulfilment_works SET is_open = 0 WHERE id = ?", [.text(id)])
        default:
            let made = payload["made"]?.integer ?? 0
            try writer.execute(
                """
                UPDATE fulfilment_works SET made = made + ?,
                    is_open = CASE WHEN made + ? >= quantity THEN 0 ELSE is_open END WHERE id = ?
                """, [.integer(made), .integer(made), .text(id)])
        }
    }

    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> WorkOrder? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM fulfilment_works WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).map(work)
    }

    static func list(
        at centre: String, isOpen: Bool = true, limit: Int = 200, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [WorkOrder] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT * FROM fulfilment_works WHERE centre = ? AND is_open = ? AND \(own.sql)
            ORDER BY opened, id LIMIT \(limit)
            """, [.text(centre), .flag(isOpen)] + own.arguments
        ).map(work)
    }

    private static func work(_ row: Row) throws -> WorkOrder {
        WorkOrder(
            id: try row.text("id"), scope: Scope(try row.text("scope")) ?? .zone, centre: try row.text("centre"),
            kind: WorkOrder.Kind(rawValue: try row.text("kind")) ?? .kit, item: try row.text("item"),
            quantity: try row.integer("quantity"), made: try row.integer("made"), place: try row.text("place"),
            parts: (try JSON(parsing: row.text("parts")).elements ?? []).compactMap { part in
                part["item"]?.text.flatMap { item in
                    part["quantity"]?.integer.map { WorkOrder.Part(item: item, quantity: $0) }
                }
            }, isOpen: try row.flag("is_open"))
    }
}
