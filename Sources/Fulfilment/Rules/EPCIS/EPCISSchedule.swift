import Record

/// When a subscription is answered: cron-like, by the clock of the district (Korea). Each part is a list of numbers and
/// ranges (`5`, `0,30`, `[9-17]`); what is left out is every one, and seconds are 0.
struct EPCISSchedule: Sendable, Hashable {
    private let seconds: Set<Int64>, minutes: Set<Int64>, hours: Set<Int64>
    private let days: Set<Int64>, months: Set<Int64>, weekdays: Set<Int64>

    /// Reads a schedule; nil where it is none, or never comes.
    init?(_ json: JSON) {
        guard let members = json.members, !members.isEmpty else { return nil }
        let known: [String: ClosedRange<Int64>] = [
            "second": 0...59, "minute": 0...59, "hour": 0...23, "dayOfMonth": 1...31, "month": 1...12,
            "dayOfWeek": 1...7,
        ]
        var parts: [String: Set<Int64>] = [:]
        for (name, value) in members {
            guard let range = known[name], let text = value.text ?? value.integer.map({ "\($0)" }),
                let numbers = Self.numbers(text, in: range)
            else { return nil }
            parts[name] = numbers
        }
        func part(_ name: String, _ usual: ClosedRange<Int64>) -> Set<Int64> { parts[name] ?? Set(usual) }
        seconds = part("second", 0...0)
        minutes = part("minute", parts["hour"] == nil || parts["second"] != nil ? 0...59 : 0...0)
        hours = part("hour", 0...23)
        days = part("dayOfMonth", 1...31)
        months = part("month", 1...12)
        weekdays = part("dayOfWeek", 1...7)
    }

    private static func numbers(_ text: String, in range: ClosedRange<Int64>) -> Set<Int64>? {
        var numbers: Set<Int64> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.filter { $0 != "[" && $0 != "]" }.split(separator: "-").map { Int64($0) }
            switch ends.count {
            case 1: guard let one = ends[0], range.contains(one) else { return nil }; numbers.insert(one)
            case 2:
                guard let first = ends[0], let last = ends[1], first <= last, range.contains(first),
                    range.contains(last)
                else { return nil }
                numbers.formUnion(first...last)
            default: return nil
            }
        }
        return numbers.isEmpty ? nil : numbers
    }

    /// Whether it was due after a moment and until another.
    func isDue(after last: Timestamp, until now: Timestamp) -> Bool {
        // A day of seconds at most: whoever waited longer is due by what happened in the last day.
        let end = now.microseconds / 1_000_000
        var at = max(last.microseconds / 1_000_000 + 1, end - 86_400)
        while at <= end {
            let civil = Timestamp(microseconds: at * 1_000_000).civil(offsetSeconds: 32_400)
            if !isDay(civil) {
                at += 86_400 - (civil.hour * 3600 + civil.minute * 60 + civil.second)
            } else if !hours.contains(civil.hour) {
                at += 3600 - (civil.minute * 60 + civil.second)
            } else if !minutes.contains(civil.minute) {
                at += 60 - civil.second
            } else if !seconds.contains(civil.second) {
                at += 1
            } else {
                return true
            }
        }
        return false
    }

    private func isDay(_ civil: CivilTime) -> Bool {
        // Monday is 1 and Sunday 7 here; a civil time counts Sunday as 0.
        days.contains(civil.day) && months.contains(civil.month)
            && weekdays.contains(civil.weekday == 0 ? 7 : civil.weekday)
    }
}
