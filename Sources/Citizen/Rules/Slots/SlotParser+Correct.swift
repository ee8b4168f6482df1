import District
import Record

extension SlotParser {
    /// Hears whether what is known for a slot is to be something else: `이십오일 말고 이십육일`, `아니 일이삼오`,
    /// `시간만 세 시로`. Without words of correction nothing is.
    /// - Parameter current: what is known.
    func correct(
        _ slot: Slot, from current: Filled?, in utterance: Utterance, at now: Timestamp, names: [Named] = []
    ) -> Heard {
        let script = Script(utterance)
        if case .birth = slot.kind, let day = current?.value.text.flatMap({ CalendarDay($0) }),
            let span = BirthReader.isLunarAlone(script)
        {
            let reader = BirthReader(calendar: calendar, now: now)
            return Findings.heard([reader.lunar(day, span)], in: script, near: nil)
        }
        guard let current, let repair = Repair(in: script, label: slot.label), repair.concerns(slot.kind) else {
            return .nothing
        }
        let correction = Correction(
            parser: self, slot: slot, current: current, script: script, repair: repair, now: now, names: names)
        return correction.heard
    }

    /// The reader of days at a moment.
    func days(at now: Timestamp) -> DayReader { DayReader(calendar: calendar, now: now) }
}

extension Repair {
    /// Whether what was named can be a slot of a kind.
    func concerns(_ kind: Slot.Kind) -> Bool {
        guard let part, !isLabelled else { return true }
        switch (part, kind) {
        case (.day, .day), (.day, .moment), (.day, .birth), (.time, .time), (.time, .moment), (.time, .duration),
            (.phone, .phone),
            (.phone, .bus), (.front, .phone), (.middle, .phone), (.last, .phone), (.address, .address), (.name, .name),
            (.count, .integer), (.count, .number), (.amount, .amount):
            return true
        default: return false
        }
    }
}

/// A correction of one slot.
struct Correction {
    let parser: SlotParser
    let slot: Slot
    let current: Filled
    let script: Script
    let repair: Repair
    let now: Timestamp
    let names: [Named]

    /// What the slot is to be.
    var heard: Heard {
        switch slot.kind {
        case .moment: return moment
        case .day: return day
        case .phone: return phone
        case .text, .name, .address: return text
        case .flag: return .nothing
        default: return plain
        }
    }

    /// Only what was said to be right, and only what was said to be wrong.
    var right: Script { script.only(repair.right) }
    var wrong: Script { script.only(repair.wrong) }

    private func frame(isAsked: Bool = true) -> SlotParser.Frame {
        .init(now: now, near: nil, isAsked: isAsked, names: names)
    }

    /// A value of a kind that is said whole.
    private var plain: Heard {
        let isSure = repair.isContrast || repair.isLabelled || repair.part != nil
        let found = parser.findings(slot.kind, right, frame()).filter { isSure || $0.weight >= 2 || isBare($0.span) }
        guard !found.isEmpty else { return .nothing }
        if repair.isContrast {
            let refused = parser.findings(slot.kind, wrong, frame()).flatMap(\.options)
            let isKnown = refused.contains { $0.value == current.value }
            guard refused.isEmpty ? found.contains(where: { $0.weight >= 2 }) : isKnown else { return .nothing }
        }
        if case .time = slot.kind { return times }
        return Findings.heard(found, in: right, near: nil)
    }

    /// Whether nothing else was said: `아니 셋`.
    private func isBare(_ span: Range<Int>) -> Bool {
        let said = Politeness.stripped(repair.right, in: script)
        return span.lowerBound <= said.lowerBound && span.upperBound >= said.upperBound
    }

    // MARK: days and times

    private var day: Heard {
        guard let known = current.value.text.flatMap({ CalendarDay($0) }), let found = days(from: known) else {
            return .nothing
        }
        if let words = found.impossible { return .impossible(words) }
        let year = CalendarDay(now).date.year
        return heard(found.days.map { .init(value: .string($0.text), spoken: $0.spoken(in: year)) }, found.span)
    }

