import Record

/// What is measured of a simulated day.
enum WhatIfMeasure: String, Sendable, Hashable, CaseIterable {
    /// Missions done an hour.
    case done
    /// From being asked for to a robot at the first stop: the middle one, and what 95 of 100 do not exceed; seconds.
    case waitMedian, waitMost
    /// From being asked for to being done, in the same way; seconds.
    case deliveryMedian, deliveryMost
    /// The share of missions that were done by the latest moment that was first promised.
    case kept
    /// The share of time in which a robot is on a mission.
    case busy
    /// The share of that time in which it stands and waits for others, a lift or a door.
    case waiting

    /// Whether it is a share, from 0 to 1.
    var isShare: Bool { [.kept, .busy, .waiting].contains(self) }
    /// Whether more of it is better; nil where that depends.
    var isMoreBetter: Bool? {
        switch self {
        case .done, .kept: true
        case .waitMedian, .waitMost, .deliveryMedian, .deliveryMost, .waiting: false
        case .busy: nil
        }
    }
}

/// What a simulated day came to.
struct WhatIfDay: Sendable, Hashable {
    /// Nil where the day had nothing to measure it by.
    var values: [WhatIfMeasure: Double] = [:]
    /// Missions asked for while it counted, those not done at its end, and those that could not be done at all.
    var asked = 0, open = 0, failed = 0
}

/// What is noted of the missions and robots of a day while it counts.
struct WhatIfLog: Sendable {
    /// A mission from asking to its end, in seconds of the day.
    struct Entry: Sendable, Hashable {
        var asked: Double
        var reached: Double?
        var done: Double?
        var hasFailed = false
        /// The latest moment that was promised first.
        var promised: Double?
    }

    var entries: [String: Entry] = [:]
    /// Robot-seconds: all, on a mission, and of those standing in wait.
    var (all, busy, waiting) = (0.0, 0.0, 0.0)

    /// The day's measures.
    /// - Parameters:
    ///   - window: the seconds of the day that count.
    ///   - end: when it was over.
    func day(_ window: Range<Double>, end: Double) -> WhatIfDay {
        let own = entries.values.filter { window.contains($0.asked) }
        var day = WhatIfDay()
        day.asked = own.count
        day.failed = own.count(where: \.hasFailed)
        day.open = own.count { $0.done == nil && !$0.hasFailed }
        let hours = (window.upperBound - window.lowerBound) / 3600
        day.values[.done] =
            Double(entries.values.count { $0.done.map(window.contains) == true }) / hours
        if all > 0 { day.values[.busy] = busy / all }
        if busy > 0 { day.values[.waiting] = waiting / busy }
        let able = own.filter { !$0.hasFailed }
        guard !able.isEmpty else { return day }
        // What is not over yet took at least as long as the day: left out, a fleet that is too small would look quick.
        let waits = able.map { ($0.reached ?? end) - $0.asked }.sorted()
        let times = able.map { ($0.done ?? end) - $0.asked }.sorted()
        (day.values[.waitMedian], day.values[.waitMost]) = (Self.rank(waits, 0.5), Self.rank(waits, 0.95))
        (day.values[.deliveryMedian], day.values[.deliveryMost]) = (Self.rank(times, 0.5), Self.rank(times, 0.95))
        let kept = able.count { entry in entry.done.map { $0 <= entry.promised ?? -1 } ?? false }
        day.values[.kept] = Double(kept) / Double(able.count)
        return day
    }

    /// The nearest rank.
    private static func rank(_ sorted: [Double], _ share: Double) -> Double {
        sorted[min(sorted.count - 1, max(0, Int((share * Double(sorted.count)).rounded(.up)) - 1))]
    }
}
