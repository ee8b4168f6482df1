import Record

/// One row of a table: its moment, its readings, its labels.
struct CSVRow: Sendable {
    /// The line it stood on, from 1.
    let line: Int
    let time: Timestamp
    /// The readings, in the order of the columns.
    let values: [(property: String, value: Double)]
    /// What the data's makers say of this row (`anomaly`: 1).
    let labels: [String: Double]
}
