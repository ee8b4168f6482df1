import Record

/// Lunar dates and holidays.
extension DayReader {
    private static let lunarWords = Lexemes(["음력으로", "음력", "구력", "lunar"])
    private static let leapWord = Lexemes(["윤달", "윤"])
    /// Months that only the lunar calendar has.
    private static let lunarMonths = Lexemes<Int64>([("정월", 1), ("동짓달", 11), ("동지달", 11), ("섣달", 12)])

    /// `음력 팔월 보름`, `정월 초하루`, `음력 윤유월 초사흘`.
    func lunar(in script: Script, at index: Int) -> Found? {
        let lead = Self.lunarWords.end(in: script, at: index)
        var (at, year): (Int, Int64?) = (script.skip(lead ?? index), nil)
        if lead != nil {
            for numeral in Numeral.all(in: script, at: at) where (1900...2200).contains(numeral.value) {
                if script.letter(script.skip(numeral.end)) == 0xB144 {
                    (year, at) = (numeral.value, script.skip(script.skip(numeral.end) + 1))
                    break
                }
            }
        }
        var isLeap = false
        if lead != nil, let end = Self.leapWord.end(in: script, at: at) { (isLeap, at) = (true, script.skip(end)) }
        let named = Self.lunarMonths.longest(in: script, at: at)
        guard let (month, end) = named ?? (lead == nil ? nil : self.month(in: script, at: at)) else {
            guard lead != nil, let (day, close) = day(in: script, at: at, isNamed: true) else { return nil }
            return lunarDay(index..<close, day: day)
        }
        guard let (day, close) = day(in: script, at: script.skip(end), isNamed: true) else { return nil }
        return lunar(index..<close, year: year, month: month, day: day, isLeap: isLeap)
    }

    private func lunar(_ span: Range<Int>, year: Int64?, month: Int64, day: Int64, isLeap: Bool) -> Found {
        if let year {
            guard calendar.known.contains(year) else { return unknown(span) }
            return (try? calendar.day(year, month, day, isLeap: isLeap)).map { Found(span, [$0]) } ?? .missing(span)
        }
        let own = today.date.year
        guard calendar.known.contains(own - 1), calendar.known.contains(own + 1) else { return unknown(span) }
        // A leap month comes only every few years.
        let range = isLeap ? -1...19 : -1...1
        let days = range.compactMap { try? calendar.day(own + Int64($0), month, day, isLeap: isLeap) }
        if isLeap {
            if let coming = days.first(where: { $0 >= today }) { return Found(span, [coming]) }
            // What lies behind the table's end is not known to be missing.
            return calendar.known.contains(own + Int64(range.upperBound)) ? .missing(span) : unknown(span)
        }
        guard let coming = days.first(where: { $0 >= today }) else { return .missing(span) }
        // A lunar date that has just gone by may be meant as well.
        let last = days.last { $0 < today }
        let isFar = coming.number - today.number > 183
        return Found(span, [coming] + (isFar ? [last].compactMap { $0 } : []))
    }

    /// A lunar day without its month: the coming one.
    private func lunarDay(_ span: Range<Int>, day: Int64) -> Found {
        let own = today.date.year
        guard calendar.known.contains(own - 1), calendar.known.contains(own) else { return unknown(span) }
        var days: [CalendarDay] = []
        for year in [own - 1, own] {
            for month in Int64(1)...12 {
                if let found = try? calendar.day(year, month, day) { days.append(found) }
                if let found = try? calendar.day(year, month, day, isLeap: true) { days.append(found) }
            }
        }
        return days.filter { $0 >= today }.min().map { Found(span, [$0]) } ?? .missing(span)
    }

    private func unknown(_ span: Range<Int>) -> Found {
        Found(
            span,
            impossible: Words(
                "그 해의 음력은 알 수 없습니다. 양력 날짜로 말씀해 주세요.",
                "I do not know the lunar calendar of that year. Please say the solar date."))
    }

    // MARK: holidays

    /// A holiday: by the solar or by the lunar calendar.
    private enum Feast { case solar(Int64, Int64), lunar(Int64, Int64) }

    private static let feasts = Lexemes<Feast>([
        ("크리스마스 이브", .solar(12, 24)), ("크리스마스", .solar(12, 25)), ("성탄절", .solar(12, 25)), ("신정", .solar(1, 1)),
        ("새해 첫날", .solar(1, 1)), ("삼일절", .solar(3, 1)), ("식목일", .solar(4, 5)), ("어린이날", .solar(5, 5)),
        ("어버이날", .solar(5, 8)), ("스승의 날", .solar(5, 15)), ("현충일", .solar(6, 6)), ("제헌절", .solar(7, 17)),
        ("광복절", .solar(8, 15)), ("개천절", .solar(10, 3)), ("한글날", .solar(10, 9)), ("근로자의 날", .solar(5, 1)),
        ("노동절", .solar(5, 1)), ("설날", .lunar(1, 1)), ("구정", .lunar(1, 1)), ("정월 대보름", .lunar(1, 15)),
        ("대보름", .lunar(1, 15)), ("부처님 오신 날", .lunar(4, 8)), ("석가탄신일", .lunar(4, 8)), ("초파일", .lunar(4, 8)),
        ("단오", .lunar(5, 5)), ("칠석", .lunar(7, 7)), ("추석", .lunar(8, 15)), ("한가위", .lunar(8, 15)),
        ("christmas eve", .solar(12, 24)), ("christmas day", .solar(12, 25)), ("christmas", .solar(12, 25)),
        ("new year's day", .solar(1, 1)), ("lunar new year", .lunar(1, 1)), ("seollal", .lunar(1, 1)),
        ("chuseok", .lunar(8, 15)), ("buddha's birthday", .lunar(4, 8)), ("설", .lunar(1, 1)),
    ])
    /// What may follow `설` alone, which else begins many words.
    private static let afterSeol = Lexemes(["에", " 전날", " 다음", "전날", "날", " 연휴"])

    /// A holiday: the one said with its year, or the coming one.
    func holiday(in script: Script, at index: Int) -> Found? {
        var (at, year): (Int, Int64?) = (index, nil)
        for (word, shift) in Self.yearShifts {
            if let end = script.reads(word, at: index) { (at, year) = (script.skip(end), today.date.year + shift) }
        }
        guard let (feast, end) = Self.feasts.longest(in: script, at: at) else { return nil }
        if end - at == 1, !script.endsWord(end), Self.afterSeol.end(in: script, at: end) == nil { return nil }
        let own = today.date.year
        let days = (year.map { [$0] } ?? [own - 1, own, own + 1]).compactMap { year -> CalendarDay? in
            switch feast {
            case .solar(let month, let day): CalendarDay(year, month, day)
            case .lunar(let month, let day): try? calendar.day(year, month, day)
            }
        }
        if year != nil { return days.first.map { Found(index..<end, [$0]) } ?? unknown(index..<end) }
        return days.first { $0 >= today }.map { Found(index..<end, [$0]) } ?? unknown(index..<end)
    }

    private static let yearShifts: [([UInt32], Int64)] = [
        ("올해", 0), ("내년", 1), ("작년", -1), ("지난", -1), ("next year's ", 1), ("last year's ", -1), ("재작년", -2),
    ].map { (Script.letters($0), $1) }
}
