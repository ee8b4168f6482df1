/// The Korean lunar calendar (음력) of 2019–2041, as the Korea Astronomy and Space Science Institute publishes it: when a
/// year begins, which of its months have thirty days, which month comes twice.
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

    init() {
        var years: [Int64: Year] = [:]
        for (year, month, day, leap, long) in Self.table {
            guard let start = CalendarDay(year, month, day) else { continue }
            years[year] = Year(start: start, leap: leap, lengths: long.map { $0 == "1" ? 30 : 29 })
        }
        self.years = years
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
    var known: ClosedRange<Int64> { 2019...2041 }

    /// Lunar year, month and day of its first day in the Gregorian calendar, leap month, months of thirty days.
    private static let table: [(Int64, Int64, Int64, Int, String)] = [
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
