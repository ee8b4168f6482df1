import Record

/// Reads days: `모레`, `다음 주 화요일`, `이십육일`, `12월 3일`, `음력 팔월 보름`, `추석`, `next Tuesday`.
struct DayReader {
    let calendar: LunarCalendar
    /// The day in Korea on which it is said.
    let today: CalendarDay

    init(calendar: LunarCalendar, now: Timestamp) {
        self.calendar = calendar
        today = CalendarDay(now)
    }

    /// Days that were said.
    struct Found {
        var span: Range<Int>
        /// The days it may be, likeliest first.
        let days: [CalendarDay]
        /// Why there is no such day.
        let impossible: Words?

        init(_ span: Range<Int>, _ days: [CalendarDay]) {
            self.span = span
            self.days = days
            impossible = nil
        }

        init(_ span: Range<Int>, impossible: Words) {
            self.span = span
            self.impossible = impossible
            days = []
        }

        /// There is no such day.
        static func missing(_ span: Range<Int>) -> Found {
            Found(
                span,
                impossible: Words("달력에 없는 날짜입니다. 날짜를 다시 말씀해 주세요.", "There is no such day. Please say the day again."))
        }
    }

    func find(in script: Script, isBare: Bool) -> [Found] {
        var found: [Found] = []
        var index = 0
        while index < script.count {
            guard script.startsWord(index) || isAfterDigit(script, index),
                let hit = read(in: script, at: index, isBare: isBare), hit.span.upperBound > index
            else {
                index += 1
                continue
            }
            found.append(refined(hit, in: script))
            index = hit.span.upperBound
        }
        return found
    }

    private func isAfterDigit(_ script: Script, _ index: Int) -> Bool {
        Script.isDigit(script.letter(index - 1)) && Script.isSyllable(script.letter(index))
    }

    /// Everything that may be read at a place; the longest counts.
    func read(in script: Script, at index: Int, isBare: Bool) -> Found? {
        let hits = [
            relative(in: script, at: index, isBare: isBare), distance(in: script, at: index),
            week(in: script, at: index), weekday(in: script, at: index), lunar(in: script, at: index),
            date(in: script, at: index, isBare: isBare), holiday(in: script, at: index),
            english(in: script, at: index),
        ]
        return hits.compactMap { $0 }.max { $0.span.upperBound < $1.span.upperBound }
    }

    /// `추석 다음 날`, `크리스마스 전날`: the day beside.
    private func refined(_ found: Found, in script: Script) -> Found {
        guard let (shift, end) = Self.beside.longest(in: script, at: script.skip(found.span.upperBound)),
            found.impossible == nil
        else { return found }
        return Found(found.span.lowerBound..<end, found.days.map { $0 + shift })
    }

    private static let beside = Lexemes<Int64>([("다음 날", 1), ("다음날", 1), ("이튿날", 1), ("전날", -1), ("하루 전", -1)])

    // MARK: today and its neighbours

    private static let relatives = Lexemes<Int64>([
        ("오늘", 0), ("금일", 0), ("내일 모레", 2), ("내일 모래", 2), ("낼 모레", 2), ("낼 모래", 2), ("내일", 1), ("명일", 1),
        ("모레", 2), ("저모레", 3), ("글피", 3), ("그글피", 4), ("어제", -1), ("어저께", -1), ("어저깨", -1), ("작일", -1),
        ("그제", -2), ("그저께", -2), ("그저깨", -2), ("그끄저께", -3), ("그끄제", -3), ("today", 0), ("tonight", 0),
        ("tomorrow", 1), ("the day after tomorrow", 2), ("day after tomorrow", 2), ("yesterday", -1),
        ("the day before yesterday", -2), ("day before yesterday", -2),
    ])
    /// Words that only sometimes are a day: `낼` is also "shall pay", `모래` sand, `모리` a name.
    private static let shy = Lexemes<Int64>([("낼", 1), ("모래", 2), ("모리", 2), ("니일", 1), ("내알", 1)])
    /// What begins like a day and is none: `그제야`, `오늘날`, `어제오늘`.
    private static let others = Lexemes(["야", "서야", "날의", "날에", "동에", "동 ", "신문"])

