import District
import Record
import Store

/// Goods that come back, line by line.
enum ReturnTable {
    static let migration = Migration(
        "fulfilment.returns.001",
        [
            """
            CREATE TABLE fulfilment_returns (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, centre TEXT NOT NULL, orders TEXT NOT NULL,
                number TEXT NOT NULL, reason TEXT NOT NULL, asked BIGINT NOT NULL, refund BIGINT NOT NULL)
            """,
            """
            CREATE TABLE fulfilment_return_lines (
                id TEXT NOT NULL, line BIGINT NOT NULL, scope TEXT NOT NULL, item TEXT NOT NULL, name TEXT NOT NULL,
                price BIGINT, quantity BIGINT NOT NULL, received BIGINT NOT NULL, graded BIGINT NOT NULL,
                grades TEXT NOT NULL, PRIMARY KEY (id, line))
            """,
        ])

    /// Whether something came back that was not sent with the order.
    static let strange = Migration(
        "fulfilment.returns.002",
        ["ALTER TABLE fulfilment_return_lines ADD COLUMN strange BIGINT NOT NULL DEFAULT 0"])

    static let projection = Projection(
        tables: ["fulfilment_returns", "fulfilment_return_lines"],
        types: [ReturnEvents.asked, ReturnEvents.refunded, StockEvent.returned, StockEvent.graded, StockEvent.scrapped]
    ) { event, payload, writer in
        let id = event.stream
        switch event.type {
        case ReturnEvents.asked:
            try writer.execute(
                """
                INSERT INTO fulfilment_returns (id, scope, centre, orders, number, reason, asked, refund)
                VALUES (?, ?, ?, ?, ?, ?, ?, 0)
                """,
                [
                    .text(id), .text(event.scope.text), .text(payload["centre"]?.text ?? ""),
                    .text(payload["order"]?.text ?? ""), .text(payload["number"]?.text ?? ""),
                    .text(payload["reason"]?.text ?? ""), .integer(event.observed.microseconds),
                ])
            for line in payload["wanted"]?.elements ?? [] {
                try writer.execute(
                    """
                    INSERT INTO fulfilment_return_lines (id, line, scope, item, name, price, quantity, received, graded,
                        grades) VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, '')
                    """,
                    [
                        .text(id), .integer(line["line"]?.integer ?? 0), .text(event.scope.text),
                        .text(line["item"]?.text ?? ""), .text(line["name"]?.text ?? ""),
                        .optional(line["price"]?.integer), .integer(line["quantity"]?.integer ?? 0),
                    ])
            }
        case ReturnEvents.refunded:
            try writer.execute(
                "UPDATE fulfilment_returns SET refund = refund + ? WHERE id = ?",
                [.integer(payload["amount"]?.integer ?? 0), .text(id)])
        default:
            guard let line = payload["return_line"]?.integer else { return }
            let quantity = payload["quantity"]?.integer ?? 0
            if event.type == StockEvent.returned {
                try writer.execute(
                    """
                    UPDATE fulfilment_return_lines SET received = received + ?,
                        strange = CASE WHEN ? = 1 THEN 1 ELSE strange END WHERE id = ? AND line = ?
                    """,
                    [
                        .integer(quantity), .integer(payload["strange"]?.bool == true ? 1 : 0), .text(id),
                        .integer(line),
                    ])
            } else {
                try writer.execute(
                    """
                    UPDATE fulfilment_return_lines SET graded = graded + ?, grades = grades || ?
                    WHERE id = ? AND line = ?
                    """,
                    [
                        .integer(quantity), .text("\(payload["grade"]?.text ?? "")\(quantity) "), .text(id),
                        .integer(line),
                    ])
            }
        }
    }

    struct Return: Sendable, Hashable {
        let id: String
        let scope: Scope
        let centre: String
        let order: String
        let number: String
        let reason: ReturnRule.Reason
        let asked: Timestamp
        let refund: Int64
        var lines: [Line] = []

        struct Line: Sendable, Hashable {
            let line: Int64
            let item: String
            let name: String
            let price: Int64?
            let quantity: Int64
            let received: Int64
            let graded: Int64
            /// `a2 scrap1 `.
            let grades: String
            /// Whether some of what came was not sent with the order.
            let isStrange: Bool
        }

        var isOpen: Bool { lines.contains { $0.graded < $0.quantity } }
    }

    static func find(_ said: String, for tenant: some Tenancy, in reader: any Reader) throws -> Return? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM fulfilment_returns WHERE (id = ? OR number = ?) AND \(own.sql)",
            [.text(said), .text(OrderNumber.read(said))] + own.arguments
        ).flatMap { try read($0, for: tenant, in: reader) }
    }

    static func list(of order: String, for tenant: some Tenancy, in reader: any Reader) throws -> [Return] {
        try list("orders = ?", [.text(order)], for: tenant, in: reader)
    }

    static func latest(for tenant: some Tenancy, in reader: any Reader) throws -> [Return] {
        try list("1 = 1", [], for: tenant, in: reader)
    }

    private static func list(
        _ condition: String, _ arguments: [SQLValue], for tenant: some Tenancy, in reader: any Reader
    ) throws -> [Return] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM fulfilment_returns WHERE \(condition) AND \(own.sql) ORDER BY asked DESC, id LIMIT 100",
            arguments + own.arguments
        ).compactMap { try read($0, for: tenant, in: reader) }
    }

    private static func read(_ row: Row, for tenant: some Tenancy, in reader: any Reader) throws -> Return? {
        guard let scope = Scope(try row.text("scope")) else { return nil }
        let own = tenant.condition(column: "scope")
        var found = Return(
            id: try row.text("id"), scope: scope, centre: try row.text("centre"), order: try row.text("orders"),
            number: try row.text("number"), reason: ReturnRule.Reason(rawValue: try row.text("reason")) ?? .unwanted,
            asked: Timestamp(microseconds: try row.integer("asked")), refund: try row.integer("refund"))
        found.lines = try reader.query(
            "SELECT * FROM fulfilment_return_lines WHERE id = ? AND \(own.sql) ORDER BY line",
            [.text(found.id)] + own.arguments
        ).map { row in
            Return.Line(
                line: try row.integer("line"), item: try row.text("item"), name: try row.text("name"),
                price: try row.optionalInteger("price"), quantity: try row.integer("quantity"),
                received: try row.integer("received"), graded: try row.integer("graded"),
                grades: try row.text("grades"), isStrange: try row.flag("strange"))
        }
        return found
    }
}
