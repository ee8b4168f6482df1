import Record
import Store

/// How far requests are on their way to the city's systems: who brings one now, how often it was tried, when it is due
/// again. It comes from no event and a rebuild leaves it alone; what came of it stands on the Record.
enum DeliveryTable {
    static let migration = Migration(
        "citizen.services.003",
        [
            """
            CREATE TABLE citizen_deliveries (
                request TEXT PRIMARY KEY, tries BIGINT NOT NULL, due BIGINT NOT NULL, holder TEXT NOT NULL,
                until BIGINT NOT NULL, is_sent BIGINT NOT NULL)
            """,
            "CREATE INDEX citizen_deliveries_due ON citizen_deliveries (due)",
        ])

    /// Those that are due and that nobody brings now, the longest due first.
    static func due(at now: Timestamp, limit: Int, in reader: any Reader) throws -> [String] {
        try reader.query(
            """
            SELECT r.code AS code FROM citizen_requests r LEFT JOIN citizen_deliveries d ON d.request = r.code
            WHERE r.state IN ('waiting', 'unconfirmed') AND r.is_synthetic = 0
                AND (d.request IS NULL OR (d.due <= ? AND d.until <= ?))
            ORDER BY COALESCE(d.due, r.submitted), r.code LIMIT \(limit)
            """, [.integer(now.microseconds), .integer(now.microseconds)]
        ).map { try $0.text("code") }
    }

    /// Takes one up until a moment; whoever takes it up after that finds that somebody had it before.
    /// - Returns: how often it has been taken up, this time included; nil where somebody has it, or it is not due.
    static func claim(
        _ request: String, by holder: String, at now: Timestamp, until: Timestamp, in writer: any Writer
    ) throws -> Int64? {
        let changed = try writer.execute(
            """
            INSERT INTO citizen_deliveries (request, tries, due, holder, until, is_sent) VALUES (?, 1, ?, ?, ?, 0)
            ON CONFLICT (request) DO UPDATE SET tries = citizen_deliveries.tries + 1, due = excluded.due,
                holder = excluded.holder, until = excluded.until
            WHERE citizen_deliveries.until <= ? AND citizen_deliveries.due <= ?
            """,
            [
                .text(request), .integer(until.microseconds), .text(holder), .integer(until.microseconds),
                .integer(now.microseconds), .integer(now.microseconds),
            ])
        guard changed == 1 else { return nil }
        return try writer.first("SELECT tries FROM citizen_deliveries WHERE request = ?", [.text(request)])?
            .integer("tries")
    }

    /// Writes down that it is about to be sent: from now on nobody knows whether it was taken until somebody does.
    /// - Returns: whether whoever sends still has it.
    static func send(_ request: String, by holder: String, in writer: any Writer) throws -> Bool {
        try writer.execute(
            "UPDATE citizen_deliveries SET is_sent = 1 WHERE request = ? AND holder = ?",
            [.text(request), .text(holder)]) == 1
    }

    /// Lets go of one, to be brought again when it is due.
    /// - Parameter isSent: whether it may be there; nil leaves what is known.
    static func release(
        _ request: String, by holder: String, isSent: Bool?, due: Timestamp, in writer: any Writer
    ) throws {
        let sent = isSent.map { $0 ? ", is_sent = 1" : ", is_sent = 0" } ?? ""
        try writer.execute(
            "UPDATE citizen_deliveries SET until = 0, due = ?\(sent) WHERE request = ? AND holder = ?",
            [.integer(due.microseconds), .text(request), .text(holder)])
    }

    /// It has come to its end.
    static func forget(_ request: String, in writer: any Writer) throws {
        try writer.execute("DELETE FROM citizen_deliveries WHERE request = ?", [.text(request)])
    }

    /// Whether it was tried and is known not to have arrived anywhere.
    static func isKept(_ request: String, in reader: any Reader) throws -> Bool {
        try reader.first(
            "SELECT 1 AS one FROM citizen_deliveries WHERE request = ? AND is_sent = 0 AND until = 0", [.text(request)])
            != nil
    }
}
