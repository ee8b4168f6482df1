import Record

/// How someone stands in a course on a day: the pure rule behind the matrix, the list of what is missing, and the gate
/// of a permit.
struct TrainingStanding: Sendable, Hashable {
    enum State: String, Sendable, Hashable {
        /// Held, and not about to end.
        case held
        /// Held, and ends within thirty days.
        case expiring
        /// Not held.
        case missing
    }

    /// Hours that count: a session in which the person took part and signed.
    struct Hours: Sendable, Hashable {
        let day: KoreanDay
        let hours: Double
    }

    /// A certificate and its last day; nil where it does not end.
    struct Certificate: Sendable, Hashable {
        let issued: KoreanDay
        let through: KoreanDay?
    }

    let state: State
    /// The last day on which it holds; nil where it does not end or is missing.
    let through: KoreanDay?
    /// Hours counted towards it now.
    let hours: Double

    /// How many days before its end it is said to be ending.
    static let notice: Int64 = 30

    var isValid: Bool { state != .missing }

    /// Hours of a course that comes again and again that this period still asks for, whatever the last one left; zero for
    /// other courses.
    static func short(_ course: TrainingCourse, hours: [Hours], on day: KoreanDay) -> Double {
        guard case .periodic(let needed, let length) = course.rule else { return 0 }
        let now = TrainingPeriod(length, of: day)
        return max(0, needed - sum(hours.filter { now.contains($0.day) && $0.day <= day }))
    }

    /// Judges what someone has against what a course asks.
    static func judge(
        _ course: TrainingCourse, hours: [Hours], certificates: [Certificate], on day: KoreanDay
    ) -> TrainingStanding {
        let past = hours.filter { $0.day <= day }
        var ends: [KoreanDay] = []
        var isEndless = false
        var counted = 0.0
        for certificate in certificates where certificate.issued <= day {
            if let through = certificate.through { ends.append(through) } else { isEndless = true }
        }
        switch course.rule {
        case .once(let needed):
            counted = sum(past)
            if counted >= needed { isEndless = true }
        case .periodic(let needed, let length):
            let now = TrainingPeriod(length, of: day)
            counted = sum(past.filter { now.contains($0.day) })
            // What was done last time holds until this period ends: nobody is untrained on its first morning.
            if sum(past.filter { now.previous.contains($0.day) }) >= needed { ends.append(now.last) }
            if counted >= needed { ends.append(now.next.last) }
        case .renewed(let needed, let months):
            let fresh = past.filter { $0.day.adding(months: months) >= day }
            for session in fresh.sorted(by: { $0.day > $1.day }) where counted < needed {
                counted += session.hours
                // The oldest session that is needed for the sum is the first to lapse.
                if counted >= needed { ends.append(session.day.adding(months: months)) }
            }
        }
        if isEndless { return TrainingStanding(state: .held, through: nil, hours: counted) }
        guard let through = ends.max(), through >= day else {
            return TrainingStanding(state: .missing, through: nil, hours: counted)
        }
        let isEnding = through.number - day.number <= notice
        return TrainingStanding(state: isEnding ? .expiring : .held, through: through, hours: counted)
    }

    private static func sum(_ hours: [Hours]) -> Double { hours.reduce(0) { $0 + $1.hours } }
}
