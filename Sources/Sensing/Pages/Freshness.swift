import Record
import Series
import Web

/// Whether a latest value still tells how things stand.
enum Freshness {
    /// A reading older than this (seconds) is stale.
    static let limit: Double = 60

    static func isStale(_ latest: LatestReading, now: Timestamp) -> Bool {
        now.seconds(since: latest.reading.time) > limit
    }

    /// How a latest value is marked: its quality, or that it is old.
    static func badge(_ latest: LatestReading, _ visit: Visit) -> JSON {
        isStale(latest, now: visit.now)
            ? Show.badge("stale", visit.word("quality_stale")) : ChartView.badge(latest.reading.quality, visit)
    }
}
