import Access
import District
import Record
import Store

/// What was asked for day by day, what was forecast of it, and what is proposed to be ordered.
enum DemandTable {
    /// Days of the past that came from elsewhere: `centre`, `days` [{ item, day, quantity }].
    static let recorded = "fulfilment.demand.recorded"
    /// What a day's look forward said: `centre`, `day`, `items` [{ item, method, mean, low, high, … }].
    static let forecast = "fulfilment.demand.forecast"
    static let proposed = "fulfilment.replenishment.proposed"
    static let accepted = "fulfilment.replenishment.accepted"
    static let declined = "fulfilment.replenishment.declined"
    /// What was proposed is no longer needed, or is proposed otherwise.
    static let lapsed = "fulfilment.replenishment.lapsed"

    static let migration = Migration(
        "fulfilment.demand.001",
        [
            """
            CREATE TABLE fulfilment_demand (
                scope TEXT NOT NULL, centre TEXT NOT NULL, item TEXT NOT NULL, day BIGINT NOT NULL,
                quantity BIGINT NOT NULL, PRIMARY KEY (scope, centre, item, day))
            """,
            """
            CREATE TABLE fulfilment_forecasts (
                scope TEXT NOT NULL, centre TEXT NOT NULL, item TEXT NOT NULL, day BIGINT NOT NULL,
                mean DOUBLE PRECISION, low DOUBLE PRECISION, high DOUBLE PRECISION, method TEXT, pattern TEXT,
                mase DOUBLE PRECISION, coverage DOUBLE PRECISION, PRIMARY KEY (scope, centre, item, day))
            """,
            """
            CREATE TABLE fulfilment_proposals (
                id TEXT PRIMARY KEY, event TEXT NOT NULL, scope TEXT NOT NULL, centre TEXT NOT NULL,
                item TEXT NOT NULL, quantity BIGINT NOT NULL, order_by BIGINT, reasons TEXT NOT NULL,
                made BIGINT NOT NULL, is_model BIGINT NOT NULL, state TEXT NOT NULL, accepted BIGINT)
            """,
            "CREATE INDEX fulfilment_proposals_state ON fulfilment_proposals (scope, state, centre)",
        ])

    static let projection = Projection(
        tables: ["fulfilment_demand", "fulfilment_forecasts", "fulfilment_proposals"],
        types: [OrderEvents.placed, recorded, forecast, proposed, accepted, declined, lapsed]
    ) { event, payload, writer in
        let (scope, centre) = (event.scope.text, payload["centre"]?.text ?? "")
        switch event.type {
        case OrderEvents.placed:
            let day = Int64(KoreanDay(event.observed).number)
            for line in payload["lines"]?.elements ?? [] {
                guard let item = line["item"]?.text, let quantity = line["quantity"]?.integer else { continue }
                try add(item, day, quantity, scope, centre, writer)
            }
        case recorded:
            for entry in payload["days"]?.elements ?? [] {
                guard let item = entry["item"]?.text, let day = entry["day"]?.integer,
                    let quantity = entry["quantity"]?.integer
                else { continue }
                try add(item, day, quantity, scope, centre, writer)
            }
        case forecast: try foretell(payload, scope, centre, writer)
        case proposed: try propose(event, payload, scope, centre, writer)
        default:
            try writer.execute(
                "UPDATE fulfilment_proposals SET state = ?, accepted = ? WHERE id = ?",
                [
                    .text(event.type.split(separator: ".").last.map(String.init) ?? ""),
                    payload["quantity"]?.integer.map { .integer($0) } ?? .null,
                    .text(payload["proposal"]?.text ?? ""),
                ])
        }
    }

    private static func add(
        _ item: String, _ day: Int64, _ quantity: Int64, _ scope: String, _ centre: String, _ writer: any Writer
    ) throws {
        try writer.execute(
            """
            INSERT INTO fulfilment_demand (scope, centre, item, day, quantity) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (scope, centre, item, day) DO UPDATE
            SET quantity = fulfilment_demand.quantity + excluded.quantity
            """, [.text(scope), .text(centre), .text(item), .integer(day), .integer(quantity)])
    }

    private static func foretell(
        _ payload: [String: JSON], _ scope: String, _ centre: String, _ writer: any Writer
    ) throws {
        guard let day = payload["day"]?.integer else { return }
        for entry in payload["items"]?.elements ?? [] {
            guard let item = entry["item"]?.text else { continue }
            try writer.execute(
                """
                INSERT INTO fulfilment_forecasts
                    (scope, centre, item, day, mean, low, high, method, pattern, mase, coverage)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (scope, centre, item, day) DO NOTHING
                """,
                [
                    .text(scope), .text(centre), .text(item), .integer(day), .optional(entry["mean"]?.double),
                    .optional(entry["low"]?.double), .optional(entry["high"]?.double),
                    .optional(entry["method"]?.text), .optional(entry["pattern"]?.text),
                    .optional(entry["mase"]?.double), .optional(entry["coverage"]?.double),
                ])
        }
    }

    private static func propose(
        _ event: Event, _ payload: [String: JSON], _ scope: String, _ centre: String, _ writer: any Writer
    ) throws {
        let isModel = if case .model = event.author { true } else { false }
        try writer.execute(
            """
            INSERT INTO fulfilment_proposals
                (id, event, scope, centre, item, quantity, order_by, reasons, made, is_model, state)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open')
            """,
            [
                .text(payload["proposal"]?.text ?? event.id.description), .text(event.id.description), .text(scope),
                .text(centre), .text(payload["item"]?.text ?? ""), .integer(payload["quantity"]?.integer ?? 0),
                .optional(payload["order_by"]?.integer),
                .text((payload["reasons"] ?? .array([])).canonicalText), .integer(event.observed.microseconds),
                .flag(isModel),
            ])
    }
}
