public import Record

/// A series and how far it reaches.
public struct SeriesInfo: Sendable, Hashable {
    /// The series.
    public let key: SeriesKey
    /// Its unit (UCUM code), where a source ever said it.
    public let unit: String?
    /// The time of its oldest reading.
    public let first: Timestamp
    /// The time of its newest reading.
    public let last: Timestamp
    /// How many readings it has, each time counted once.
    public let count: Int
}
