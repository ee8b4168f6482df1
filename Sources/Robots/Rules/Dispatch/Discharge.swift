import Record

/// How fast a vehicle's battery empties, as it was seen to: what makers do not say. Standing counts a fifth of driving.
struct Discharge: Sendable, Hashable {
    /// Per cent a second of driving, where nothing was measured yet.
    static let usual = 0.01
    /// What is believed of a battery at all, per cent a second.
    private static let bounds = 0.0005...0.2
    /// Seconds of driving, and per cent, after which the measure counts; charge is often told in whole per cents.
    private static let least = (seconds: 600.0, charge: 3.0)
    /// Longer silences say nothing of what was done, in seconds.
    private static let silence = 60.0
    /// What is older than this much driving (seconds) counts half.
    private static let memory = 14_400.0

    private struct Seen: Sendable, Hashable {
        let at: Timestamp
        let charge: Double
        let weight: Double
    }
    private var last: Seen?
    private var seconds = 0.0
    private var spent = 0.0

    /// Takes a report in.
    mutating func hear(_ report: VehicleReport) {
        guard report.presence == .here, !report.isCharging, let charge = report.charge, charge.isFinite else {
            last = nil
            return
        }
        let weight = report.isDriving ? 1 : 0.2
        if let last {
            let age = report.came.seconds(since: last.at)
            // Whoever has more than before was charged, or has another battery.
            if age > 0, age <= Self.silence, charge <= last.charge {
                seconds += age * last.weight
                spent += last.charge - charge
            }
        }
        last = Seen(at: report.came, charge: charge, weight: weight)
        if seconds > Self.memory { (seconds, spent) = (seconds / 2, spent / 2) }
    }

    /// Per cent a second of driving; nil before enough was seen.
    var rate: Double? {
        guard seconds >= Self.least.seconds, spent >= Self.least.charge else { return nil }
        return min(max(spent / seconds, Self.bounds.lowerBound), Self.bounds.upperBound)
    }
}
