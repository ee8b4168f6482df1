import Record
import Series

/// A whole table of readings in memory; ``CSVReader`` reads one that need not be.
struct CSVReadings: Sendable {
    let layout: CSVLayout
    let rows: [CSVRow]
    /// What was not taken, the first of it listed.
    let rejections: [Rejection]
    /// How many rows were not taken.
    var rejected: Int { count - rows.count }
    /// Rows beneath the heading, good or bad.
    let count: Int
    /// The earliest and the latest moment.
    let span: ClosedRange<Timestamp>?

    /// Reads a whole table.
    /// - Parameter offsetSeconds: the clock that a time without a zone is meant on, ahead of UTC (Korea: 32,400).
    /// - Throws: ``Rejection`` where there is no usable heading; nothing can be read then.
    init(_ bytes: [UInt8], offsetSeconds: Int64) throws(Rejection) {
        var reader = CSVReader(offsetSeconds: offsetSeconds)
        var rows: [CSVRow] = []
        var start = 0
        repeat {
            let end = bytes[start...].firstIndex(of: 10) ?? bytes.count
            if let row = try reader.read(bytes, start..<end) { rows.append(row) }
            start = end + 1
        } while start < bytes.count
        guard let layout = reader.layout else { throw Rejection(line: 1, field: "heading", .missing) }
        self.layout = layout
        self.rows = rows
        rejections = reader.parsed.rejections
        count = reader.count
        span = reader.span
    }
}
