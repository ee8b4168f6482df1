import Record

/// What makes an answer polite and says nothing more: `…이요`, `…입니다`, `please`.
enum Politeness {
    private static let tails: [[UInt32]] = [
        "이라고 해 주세요", "라고 해 주세요", "이라고 적어 주세요", "라고 적어 주세요", "으로 해 주세요", "로 해 주세요", "으로 해주이소",
        "로 해주이소", "으로 부탁드립니다", "로 부탁드립니다", "으로 부탁해요", "로 부탁해요", "부탁드립니다", "이라고 합니다", "라고 합니다",
        "이라고 해요", "라고 해요", "이라고요", "라고요", "으로 할게요", "로 할게요", "으로요", "로요", "인데요", "이거든요", "거든요",
        "이고요", "이구요", "이에요", "이예요", "예요", "에요", "이요", "이여", "이오", "입니다", "임니다", "입니더", "이라예", "라예",
        "이래요", "래요", "이지요", "이죠", "이라", "이야", "요", "please",
    ].map(Script.letters).sorted { $0.count > $1.count }
    private static let heads = Lexemes([
        "네", "예", "음", "어", "아", "저", "저기", "그", "그러니까", "그게", "뭐", "well", "um", "uh", "er", "yes", "it's",
        "it is", "my", "the", "이제", "아니",
    ])
    /// Verbs whose own ending an answer may have: they are no politeness (`가로등이 고장 났어요`).
    private static let verbal: Set<UInt32> = Set(Script.letters("아어여해았었했겠세네군걸게까데지워와봐줘져려나가라러써쳐켜펴녀셔"))

    /// Where a polite tail ends that stands directly behind a value.
    static func end(in script: Script, at index: Int) -> Int? {
        let at = script.skip(index)
        for tail in tails {
            if let end = script.reads(tail, at: at), script.endsWord(end) { return end }
        }
        return nil
    }

    /// Whether a span is all that was said, but for what is only polite.
    static func isWhole(_ span: Range<Int>, in script: Script) -> Bool {
        let said = stripped(0..<script.count, in: script)
        return span.lowerBound <= said.lowerBound && span.upperBound >= said.upperBound
    }

    /// The span without what is only polite.
    static func stripped(_ span: Range<Int>, in script: Script) -> Range<Int> {
        var span = script.trimmed(span)
        while let end = heads.end(in: script, at: span.lowerBound), end < span.upperBound, script.endsWord(end) {
            let rest = script.trimmed(end..<span.upperBound)
            guard !rest.isEmpty else { break }
            span = rest
        }
        for tail in tails where tail.count < span.count {
            // A tail may be written with spaces: it is looked for from where it could begin.
            let low = max(span.lowerBound + 1, span.upperBound - tail.count - 4)
            guard low < span.upperBound,
                let start = (low..<span.upperBound).first(where: {
                    script.letter($0) != 0x20 && script.reads(tail, at: $0) == span.upperBound
                })
            else { continue }
            // `요` alone belongs to a verb after a verb's ending.
            if tail.count == 1, verbal.contains(script.letter(start - 1)) { continue }
            let rest = script.trimmed(span.lowerBound..<start)
            if !rest.isEmpty { return rest }
        }
        return span
    }
}

/// Reads free words: all that was answered, or what stands where the sentence has the slot.
enum TextReader {
    static func hear(in script: Script, near: Range<Int>?, isAsked: Bool, maximum: Int) -> Heard {
        guard isAsked || near != nil else { return .nothing }
        let whole = near.map { $0.clamped(to: 0..<script.count) } ?? 0..<script.count
        let span = isAsked ? Politeness.stripped(whole, in: script) : script.trimmed(whole)
        guard !span.isEmpty else { return .nothing }
        let text = script.said(span)
        guard text.count <= maximum else {
            return .impossible(
                Words(
                    "\(maximum)자까지 적을 수 있습니다. 조금 짧게 말씀해 주세요.",
                    "At most \(maximum) characters fit. Please say it shorter."))
        }
        // A resident registration number is never taken, and never read out.
        guard Masking.maskResident(text) == text else {
            return .impossible(
                Words(
                    "주민등록번호는 받지 않습니다. 번호를 빼고 다시 말씀해 주세요.",
                    "A resident registration number is not taken. Please say it again without the number."))
        }
        return .value(Filled(value: .string(text), spoken: Words(text, text), span: span, evidence: text))
    }
}

/// Reads yes and no, as an answer to a question of the form.
enum FlagReader {
    private static let no = Lexemes([
        "아니", "아뇨", "아닙니다", "없어", "없습니다", "없는", "싫", "됐어", "괜찮아요", "말아", "하지 마", "없심더", "아이다", "아입니더",
        "필요 없",
    ])
    private static let yes = Lexemes([
        "네", "예", "응", "그래", "그래요", "맞아", "맞습니다", "맞어", "그럼요", "그렇습니다", "그렇지", "있어", "있습니다", "좋아", "좋습니다",
        "해 주세요", "해줘", "할게", "하겠습니다", "원해", "원합니다", "필요해", "필요합니다", "맞심더", "있심더", "하모",
    ])
    private static let english = Lexemes<Bool>([
        ("yes", true), ("yeah", true), ("yep", true), ("sure", true), ("no", false), ("nope", false), ("not", false),
        ("don't", false),
    ])

    static func hear(in script: Script) -> Heard {
        var (yes, no): (Range<Int>?, Range<Int>?) = (nil, nil)
        for index in 0..<script.count where script.startsWord(index) {
            if let (isYes, end) = english.longest(in: script, at: index), script.endsWord(end) {
                if isYes { yes = yes ?? index..<end } else { no = no ?? index..<end }
            } else if let end = Self.no.end(in: script, at: index) {
                no = no ?? index..<end
            } else if script.letter(index) == 0xC548, script.letter(index + 1) == 0x20 {
                // `안 해요`; but `안녕하세요` is no answer.
                no = no ?? index..<index + 1
            } else if yes == nil, let end = Self.yes.end(in: script, at: index) {
                // `예약`, `그래서` and `네 개` are no yes.
                guard script.endsWord(end) || script.letter(end) == 0xC694 else { continue }
                let rest = script.skip(end)
                guard
                    Numeral.longest(in: script, at: index) == nil || !Script.isSpoken(script.letter(rest))
                        || rest == end
                else { continue }
                yes = index..<end
            }
        }
        switch (yes, no) {
        case (let span?, nil): return value(true, span, Words("예", "yes"), script)
        case (nil, let span?): return value(false, span, Words("아니요", "no"), script)
        default: return .nothing
        }
    }

    private static func value(_ value: Bool, _ span: Range<Int>, _ spoken: Words, _ script: Script) -> Heard {
        .value(Findings.filled(.init(value: .bool(value), spoken: spoken), span, script))
    }
}
