import Record

/// Reads somebody's name: where it is said to be one, or where it was asked for.
enum NameReader {
    private static let heads = Lexemes([
        "제 이름은", "저의 이름은", "이름은", "이름이", "성함은", "성함이", "신청인은", "신청자는", "저는", "전", "나는", "제가", "my name is",
        "the name is", "name is", "this is", "i am", "i'm", "내 이름은", "이름",
    ])
    private static let cues = Lexemes([
        "제 이름은", "저의 이름은", "이름은", "이름이", "성함은", "내 이름은", "my name is", "the name is",
    ])
    /// What follows a name that is given: `…이라고 합니다`.
    private static let calls = Lexemes(["이라고 합니다", "라고 합니다", "이라고 해요", "라고 해요", "이라 캅니더", "라 캅니더", "이라고 하는데"])

    static func hear(in script: Script, near: Range<Int>?, isAsked: Bool) -> Heard {
        for index in 0..<script.count where script.startsWord(index) {
            if let end = cues.end(in: script, at: index), let filled = name(in: script, from: script.skip(end)) {
                return .value(filled)
            }
        }
        for index in 0..<script.count {
            guard let end = calls.end(in: script, at: index), script.endsWord(end), !script.startsWord(index) else {
                continue
            }
            var start = index
            while start > 0, Script.isSpoken(script.letter(start - 1)) { start -= 1 }
            if let filled = filled(start..<index, in: script) { return .value(filled) }
        }
        if let near, let filled = filled(script.trimmed(near), in: script) { return .value(filled) }
        guard isAsked else { return .nothing }
        var start = script.trimmed(0..<script.count).lowerBound
        if let end = heads.end(in: script, at: start) { start = script.skip(end) }
        return name(in: script, from: start).map(Heard.value) ?? .nothing
    }

    private static func name(in script: Script, from start: Int) -> Filled? {
        var end = start
        while end < script.count, ![0x2C, 0x2E, 0x21, 0x3F].contains(script.letter(end)) { end += 1 }
        var span = Politeness.stripped(start..<end, in: script)
        // `김 영희`: a surname alone and a given name are one name; anything longer is a sentence.
        let words = script.said(span).split(separator: " ")
        if words.count > 2
            || (words.count == 2 && words[0].count > 1 && Script.isSyllable(script.letter(span.lowerBound)))
        {
            guard let first = words.first, (2...5).contains(first.count) else { return nil }
            span = Politeness.stripped(span.lowerBound..<span.lowerBound + first.count, in: script)
        }
        return filled(span, in: script)
    }

    private static func filled(_ span: Range<Int>, in script: Script) -> Filled? {
        let said = script.said(span)
        guard !span.isEmpty, said.count <= 40,
            span.allSatisfy({ !Script.isDigit(script.letter($0)) && DigitWords.sino.isEmpty == false }),
            let first = said.first
        else { return nil }
        let isKorean = Script.isSyllable(Script.letter(first))
        let name = isKorean ? said.filter { $0 != " " } : said
        guard isKorean ? (2...6).contains(name.count) && !denials.contains(name) : name.count >= 2 else { return nil }
        return Filled(
            value: .string(name), spoken: Words(isKorean ? "\(name) 님" : name, name), span: span, evidence: said)
    }

    /// Answers that are no names.
    private static let denials: Set<String> = [
        "몰라", "몰라요", "모르겠어요", "글쎄", "글쎄요", "아니", "아니요", "아뇨", "그냥", "익명", "없어", "없어요", "왜요", "뭐라고", "잠깐만",
        "잠시만", "안녕하세요", "여보세요", "감사합니다", "비밀",
    ]
}
