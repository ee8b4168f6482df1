import Record

/// Days by the weeks they are in.
extension DayReader {
    private static let weeks = Lexemes<Int64>([
        ("이번 주", 0), ("요번 주", 0), ("금주", 0), ("다음 주", 1), ("다음주에", 1), ("담 주", 1), ("내주", 1), ("차주", 1),
        ("다다음 주", 2), ("다담 주", 2), ("다음 다음 주", 2), ("지난주", -1), ("지난 주", -1), ("저번 주", -1), ("지지난주", -2),
        ("저저번 주", -2),
    ])
    static let weekdays = Lexemes<Int64>(
        zip(["월", "화", "수", "목", "금", "토", "일"], Int64(0)...).flatMap { name, day in
            [("\(name)요일", day), ("\(name)욜", day), ("\(name)요이", day)]
        })
    private static let weekend = Lexemes(["주말", "weekend"])
    /// Words before a weekday: this week's, the coming one's, the next one's.
    private static let turns = Lexemes<Turn>([
        ("이번", .this), ("요번", .this), ("오는", .coming), ("돌아오는", .coming), ("다가오는", .coming), ("다음", .next),
        ("담", .next), ("다다음", .afterNext), ("지난", .past), ("저번", .past),
    ])

    /// Which of a weekday's days is meant.
    enum Turn { case this, coming, next, afterNext, past }

    /// `다음 주 화요일`, `이번 주말`, `이번 주 금요일`.
    func week(in script: Script, at index: Int) -> Found? {
        guard let (weeks, end) = Self.weeks.longest(in: script, at: index) else { return turned(in: script, at: index) }
        var at = script.skip(end)
        if script.letter(at) == 0xC5D0 || script.letter(at) == 0xC758 { at = script.skip(at + 1) }
        let monday = today.monday + weeks * 7
        if let (day, end) = Self.weekdays.longest(in: script, at: at) { return Found(index..<end, [monday + day]) }
        if let end = Self.weekend.end(in: script, at: at) { return Found(index..<end, [monday + 5, monday + 6]) }
        // `다음 주말` is read as `다음 주` with `말`.
        if script.letter(at) == 0xB9D0, script.letter(at - 1) != 0x20, script.letter(at + 1) != 0xACE0 {
            return Found(index..<at + 1, [monday + 5, monday + 6])
        }
        // `다음 주 화`: one syllable, and nothing after it.
        if let day = Self.short[script.letter(at)], script.endsWord(at + 1), at > end {
            return Found(index..<at + 1, [monday + day])
        }
        return nil
    }

    private static let short: [UInt32: Int64] = Dictionary(
        uniqueKeysWithValues: zip(Script.letters("월화수목금토일"), Int64(0)...))

    /// `다음 화요일`, `돌아오는 금요일`, `이번 주말`.
    private func turned(in script: Script, at index: Int) -> Found? {
        guard let (turn, end) = Self.turns.longest(in: script, at: index) else { return nil }
        let at = script.skip(end)
        if let close = Self.weekend.end(in: script, at: at) {
            let monday = today.monday + (turn == .next ? 7 : turn == .past ? -7 : turn == .afterNext ? 14 : 0)
            return Found(index..<close, [monday + 5, monday + 6])
        }
        guard let (day, close) = Self.weekdays.longest(in: script, at: at) else { return nil }
        return Found(index..<close, days(day, turn))
    }

    /// The days a weekday may mean; two where people disagree (`다음 화요일`, said on a Monday).
    func days(_ weekday: Int64, _ turn: Turn) -> [CalendarDay] {
        let ahead = (weekday - today.weekday + 7) % 7
        let coming = today + (ahead == 0 ? 7 : ahead)
        let ofThisWeek = today.monday + weekday
        switch turn {
        case .this: return ofThisWeek < today ? [coming, ofThisWeek] : [ofThisWeek]
        case .coming: return [coming]
        case .next:
            let ofNextWeek = ofThisWeek + 7
            return ofNextWeek == coming ? [coming] : [ofNextWeek, coming]
        case .afterNext: return [ofThisWeek + 14]
        case .past: return ofThisWeek < today ? [ofThisWeek, ofThisWeek + -7] : [ofThisWeek + -7]
        }
    }

    /// A weekday alone: the coming one; on that very day it may be today.
    func weekday(in script: Script, at index: Int) -> Found? {
        guard let (day, end) = Self.weekdays.longest(in: script, at: index),
            ![0xB9C8, 0xBCC4].contains(script.letter(end))  // 요일마다, 요일별
        else { return nil }
        return Found(index..<end, bare(day))
    }

    /// The days a weekday alone may mean.
    private func bare(_ day: Int64) -> [CalendarDay] {
        let coming = days(day, .coming)
        return day == today.weekday ? [today] + coming : coming
    }

