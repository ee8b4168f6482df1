import District
import Record
import Store

/// Orders, their lines, who they are for, and every promise that was made of them.
enum OrderTable {
    static let migration = Migration(
        "fulfilment.orders.002",
        [
            """
            CREATE TABLE fulfilment_orders (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, centre TEXT NOT NULL, number TEXT NOT NULL,
                channel TEXT NOT NULL, reference TEXT NOT NULL, state TEXT NOT NULL, held BIGINT NOT NULL,
                partial BIGINT NOT NULL, urgent BIGINT NOT NULL, delivery TEXT NOT NULL, carrier TEXT NOT NULL,
                placed BIGINT NOT NULL, ship BIGINT, due BIGINT, first_due BIGINT, promises BIGINT NOT NULL,
                goods BIGINT NOT NULL, fee BIGINT NOT NULL, shipped BIGINT, delivered BIGINT, mission TEXT, attempts BIGINT NOT NULL DEFAULT 0)
            """,
            "CREATE INDEX fulfilment_orders_state ON fulfilment_orders (scope, centre, state, ship)",
            "CREATE INDEX fulfilment_orders_number ON fulfilment_orders (number)",
            """
            CREATE TABLE fulfilment_order_lines (
                orders TEXT NOT NULL, line BIGINT NOT NULL, scope TEXT NOT NULL, centre TEXT NOT NULL,
                item TEXT NOT NULL, name TEXT NOT NULL, price BIGINT, quantity BIGINT NOT NULL,
                reserved BIGINT NOT NULL, waiting BIGINT NOT NULL CHECK (waiting >= 0), refused BIGINT NOT NULL,
                picked BIGINT NOT NULL, packed BIGINT NOT NULL, shipped BIGINT NOT NULL, returned BIGINT NOT NULL,
                PRIMARY KEY (orders, line))
            """,
            "CREATE INDEX fulfilment_order_lines_item ON fulfilment_order_lines (scope, centre, item, waiting)",
            """
            CREATE TABLE fulfilment_order_people (
                orders TEXT PRIMARY KEY, scope TEXT NOT NULL, person TEXT, name TEXT, phone TEXT, address TEXT,
                note TEXT, code TEXT)
            """,
            "CREATE INDEX fulfilment_order_people_code ON fulfilment_order_people (code)",
            "CREATE INDEX fulfilment_order_people_person ON fulfilment_order_people (person)",
            """
            CREATE TABLE fulfilment_order_promises (
                orders TEXT NOT NULL, number BIGINT NOT NULL, scope TEXT NOT NULL, at BIGINT NOT NULL, ship BIGINT,
                due BIGINT, why TEXT NOT NULL, ko TEXT NOT NULL, en TEXT NOT NULL, correlation TEXT NOT NULL,
                PRIMARY KEY (orders, number))
            """,
            """
            CREATE TABLE fulfilment_order_days (
                scope TEXT NOT NULL, centre TEXT NOT NULL, day BIGINT NOT NULL, lines BIGINT NOT NULL,
                PRIMARY KEY (scope, centre, day))
            """,
        ])

    /// What orders are looked for by, beside their number.
    static let indices = Migration(
        "fulfilment.orders.003",
        [
            "CREATE INDEX fulfilment_orders_reference ON fulfilment_orders (scope, reference)",
            "CREATE INDEX fulfilment_orders_release ON fulfilment_orders (scope, centre, state, urgent, ship, placed, id)",
            "CREATE INDEX fulfilment_orders_delivered ON fulfilment_orders (scope, centre, delivered)",
        ])

    /// Which program an order came from: its own numbers are its own.
    static let clients = Migration(
        "fulfilment.orders.004",
        ["ALTER TABLE fulfilment_orders ADD COLUMN client TEXT NOT NULL DEFAULT ''"])

