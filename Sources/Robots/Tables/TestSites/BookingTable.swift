import District
import Record
import Store

/// The bookings of test sites.
enum BookingTable {
    static let booked = "robots.testsite.booked"
    static let cancelled = "robots.testsite.cancelled"
    static let approved = "robots.testsite.approved"
    static let refused = "robots.testsite.refused"

    static let migration = Migration(
        "robots.testsites.001",
        [
            """
            CREATE TABLE robots_bookings (
                id TEXT PRIMARY KEY, testsite TEXT NOT NULL, starts BIGINT NOT NULL, ends BIGINT NOT NULL, firm TEXT,
                scope TEXT NOT NULL, state TEXT NOT NULL, purpose TEXT NOT NULL, robots TEXT NOT NULL,
                insurance TEXT NOT NULL, reason TEXT)
            """,
            "CREATE INDEX robots_bookings_time ON robots_bookings (testsite, starts)",
        ])

    /// Who booked, and what the robot weighs and how fast it is.
    static let additions = Migration(
        "robots.testsites.002",
        [
            "ALTER TABLE robots_bookings ADD COLUMN author TEXT",
            "ALTER TABLE robots_bookings ADD COLUMN weight DOUBLE PRECISION",
            "ALTER TABLE robots_bookings ADD COLUMN speed DOUBLE PRECISION",
        ])

    static let projection = Projection(
        tables: ["robots_bookings"], types: [booked, cancelled, approved, refused]
    ) { event, payload, writer in
        guard event.type == booked else {
            let state: Booking.State =
                event.type == approved ? .approved : event.type == refused ? .refused : .cancelled
            try writer.execute(
                "UPDATE robots_bookings SET state = ?, reason = ? WHERE id = ?",
                [.text(state.rawValue), .optional(payload["reason"]?.text), .text(event.stream)])
            return
        }
        guard let start = payload["start"]?.text.flatMap({ Timestamp(iso8601: $0) }),
            let end = payload["end"]?.text.flatMap({ Timestamp(iso8601: $0) })
        else { return }
        try writer.execute(
            """
            INSERT INTO robots_bookings (id, testsite, starts, ends, firm, scope, state, purpose, robots, insurance,
                author, weight, speed)
            VALUES (?, ?, ?, ?, ?, ?, 'asked', ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(event.stream), .text(payload["testsite"]?.text ?? ""), .integer(start.microseconds),
                .integer(end.microseconds), .optional(payload["firm"]?.text), .text(event.scope.text),
                .text(payload["purpose"]?.text ?? ""), .text(payload["robots"]?.text ?? ""),
                .text(payload["insurance"]?.text ?? ""), .text(event.author.text),
                .optional(payload["weight"]?.double), .optional(payload["speed"]?.double),
            ])
    }

    /// A booking that a tenant may see.
    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> Booking? {
        let scope = tenant.condition(column: "scope")
        let stream = id.hasPrefix("testsite/") ? id : "testsite/\(id)"
        return try reader.first(
            "SELECT * FROM robots_bookings WHERE id = ? AND \(scope.sql)", [.text(stream)] + scope.arguments
        ).map(booking)
    }

    /// The bookings that end after a moment, the earliest first.
    static func coming(after: Timestamp, for tenant: some Tenancy, in reader: any Reader) throws -> [Booking] {
        let scope = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM robots_bookings WHERE ends > ? AND \(scope.sql) ORDER BY starts, id LIMIT 200",
            [.integer(after.microseconds)] + scope.arguments
        ).map(booking)
    }

    /// When a test site is taken: times alone, for whoever wants to book, whosever they are.
    static func taken(
        _ testSite: String, after: Timestamp, in reader: any Reader
    ) throws -> [(start: Timestamp, end: Timestamp)] {
        try reader.query(
            """
            SELECT starts, ends FROM robots_bookings WHERE testsite = ? AND ends > ? AND state IN ('asked', 'approved')
            ORDER BY starts LIMIT 200
            """, [.text(testSite), .integer(after.microseconds)]
        ).map {
            (
                Timestamp(microseconds: try $0.integer("starts")), Timestamp(microseconds: try $0.integer("ends"))
            )
        }
    }

    private static func booking(_ row: Row) throws -> Booking {
        Booking(
            id: try row.text("id"), testSite: try row.text("testsite"),
            start: Timestamp(microseconds: try row.integer("starts")),
            end: Timestamp(microseconds: try row.integer("ends")),
            firm: try row.optionalText("firm").map { FirmID($0) },
            state: Booking.State(rawValue: try row.text("state")) ?? .cancelled, purpose: try row.text("purpose"),
            robots: try row.text("robots"), insurance: try row.text("insurance"),
            reason: try row.optionalText("reason"), author: try row.optionalText("author"),
            weight: try row.optionalReal("weight"), speed: try row.optionalReal("speed"))
    }
}
