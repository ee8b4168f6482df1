import Record

extension Promise {
    /// From a plan of so many seconds more, and how much longer missions took than planned (1: as planned).
    ///
    /// `late` is the nearest-rank 90th percentile of those ratios; with fewer than ten of them, half as long again,
    /// and never less than a minute after `due`.
    init(plan seconds: Double, ratios: [Double], at now: Timestamp) {
        let known = ratios.filter { $0.isFinite && $0 > 0 }.sorted()
        let median = known.count < 10 ? 1 : known[known.count / 2]
        let high = known.count < 10 ? 1.5 : known[min(known.count - 1, (known.count * 9 + 9) / 10 - 1)]
        let expected = max(0, seconds) * max(median, 0.5)
        due = now.advanced(bySeconds: expected)
        late = now.advanced(bySeconds: max(expected + 60, max(0, seconds) * high))
    }

    /// Progress of less than so many seconds since the last promise is standing still.
    private static let still = 30.0
    /// After how many seconds a promise that has passed is renewed: first it is called late.
    private static let stale = 5.0

    /// Whether it differs so much from what was promised that people must be told: by more than a minute and by more
    /// than a tenth of the time that was still left. While nothing moves, as much is left as before: that only time went by
    /// is nothing new.
    /// - Parameter said: when the old one was promised, where that is known.
    func moved(from old: Promise?, said: Timestamp? = nil, at now: Timestamp) -> Bool {
        guard let old else { return true }
        // What has passed is promised anew, whatever stands: a time that is over tells nobody anything.
        if let said, due > old.due, old.late.advanced(bySeconds: Self.stale) > now {
            let progress = old.due.seconds(since: said) - due.seconds(since: now)
            if progress > -60, progress < Self.still { return false }
        }
        let shift = abs(due.seconds(since: old.due))
        return shift > 60 && shift > 0.1 * max(0, old.due.seconds(since: now))
    }
}