    /// The day that is right, counted from the one that is known: `이십육일` is of its month, `수요일` of its week.
    private func days(from known: CalendarDay) -> DayReader.Found? {
        let reader = parser.days(at: now)
        guard let found = reader.find(in: right, isBare: true).first else { return nil }
        if repair.isContrast {
            let refused = reader.find(in: wrong, isBare: true)
            guard refused.isEmpty || refused.contains(where: { isMeant($0, known, reader) }) else { return nil }
        }
        let start = found.span.lowerBound
        if let (day, end) = reader.day(in: right, at: start, isNamed: true), end == found.span.upperBound {
            let (year, month, _) = known.date
            let day = day == 0 ? CalendarDay.length(year, month) : day
            return CalendarDay(year, month, day).map { .init(found.span, [$0]) } ?? .missing(found.span)
        }
        if let (weekday, end) = DayReader.weekdays.longest(in: right, at: start), end == found.span.upperBound {
            return .init(found.span, [known.monday + weekday])
        }
        return found
    }

    private func isMeant(_ found: DayReader.Found, _ known: CalendarDay, _ reader: DayReader) -> Bool {
        if found.days.contains(known) { return true }
        if let (day, end) = reader.day(in: wrong, at: found.span.lowerBound, isNamed: true),
            end == found.span.upperBound
        {
            return day == known.date.day
        }
        if let (weekday, end) = DayReader.weekdays.longest(in: wrong, at: found.span.lowerBound),
            end == found.span.upperBound
        {
            return weekday == known.weekday
        }
        return false
    }

    private var moment: Heard {
        guard let known = MomentReader.Moment(current.value) else { return .nothing }
        let year = CalendarDay(now).date.year
        let clock = ClockReader.clocks(in: right, isBare: true).first
        let found = days(from: known.day)
        if let words = found?.impossible { return .impossible(words) }
        guard found != nil || clock != nil else { return .nothing }
        if clock?.isImpossible == true { return .impossible(ClockReader.impossible) }
        if repair.isContrast, clock != nil, found == nil {
            let refused = ClockReader.clocks(in: wrong, isBare: true)
            guard refused.isEmpty || refused.contains(where: { $0.minutes.contains(known.minute) }) else {
                return .nothing
            }
        }
        let minutes = clock.map { Self.minutes($0, like: known.minute) } ?? [known.minute]
        let days = found?.days ?? [known.day]
        let spans = [found?.span, clock?.span].compactMap { $0 }
        let span = (spans.map(\.lowerBound).min() ?? 0)..<(spans.map(\.upperBound).max() ?? 0)
        return heard(days.flatMap { day in minutes.map { MomentReader.Moment(day, $0).option(in: year) } }, span)
    }

    private var times: Heard {
        guard let clock = ClockReader.clocks(in: right, isBare: true).first else { return .nothing }
        guard !clock.isImpossible else { return .impossible(ClockReader.impossible) }
        let known = current.value.text.flatMap { MomentReader.Moment(.string("2026-01-01T\($0):00+09:00")) }?.minute
        let minutes = known.map { Self.minutes(clock, like: $0) } ?? clock.minutes
        return heard(
            minutes.map { .init(value: .string(ClockReader.text($0 % 1440)), spoken: ClockReader.spoken($0 % 1440)) },
            clock.span)
    }

    /// Said without half of the day, a time is of the half that is known, where people are awake then.
    private static func minutes(_ clock: ClockReader.Clock, like known: Int64) -> [Int64] {
        guard clock.minutes.count > 1 else { return clock.minutes }
        let same = clock.minutes.filter { $0 / 720 == known / 720 && (420...1260).contains($0) }
        return same.count == 1 ? same : clock.minutes
    }

    // MARK: telephone numbers

    private var phone: Heard {
        guard let known = current.value.text?.split(separator: "-").map(String.init), known.count >= 2,
            let run = run(in: right)
        else { return .nothing }
        let digits = run.digits
        if let groups = PhoneReader.groups(digits) { return phone(groups, run.span) }
        guard (3...8).contains(digits.count) else { return .nothing }
        var groups = known
        if digits.count == 8, known.count == 3 {
            groups.replaceSubrange(1..., with: [String(digits.prefix(4)), String(digits.suffix(4))])
            return phone(groups, run.span)
        }
        guard digits.count <= 4, let place = place(of: digits, in: known) else { return .nothing }
        groups[place] = digits
        guard PhoneReader.groups(groups.joined()) != nil else { return .nothing }
        return phone(groups, run.span)
    }

