/// How many readings a series store keeps open, and for how long.
public struct SeriesSettings: Sendable, Hashable {
    /// So many readings of one series make a chunk.
    public var chunkReadings: Int
    /// A chunk is sealed so many seconds after its first reading arrived, however few it holds.
    public var maxAge: Double
    /// The most readings held in memory (24 bytes each); when it is reached, appends wait for chunks to be sealed.
    public var maxOpenReadings: Int
    /// How far recovery may have to read back: slow series are sealed early rather than let the journal grow further.
    public var maxJournalReadings: Int
    /// The most readings made durable by one transaction; bounds how long the first of them waits for the last.
    public var groupReadings: Int

    /// The settings of an ordinary district.
    public static let standard = SeriesSettings()

    /// Settings; what is left out is as in ``standard``.
    public init(
        chunkReadings: Int = 512, maxAge: Double = 600, maxOpenReadings: Int = 4_000_000,
        maxJournalReadings: Int = 16_000_000, groupReadings: Int = 65_536
    ) {
        self.chunkReadings = max(1, chunkReadings)
        // Beyond three centuries it makes no difference, and a moment could not be reckoned.
        self.maxAge = min(maxAge, 1e10)
        self.maxOpenReadings = max(1, maxOpenReadings)
        self.maxJournalReadings = max(1, maxJournalReadings)
        self.groupReadings = max(1, groupReadings)
    }
}