    private func relative(in script: Script, at index: Int, isBare: Bool) -> Found? {
        if let (days, end) = Self.relatives.longest(in: script, at: index) {
            guard Self.others.end(in: script, at: end) == nil else { return nil }
            return Found(index..<end, [today + days])
        }
        guard let (days, end) = Self.shy.longest(in: script, at: index) else { return nil }
        // With a time of day behind it, or alone as an answer, it is a day.
        let next = script.skip(end)
        let isAlone = isBare && (script.skip(next) >= script.count || Politeness.end(in: script, at: end) != nil)
        guard isAlone || ClockReader.begins(in: script, at: next), script.endsWord(end) || next == end else {
            return nil
        }
        return Found(index..<end, [today + days])
    }

    // MARK: so many days from now

    private static let lengths = Lexemes<Int64>([
        ("하루", 1), ("이틀", 2), ("사흘", 3), ("나흘", 4), ("닷새", 5), ("엿새", 6), ("이레", 7), ("여드레", 8), ("아흐레", 9),
        ("열흘", 10), ("열하루", 11), ("열이틀", 12), ("보름", 15), ("일주일", 7), ("한 주", 7),
    ])
    private static let units = Lexemes<Int64>([
        ("일", 1), ("주일", 7), ("주", 7), ("days", 1), ("day", 1), ("weeks", 7), ("week", 7),
    ])
    private static let directions = Lexemes<Int64>([
        ("뒤", 1), ("후", 1), ("이따가", 1), ("있다가", 1), ("있다", 1), ("지나서", 1), ("전에", -1), ("전", -1), ("from now", 1),
        ("from today", 1), ("later", 1), ("ago", -1),
    ])

    private func distance(in script: Script, at index: Int) -> Found? {
        let prefix = script.reads(Self.inWord, at: index)
        let start = prefix.map(script.skip) ?? index
        var lengths: [(Int64, Int)] = []
        if let (days, end) = Self.lengths.longest(in: script, at: start) { lengths.append((days, end)) }
        for numeral in Numeral.all(in: script, at: start) {
            if let (unit, end) = Self.units.longest(in: script, at: script.skip(numeral.end)) {
                lengths.append((numeral.value * unit, end))
            }
        }
        if prefix == nil {
            if let end = months(in: script, at: start) { return end }
        }
        if let end = English.article.end(in: script, at: start), let close = script.reads(English.week, at: end) {
            lengths.append((7, close))
        }
        for (days, end) in lengths where days <= 3660 {
            if let (sign, close) = Self.directions.longest(in: script, at: script.skip(end)),
                !Script.isSyllable(script.letter(close)) || sign > 0 || script.endsWord(close)
            {
                return Found(index..<close, [today + days * sign])
            }
            if prefix != nil, Script.isLatin(script.letter(index)) { return Found(index..<end, [today + days]) }
        }
        return nil
    }

    /// The few English words that counting days needs.
    private enum English {
        static let article = Lexemes(["a ", "one "])
        static let week = Script.letters("week")
    }
    private static let inWord = Script.letters("in ")

    /// `한 달 뒤`, `두 달 전`: the same day of another month, or its last where it is shorter.
    private func months(in script: Script, at index: Int) -> Found? {
        for numeral in Numeral.all(in: script, at: index) where numeral.value <= 120 {
            guard let end = Self.month.end(in: script, at: script.skip(numeral.end)),
                let (sign, close) = Self.directions.longest(in: script, at: script.skip(end))
            else { continue }
            let date = today.date
            let (year, month) = Self.month(date.year, date.month + sign * numeral.value)
            guard let day = CalendarDay(year, month, min(date.day, CalendarDay.length(year, month))) else { continue }
            return Found(index..<close, [day])
        }
        return nil
    }

    private static let month = Lexemes(["달", "개월", "months", "month"])

    /// Year and month of the so-manieth month of a year, also beyond its twelve.
    static func month(_ year: Int64, _ month: Int64) -> (Int64, Int64) {
        let index = year * 12 + month - 1
        return (index / 12, index % 12 + 1)
    }
}
