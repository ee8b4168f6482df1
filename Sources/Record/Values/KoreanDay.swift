/// A day by the Korean calendar, nine hours ahead of UTC all year round.
public struct KoreanDay: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Days since 1970-01-01 in Korea.
    public let number: Int64

    /// Korean standard time's distance from UTC, in seconds; there is no summer time.
    public static let offset: Int64 = 32_400
    private static let length: Int64 = 86_400

    /// From its number.
    public init(number: Int64) { self.number = number }

    /// The day in Korea at a moment.
    public init(_ moment: Timestamp) {
        let seconds = Int64(moment.seconds.rounded(.down)) + Self.offset
        number = seconds >= 0 ? seconds / Self.length : (seconds - Self.length + 1) / Self.length
    }

    /// From `2026-11-21`; nil where it names no day.
    public init?(_ text: String) {
        guard text.utf8.count == 10, let noon = Timestamp(iso8601: "\(text)T12:00:00+09:00") else { return nil }
        self.init(noon)
    }

    /// Its first moment.
    public var start: Timestamp { Timestamp(microseconds: (number * Self.length - Self.offset) * 1_000_000) }

    /// Monday of its week.
    public var monday: KoreanDay {
        // 1970-01-01 was a Thursday, three days after a Monday.
        let past = ((number + 3) % 7 + 7) % 7
        return KoreanDay(number: number - past)
    }

    /// Whether work usually rests: Saturday or Sunday.
    public var isWeekend: Bool { number - monday.number >= 5 }

    /// The first day of its month.
    public var firstOfMonth: KoreanDay { KoreanDay(number: number - civil.day + 1) }

    /// `2026-11`.
    public var month: String { String(description.prefix(7)) }

    /// The same day so many months later, or that month's last day where it is shorter.
    public func adding(months: Int64) -> KoreanDay {
        let index = civil.year * 12 + civil.month - 1 + months
        let (year, month) = (index / 12, index % 12 + 1)
        let last = [31, Self.isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][Int(month - 1)]
        let day = min(civil.day, Int64(last))
        return KoreanDay("\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))") ?? self
    }

    /// So many days later.
    public static func + (day: KoreanDay, days: Int64) -> KoreanDay { KoreanDay(number: day.number + days) }
    /// So many days earlier.
    public static func - (day: KoreanDay, days: Int64) -> KoreanDay { KoreanDay(number: day.number - days) }
    /// By time.
    public static func < (left: KoreanDay, right: KoreanDay) -> Bool { left.number < right.number }

    /// `2026-11-21`.
    public var description: String { String(civil.text.prefix(10)) }

    private var civil: CivilTime { start.civil(offsetSeconds: Self.offset) }
    private static func isLeap(_ year: Int64) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }
    private static func padded(_ value: Int64, _ width: Int) -> String {
        let text = "\(value)"
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}