    static let projection = Projection(
        tables: [
            "fulfilment_orders", "fulfilment_order_lines", "fulfilment_order_people", "fulfilment_order_promises",
            "fulfilment_order_days",
        ],
        types: OrderEvents.all + [StockTable.reserved, StockTable.unreserved] + followed
    ) { event, payload, writer in
        let id = event.stream
        switch event.type {
        case OrderEvents.placed: try place(event, payload, writer)
        case OrderEvents.promised: try promise(event, payload, writer)
        case OrderEvents.cancelled: try cancel(event, writer)
        case OrderEvents.readdressed: try readdress(id, payload, writer)
        case OrderEvents.held: try mark(id, "held = 1", writer)
        case OrderEvents.resumed: try mark(id, "held = 0", writer)
        case OrderEvents.delivered:
            try mark(id, "state = 'delivered', delivered = \(event.observed.microseconds)", writer)
        case OrderEvents.settled: try mark(id, "state = 'settled'", writer)
        case StockTable.reserved, StockTable.unreserved: try reserve(event, payload, writer)
        default: try follow(event, payload, writer)
        }
    }

    // MARK: - Its life

    private static func place(_ event: Event, _ payload: [String: JSON], _ writer: any Writer) throws {
        let (id, scope) = (event.stream, event.scope.text)
        let (ship, due) = (moment(payload["ship"]), moment(payload["due"]))
        let centre = payload["centre"]?.text ?? ""
        try writer.execute(
            """
            INSERT INTO fulfilment_orders (id, scope, centre, number, channel, reference, state, held, partial, urgent,
                delivery, carrier, placed, ship, due, first_due, promises, goods, fee, client)
            VALUES (?, ?, ?, ?, ?, ?, 'placed', 0, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)
            """,
            [
                .text(id), .text(scope), .text(centre), .text(payload["number"]?.text ?? ""),
                .text(payload["channel"]?.text ?? ""), .text(payload["reference"]?.text ?? ""),
                .flag(payload["partial"]?.bool ?? false), .flag(payload["urgent"]?.bool ?? false),
                .text(payload["delivery"]?["kind"]?.text ?? "counter"), .text(payload["delivery"]?["name"]?.text ?? ""),
                .integer(event.observed.microseconds), ship, due, due, .integer(payload["goods"]?.integer ?? 0),
                .integer(payload["fee"]?.integer ?? 0),
                .text(payload["channel"]?.text == Order.Channel.api.rawValue ? event.author.text : ""),
            ])
        let lines = payload["lines"]?.elements ?? []
        for line in lines {
            try writer.execute(
                """
                INSERT INTO fulfilment_order_lines (orders, line, scope, centre, item, name, price, quantity, reserved,
                    waiting, refused, picked, packed, shipped, returned)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0)
                """,
                [
                    .text(id), .integer(line["line"]?.integer ?? 0), .text(scope), .text(centre),
                    .text(line["item"]?.text ?? ""), .text(line["name"]?.text ?? ""),
                    .optional(line["price"]?.integer), .integer(line["quantity"]?.integer ?? 0),
                    .integer(line["stock"]?.integer ?? 0), .integer(line["waiting"]?.integer ?? 0),
                    .integer(line["refused"]?.integer ?? 0),
                ])
        }
        let recipient = payload["recipient"]?.members ?? [:]
        let texts = ["person", "name", "phone", "address", "note", "code"].map {
            SQLValue.optional(recipient[$0]?.text)
        }
        try writer.execute(
            """
            INSERT INTO fulfilment_order_people (orders, scope, person, name, phone, address, note, code)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """, [.text(id), .text(scope)] + texts)
        try count(scope, centre, ship, by: Int64(lines.count), writer)
    }

