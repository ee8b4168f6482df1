import Record

/// Reads moments: a day with a time of day (`모레 두 시`), or so long from now (`한 시간 뒤`).
struct MomentReader {
    let calendar: LunarCalendar
    let now: Timestamp

    /// A moment: a day and the minutes since its midnight.
    struct Moment: Hashable, Comparable {
        let day: CalendarDay
        let minute: Int64

        init(_ day: CalendarDay, _ minute: Int64) {
            self.day = day + minute / 1440
            self.minute = minute % 1440
        }

        /// From `2026-11-23T14:00:00+09:00`, or with another zone.
        init?(_ value: JSON) {
            guard let text = value.text, let moment = Timestamp(iso8601: text, defaultOffsetSeconds: CalendarDay.offset)
            else { return nil }
            let civil = moment.civil(offsetSeconds: CalendarDay.offset)
            self.init(CalendarDay(moment), civil.hour * 60 + civil.minute)
        }

        static func < (left: Moment, right: Moment) -> Bool {
            (left.day.number, left.minute) < (right.day.number, right.minute)
        }

        /// As the form takes it, and as it is read back.
        func option(in year: Int64) -> Finding.Option {
            let (date, clock) = (day.spoken(in: year), ClockReader.spoken(minute))
            return .init(
                value: .string("\(day.text)T\(ClockReader.text(minute)):00+09:00"),
                spoken: Words("\(date.ko) \(clock.ko)", "\(date.en), \(clock.en)"))
        }
    }

    /// - Parameter isAsked: whether a moment was asked for; then it is told what of it is missing.
    func find(in script: Script, isBare: Bool, isAsked: Bool = false) -> [Finding] {
        let year = CalendarDay(now).date.year
        if let later = later(in: script, year: year) { return later }
        let reader = DayReader(calendar: calendar, now: now)
        var days = reader.find(in: script, isBare: isBare)
        let clocks = ClockReader.clocks(in: script, isBare: isBare)
        let kept = days.filter { !Findings.isTakenBack(in: script, at: $0.span.upperBound) }
        if !kept.isEmpty { days = kept }
        guard !clocks.isEmpty else {
            // A day that is none is told at once; a day without a time is not yet a moment.
            return days.compactMap { day in
                let lacks = isAsked ? day.days.first.map { Self.lacksTime($0, year) } : nil
                return (day.impossible ?? lacks).map { Finding(day.span, impossible: $0) }
            }
        }
        var found: [Finding] = []
        for clock in clocks {
            if clock.isImpossible {
                found.append(Finding(clock.span, impossible: ClockReader.impossible))
                continue
            }
            guard let day = nearest(days, to: clock.span) else {
                if isAsked { found.append(Finding(clock.span, impossible: Self.lacksDay)) }
                continue
            }
            let span = min(day.span.lowerBound, clock.span.lowerBound)..<max(day.span.upperBound, clock.span.upperBound)
            if let words = day.impossible {
                found.append(Finding(span, impossible: words))
                continue
            }
            found.append(Finding(span, moments(day.days, clock).map { $0.option(in: year) }))
        }
        return found
    }

    private static func lacksTime(_ day: CalendarDay, _ year: Int64) -> Words {
        let spoken = day.spoken(in: year)
        return Words(
            "\(spoken.ko) 몇 시인가요? 날짜와 시각을 함께 말씀해 주세요.",
            "\(spoken.en): at what time? Please say the day and the time together.")
    }

    private static let lacksDay = Words(
        "며칠인가요? 날짜와 시각을 함께 말씀해 주세요.", "On which day? Please say the day and the time together.")

    /// The moments that a day and a time may be. What has gone by today is likely not meant.
    private func moments(_ days: [CalendarDay], _ clock: ClockReader.Clock) -> [Moment] {
        var moments: [Moment] = []
        for day in days {
            for minute in clock.minutes {
                moments.append(Moment(day, minute))
                // `오늘 밤 한 시`: after midnight, or this very morning.
                if minute > 1440 { moments.append(Moment(day, minute - 1440)) }
            }
        }
        let isPast = moments.map { $0.day.moment(minute: $0.minute) < now }
        let later = zip(moments, isPast).filter { !$0.1 }.map(\.0)
        return later + zip(moments, isPast).filter(\.1).map(\.0)
    }

    /// The day nearest to a time, the one before it first.
    private func nearest(_ days: [DayReader.Found], to span: Range<Int>) -> DayReader.Found? {
        days.last { $0.span.upperBound <= span.lowerBound } ?? days.first { $0.span.lowerBound >= span.upperBound }
    }

    private static let directions = Lexemes(["뒤", "후", "이따가", "있다가", "later", "from now"])
    private static let at = Lexemes(["지금", "지금 바로", "방금", "right now", "now", "just now"])

    /// `한 시간 뒤`, `삼십 분 후`, `지금`.
    private func later(in script: Script, year: Int64) -> [Finding]? {
        for found in DurationReader.lengths(in: script, isBare: false) where found.minutes < 1440 {
            guard let end = Self.directions.end(in: script, at: script.skip(found.span.upperBound)) else { continue }
            return [Finding(found.span.lowerBound..<end, [moment(after: found.minutes).option(in: year)])]
        }
        for index in 0..<script.count where script.startsWord(index) {
            guard let end = Self.at.end(in: script, at: index),
                script.skip(end) >= script.count
                    || Politeness.end(in: script, at: end) != nil
            else { continue }
            return [Finding(index..<end, [moment(after: 0).option(in: year)])]
        }
        return nil
    }

