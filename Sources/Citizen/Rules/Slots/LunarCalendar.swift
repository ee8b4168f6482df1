/// The Korean lunar calendar (음력) of 1900–2041: when a year begins, which of its months have thirty days, which month
/// comes twice.
struct LunarCalendar: Sendable {
    /// A lunar year.
    private struct Year {
        /// Its first day.
        let start: CalendarDay
        /// The month that comes a second time (윤달), 0 where none does.
        let leap: Int
        /// The lengths of its months in days, a leap month after the month it repeats.
        let lengths: [Int64]
    }

    private let years: [Int64: Year]

    /// Why a table is none: the year that does not fit, and what is wrong with it.
    struct Broken: Error, Hashable {
        let year: Int64
        let rule: String
    }

    /// The calendar of this table.
    /// - Throws: ``Broken`` where a year is missing, has a month that is none, or does not end where the next begins.
    init(_ table: [Entry] = LunarCalendar.table) throws(Broken) {
        var years: [Int64: Year] = [:]
        var next: CalendarDay?
        for entry in table {
            guard let start = CalendarDay(entry.year, entry.month, entry.day) else {
                throw Broken(year: entry.year, rule: "begins on no day")
            }
            guard entry.long.allSatisfy({ "01".contains($0) }), entry.long.count == (entry.leap > 0 ? 13 : 12),
                (0...12).contains(entry.leap)
            else { throw Broken(year: entry.year, rule: "twelve months of 0 or 1, thirteen with a leap month") }
            guard years[entry.year] == nil, next.map({ $0 == start && years[entry.year - 1] != nil }) ?? true else {
                throw Broken(year: entry.year, rule: "begins where the year before ends")
            }
            let year = Year(start: start, leap: entry.leap, lengths: entry.long.map { $0 == "1" ? 30 : 29 })
            years[entry.year] = year
            next = start + year.lengths.reduce(0, +)
        }
        guard let first = table.first?.year, let last = table.last?.year else {
            throw Broken(year: 0, rule: "is empty")
        }
        self.years = years
        known = first...last
    }

    /// Why there is no such day.
    enum Missing: Error { case year, month, day }

    /// The day of a lunar date. Day 0 is the last day of its month (그믐).
    func day(_ year: Int64, _ month: Int64, _ day: Int64, isLeap: Bool = false) throws(Missing) -> CalendarDay {
        guard let entry = years[year] else { throw .year }
        guard (1...12).contains(month), !isLeap || entry.leap == Int(month) else { throw .month }
        let isAfterLeap = isLeap || (entry.leap > 0 && Int(month) > entry.leap)
        let index = Int(month) - 1 + (isAfterLeap ? 1 : 0)
        guard entry.lengths.indices.contains(index) else { throw .month }
        let length = entry.lengths[index]
        guard (0...length).contains(day) else { throw .day }
        return entry.start + (entry.lengths[..<index].reduce(0, +) + (day == 0 ? length : day) - 1)
    }

    /// The years that are known.
    let known: ClosedRange<Int64>

    /// A year of the table: its first day in the Gregorian calendar, its leap month, its months of thirty days as `1`.
    typealias Entry = (year: Int64, month: Int64, day: Int64, leap: Int, long: String)
}
