import District
import Record
import Store

/// Announced deliveries and what came of them.
enum InboundTable {
    static let migration = Migration(
        "fulfilment.inbound.001",
        [
            """
            CREATE TABLE fulfilment_inbounds (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, centre TEXT NOT NULL, supplier TEXT NOT NULL,
                reference TEXT NOT NULL, due BIGINT NOT NULL, announced BIGINT NOT NULL, closed BIGINT)
            """,
            "CREATE INDEX fulfilment_inbounds_open ON fulfilment_inbounds (scope, centre, closed)",
            """
            CREATE TABLE fulfilment_inbound_lines (
                inbound TEXT NOT NULL, line BIGINT NOT NULL, scope TEXT NOT NULL, item TEXT NOT NULL,
                lot TEXT NOT NULL, expiry BIGINT, expected BIGINT NOT NULL, received BIGINT NOT NULL,
                damaged BIGINT NOT NULL, sscc TEXT, PRIMARY KEY (inbound, line))
            """,
            "CREATE INDEX fulfilment_inbound_lines_item ON fulfilment_inbound_lines (scope, item)",
            "CREATE INDEX fulfilment_inbound_lines_sscc ON fulfilment_inbound_lines (sscc)",
            """
            CREATE TABLE fulfilment_checks (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, centre TEXT NOT NULL, inbound TEXT NOT NULL,
                item TEXT NOT NULL, lot TEXT NOT NULL, quantity BIGINT NOT NULL, location TEXT NOT NULL,
                letter TEXT NOT NULL, sample BIGINT NOT NULL, accept BIGINT NOT NULL, quality TEXT NOT NULL,
                since BIGINT NOT NULL, state TEXT NOT NULL)
            """,
            "CREATE INDEX fulfilment_checks_state ON fulfilment_checks (scope, centre, state)",
        ])

    static let projection = Projection(
        tables: ["fulfilment_inbounds", "fulfilment_inbound_lines"],
        types: [Arrival.announced, Arrival.closed, StockEvent.received, StockEvent.takenBack]
    ) { event, payload, writer in
        let id = payload["inbound"]?.text ?? ""
        switch event.type {
        case Arrival.announced: try announce(id, event, payload, writer)
        case Arrival.closed:
            try writer.execute(
                "UPDATE fulfilment_inbounds SET closed = ? WHERE id = ?",
                [.integer(event.observed.microseconds), .text(id)])
        case StockEvent.takenBack:
            let key: [SQLValue] = [.text(id), .integer(payload["receipt"]?["line"]?.integer ?? 0)]
            try writer.execute(
                """
                UPDATE fulfilment_inbound_lines SET received = received - ?, damaged = damaged - ?
                WHERE inbound = ? AND line = ?
                """,
                [
                    .integer(payload["receipt"]?["good"]?.integer ?? 0),
                    .integer(payload["receipt"]?["damaged"]?.integer ?? 0),
                ] + key)
            // A line that nobody announced came to be by the receipt alone.
            try writer.execute(
                """
                DELETE FROM fulfilment_inbound_lines
                WHERE inbound = ? AND line = ? AND expected = 0 AND received = 0 AND damaged = 0
                """, key)
        default:
            guard let receipt = payload["receipt"] else { return }
            try writer.execute(
                """
                INSERT INTO fulfilment_inbound_lines
                    (inbound, line, scope, item, lot, expiry, expected, received, damaged, sscc)
                VALUES (?, ?, ?, ?, ?, NULL, 0, ?, ?, NULL) ON CONFLICT (inbound, line) DO UPDATE
                SET received = fulfilment_inbound_lines.received + excluded.received,
                    damaged = fulfilment_inbound_lines.damaged + excluded.damaged
                """,
                [
                    .text(id), .integer(receipt["line"]?.integer ?? 0), .text(event.scope.text),
                    .text(receipt["item"]?.text ?? ""), .text(receipt["lot"]?.text ?? ""),
                    .integer(receipt["good"]?.integer ?? 0), .integer(receipt["damaged"]?.integer ?? 0),
                ])
        }
    }

    private static func announce(_ id: String, _ event: Event, _ payload: [String: JSON], _ writer: any Writer) throws {
        try writer.execute(
            """
            INSERT INTO fulfilment_inbounds (id, scope, centre, supplier, reference, due, announced, closed)
            VALUES (?, ?, ?, ?, ?, ?, ?, NULL)
            """,
            [
                .text(id), .text(event.scope.text), .text(payload["centre"]?.text ?? ""),
                .text(payload["supplier"]?.text ?? ""), .text(payload["reference"]?.text ?? ""),
                .integer((payload["due"]?.text.flatMap { Timestamp(iso8601: $0) } ?? event.observed).microseconds),
                .integer(event.observed.microseconds),
            ])
        for line in payload["lines"]?.elements ?? [] {
            let expiry = line["expiry"]?.text.flatMap { Timestamp(iso8601: $0) }
            try writer.execute(
                """
                INSERT INTO fulfilment_inbound_lines
                    (inbound, line, scope, item, lot, expiry, expected, received, damaged, sscc)
                VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, ?)
                """,
                [
                    .text(id), .integer(line["line"]?.integer ?? 0), .text(event.scope.text),
                    .text(line["item"]?.text ?? ""), .text(line["lot"]?.text ?? ""),
                    .optional(expiry?.microseconds), .integer(line["quantity"]?.integer ?? 0),
                    .optional(line["sscc"]?.text),
                ])
        }
    }