    private static func promise(_ event: Event, _ payload: [String: JSON], _ writer: any Writer) throws {
        let id = event.stream
        guard let before = try writer.first("SELECT * FROM fulfilment_orders WHERE id = ?", [.text(id)]) else { return }
        let number = try before.integer("promises") + 1
        let (ship, due) = (moment(payload["ship"]), moment(payload["due"]))
        try writer.execute(
            """
            INSERT INTO fulfilment_order_promises (orders, number, scope, at, ship, due, why, ko, en, correlation)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(id), .integer(number), .text(event.scope.text), .integer(event.observed.microseconds), ship, due,
                .text(payload["why"]?.text ?? ""), .text(payload["ko"]?.text ?? ""), .text(payload["en"]?.text ?? ""),
                .text(event.correlation.description),
            ])
        try writer.execute(
            "UPDATE fulfilment_orders SET ship = ?, due = ?, promises = ? WHERE id = ?",
            [ship, due, .integer(number), .text(id)])
        for line in payload["waiting"]?.elements ?? [] {
            try writer.execute(
                "UPDATE fulfilment_order_lines SET waiting = waiting + ? WHERE orders = ? AND line = ?",
                [.integer(line["more"]?.integer ?? 0), .text(id), .integer(line["line"]?.integer ?? 0)])
        }
        if before["ship"] != ship {
            let lines =
                try writer.first(
                    "SELECT COUNT(*) AS n FROM fulfilment_order_lines WHERE orders = ?", [.text(id)])?.integer("n") ?? 0
            let (scope, centre) = (try before.text("scope"), try before.text("centre"))
            try count(scope, centre, before["ship"], by: -lines, writer)
            try count(scope, centre, ship, by: lines, writer)
        }
        try settle(id, writer)
    }

    private static func cancel(_ event: Event, _ writer: any Writer) throws {
        let id = event.stream
        guard let before = try writer.first("SELECT * FROM fulfilment_orders WHERE id = ?", [.text(id)]) else { return }
        let lines = try writer.execute(
            """
            UPDATE fulfilment_order_lines SET refused = quantity - shipped, waiting = 0, picked = shipped,
                packed = shipped WHERE orders = ?
            """, [.text(id)])
        try mark(id, "state = 'cancelled'", writer)
        try count(try before.text("scope"), try before.text("centre"), before["ship"], by: -Int64(lines), writer)
    }

    private static func readdress(_ id: String, _ payload: [String: JSON], _ writer: any Writer) throws {
        if let address = payload["recipient"]?["address"]?.text {
            try writer.execute(
                "UPDATE fulfilment_order_people SET address = ? WHERE orders = ?", [.text(address), .text(id)])
        } else if payload["recipient"] != nil {
            try writer.execute("UPDATE fulfilment_order_people SET address = NULL WHERE orders = ?", [.text(id)])
        }
        guard let kind = payload["delivery"]?["kind"]?.text else { return }
        try writer.execute(
            "UPDATE fulfilment_orders SET delivery = ?, carrier = ?, fee = ? WHERE id = ?",
            [
                .text(kind), .text(payload["delivery"]?["name"]?.text ?? ""), .integer(payload["fee"]?.integer ?? 0),
                .text(id),
            ])
    }

    /// What is promised to its lines; the intake's own promise stands in its lines already.
    private static func reserve(_ event: Event, _ payload: [String: JSON], _ writer: any Writer) throws {
        guard payload["intake"] == nil else { return }
        let sign: Int64 = event.type == StockTable.reserved ? 1 : -1
        for share in Reserved.shares(payload) {
            try writer.execute(
                "UPDATE fulfilment_order_lines SET reserved = reserved + ? WHERE orders = ? AND line = ?",
                [.integer(sign * share.quantity), .text(share.order), .integer(share.line)])
        }
        // What is promised anew is still to be picked. What is lost says so itself: until it is promised again, nothing of
        // the order may look finished.
        guard sign > 0 else { return }
        for order in Set(Reserved.shares(payload).map(\.order)).sorted() { try settle(order, writer) }
    }

    private static func mark(_ id: String, _ change: String, _ writer: any Writer) throws {
        try writer.execute("UPDATE fulfilment_orders SET \(change) WHERE id = ?", [.text(id)])
    }

    /// So many lines more, or fewer, leave on a day.
    private static func count(
        _ scope: String, _ centre: String, _ ship: SQLValue, by lines: Int64, _ writer: any Writer
    ) throws {
        guard case .integer(let moment) = ship, lines != 0 else { return }
        let day = KoreanDay(Timestamp(microseconds: moment)).number
        try writer.execute(
            """
            INSERT INTO fulfilment_order_days (scope, centre, day, lines) VALUES (?, ?, ?, ?)
            ON CONFLICT (scope, centre, day) DO UPDATE SET lines = fulfilment_order_days.lines + excluded.lines
            """, [.text(scope), .text(centre), .integer(day), .integer(lines)])
    }

    static func moment(_ json: JSON?) -> SQLValue {
        json?.text.flatMap { Timestamp(iso8601: $0) }.map { .integer($0.microseconds) } ?? .null
    }
}
