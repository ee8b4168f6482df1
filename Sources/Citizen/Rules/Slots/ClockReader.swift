import Record

/// Reads times of day: `오후 세 시 십오 분`, `두 시 반`, `14:00`, `정오`, `half past two`.
enum ClockReader {
    /// A time of day as it was said.
    struct Clock: Hashable {
        var span: Range<Int>
        /// Minutes since midnight of each time it may be, likeliest first; from 1,440 on it is of the next day.
        let minutes: [Int64]
        /// Whether it cannot be: `25시`, `오전 15시`.
        let isImpossible: Bool
        /// Hour and minute as said, without half of the day.
        let said: (hour: Int64, minute: Int64)?

        static func == (left: Clock, right: Clock) -> Bool {
            left.span == right.span && left.minutes == right.minutes && left.isImpossible == right.isImpossible
        }
        func hash(into hasher: inout Hasher) {
            hasher.combine(span)
            hasher.combine(minutes)
        }
    }

    /// Parts of the day that people name with an hour.
    enum Half: Sendable { case morning, dawn, noon, afternoon, evening, night }

    private static let halves = Lexemes<Half>([
        ("오전", .morning), ("아침", .morning), ("새벽", .dawn), ("점심", .noon), ("낮", .noon), ("대낮", .noon), ("한낮", .noon),
        ("오후", .afternoon), ("저녁", .evening), ("밤", .night), ("한밤중", .night), ("am", .morning), ("a.m.", .morning),
        ("pm", .afternoon), ("p.m.", .afternoon), ("in the morning", .morning), ("in the afternoon", .afternoon),
        ("in the evening", .evening), ("at night", .night), ("오존", .morning),
    ])
    private static let exact = Lexemes<Int64>([
        ("정오", 720), ("자정", 1440), ("noon", 720), ("midday", 720), ("midnight", 1440),
    ])
    private static let hourWord = Lexemes(["시", "o'clock", "oclock"])
    /// What begins with `시` and is no hour.
    private static let others = Lexemes(["간", "청", "내버스", "설", "작", "민", "장", "계", "험", "골", "각장애", "집", "댁"])
    private static let minuteWord = Script.letters("분")
    private static let joints = Lexemes(["에는", "에", "께", "쯤", "경"])

    static func times(in script: Script, isBare: Bool) -> [Finding] {
        let clocks = clocks(in: script, isBare: isBare)
        if clocks.isEmpty, isBare, let half = half(in: script) {
            let words = Words("\(half.ko) 몇 시인가요?", "At what time in the \(half.en)?")
            return [Finding(half.span, impossible: words)]
        }
        return clocks.map { clock in
            guard !clock.isImpossible else { return Finding(clock.span, impossible: impossible) }
            return Finding(
                clock.span,
                clock.minutes.map { .init(value: .string(text($0 % 1440)), spoken: spoken($0 % 1440)) })
        }
    }

    static let impossible = Words("없는 시각입니다. 몇 시인지 다시 말씀해 주세요.", "There is no such time. Please say the time again.")

    private static let named = Lexemes<String>([
        ("오전", "morning"), ("아침", "morning"), ("새벽", "early morning"), ("점심", "middle of the day"), ("오후", "afternoon"),
        ("저녁", "evening"), ("밤", "night"), ("morning", "morning"), ("afternoon", "afternoon"), ("evening", "evening"),
        ("night", "night"),
    ])

    /// A part of the day that was said without an hour.
    static func half(in script: Script) -> (ko: String, en: String, span: Range<Int>)? {
        for index in 0..<script.count where script.startsWord(index) {
            guard let (en, end) = named.longest(in: script, at: index),
                script.endsWord(end) || Politeness.end(in: script, at: end) != nil
                    || joints.end(in: script, at: end) != nil
            else { continue }
            let said = script.said(index..<end)
            let isKorean = said.contains { Script.isSyllable(Script.letter($0)) }
            return (isKorean ? said : "그때", en, index..<end)
        }
        return nil
    }

    /// Every time that was said.
    static func clocks(in script: Script, isBare: Bool) -> [Clock] {
        var found: [Clock] = []
        var index = 0
        while index < script.count {
            guard script.startsWord(index) || Script.isSyllable(script.letter(index)),
                let clock = clock(in: script, at: index, isStart: script.startsWord(index), isBare: isBare)
            else {
                index += 1
                continue
            }
            found.append(clock)
            index = clock.span.upperBound
        }
        return found
    }

    /// Whether a time or a part of the day begins at a place.
    static func begins(in script: Script, at index: Int) -> Bool {
        halves.longest(in: script, at: index) != nil
            || clock(in: script, at: index, isStart: true, isBare: false) != nil
    }

