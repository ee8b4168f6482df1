import Record

/// Reads days of birth: `사팔년 오월 삼일생`, `1948년 삼월 초닷새`, `음력 48년 3월 5일`, `480305`. Two figures are a year of
/// the last hundred; a year is needed, for nobody is born next May.
struct BirthReader {
    let calendar: LunarCalendar
    /// The day in Korea on which it is said.
    private let today: CalendarDay

    init(calendar: LunarCalendar, now: Timestamp) {
        self.calendar = calendar
        today = CalendarDay(now)
    }

    func find(in script: Script, isBare: Bool) -> [Finding] {
        var index = 0
        while index < script.count {
            if script.startsWord(index) {
                if let found = figures(in: script, at: index, isBare: isBare) ?? said(in: script, at: index) {
                    return [found]
                }
            }
            index += 1
        }
        // A day without its year is told at once.
        let days =
            isBare ? DayReader(calendar: calendar, now: today.moment(minute: 0)).find(in: script, isBare: false) : []
        return days.map { Finding($0.span, impossible: Self.lacksYear) }
    }

    private static let lacksYear = Words(
        "몇 년생이신가요? 태어난 해부터 날짜까지 말씀해 주세요. 예를 들면 1948년 5월 3일입니다.",
        "In which year? Please say the year, the month and the day, such as 3 May 1948.")
    private static let coming = Words(
        "아직 오지 않은 날입니다. 생년월일을 다시 말씀해 주세요.", "This day has not come yet. Please say the date of birth again.")
    private static let missing = Words(
        "달력에 없는 날짜입니다. 날짜를 다시 말씀해 주세요.", "There is no such day. Please say the day again.")
    private static let unknown = Words(
        "그 해의 음력은 알 수 없습니다. 양력 날짜로 말씀해 주세요.",
        "I do not know the lunar calendar of that year. Please say the solar date.")

    // MARK: figures

    /// `480305`, `19480305`, `1948-03-05`, `48.3.5`.
    private func figures(in script: Script, at index: Int, isBare: Bool) -> Finding? {
        if let run = run(in: script, at: index), isBare, run.digits.count == 6 || run.digits.count == 8 {
            let parts = run.digits
            let split = parts.count - 4
            guard let year = Int64(parts.prefix(split)), let month = Int64(parts.dropFirst(split).prefix(2)),
                let day = Int64(parts.suffix(2))
            else { return nil }
            return finding(
                index..<run.end, years(year, figures: split), month, day, isLunar: lunarWord(script, run.end))
        }
        guard let year = Numeral.arabic(in: script, at: index), [0x2D, 0x2E, 0x2F].contains(script.letter(year.end)),
            let month = Numeral.arabic(in: script, at: script.skip(year.end + 1)),
            [0x2D, 0x2E, 0x2F].contains(script.letter(month.end)),
            let day = Numeral.arabic(in: script, at: script.skip(month.end + 1))
        else { return nil }
        let length = year.end - index
        guard length == 4 || length == 2 else { return nil }
        return finding(
            index..<day.end, years(year.value, figures: length), month.value, day.value,
            isLunar: lunarWord(script, day.end))
    }

    /// Figures in a row, written or said one by one: `480305`, `사팔공삼공오`.
    private func run(in script: Script, at index: Int) -> (digits: String, end: Int)? {
        var (at, end, digits) = (index, index, "")
        while let digit = DigitWords.sino[script.letter(at)]
            ?? (Script.isDigit(script.letter(at)) ? Int(script.letter(at) - 0x30) : nil)
        {
            digits += "\(digit)"
            end = at + 1
            at = script.letter(end) == 0x20 ? end + 1 : end
        }
        guard script.endsWord(end) || Politeness.end(in: script, at: end) != nil || script.letter(end) == 0xC0DD else {
            return nil
        }
        return digits.isEmpty ? nil : (digits, end)
    }

    // MARK: words

    private static let lunarWords = Lexemes(["음력으로", "음력", "구력", "lunar"])
    private static let solarWords = Lexemes(["양력으로", "양력", "solar"])
    private static let eras = Lexemes(["단기", "서기", "천"])
    private static let leap = Lexemes(["윤달", "윤"])
    private static let lunarMonths = Lexemes<Int64>([("정월", 1), ("동짓달", 11), ("동지달", 11), ("섣달", 12)])
    private static let year = Script.letters("년")
    private static let born = Lexemes(["년생", "년"])

    /// `음력 1948년 삼월 초닷새`.
    private func said(in script: Script, at index: Int) -> Finding? {
        let lead = Self.lunarWords.end(in: script, at: index)
        let solar = Self.solarWords.end(in: script, at: index)
        let start = script.skip(lead ?? solar ?? index)
        guard let (years, after) = saidYears(in: script, at: start) else { return nil }
        var at = script.skip(after)
        var isLunar = lead != nil
        if let end = Self.lunarWords.end(in: script, at: at) { (isLunar, at) = (true, script.skip(end)) }
        if let end = Self.leap.end(in: script, at: at) {
            return leapMonth(in: script, from: index, at: script.skip(end), years)
        }
        let reader = DayReader(calendar: calendar, now: today.moment(minute: 0))
        let named = Self.lunarMonths.longest(in: script, at: at)
        guard let (month, end) = named ?? reader.month(in: script, at: at),
            let (day, close) = reader.day(in: script, at: script.skip(end), isNamed: true)
        else { return nil }
        let behind = lunarWord(script, close)
        // `초닷새`, `정월` are of the lunar calendar as a rule, and not always: it is asked.
        let isNative = DayReader.nativeDays.longest(in: script, at: script.skip(end))?.end == close
        let isOpen = (isNative || named != nil) && !isLunar && !behind && solar == nil
        return finding(
            index..<close, years, month, day, isLunar: isLunar || behind, isOpen: isOpen)
    }

