import Access
import District
import Record
import Series
import Store

/// Hard limits that a person set for a series: a legal or engineering bound, apart from any detector.
enum LimitTable {
    static let migration = Migration(
        "sensing.002.limits",
        [
            """
            CREATE TABLE sensing_limits (
                thing TEXT NOT NULL, property TEXT NOT NULL, scope TEXT NOT NULL, low DOUBLE PRECISION,
                high DOUBLE PRECISION, reason TEXT NOT NULL, PRIMARY KEY (thing, property))
            """
        ])

    static let projection = Projection(tables: ["sensing_limits"], types: ["sensing.limit.set"]) {
        event, payload, transaction in
        try transaction.execute(
            """
            INSERT INTO sensing_limits (thing, property, scope, low, high, reason) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (thing, property) DO UPDATE SET low = excluded.low, high = excluded.high,
                scope = excluded.scope, reason = excluded.reason
            """,
            [
                .text(payload["thing"]?.text ?? ""), .text(payload["property"]?.text ?? ""), .text(event.scope.text),
                .optional(payload["low"]?.double), .optional(payload["high"]?.double),
                .text(payload["reason"]?.text ?? ""),
            ])
    }

    /// A limit as it stands.
    struct Limit: Sendable, Hashable {
        let thing: ThingID
        let property: String
        let low: Double?
        let high: Double?
        let reason: String
    }

    /// The limit of a series, where somebody set one.
    static func find(_ key: SeriesKey, in reader: any Reader) throws -> Limit? {
        try all(in: reader).first { $0.thing == key.thing && $0.property == key.property }
    }

    /// Every limit, for the watch that holds readings against them.
    static func all(in reader: any Reader) throws -> [Limit] {
        try reader.query("SELECT thing, property, low, high, reason FROM sensing_limits ORDER BY thing, property").map {
            Limit(
                thing: ThingID(try $0.text("thing")), property: try $0.text("property"),
                low: try $0.optionalReal("low"),
                high: try $0.optionalReal("high"), reason: try $0.text("reason"))
        }
    }
}