    private func moment(after minutes: Int64) -> Moment {
        let civil = now.civil(offsetSeconds: CalendarDay.offset)
        return Moment(CalendarDay(now), civil.hour * 60 + civil.minute + minutes)
    }
}

/// Reads lengths of time, in minutes: `한 시간 반`, `삼십 분`, `사흘`, `two hours`.
enum DurationReader {
    /// A length and where it was said.
    struct Length {
        let minutes: Int64
        let span: Range<Int>
        let weight: Int
    }

    private static let units = Lexemes<Int64>([
        ("분", 1), ("시간", 60), ("일", 1440), ("주일", 10_080), ("주", 10_080), ("minutes", 1), ("minute", 1), ("mins", 1),
        ("min", 1), ("hours", 60), ("hour", 60), ("days", 1440), ("day", 1440), ("weeks", 10_080), ("week", 10_080),
    ])
    private static let days = Lexemes<Int64>([
        ("하루", 1), ("이틀", 2), ("사흘", 3), ("나흘", 4), ("닷새", 5), ("엿새", 6), ("이레", 7), ("여드레", 8), ("아흐레", 9),
        ("열흘", 10), ("보름", 15), ("일주일", 7), ("반나절", 0), ("한나절", 0),
    ])
    private static let half = Lexemes(["half an hour", "반 시간", "반시간"])
    private static let andHalf = Lexemes(["반", "and a half"])
    private static let articles = Lexemes(["a ", "an "])

    static func find(in script: Script, isBare: Bool) -> [Finding] {
        lengths(in: script, isBare: isBare).map {
            Finding($0.span, .number(Double($0.minutes)), spoken($0.minutes), weight: $0.weight)
        }
    }

    /// Every length that was said.
    static func lengths(in script: Script, isBare: Bool) -> [Length] {
        var found: [Length] = []
        var index = 0
        while index < script.count {
            guard script.startsWord(index), let length = length(in: script, at: index, isBare: isBare) else {
                index += 1
                continue
            }
            found.append(length)
            index = length.span.upperBound
        }
        return found
    }

    private static func length(in script: Script, at index: Int, isBare: Bool) -> Length? {
        if let end = half.end(in: script, at: index) { return Length(minutes: 30, span: index..<end, weight: 2) }
        var (at, total, end, last) = (index, Int64(0), index, Int64.max)
        while let (minutes, close) = part(in: script, at: at, isFirst: at == index), minutes.unit < last {
            total += minutes.value
            (end, last) = (close, minutes.unit)
            let next = script.skip(close)
            if minutes.unit > 1, let half = andHalf.end(in: script, at: next),
                script.endsWord(half) || Politeness.end(in: script, at: half) != nil || script.letter(half) == 0xC815
            {
                total += minutes.unit / 2
                end = half
                break
            }
            at = next
        }
        return total > 0 ? Length(minutes: total, span: index..<end, weight: 2) : nil
    }

    private static func part(in script: Script, at index: Int, isFirst: Bool) -> ((value: Int64, unit: Int64), Int)? {
        if let (days, end) = days.longest(in: script, at: index), days > 0 { return ((days * 1440, 1440), end) }
        if let end = articles.end(in: script, at: index), let (unit, close) = units.longest(in: script, at: end) {
            return ((unit, unit), close)
        }
        for numeral in Numeral.all(in: script, at: index) where numeral.value <= 100_000 {
            guard let (unit, end) = units.longest(in: script, at: script.skip(numeral.end)) else { continue }
            // Minutes and days are counted in Sino-Korean; `두 분` are two people.
            if numeral.style == .native, unit == 1 || unit == 1440 { continue }
            guard unit != 10_080 || script.endsWord(end) || unit == 10_080 && script.letter(end) != 0xC18C else {
                continue
            }
            return ((numeral.value * unit, unit), end)
        }
        return nil
    }

    /// As it is read back: `한 시간 삼십 분`, `사흘`.
    static func spoken(_ minutes: Int64) -> Words {
        let native = ["", "하루", "이틀", "사흘", "나흘", "닷새", "엿새", "이레", "여드레", "아흐레", "열흘"]
        let (days, hours, rest) = (minutes / 1440, minutes % 1440 / 60, minutes % 60)
        var (ko, en) = ([String](), [String]())
        if days > 0 {
            ko.append(days == 7 ? "일주일" : days <= 10 ? native[Int(days)] : "\(NumberWords.sino(days)) 일")
            en.append("\(days) day\(days == 1 ? "" : "s")")
        }
        if hours > 0 {
            ko.append("\(NumberWords.native(before: hours)) 시간")
            en.append("\(hours) hour\(hours == 1 ? "" : "s")")
        }
        if rest > 0 || minutes == 0 {
            ko.append("\(NumberWords.sino(rest)) 분")
            en.append("\(rest) minute\(rest == 1 ? "" : "s")")
        }
        return Words(ko.joined(separator: " "), en.joined(separator: " "))
    }
}
