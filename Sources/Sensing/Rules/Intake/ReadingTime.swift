import Record

/// Moments as sources write them: RFC 3339, or a count since 1970 whose size tells its unit.
enum ReadingTime {
    /// The moment a number counts: seconds up to 10¹¹, milliseconds up to 10¹⁴, microseconds up to 10¹⁷, else
    /// nanoseconds. (10¹¹ s is the year 5138, 10¹¹ ms was in 1973: sensible clocks fall on one side.)
    static func moment(counting number: Double) -> Timestamp? {
        switch abs(number) {
        case ..<1e11: Timestamp(seconds: number)
        case ..<1e14: Timestamp(seconds: number / 1e3)
        case ..<1e17: Timestamp(seconds: number / 1e6)
        default: Timestamp(seconds: number / 1e9)
        }
    }

    /// The moment a text names. Without a zone, local time (Korea) is meant.
    static func moment(_ text: some StringProtocol, offsetSeconds: Int64) -> Timestamp? {
        if let moment = Timestamp(iso8601: text, defaultOffsetSeconds: offsetSeconds) { return moment }
        if text.utf8.count == 16, let moment = Timestamp(iso8601: text + ":00", defaultOffsetSeconds: offsetSeconds) {
            return moment
        }
        // 2026/11/21 09:00:00 and 21.11.2026 are common in exports; only the first is unambiguous, so only it is read.
        if text.contains("/"), text.split(separator: "/").first?.count == 4 {
            return Timestamp(
                iso8601: String(text.map { $0 == "/" ? "-" : $0 }), defaultOffsetSeconds: offsetSeconds)
        }
        return Double(text).flatMap(moment(counting:))
    }
}

/// How a reading's time is judged against the clock on arrival. A wrong clock is flagged and kept, never dropped.
struct ClockRule: Sendable, Hashable {
    /// A time further ahead than this (seconds) is a clock that runs fast.
    var ahead: Double = 300
    /// A live reading older than this (seconds) is a backfill or a clock that jumped back.
    var behind: Double = 30 * 86_400

    /// What a reading's time tells.
    enum Verdict: String, Sendable {
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