    private func leapMonth(in script: Script, from start: Int, at index: Int, _ years: [Int64]) -> Finding? {
        let reader = DayReader(calendar: calendar, now: today.moment(minute: 0))
        guard let (month, end) = reader.month(in: script, at: index),
            let (day, close) = reader.day(in: script, at: script.skip(end), isNamed: true)
        else { return nil }
        return finding(start..<close, years, month, day, isLunar: true, isLeap: true)
    }

    /// `1948년`, `천구백사십팔년`, `일구사팔년`, `사팔년`, `48년`, `사십팔년생`.
    private func saidYears(in script: Script, at index: Int) -> ([Int64], Int)? {
        for numeral in Numeral.all(in: script, at: index) where numeral.style != .native {
            guard let end = Self.born.end(in: script, at: script.skip(numeral.end)) else { continue }
            let figures = numeral.style == .digits ? numeral.end - index : numeral.value >= 1000 ? 4 : 2
            let found = years(numeral.value, figures: figures)
            if !found.isEmpty { return (found, end) }
        }
        var (at, value) = (index, Int64(0))
        while at < index + 4, let digit = DigitWords.sino[script.letter(at)] {
            value = value * 10 + Int64(digit)
            at += 1
        }
        guard at - index == 2 || at - index == 4, let end = Self.born.end(in: script, at: script.skip(at)) else {
            return nil
        }
        let found = years(value, figures: at - index)
        return found.isEmpty ? nil : (found, end)
    }

    /// The years that are meant, likeliest first. Of two figures that may be this century's, both may be meant.
    private func years(_ value: Int64, figures: Int) -> [Int64] {
        let own = today.date.year
        if figures == 4 { return (own - 130...own + 1).contains(value) ? [value] : [] }
        guard figures == 2, (0...99).contains(value) else { return [] }
        return 2000 + value <= own ? [2000 + value, 1900 + value] : [1900 + value]
    }

    private func lunarWord(_ script: Script, _ index: Int) -> Bool {
        let at = Politeness.end(in: script, at: index) ?? index
        return Self.lunarWords.end(in: script, at: script.skip(at)) != nil
            || Self.lunarWords.end(in: script, at: script.skip(index)) != nil
    }

    // MARK: what it comes to

    private func finding(
        _ span: Range<Int>, _ years: [Int64], _ month: Int64, _ day: Int64, isLunar: Bool, isOpen: Bool = false,
        isLeap: Bool = false
    ) -> Finding {
        var options: [Finding.Option] = []
        var why = Self.missing
        for year in years {
            if !isLunar, day > 0, let solar = CalendarDay(year, month, day) {
                if solar <= today { options.append(option(solar, isOpen ? .solar : .plain)) } else { why = Self.coming }
            }
            guard isLunar || isOpen else { continue }
            guard calendar.known.contains(year) else {
                why = Self.unknown
                continue
            }
            guard let lunar = try? calendar.day(year, month, day, isLeap: isLeap) else { continue }
            if lunar <= today {
                options.append(option(lunar, .lunar(year, month, day, isLeap)))
            } else {
                why = Self.coming
            }
        }
        return options.isEmpty ? Finding(span, impossible: why) : Finding(span, options)
    }

    private enum Kind { case plain, solar, lunar(Int64, Int64, Int64, Bool) }

    private func option(_ day: CalendarDay, _ kind: Kind) -> Finding.Option {
        let plain = day.spoken(in: 0)
        switch kind {
        case .plain: return .init(value: .string(day.text), spoken: plain)
        case .solar: return .init(value: .string(day.text), spoken: Words("양력 \(plain.ko)", "\(plain.en) (solar)"))
        case .lunar(let year, let month, let number, let isLeap):
            let date = "\(year)년 \(isLeap ? "윤" : "")\(month)월 \(number == 0 ? "그믐" : "\(number)일")"
            return .init(
                value: .string(day.text),
                spoken: Words("음력 \(date), 곧 \(plain.ko)", "\(plain.en) (lunar \(year)-\(month)-\(number))"))
        }
    }

    /// What was taken for a solar date, as the lunar date of the same figures: `음력이에요`.
    func lunar(_ known: CalendarDay, _ span: Range<Int>) -> Finding {
        let (year, month, day) = known.date
        return finding(span, [year], month, day, isLunar: true)
    }

    /// Whether nothing but `음력` was said.
    static func isLunarAlone(_ script: Script) -> Range<Int>? {
        let said = Politeness.stripped(0..<script.count, in: script)
        guard !said.isEmpty, let end = lunarWords.end(in: script, at: said.lowerBound),
            script.trimmed(end..<said.upperBound).isEmpty || Politeness.end(in: script, at: end) != nil
        else { return nil }
        return said
    }
}
