import District
import Record

/// When something that can be booked is open. Korean time.
struct OpenHours: Sendable, Hashable {
    /// Days of the week, Monday 0 … Sunday 6.
    let days: Set<Int>
    /// From and until when, in minutes of the day.
    let hours: Range<Int>
    /// Days on which it is closed all the same: `2026-12-25`.
    let closed: Set<String>

    /// - Parameter closed: days on which nothing of the city is open.
    init?(_ json: JSON, closed: Set<String>) {
        let named = json["days"]?.elements?.compactMap(\.text) ?? []
        days = Set(named.compactMap { DeskHours.names.firstIndex(of: $0) })
        guard days.count == named.count, !days.isEmpty, let from = DeskHours.minutes(json["from"]?.text),
            let to = DeskHours.minutes(json["to"]?.text), from < to
        else { return nil }
        hours = from..<to
        self.closed = closed
    }

    /// Why nothing can be booked on a day; nil where it can.
    func objection(day text: String) -> Words? {
        guard let day = CalendarDay(text) else { return nil }
        if days.contains(Int(day.weekday)), !closed.contains(text) { return nil }
        let spoken = day.spoken(in: day.date.year)
        return Words(
            "\(spoken.ko)은 쉬는 날입니다. \(words.ko) 예약할 수 있습니다.",
            "It is closed on \(spoken.en). Bookings can be made for \(words.en).")
    }

    /// Why nothing can be booked for a time; nil where it can.
    func objection(time text: String) -> Words? {
        guard let minute = DeskHours.minutes(text), !hours.contains(minute) else { return nil }
        let spoken = ClockReader.spoken(Int64(minute))
        return Words(
            "\(spoken.ko)에는 문을 열지 않습니다. \(words.ko) 예약할 수 있습니다.",
            "It is not open at \(spoken.en). Bookings can be made for \(words.en).")
    }

    /// When it is open, in words.
    private var words: Words {
        let (from, to) = (ClockReader.spoken(Int64(hours.lowerBound)), ClockReader.spoken(Int64(hours.upperBound)))
        let isWeek = days.count == 7
        let feasts = closed.isEmpty ? Words("", "") : Words(" 공휴일을 빼고", " except on public holidays")
        let named = days.sorted()
        let isRun = named.count > 2 && named.last.map { $0 - named[0] == named.count - 1 } == true
        let ko =
            isWeek
            ? "매일"
            : isRun
                ? "\(Self.names[named[0]].ko)부터 \(Self.names[named[named.count - 1]].ko)까지"
                : named.map { Self.names[$0].ko }.joined(separator: ", ")
        let en =
            isWeek
            ? "every day"
            : isRun
                ? "\(Self.names[named[0]].en) to \(Self.names[named[named.count - 1]].en)"
                : named.map { Self.names[$0].en }.joined(separator: ", ")
        return Words("\(ko)\(feasts.ko) \(from.ko)부터 \(to.ko)까지", "\(en)\(feasts.en), \(from.en) to \(to.en)")
    }

    private static let names = [
        Words("월요일", "Monday"), Words("화요일", "Tuesday"), Words("수요일", "Wednesday"), Words("목요일", "Thursday"),
        Words("금요일", "Friday"), Words("토요일", "Saturday"), Words("일요일", "Sunday"),
    ]
}
