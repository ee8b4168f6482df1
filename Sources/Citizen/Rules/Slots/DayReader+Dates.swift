import Record

/// Days by their dates, and holidays.
extension DayReader {
    private static let years = Lexemes<Int64>([
        ("올해", 0), ("금년", 0), ("내년", 1), ("명년", 1), ("후년", 2), ("내후년", 2), ("작년", -1), ("지난해", -1), ("재작년", -2),
    ])
    private static let namedMonths = Lexemes<Int64>([
        ("이번 달", 0), ("이달", 0), ("요번 달", 0), ("금월", 0), ("다음 달", 1), ("담 달", 1), ("내달", 1), ("다다음 달", 2),
        ("지난달", -1), ("지난 달", -1), ("저번 달", -1),
    ])
    /// Months that are not said as their number: 유월, 시월.
    private static let months = Lexemes<Int64>([("유월", 6), ("시월", 10)])
    /// Days of the month by their native names.
    static let nativeDays: Lexemes<Int64> = {
        let ones = ["하루", "이틀", "사흘", "나흘", "닷새", "엿새", "이레", "여드레", "아흐레"]
        var words: [(String, Int64)] = [
            ("초열흘", 10), ("열흘날", 10), ("보름날", 15), ("보름", 15), ("스무날", 20), ("그믐", 0), ("그믐날", 0),
        ]
        for (index, one) in ones.enumerated() {
            let day = Int64(index + 1)
            words += [("초\(one)", day), ("열\(one)", day + 10), ("열 \(one)", day + 10), ("스무 \(one)", day + 20)]
            words += [("초\(one)날", day), ("열\(one)날", day + 10), ("스무 \(one)날", day + 20)]
        }
        return Lexemes(words)
    }()
    private static let ends = Lexemes(["말일", "마지막 날", "마지막날", "그믐"])
    private static let dayWord = Script.letters("일")
    private static let monthWord = Script.letters("월")
    private static let yearWord = Script.letters("년")
    /// What goes on after `일` so that it is no day of the month: `3일 동안`, `이틀 일정`.
    private static let lengths = Lexemes([
        "간", "동안", "치", "짜리", "씩", "째", "뒤", "후", "전", "분", "당", "이상", "이내", "안에", "있다가", "만에",
    ])

    /// `2026년 12월 3일`, `다음 달 초하루`, `12/3`, `25일`.
    func date(in script: Script, at index: Int, isBare: Bool) -> Found? {
        if let signed = signed(in: script, at: index) { return signed }
        var (at, year): (Int, Int64?) = (index, nil)
        if let (shift, end) = Self.years.longest(in: script, at: index) {
            (year, at) = (today.date.year + shift, script.skip(end))
        } else if let (said, end) = saidYear(in: script, at: index) {
            (year, at) = (said, script.skip(end))
        }
        if let (shift, end) = Self.namedMonths.longest(in: script, at: at) {
            let (ofYear, month) = Self.month(year ?? today.date.year, today.date.month + shift)
            var start = script.skip(end)
            if script.letter(start) == 0xC5D0 { start = script.skip(start + 1) }
            if let close = Self.ends.end(in: script, at: start) {
                return dated(index..<close, year: ofYear, month: month, day: CalendarDay.length(ofYear, month))
            }
            guard let (day, close) = day(in: script, at: start, isNamed: true) else {
                return ordinalWeekday(in: script, from: index, at: start, year: ofYear, month: month)
            }
            return dated(index..<close, year: ofYear, month: month, day: day)
        }
        if let (month, end) = month(in: script, at: at) {
            let start = script.skip(end)
            if let close = Self.ends.end(in: script, at: start), (1...12).contains(month) {
                let ofYear = year ?? today.date.year
                return dated(index..<close, year: year, month: month, day: CalendarDay.length(ofYear, month))
            }
            if let (day, close) = day(in: script, at: start, isNamed: true) {
                return dated(index..<close, year: year, month: month, day: day)
            }
            return nil
        }
        guard year == nil else { return nil }
        if let close = Self.ends.end(in: script, at: index), script.said(index..<close).hasPrefix("말") {
            let date = today.date
            return dated(
                index..<close, year: date.year, month: date.month, day: CalendarDay.length(date.year, date.month))
        }
        guard let (day, end) = day(in: script, at: index, isNamed: isBare) else { return nil }
        return dated(index..<end, year: nil, month: nil, day: day)
    }

    /// `2026-12-03`, `2026.12.3`, `12/3`.
    private func signed(in script: Script, at index: Int) -> Found? {
        guard let first = Numeral.arabic(in: script, at: index) else { return nil }
        let sign = script.letter(first.end)
        guard [0x2D, 0x2E, 0x2F].contains(sign), let second = Numeral.arabic(in: script, at: script.skip(first.end + 1))
        else { return nil }
        if (1900...2200).contains(first.value) {
            guard script.letter(second.end) == sign,
                let third = Numeral.arabic(in: script, at: script.skip(second.end + 1))
            else { return nil }
            return dated(index..<third.end, year: first.value, month: second.value, day: third.value)
        }
        guard sign == 0x2F, script.endsWord(second.end) || Script.isSyllable(script.letter(second.end)),
            first.value <= 12, second.value <= 31
        else { return nil }
        return dated(index..<second.end, year: nil, month: first.value, day: second.value)
    }

