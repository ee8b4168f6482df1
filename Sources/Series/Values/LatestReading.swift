public import Record

/// The newest reading of a series by the time it was observed.
public struct LatestReading: Sendable, Hashable {
    /// The series.
    public let key: SeriesKey
    /// Its unit (UCUM code), where a source ever said it.
    public let unit: String?
    /// The reading.
    public let reading: Reading
    /// When that reading arrived here.
    public let arrived: Timestamp
    /// How many readings the series has, each time counted once.
    public let count: Int
}
