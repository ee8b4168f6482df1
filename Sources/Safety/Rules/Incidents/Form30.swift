import Record

/// When the accident report (Form 30) is due: a death, or someone off work for three days or more, within a month.
enum Form30 {
    /// Whether it is needed.
    enum Need: String, Sendable {
        case needed
        case notNeeded = "not-needed"
        /// Days off are not known of everyone: handled as needed until they are.
        case undecided
    }

    static func need(_ casualties: Casualties, days: Int64) -> Need {
        if casualties.deaths > 0 || casualties.people.contains(where: { max($0.daysOff ?? 0, $0.lostDays) >= days }) {
            return .needed
        }
        let isOpen = casualties.undescribed > 0 || casualties.living.contains { $0.daysOff == nil }
        return isOpen ? .undecided : .notNeeded
    }

    /// The last day: the same day of the next month in Korea, or that month's last.
    static func due(_ occurred: Timestamp, months: Int64) -> KoreanDay { KoreanDay(occurred).adding(months: months) }
}
