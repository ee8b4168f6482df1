import District
import Record
import Store

/// What was earned: orders that were delivered, sales over the counter, refunds.
enum SaleTable {
    static let migration = Migration(
        "fulfilment.sale.001",
        [
            """
            CREATE TABLE fulfilment_sales (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, centre TEXT NOT NULL, channel TEXT NOT NULL,
                day BIGINT NOT NULL, goods BIGINT NOT NULL, carriage BIGINT NOT NULL, refund BIGINT NOT NULL,
                settled BIGINT NOT NULL)
            """,
            "CREATE INDEX fulfilment_sales_day ON fulfilment_sales (scope, centre, day)",
            """
            CREATE TABLE fulfilment_settlements (
                scope TEXT NOT NULL, centre TEXT NOT NULL, day BIGINT NOT NULL, net BIGINT NOT NULL,
                PRIMARY KEY (scope, centre, day))
            """,
        ])

    static let projection = Projection(
        tables: ["fulfilment_sales", "fulfilment_settlements"],
        types: [OrderEvents.settled, StockEvent.sold, ReturnEvents.refunded, SaleEvents.closed]
    ) { event, payload, writer in
        let (scope, centre) = (event.scope.text, payload["centre"]?.text ?? "")
        if event.type == SaleEvents.closed {
            let day = payload["day"]?.text.flatMap { KoreanDay($0) }?.number ?? 0
            try writer.execute(
                """
                INSERT INTO fulfilment_settlements (scope, centre, day, net) VALUES (?, ?, ?, ?)
                ON CONFLICT (scope, centre, day) DO UPDATE SET net = excluded.net
                """, [.text(scope), .text(centre), .integer(day), .integer(payload["net"]?.integer ?? 0)])
            try writer.execute(
                "UPDATE fulfilment_sales SET settled = 1 WHERE scope = ? AND centre = ? AND day = ?",
                [.text(scope), .text(centre), .integer(day)])
            return
        }
        try writer.execute(
            """
            INSERT INTO fulfilment_sales (id, scope, centre, channel, day, goods, carriage, refund, settled)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)
            """,
            [
                .text(event.id.description), .text(scope), .text(centre),
                .text(payload["channel"]?.text ?? Order.Channel.counter.rawValue),
                .integer(KoreanDay(event.observed).number), .integer(payload["goods"]?.integer ?? 0),
                .integer(payload["fee"]?.integer ?? 0), .integer(payload["amount"]?.integer ?? 0),
            ])
    }

    /// What a day came to.
    static func day(
        _ day: KoreanDay, in centre: String, _ fees: ChannelFees, for tenant: some Tenancy, in reader: any Reader
    ) throws -> Settlement {
        let own = tenant.condition(column: "scope")
        let rows = try reader.query(
            """
            SELECT channel, SUM(CASE WHEN refund = 0 THEN 1 ELSE 0 END) AS n, SUM(goods) AS goods,
                SUM(carriage) AS carriage, SUM(refund) AS refund
            FROM fulfilment_sales WHERE centre = ? AND day = ? AND \(own.sql) GROUP BY channel ORDER BY channel
            """, [.text(centre), .integer(day.number)] + own.arguments)
        return Settlement(
            day: day,
            rows: try rows.map { row in
                let channel = Order.Channel(rawValue: try row.text("channel")) ?? .desk
                return Settlement.Row(
                    channel: channel,
                    orders: Int64(try row.real("n")), goods: Int64(try row.real("goods")),
                    carriage: Int64(try row.real("carriage")), refunds: Int64(try row.real("refund")),
                    rate: fees[channel])
            })
    }

    /// Whether a day was settled already.
    static func isSettled(
        _ day: KoreanDay, in centre: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> Bool {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT net FROM fulfilment_settlements WHERE centre = ? AND day = ? AND \(own.sql)",
            [.text(centre), .integer(day.number)] + own.arguments) != nil
    }
}
