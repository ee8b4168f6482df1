import Record

/// A temperature as it was last seen while a mission was open.
struct ColdReading: Sendable, Hashable {
    /// °C.
    var celsius: Double
    var observed: Timestamp
}

/// Whether what is carried stayed cold. Unknown is never safe.
enum ColdChain {
    /// How it stands.
    enum Verdict: Sendable, Hashable {
        /// Nothing must stay cold.
        case free
        case cold(Double)
        /// It was above the limit, now or once on the way.
        case warm(Double)
        /// There is no reading, or an old one.
        case unknown

        /// Why a hand-over cannot be; nil where it can.
        var reason: MissionReason? {
            switch self {
            case .free, .cold: nil
            case .warm: .cold
            case .unknown: .coldUnknown
            }
        }
    }

    /// - Parameters:
    ///   - last: the last reading there is.
    ///   - warmest: the highest above the limit since the mission set out, where one was.
    ///   - stale: after how many seconds a reading says nothing.
    static func verdict(
        _ limit: ColdLimit?, last: ColdReading?, warmest: Double?, stale: Double, at now: Timestamp
    ) -> Verdict {
        guard let limit else { return .free }
        if let warmest, warmest > limit.celsius { return .warm(warmest) }
        guard let last, last.celsius.isFinite else { return .unknown }
        let age = now.seconds(since: last.observed)
        // A clock that runs ahead by more than the same span tells nothing either.
        guard age <= stale, age >= -stale else { return .unknown }
        return last.celsius > limit.celsius ? .warm(last.celsius) : .cold(last.celsius)
    }
}
