import Record

/// What a series amounts to, kept beside its chunks so that a start need not read them.
struct SeriesSummary: Sendable, Hashable {
    var count = 0
    var first = Timestamp(microseconds: .max)
    var latest: Reading?
    var arrived = Timestamp(microseconds: 0)
}

/// One series as held in memory: its open chunk, and where its sealed ones lie.
struct OpenSeries: Sendable {
    let key: SeriesKey
    var unit: String?
    var summary = SeriesSummary()
    /// The open chunk, in strict order of time.
    var open: [Reading] = []
    /// The journal row, and how much had been journaled, when the open chunk got its first reading.
    var firstRow: Int64 = 0
    var firstJournaled = 0
    /// When that reading arrived.
    var openedAt = Timestamp(microseconds: 0)
    /// The newest time ever rotated out of the open chunk; a reading not newer may meet another of its time.
    var settled = Timestamp(microseconds: .min)
    /// Which span classes its sealed chunks have, a bit each, see ``SpanClass``.
    var classes: Int64 = 0
    /// Journal rows up to this one had all readings of the series sealed when the store was opened.
    var sealedThrough: Int64 = 0

    init(_ key: SeriesKey, unit: String?) {
        self.key = key
        self.unit = unit
    }
}

/// A full or aged open chunk on its way to the chunk table.
struct RotatedChunk: Sendable {
    /// Rises from rotation to rotation.
    let ticket: Int64
    let series: Int
    let key: SeriesKey
    let unit: String?
    /// Strictly ascending by time; may make more than one chunk.
    let readings: [Reading]
    /// The first and the last journal row that it may hold readings of.
    let firstRow: Int64
    let through: Int64
    /// The series as of `through`.
    let summary: SeriesSummary
    let settled: Timestamp
    /// In the chunk table already; held until no append under way can still look it up here.
    var sealed = false
}

/// A series and a time: what can be held only once.
struct SeriesTime: Sendable, Hashable {
    var series: Int
    var time: Timestamp
}
