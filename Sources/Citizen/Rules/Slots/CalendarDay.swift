import Record

/// A day of the calendar as people in Korea count it, nine hours ahead of UTC all year round.
struct CalendarDay: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01.
    let number: Int64

    /// Korean standard time's distance from UTC, in seconds; there is no summer time.
    static let offset: Int64 = 32_400

    init(number: Int64) { self.number = number }

    /// The day in Korea at a moment.
    init(_ moment: Timestamp) {
        let civil = moment.civil(offsetSeconds: Self.offset)
        number = Self.number(civil.year, civil.month, civil.day)
    }

    /// A date; nil where the month has no such day.
    init?(_ year: Int64, _ month: Int64, _ day: Int64) {
        guard (1...12).contains(month), (1...Self.length(year, month)).contains(day) else { return nil }
        number = Self.number(year, month, day)
    }

    /// From `2026-11-21`; nil where it names no day.
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-").compactMap { Int64($0) }
        guard parts.count == 3 else { return nil }
        self.init(parts[0], parts[1], parts[2])
    }

    /// How many days a month has.
    static func length(_ year: Int64, _ month: Int64) -> Int64 {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    /// Days since 1970-01-01 of a date from the year 1 on (the Gregorian rule, years counted from March).
    private static func number(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let (year, month) = month <= 2 ? (year - 1, month + 9) : (year, month - 3)
        return year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 719_469
    }

    private var civil: CivilTime { moment(minute: 720).civil(offsetSeconds: Self.offset) }

    /// Year, month and day.
    var date: (year: Int64, month: Int64, day: Int64) {
        let civil = civil
        return (civil.year, civil.month, civil.day)
    }

    /// Day of the week, 0 = Monday.
    var weekday: Int64 { ((number + 3) % 7 + 7) % 7 }

    /// Monday of its week.
    var monday: CalendarDay { self + -weekday }

    /// The moment so many minutes after its midnight.
    func moment(minute: Int64) -> Timestamp {
        Timestamp(microseconds: (number * 86_400 + minute * 60 - Self.offset) * 1_000_000)
    }

    /// `2026-11-21`.
    var text: String { String(civil.text.prefix(10)) }

    /// As it is read back: `11월 23일 월요일`, with the year where it is another one than now.
    func spoken(in year: Int64) -> Words {
        let (own, month, day) = date
        let ko = "\(own == year ? "" : "\(own)년 ")\(month)월 \(day)일 \(Self.weekdays.ko[Int(weekday)])요일"
        let en =
            "\(Self.weekdays.en[Int(weekday)]), \(Self.months[Int(month) - 1]) \(day)\(own == year ? "" : ", \(own)")"
        return Words(ko, en)
    }

    private static let weekdays = (
        ko: ["월", "화", "수", "목", "금", "토", "일"],
        en: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    )
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    static func + (day: CalendarDay, days: Int64) -> CalendarDay { CalendarDay(number: day.number + days) }
    static func < (left: CalendarDay, right: CalendarDay) -> Bool { left.number < right.number }
}