    private static func clock(in script: Script, at index: Int, isStart: Bool, isBare: Bool) -> Clock? {
        if let (minutes, end) = exact.longest(in: script, at: index),
            isStart
        {
            return Clock(span: index..<end, minutes: [minutes], isImpossible: false, said: nil)
        }
        var (at, half): (Int, Half?) = (index, nil)
        if let (named, end) = halves.longest(in: script, at: index) {
            (half, at) = (named, script.skip(end))
            if let joint = joints.end(in: script, at: at) { at = script.skip(joint) }
            if let (minutes, end) = exact.longest(in: script, at: at) {
                return Clock(span: index..<end, minutes: [minutes], isImpossible: false, said: nil)
            }
        } else if !isStart {
            // `모레두시`: glued to what stands before; only a native hour is certain enough.
            guard let numeral = Numeral.longest(in: script, at: index), numeral.style == .native else { return nil }
        }
        if let spoken = EnglishClock.read(in: script, at: at) {
            return finished(index, spoken.end, spoken.hour, spoken.minute, half, in: script, is24: false)
        }
        if let hour = EnglishClock.hour(in: script, at: at, isBare: isBare) {
            return finished(index, hour.end, hour.hour, hour.minute, half, in: script, is24: false)
        }
        for numeral in Numeral.all(in: script, at: at) where numeral.value < 100 {
            if numeral.style == .digits, script.letter(numeral.end) == 0x3A,
                let minute = Numeral.arabic(in: script, at: numeral.end + 1), minute.end - numeral.end == 3
            {
                let is24 = numeral.end - at == 2 && script.letter(at) == 0x30
                return finished(index, minute.end, numeral.value, minute.value, half, in: script, is24: is24)
            }
            if let end = hourWord.end(in: script, at: script.skip(numeral.end)), others.end(in: script, at: end) == nil
            {
                let (minute, close) = minutes(in: script, after: end)
                return finished(index, close, numeral.value, minute, half, in: script, is24: false)
            }
            // `3 pm`, `오후 세 시` without 시 only in English.
            if let (named, end) = halves.longest(in: script, at: script.skip(numeral.end)), half == nil,
                Script.isLatin(script.letter(script.skip(numeral.end))), script.endsWord(end)
            {
                return finished(index, end, numeral.value, 0, named, in: script, is24: false)
            }
        }
        return nil
    }

    /// The minutes after an hour, and where they end.
    private static func minutes(in script: Script, after end: Int) -> (Int64, Int) {
        let at = script.skip(end)
        if script.letter(at) == 0xBC18, ![0xC0C1, 0xB4DC].contains(script.letter(at + 1)) { return (30, at + 1) }
        for numeral in Numeral.all(in: script, at: at) where numeral.style != .native {
            if let close = script.reads(minuteWord, at: script.skip(numeral.end)) {
                // `세 시 십 분 전`
                let after = script.skip(close)
                if script.letter(after) == 0xC804,
                    script.endsWord(after + 1) || [0xC5D0, 0xC774].contains(script.letter(after + 1))
                {
                    return (-numeral.value, after + 1)
                }
                return (numeral.value, close)
            }
            if numeral.style == .digits, at == end, numeral.end - at == 2 { return (numeral.value, numeral.end) }
        }
        if let close = sharp.end(in: script, at: at) { return (0, close) }
        return (0, end)
    }
    private static let sharp = Lexemes(["정각"])

    /// A time, its half of the day found before or behind it.
    private static func finished(
        _ start: Int, _ end: Int, _ hour: Int64, _ minute: Int64, _ half: Half?, in script: Script, is24: Bool
    ) -> Clock? {
        var (end, half) = (end, half)
        if half == nil, let (named, close) = halves.longest(in: script, at: script.skip(end)),
            script.endsWord(close) || joints.end(in: script, at: close) != nil || Script.isLatin(script.letter(end))
        {
            (half, end) = (named, close)
        }
        let minutes = abs(minute) < 60 ? possible(hour, minute, half, is24: is24) : []
        return Clock(
            span: start..<end, minutes: minutes, isImpossible: minutes.isEmpty, said: half == nil ? (hour, minute) : nil
        )
    }

