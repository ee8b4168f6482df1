/// What became of the samples of one append.
public struct Appended: Sendable, Hashable {
    /// Kept: new readings and corrections.
    public var stored = 0
    /// Of those stored, how many replaced another value at the same time.
    public var corrected = 0
    /// Already there with the same time, value and quality; folded.
    public var duplicates = 0
    /// Of those stored, how many were older than the latest observed of their series.
    public var late = 0
    /// Series that these samples began.
    public var newSeries = 0
    /// Samples given in another unit than their series has; kept with quality uncertain or worse.
    public var unitMismatch = 0
    /// Which series those were, each once.
    public var unitSuspects: [UnitSuspect] = []

    /// Nothing yet.
    public init() {}
}

/// A series that was sent readings in another unit than its own.
public struct UnitSuspect: Sendable, Hashable {
    /// The series.
    public let series: SeriesKey
    /// The unit it has (UCUM code).
    public let expected: String
    /// The unit that came (UCUM code).
    public let given: String

    /// A series that was sent another unit.
    public init(series: SeriesKey, expected: String, given: String) {
        self.series = series
        self.expected = expected
        self.given = given
    }
}
