extension Timestamp: CustomStringConvertible {
    /// RFC 3339 in UTC, with microseconds only where there are any: `2026-11-21T04:05:06.250000Z`.
    public var description: String {
        let micro = microseconds - microseconds.flooredQuotient(1_000_000) * 1_000_000
        return civil(offsetSeconds: 0).text + (micro == 0 ? "" : "." + Self.padded(micro, 6)) + "Z"
    }

    /// Date and time of day on a clock so many seconds ahead of UTC (Korea: 32,400).
    public func civil(offsetSeconds: Int64) -> CivilTime {
        let shifted = microseconds.flooredQuotient(1_000_000) + offsetSeconds
        let days = shifted.flooredQuotient(86_400)
        return CivilTime(daysSinceEpoch: days, secondOfDay: shifted - days * 86_400)
    }

    /// Reads RFC 3339 (`2026-11-21T04:05:06.25+09:00`), or the same with a space and without a zone,
    /// in which case `defaultOffsetSeconds` says which clock is meant.
    public init?(iso8601 text: some StringProtocol, defaultOffsetSeconds: Int64 = 0) {
        let bytes = Array(text.utf8)
        func digits(_ from: Int, _ count: Int) -> Int64? {
            guard from + count <= bytes.count else { return nil }
            var value: Int64 = 0
            for byte in bytes[from..<from + count] {
                guard byte >= 48, byte <= 57 else { return nil }
                value = value * 10 + Int64(byte - 48)
            }
            return value
        }
        guard bytes.count >= 19, bytes[4] == 45, bytes[7] == 45, bytes[13] == 58, bytes[16] == 58,
            bytes[10] == 84 || bytes[10] == 116 || bytes[10] == 32,
            let year = digits(0, 4), let month = digits(5, 2), let day = digits(8, 2),
            let hour = digits(11, 2), let minute = digits(14, 2), let second = digits(17, 2),
            (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 61
        else { return nil }
        var at = 19
        var micro: Int64 = 0
        if at < bytes.count, bytes[at] == 46 {
            at += 1
            var scale: Int64 = 100_000
            let start = at
            while at < bytes.count, bytes[at] >= 48, bytes[at] <= 57 {
                micro += Int64(bytes[at] - 48) * scale
                scale /= 10
                at += 1
            }
            guard at > start else { return nil }
        }
        var offset = defaultOffsetSeconds
        if at < bytes.count {
            switch bytes[at] {
            case 90, 122:
                guard at + 1 == bytes.count else { return nil }
                offset = 0
            case 43, 45:
                guard at + 6 == bytes.count, bytes[at + 3] == 58, let hours = digits(at + 1, 2),
                    let minutes = digits(at + 4, 2), hours < 24, minutes < 60
                else { return nil }
                offset = (hours * 3600 + minutes * 60) * (bytes[at] == 43 ? 1 : -1)
            default: return nil
            }
        }
        guard let days = CivilTime.days(year: year, month: month, day: day) else { return nil }
        self.init(microseconds: (days * 86_400 + hour * 3600 + minute * 60 + second - offset) * 1_000_000 + micro)
    }

    static func padded(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

/// A date and a time of day on some clock.
public struct CivilTime: Sendable, Hashable {
    /// Year, month (1…12) and day (1…31) of the proleptic Gregorian calendar.
    public let year: Int64, month: Int64, day: Int64
    /// Hour (0…23), minute and second.
    public let hour: Int64, minute: Int64, second: Int64
    /// Day of the week, 0 = Sunday.
    public let weekday: Int64

    /// From days since 1970-01-01 and seconds into that day (algorithm: Hinnant, "chrono-compatible low-level date
    /// algorithms", civil_from_days).
    init(daysSinceEpoch: Int64, secondOfDay: Int64) {
        let shifted = daysSinceEpoch + 719_468
        let era = shifted.flooredQuotient(146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        hour = secondOfDay / 3600
        minute = secondOfDay % 3600 / 60
        second = secondOfDay % 60
        let day = (daysSinceEpoch + 4) % 7
        weekday = day < 0 ? day + 7 : day
    }

    /// Days since 1970-01-01 of a date, or nil where the month has no such day.
    static func days(year: Int64, month: Int64, day: Int64) -> Int64? {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear.flooredQuotient(400)
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        let days = era * 146_097 + dayOfEra - 719_468
        let back = CivilTime(daysSinceEpoch: days, secondOfDay: 0)
        return back.month == month && back.day == day ? days : nil
    }

    /// `2026-11-21T13:05:06`, without a zone.
    public var text: String {
        "\(Timestamp.padded(year, 4))-\(Timestamp.padded(month, 2))-\(Timestamp.padded(day, 2))"
            + "T\(Timestamp.padded(hour, 2)):\(Timestamp.padded(minute, 2)):\(Timestamp.padded(second, 2))"
    }
}