    /// Every time of day that an hour with its half may be, in minutes since midnight.
    static func possible(_ hour: Int64, _ minute: Int64, _ half: Half?, is24: Bool = false) -> [Int64] {
        func at(_ hour: Int64) -> Int64 { hour * 60 + minute }
        guard (0...24).contains(hour), hour < 24 || minute <= 0 else { return [] }
        guard let half else {
            if hour == 0 || hour > 12 || is24 { return at(hour) < 0 ? [] : [at(hour)] }
            let (morning, later) = (hour == 12 ? 0 : hour, hour == 12 ? 12 : hour + 12)
            let isDay = (1...6).contains(hour) || hour == 12
            return [isDay ? at(later) : at(morning), isDay ? at(morning) : at(later)].filter { $0 >= 0 }
        }
        if hour > 12 {
            switch half {
            case .morning, .dawn: return []
            default: return [at(hour)]
            }
        }
        if hour == 0 { return half == .morning || half == .dawn || half == .night ? [at(0)].filter { $0 >= 0 } : [] }
        switch half {
        case .morning, .dawn: return [at(hour == 12 ? 0 : hour)].filter { $0 >= 0 }
        case .afternoon: return [at(hour == 12 ? 12 : hour + 12)]
        case .noon: return [at((10...12).contains(hour) ? hour : hour + 12)]
        case .evening: return [at(hour == 12 ? 24 : hour + 12)]
        case .night: return [at(hour == 12 ? 24 : hour < 5 ? hour + 24 : hour + 12)]
        }
    }

    /// `14:05`.
    static func text(_ minutes: Int64) -> String {
        let (hour, minute) = (minutes / 60, minutes % 60)
        return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
    }

    /// As it is read back: `오후 두 시 반`.
    static func spoken(_ minutes: Int64) -> Words {
        let (hour, minute) = (minutes / 60, minutes % 60)
        let tail = minute == 0 ? "" : minute == 30 ? " 반" : " \(NumberWords.sino(minute)) 분"
        let clock = (hour + 11) % 12 + 1
        let half =
            switch hour {
            case 0: "밤"
            case 1...5: "새벽"
            case 6...11: "오전"
            case 12: "낮"
            default: "오후"
            }
        let ko = minutes == 0 ? "자정" : "\(half) \(NumberWords.native(before: clock)) 시\(tail)"
        let en =
            minutes == 0
            ? "midnight"
            : minutes == 720 ? "noon" : "\(text(clock * 60 + minute).drop { $0 == "0" }) \(hour < 12 ? "am" : "pm")"
        return Words(ko, en)
    }
}

/// English times without digits: `half past two`, `quarter to three`, `two thirty`.
enum EnglishClock {
    private static let parts = Lexemes<Int64>([
        ("half past ", 30), ("quarter past ", 15), ("a quarter past ", 15), ("quarter to ", -15),
        ("a quarter to ", -15),
        ("ten past ", 10), ("ten to ", -10), ("twenty past ", 20), ("twenty to ", -20), ("five past ", 5),
        ("five to ", -5),
    ])

    private static let at = Lexemes(["at ", "around ", "about "])
    private static let minutes = Lexemes<Int64>([
        ("thirty", 30), ("fifteen", 15), ("forty five", 45), ("ten", 10), ("twenty", 20),
    ])

    /// `at two`, `at two thirty`; where a time was asked also `two` alone.
    static func hour(in script: Script, at index: Int, isBare: Bool) -> (hour: Int64, minute: Int64, end: Int)? {
        let lead = at.end(in: script, at: index)
        guard lead != nil || isBare, let hour = Numeral.longest(in: script, at: script.skip(lead ?? index)),
            hour.style == .english || lead != nil && hour.style == .digits, (1...12).contains(hour.value),
            script.endsWord(hour.end), ![0x3A, 0x2F].contains(script.letter(hour.end))
        else { return nil }
        if let (minute, end) = minutes.longest(in: script, at: script.skip(hour.end)), script.endsWord(end) {
            return (hour.value, minute, end)
        }
        // `at 2 pm` is read with its half; `at 12 Main Street` is a place.
        let next = script.skip(hour.end)
        let isHalf = halves.end(in: script, at: next) != nil
        guard
            isHalf || lead == nil && Politeness.isWhole(index..<hour.end, in: script)
                || lead != nil && (next >= script.count || !Script.isLatin(script.letter(next)))
        else { return nil }
        return (hour.value, 0, hour.end)
    }

    private static let halves = Lexemes([
        "am", "a.m.", "pm", "p.m.", "in the", "at night", "o'clock", "oclock", "please", "on ", "for ",
    ])

    static func read(in script: Script, at index: Int) -> (hour: Int64, minute: Int64, end: Int)? {
        guard let (minute, end) = parts.longest(in: script, at: index),
            let hour = Numeral.longest(in: script, at: end), (1...12).contains(hour.value)
        else { return nil }
        return (hour.value, minute, hour.end)
    }
}