    /// Supply that is announced and has not come: what a promise may count on, with when.
    struct Expected: Sendable, Hashable {
        let inbound: String
        let due: Timestamp
        let quantity: Int64
    }

    /// What is still expected of an item, the earliest first.
    static func expected(
        _ item: String, in centre: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [Expected] {
        try expected(of: [item], in: centre, for: tenant, in: reader)[item] ?? []
    }

    /// What is still expected of several items, each the earliest first.
    static func expected(
        of items: [String], in centre: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [String: [Expected]] {
        guard !items.isEmpty else { return [:] }
        let own = tenant.condition(column: "i.scope")
        let marks = items.map { _ in "?" }.joined(separator: ", ")
        let rows = try reader.query(
            """
            SELECT l.item, i.id, i.due, SUM(l.expected - l.received - l.damaged) AS open
            FROM fulfilment_inbounds i JOIN fulfilment_inbound_lines l ON l.inbound = i.id
            WHERE l.item IN (\(marks)) AND i.centre = ? AND i.closed IS NULL
                AND l.expected > l.received + l.damaged AND \(own.sql)
            GROUP BY l.item, i.id, i.due ORDER BY i.due, i.id
            """, items.map { .text($0) } + [.text(centre)] + own.arguments)
        var expected: [String: [Expected]] = [:]
        for row in rows {
            expected[try row.text("item"), default: []].append(
                Expected(
                    inbound: try row.text("id"), due: Timestamp(microseconds: try row.integer("due")),
                    quantity: Int64(try row.real("open"))))
        }
        return expected
    }

    /// A delivery by its number, or by the supplier's number or a pallet's code where exactly one open delivery has it.
    static func meant(_ said: String, for tenant: some Tenancy, in reader: any Reader) throws -> Arrival? {
        if let found = try find(said, for: tenant, in: reader) { return found }
        let own = tenant.condition(column: "scope")
        let rows = try reader.query(
            """
            SELECT id FROM fulfilment_inbounds WHERE closed IS NULL AND \(own.sql) AND (reference = ?
                OR id IN (SELECT inbound FROM fulfilment_inbound_lines WHERE sscc = ?)) ORDER BY due, id LIMIT 2
            """, own.arguments + [.text(said), .text(GTIN.sscc(scanned: said) ?? said)])
        guard rows.count == 1, let row = rows.first else { return nil }
        return try find(try row.text("id"), for: tenant, in: reader)
    }

    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> Arrival? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM fulfilment_inbounds WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).map { try arrival($0, in: reader) }
    }

    /// Deliveries that are under way, the earliest first; or those that are finished, the latest first.
    static func list(
        at centre: String? = nil, closed: Bool = false, limit: Int = 100, for tenant: some Tenancy,
        in reader: any Reader
    ) throws -> [Arrival] {
        let own = tenant.condition(column: "scope")
        let within = centre == nil ? "" : "centre = ? AND "
        return try reader.query(
            """
            SELECT * FROM fulfilment_inbounds WHERE \(within)closed IS \(closed ? "NOT NULL" : "NULL") AND \(own.sql)
            ORDER BY \(closed ? "closed DESC" : "due"), id LIMIT \(limit)
            """, (centre.map { [.text($0)] } ?? []) + own.arguments
        ).map { try arrival($0, in: reader) }
    }

    private static func arrival(_ row: Row, in reader: any Reader) throws -> Arrival {
        let id = try row.text("id")
        let lines = try reader.query(
            "SELECT * FROM fulfilment_inbound_lines WHERE inbound = ? AND scope = ? ORDER BY line",
            [.text(id), .text(try row.text("scope"))]
        ).map { line in
            Arrival.Line(
                number: try line.integer("line"), item: try line.text("item"), lot: try line.text("lot"),
                expiry: try line.optionalInteger("expiry").map { Timestamp(microseconds: $0) },
                expected: try line.integer("expected"), received: try line.integer("received"),
                damaged: try line.integer("damaged"), sscc: try line.optionalText("sscc"))
        }
        return Arrival(
            id: id, scope: Scope(try row.text("scope")) ?? .zone, centre: try row.text("centre"),
            supplier: try row.text("supplier"), reference: try row.text("reference"),
            due: Timestamp(microseconds: try row.integer("due")),
            isClosed: try row.optionalInteger("closed") != nil, lines: lines)
    }
}
