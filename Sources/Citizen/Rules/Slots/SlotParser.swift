import District
import Record

/// Hears the value of a slot in what was said. It never invents one: every value carries the words it was said in.
struct SlotParser: Sendable {
    let calendar: LunarCalendar

    /// - Parameter calendar: by which lunar dates are read.
    init(_ calendar: LunarCalendar) { self.calendar = calendar }

    /// Hears a slot.
    /// - Parameters:
    ///   - slot: what is to be known.
    ///   - utterance: what was said.
    ///   - now: when it was said; days are counted from it.
    ///   - span: where the sentence has the slot, tried first.
    ///   - isAsked: whether this very slot was asked for, so that a bare answer counts.
    ///   - names: what a reference may be.
    func hear(
        _ slot: Slot, in utterance: Utterance, at now: Timestamp, near span: Range<Int>?, isAsked: Bool,
        names: [Named] = []
    ) -> Heard {
        hear(slot, Script(utterance), Frame(now: now, near: span, isAsked: isAsked, names: names))
    }

    /// Where and when a slot is heard.
    struct Frame {
        let now: Timestamp
        let near: Range<Int>?
        let isAsked: Bool
        let names: [Named]
        /// Whether a bare value counts: it was asked for, or the sentence has it there.
        var isBare: Bool { isAsked || near != nil }
    }

    func hear(_ slot: Slot, _ script: Script, _ frame: Frame) -> Heard {
        switch slot.kind {
        case .text(let maximum):
            return TextReader.hear(in: script, near: frame.near, isAsked: frame.isAsked, maximum: maximum)
        case .name: return NameReader.hear(in: script, near: frame.near, isAsked: frame.isAsked)
        case .flag: return frame.isAsked ? FlagReader.hear(in: script) : .nothing
        default: return Findings.heard(findings(slot.kind, script, frame), in: script, near: frame.near)
        }
    }

    /// Everything of a kind that was said.
    func findings(_ kind: Slot.Kind, _ script: Script, _ frame: Frame) -> [Finding] {
        switch kind {
        case .text, .name, .flag: []
        case .integer(let range, let unit):
            CountReader(unit: unit).find(in: script, isBare: frame.isBare, range: range)
        case .number(let range, let unit):
            CountReader(unit: unit).find(in: script, isBare: frame.isBare, range: range)
        case .choice(let options): ChoiceReader.find(options, in: script, isAsked: frame.isAsked, near: frame.near)
        case .reference:
            ReferenceReader.find(frame.names, in: script, isAsked: frame.isAsked, near: frame.near)
        case .day: days(in: script, frame)
        case .birth: BirthReader(calendar: calendar, now: frame.now).find(in: script, isBare: frame.isBare)
        case .time: ClockReader.times(in: script, isBare: frame.isBare)
        case .moment:
            MomentReader(calendar: calendar, now: frame.now).find(
                in: script, isBare: frame.isBare, isAsked: frame.isAsked)
        case .duration: DurationReader.find(in: script, isBare: frame.isBare)
        case .phone: PhoneReader.find(in: script, isAsked: frame.isAsked)
        case .address: AddressReader.find(in: script, isAsked: frame.isAsked, near: frame.near)
        case .bus: BusReader.find(in: script, isBare: frame.isBare)
        case .receipt: ReceiptReader.find(in: script, isAsked: frame.isAsked)
        case .amount: AmountReader.find(in: script, isBare: frame.isBare)
        }
    }

    private func days(in script: Script, _ frame: Frame) -> [Finding] {
        let year = CalendarDay(frame.now).date.year
        let found = DayReader(calendar: calendar, now: frame.now).find(in: script, isBare: frame.isBare)
        if found.isEmpty, frame.isAsked, let half = ClockReader.half(in: script) {
            let words = Words("며칠인가요? 날짜를 먼저 말씀해 주세요.", "On which day? Please say the day first.")
            return [Finding(half.span, impossible: words)]
        }
        return found.map { found in
            if let words = found.impossible { return Finding(found.span, impossible: words) }
            return Finding(
                found.span,
                found.days.map { .init(value: .string($0.text), spoken: $0.spoken(in: year)) })
        }
    }
}