    private func run(in script: Script) -> DigitRun? {
        for index in 0..<script.count where script.startsWord(index) {
            if let run = DigitRun(in: script, at: index, isAsked: true), run.digits.count >= 3 { return run }
        }
        return nil
    }

    /// Which group is meant: the one that was named, the one said to be wrong, the one that differs in a single digit,
    /// else the last.
    private func place(of digits: String, in groups: [String]) -> Int? {
        switch repair.part {
        case .front: return 0
        case .middle: return groups.count == 3 ? 1 : nil
        case .last: return groups.count - 1
        default: break
        }
        if repair.isContrast, let refused = run(in: wrong)?.digits {
            return groups.lastIndex(of: refused)
        }
        let near = groups.indices.filter { index in
            groups[index].count == digits.count && zip(groups[index], digits).count(where: { $0 != $1 }) <= 1
        }
        if let place = near.last, near.count == 1 { return place }
        return groups.last?.count == digits.count ? groups.count - 1 : groups.lastIndex { $0.count == digits.count }
    }

    private func phone(_ groups: [String], _ span: Range<Int>) -> Heard {
        heard([.init(value: .string(groups.joined(separator: "-")), spoken: PhoneReader.spoken(groups))], span)
    }

    // MARK: words

    /// Words that were set against words that are known, or an address, or a name, said anew.
    private var text: Heard {
        let span = Politeness.stripped(repair.right, in: script)
        let said = script.said(span)
        if repair.isContrast, let known = current.value.text, !said.isEmpty {
            let trimmed = Politeness.stripped(repair.wrong, in: script)
            var words = script.said(trimmed).split(separator: " ").map(String.init)
            while !words.isEmpty {
                for tail in ["", "이", "가", "은", "는"] where words.joined(separator: " ").hasSuffix(tail) {
                    let wrong = String(words.joined(separator: " ").dropLast(tail.count))
                    guard wrong.count >= 2, known.contains(wrong) else { continue }
                    let value = known == wrong ? said : known.replacing(wrong, with: said)
                    return value.count <= 1000 ? heard([spoken(value)], span) : .nothing
                }
                words.removeFirst()
            }
            return .nothing
        }
        switch slot.kind {
        case .address:
            let found = AddressReader.find(in: right, isAsked: repair.isLabelled || repair.part == .address, near: nil)
            return Findings.heard(found, in: right, near: nil)
        case .name:
            guard repair.isLabelled || repair.part == .name else { return .nothing }
            // `홍길순으로`: the particle is no part of the name.
            var end = span.upperBound
            if script.letter(end - 1) == 0xB85C { end -= script.letter(end - 2) == 0xC73C ? 2 : 1 }
            let name = script.only(span.lowerBound..<max(end, span.lowerBound))
            return NameReader.hear(in: name, near: nil, isAsked: true)
        case .text(let maximum):
            guard repair.isLabelled, !said.isEmpty, said.count <= maximum else { return .nothing }
            return heard([spoken(said)], span)
        default: return .nothing
        }
    }

    private func spoken(_ text: String) -> Finding.Option {
        var spoken = Masking.maskResident(text)
        if case .address = slot.kind { spoken = spoken.replacing("-", with: " 다시 ") }
        if case .name = slot.kind { return .init(value: .string(text), spoken: Words("\(spoken) 님", spoken)) }
        return .init(value: .string(text), spoken: Words(spoken, spoken))
    }

    private func heard(_ options: [Finding.Option], _ span: Range<Int>) -> Heard {
        let filled = options.map { Findings.filled($0, span, script) }
        return filled.count == 1 ? .value(filled[0]) : filled.isEmpty ? .nothing : .unclear(Array(filled.prefix(4)))
    }
}