    // MARK: English

    private static let englishTurns = Lexemes<Turn>([
        ("this coming ", .coming), ("coming ", .coming), ("this ", .this), ("next ", .next), ("last ", .past),
    ])
    private static let englishDays = Lexemes<Int64>(
        [
            ["monday", "mon"], ["tuesday", "tues", "tue"], ["wednesday", "wed"], ["thursday", "thurs", "thu"],
            ["friday", "fri"], ["saturday", "sat"], ["sunday", "sun"],
        ].enumerated().flatMap { day, names in names.map { ($0, Int64(day)) } })
    private static let nextWeek = Script.letters(" next week")
    private static let months = Lexemes<Int64>(
        [
            ["january", "jan"], ["february", "feb"], ["march", "mar"], ["april", "apr"], ["may"], ["june", "jun"],
            ["july", "jul"], ["august", "aug"], ["september", "sept", "sep"], ["october", "oct"], ["november", "nov"],
            ["december", "dec"],
        ].enumerated().flatMap { month, names in names.map { ($0, Int64(month + 1)) } })
    private static let ordinals = Lexemes<Int64>(
        [
            "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
            "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
            "twentieth", "twenty first", "twenty second", "twenty third", "twenty fourth", "twenty fifth",
            "twenty sixth",
            "twenty seventh", "twenty eighth", "twenty ninth", "thirtieth", "thirty first",
        ].enumerated().flatMap { [($1, Int64($0 + 1)), ($1.replacing(" ", with: "-"), Int64($0 + 1))] })
    private static let suffixes = Lexemes(["st", "nd", "rd", "th"])
    private static let of = Script.letters("of ")
    private static let the = Script.letters("the ")

    /// `next Tuesday`, `Dec 3rd`, `the 3rd of December`, `the 25th`.
    func english(in script: Script, at index: Int) -> Found? {
        guard Script.isLatin(script.letter(index)) || Script.isDigit(script.letter(index)) else { return nil }
        if let (turn, end) = Self.englishTurns.longest(in: script, at: index) {
            if let (day, close) = Self.englishDays.longest(in: script, at: end), script.endsWord(close) {
                return Found(index..<close, days(day, turn))
            }
            if let close = Self.weekend.end(in: script, at: end) {
                let monday = today.monday + (turn == .next ? 7 : turn == .past ? -7 : 0)
                return Found(index..<close, [monday + 5, monday + 6])
            }
        }
        if let (day, end) = Self.englishDays.longest(in: script, at: index), script.endsWord(end) {
            if let close = script.reads(Self.nextWeek, at: end) {
                return Found(index..<close, [today.monday + 7 + day])
            }
            // `mon`, `sat`, `sun` and `wed` are words of their own.
            return end - index > 3 ? Found(index..<end, bare(day)) : nil
        }
        if let (month, end) = Self.months.longest(in: script, at: index), script.endsWord(end) {
            let at = script.skip(script.letter(end) == 0x2E ? end + 1 : end)
            let start = script.reads(Self.the, at: at) ?? at
            guard let (day, close) = ordinal(in: script, at: start, isPlain: true) else { return nil }
            let year = englishYear(in: script, at: close)
            return dated(index..<(year?.end ?? close), year: year?.year, month: month, day: day)
        }
        let start = script.reads(Self.the, at: index)
        guard let (day, end) = ordinal(in: script, at: start ?? index, isPlain: false) else { return nil }
        let at = script.skip(end)
        let next = script.reads(Self.of, at: at) ?? at
        if let (month, close) = Self.months.longest(in: script, at: next), script.endsWord(close) {
            let year = englishYear(in: script, at: close)
            return dated(index..<(year?.end ?? close), year: year?.year, month: month, day: day)
        }
        return start == nil ? nil : dated(index..<end, year: nil, month: nil, day: day)
    }

    private func ordinal(in script: Script, at index: Int, isPlain: Bool) -> (Int64, Int)? {
        if let word = Self.ordinals.longest(in: script, at: index), script.endsWord(word.end) { return word }
        if let digits = Numeral.arabic(in: script, at: index) {
            if let end = Self.suffixes.end(in: script, at: digits.end), script.endsWord(end) {
                return (digits.value, end)
            }
            return isPlain && script.endsWord(digits.end) && digits.value < 100 ? digits : nil
        }
        guard isPlain, let numeral = Numeral.longest(in: script, at: index), numeral.value < 100 else { return nil }
        return (numeral.value, numeral.end)
    }

    private func englishYear(in script: Script, at index: Int) -> (year: Int64, end: Int)? {
        let at = script.skip(script.letter(index) == 0x2C ? index + 1 : index)
        guard let digits = Numeral.arabic(in: script, at: at), (1900...2200).contains(digits.value) else { return nil }
        return (digits.value, digits.end)
    }
}
