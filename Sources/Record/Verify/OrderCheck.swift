import Store

/// Checks that streams have no gaps and that leaves respect streams and causes.
struct OrderCheck {
    private let reader: any Reader

    init(_ reader: any Reader) { self.reader = reader }

    func run(_ report: inout VerificationReport) throws {
        for row in try reader.query(
            """
            SELECT stream, COUNT(*) AS events, MIN(stream_version) AS low, MAX(stream_version) AS high
            FROM record_events GROUP BY stream
            HAVING MIN(stream_version) <> 1 OR COUNT(*) <> MAX(stream_version) LIMIT 200
            """)
        {
            let (low, high, events) = (try row.integer("low"), try row.integer("high"), try row.integer("events"))
            report.add(.stream, "\(try row.text("stream")): \(low)…\(high), \(events)")
        }
        for row in try reader.query(
            """
            SELECT later.leaf AS leaf, later.stream AS stream, later.stream_version AS version
            FROM record_events later JOIN record_events earlier
                ON earlier.stream = later.stream AND earlier.stream_version = later.stream_version - 1
            WHERE later.leaf IS NOT NULL AND (earlier.leaf IS NULL OR earlier.leaf >= later.leaf) LIMIT 200
            """)
        {
            report.add(
                .stream, leaf: try row.integer("leaf"), "\(try row.text("stream")) \(try row.integer("version"))")
        }
        for row in try reader.query(
            """
            SELECT effect.leaf AS leaf, effect.cause AS cause
            FROM record_events effect LEFT JOIN record_events origin ON origin.id = effect.cause
            WHERE effect.cause IS NOT NULL AND (origin.id IS NULL
                OR (effect.leaf IS NOT NULL AND (origin.leaf IS NULL OR origin.leaf >= effect.leaf))) LIMIT 200
            """)
        {
            report.add(.cause, leaf: try row.optionalInteger("leaf"), try row.text("cause"))
        }
    }
}
