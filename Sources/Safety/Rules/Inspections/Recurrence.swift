import Record

/// When an inspection is due: every so many days by the Korean calendar, from a first day on.
struct Recurrence: Sendable, Hashable {
    /// The first day on which it is due.
    let first: KoreanDay
    /// Days from one due day to the next, at least 1.
    let every: Int64

    init(first: KoreanDay, every: Int64) {
        self.first = first
        self.every = max(1, every)
    }

    /// The day on which it is due next, after inspections on these days.
    ///
    /// Whoever comes late has done what was due, however much of it: the next due day is the first after that. Whoever
    /// comes early has done the next one, if they come after the due day before it; what is done on a day that is
    /// covered already, or before the round began, changes nothing.
    func due(after days: some Sequence<KoreanDay>) -> KoreanDay {
        var due = first
        for day in days.sorted() {
            if day >= due {
                due = first + ((day.number - first.number) / every + 1) * every
            } else if day > due - every {
                due = due + every
            }
        }
        return due
    }

    /// How many days something is overdue on a day; 0 on the due day and before.
    static func overdue(_ due: KoreanDay, on day: KoreanDay) -> Int64 { max(0, day.number - due.number) }
}

/// What the times of an inspection that was filled in without a connection are worth.
struct Arrival: Sendable, Hashable {
    /// Seconds from filling in, by the house's clock, to arrival; negative where it claims to be from later.
    let delay: Double
    /// How far the phone's clock stood ahead, in seconds.
    let skew: Double

    /// The phone's clock is worth telling of beyond this, in seconds.
    static let tolerated = 60.0
    /// What arrives later than this after it was filled in is late, in seconds.
    static let prompt = 3600.0

    /// Whether the clock's error is to be shown.
    var showsSkew: Bool { abs(skew) > Self.tolerated }
    /// Whether it arrived late.
    var isLate: Bool { delay > Self.prompt }
    /// Whether it claims to be from after it arrived, although the clock was corrected for: the clock was set meanwhile.
    var isImpossible: Bool { delay < -Self.tolerated }
}
