import District
import Record

/// The continuous cycle at a site: finding every month, a joint review every week, a tool-box meeting every working
/// day. [know]: it may take the place of ad-hoc and yearly assessment where all three are kept up.
struct WorkCycle: Sendable, Hashable {
    /// How a month, week or day stands.
    enum Standing: String, Sendable, Hashable {
        /// It was done.
        case done
        /// It is over and was not done.
        case missing
        /// It runs, and there is time left.
        case due
        /// Work rests, or it has not begun.
        case none

        /// The badge that shows it.
        var badge: String {
            switch self {
            case .done: "ok"
            case .missing: "danger"
            case .due: "warn"
            case .none: "off"
            }
        }
    }

    /// What was done at the site, by day.
    struct Kept: Sendable, Hashable {
        var findings: Set<KoreanDay> = []
        var reviews: Set<KoreanDay> = []
        var meetings: Set<KoreanDay> = []
    }

    let month: Standing
    /// The weeks that begin or end in the month, by their Monday.
    let weeks: [(monday: KoreanDay, standing: Standing)]
    /// The days of the month.
    let days: [(day: KoreanDay, standing: Standing)]

    /// The cycle of the month that holds a day, as it stands today.
    /// - Parameter begun: the first day on which anything of the cycle was kept at the site; before it nothing was due.
    init(monthOf day: KoreanDay, kept: Kept, today: KoreanDay, begun: KoreanDay?) {
        let first = day.firstOfMonth
        let next = first.adding(months: 1)
        let start = begun ?? today
        func standing(from: KoreanDay, before end: KoreanDay, _ done: Set<KoreanDay>) -> Standing {
            if done.contains(where: { $0 >= from && $0 < end }) { return .done }
            if from > today || end <= start { return .none }
            return end <= today ? .missing : .due
        }
        month = standing(from: first, before: next, kept.findings)
        var weeks: [(KoreanDay, Standing)] = []
        var monday = first.monday
        while monday < next {
            weeks.append((monday, standing(from: monday, before: monday + 7, kept.reviews)))
            monday = monday + 7
        }
        self.weeks = weeks
        days = (first.number..<next.number).map { number in
            let day = KoreanDay(number: number)
            let state = standing(from: day, before: day + 1, kept.meetings)
            return (day, day.isWeekend && state != .done ? .none : state)
        }
    }

    /// How many months, weeks and days of it were missed.
    var missed: Int {
        (month == .missing ? 1 : 0) + weeks.count { $0.standing == .missing } + days.count { $0.standing == .missing }
    }

    static func == (left: WorkCycle, right: WorkCycle) -> Bool {
        left.month == right.month && left.weeks.elementsEqual(right.weeks, by: ==)
            && left.days.elementsEqual(right.days, by: ==)
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(month)
        hasher.combine(missed)
    }
}

/// What is kept of the cycle besides tool-box meetings and walk-rounds.
enum CycleReview: String, Sendable, Hashable, CaseIterable {
    case finding, weekly

    /// What people call it.
    var words: Words {
        switch self {
        case .finding: Words("매월 위험요인 발굴", "Monthly finding")
        case .weekly: Words("매주 합동 점검", "Weekly joint review")
        }
    }

    static let choices = allCases.map { Field.Choice($0.rawValue, $0.words) }
}