    /// `2026년`, `이천이십육년`, `이공이육년`, `26년`.
    private func saidYear(in script: Script, at index: Int) -> (Int64, Int)? {
        for numeral in Numeral.all(in: script, at: index) where numeral.style != .native {
            guard let end = script.reads(Self.yearWord, at: script.skip(numeral.end)) else { continue }
            if (1900...2200).contains(numeral.value) { return (numeral.value, end) }
            if (20...45).contains(numeral.value) { return (2000 + numeral.value, end) }
        }
        var (at, value) = (index, Int64(0))
        while at < index + 4, let digit = DigitWords.sino[script.letter(at)] {
            value = value * 10 + Int64(digit)
            at += 1
        }
        guard at == index + 4, let end = script.reads(Self.yearWord, at: script.skip(at)) else { return nil }
        return (value, end)
    }

    /// A month and where it ends.
    func month(in script: Script, at index: Int) -> (Int64, Int)? {
        if let named = Self.months.longest(in: script, at: index) { return named }
        for numeral in Numeral.all(in: script, at: index) where numeral.style != .native && numeral.value < 100 {
            guard let end = script.reads(Self.monthWord, at: script.skip(numeral.end)),
                script.letter(end) != 0xC694, script.letter(end) != 0xC138  // 월요일, 월세
            else { continue }
            return (numeral.value, end)
        }
        return nil
    }

    /// A day of the month: `이십육일`, `25일`, `스무닷새`; a short one (`삼일`) only behind its month or as an answer.
    func day(in script: Script, at index: Int, isNamed: Bool) -> (Int64, Int)? {
        if let (day, end) = Self.nativeDays.longest(in: script, at: index), isNamed || end - index > 2,
            Self.lengths.end(in: script, at: script.skip(end)) == nil
        {
            return (day, end)
        }
        for numeral in Numeral.all(in: script, at: index)
        where numeral.style != .native && (1..<1000).contains(numeral.value) {
            guard let end = script.reads(Self.dayWord, at: script.skip(numeral.end)),
                Self.lengths.end(in: script, at: script.skip(end)) == nil,
                isNamed || numeral.value >= 10 || numeral.style == .digits
            else { continue }
            return (numeral.value, end)
        }
        return nil
    }

    private static let places = Lexemes<Int64>([
        ("첫째", 1), ("첫 번째", 1), ("첫", 1), ("둘째", 2), ("두 번째", 2), ("셋째", 3), ("세 번째", 3), ("넷째", 4), ("네 번째", 4),
        ("다섯째", 5), ("마지막", 0),
    ])
    private static let weekWord = Script.letters("주")

    /// `다음 달 둘째 주 화요일`: the second Tuesday of the month.
    private func ordinalWeekday(in script: Script, from start: Int, at index: Int, year: Int64, month: Int64) -> Found?
    {
        guard let (place, end) = Self.places.longest(in: script, at: index) else { return nil }
        let next = script.skip(end)
        let at = script.reads(Self.weekWord, at: next).map(script.skip) ?? next
        guard let (weekday, close) = Self.weekdays.longest(in: script, at: at), let first = CalendarDay(year, month, 1)
        else { return nil }
        let ahead = (weekday - first.weekday + 7) % 7
        let length = CalendarDay.length(year, month)
        let day = place == 0 ? ahead + (length - 1 - ahead) / 7 * 7 : ahead + (place - 1) * 7
        return day < length ? Found(start..<close, [first + day]) : .missing(start..<close)
    }

    // MARK: which year, which month

    /// The day of a date. Without a year it is the nearest one; where both years are far, both may be meant. Without a
    /// month it is this month's day, or next month's where that has gone by.
    func dated(_ span: Range<Int>, year: Int64?, month: Int64?, day: Int64) -> Found {
        let date = today.date
        guard let month else {
            let day = day == 0 ? CalendarDay.length(date.year, date.month) : day
            guard (1...31).contains(day) else { return .missing(span) }
            let (nextYear, nextMonth) = Self.month(date.year, date.month + 1)
            let (this, next) = (CalendarDay(date.year, date.month, day), CalendarDay(nextYear, nextMonth, day))
            switch (this, next) {
            case (let this?, _) where this >= today: return Found(span, [this])
            case (let this?, let next?): return Found(span, [next, this])
            case (nil, let next?): return Found(span, [next])
            default: return .missing(span)
            }
        }
        if let year {
            let day = day == 0 ? ((1...12).contains(month) ? CalendarDay.length(year, month) : 0) : day
            return CalendarDay(year, month, day).map { Found(span, [$0]) } ?? .missing(span)
        }
        let days = [date.year, date.year + 1, date.year - 1].compactMap { year in
            CalendarDay(year, month, day == 0 && (1...12).contains(month) ? CalendarDay.length(year, month) : day)
        }
        return nearest(days, span)
    }

    /// The day that is nearest by far, or the coming one and the last.
    func nearest(_ days: [CalendarDay], _ span: Range<Int>) -> Found {
        guard let coming = days.filter({ $0 >= today }).min() else {
            return days.max().map { Found(span, [$0]) } ?? .missing(span)
        }
        guard let last = days.filter({ $0 < today }).max() else { return Found(span, [coming]) }
        let (ahead, behind) = (coming.number - today.number, today.number - last.number)
        if behind * 3 < ahead { return Found(span, [last]) }
        return ahead <= 183 ? Found(span, [coming]) : Found(span, [coming, last])
    }
}
