/// The Korean lunar calendar (음력) of 2019–2041: when a year begins, which of its months have thirty days, which month
/// comes twice.
///
/// The table was computed with the PyPI package `korean_lunar_calendar`, which follows the calendar of the Korea Astronomy
/// and Space Science Institute (KASI); it was not taken from the institute itself.
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

    /// The years that are shipped.
    static let table: [Entry] = [
        (2019, 2, 5, 0, "101010010101"), (2020, 1, 25, 4, "1011010010101"), (2021, 2, 12, 0, "011010101010"),
        (2022, 2, 1, 0, "101011010101"), (2023, 1, 22, 2, "0101010110101"), (2024, 2, 10, 0, "010010110110"),
        (2025, 1, 29, 6, "1010010101110"), (2026, 2, 17, 0, "101001010111"), (2027, 2, 7, 0, "010100100111"),
        (2028, 1, 27, 5, "0110100100110"), (2029, 2, 13, 0, "110110010011"), (2030, 2, 3, 0, "010110101010"),
        (2031, 1, 23, 3, "1010101101010"), (2032, 2, 11, 0, "100101101101"), (2033, 1, 31, 11, "0100101011101"),
        (2034, 2, 19, 0, "010010101110"), (2035, 2, 8, 0, "101001001101"), (2036, 1, 28, 6, "1101001001101"),
        (2037, 2, 15, 0, "110100100101"), (2038, 2, 4, 0, "110101010010"), (2039, 1, 24, 5, "1101101010100"),
        (2040, 2, 12, 0, "101101101010"), (2041, 2, 1, 0, "100101101101"),
    ]
}
