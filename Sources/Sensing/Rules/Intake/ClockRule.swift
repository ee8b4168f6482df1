import Record

/// How a reading's time is judged against the clock on arrival. A wrong clock is flagged and kept, never dropped.
struct ClockRule: Sendable, Hashable {
    /// A time further ahead than this (seconds) is a clock that runs fast.
    var ahead: Double = 300
    /// A live reading older than this (seconds) is a backfill or a clock that jumped back.
    var behind: Double = 30 * 86_400

    /// What a reading's time tells.
    enum Verdict: String, Sendable, CaseIterable {
        /// Plausible: detectors see it.
        case live
        /// Stored as it is; too old to raise a live alarm.
        case backfill
        /// Stored with quality uncertain; no detector sees it.
        case skewed
    }

    /// A reading older than this (seconds) no longer says how things stand.
    static let liveWindow: Double = 120

    /// Judges a time of observation on arrival.
    func judge(_ observed: Timestamp, arrived: Timestamp) -> Verdict {
        let age = arrived.seconds(since: observed)
        if age < -ahead || age > behind { return .skewed }
        return age > Self.liveWindow ? .backfill : .live
    }
}
