/// Names and homes, where what stands beside them gives them away.
enum PersonMarks {
    static func find(in script: Script) -> [Masking.Mark] {
        houses(in: script) + names(in: script)
    }

    /// House numbers with the flat: the street may stay.
    private static func houses(in script: Script) -> [Masking.Mark] {
        AddressReader.addresses(in: script).map { .init(span: $0.house, kind: .house) } + flats(in: script)
    }

    private static let flat = Lexemes(["동"])
    private static let door = Lexemes(["호"])

    /// `101동 202호` without the house before it.
    private static func flats(in script: Script) -> [Masking.Mark] {
        var found: [Masking.Mark] = []
        for index in 0..<script.count where script.startsWord(index) {
            for numeral in Numeral.all(in: script, at: index) where numeral.style != .native {
                guard let end = flat.end(in: script, at: script.skip(numeral.end)) else { continue }
                let next = script.skip(end)
                for second in Numeral.all(in: script, at: next) where second.style != .native {
                    guard let close = door.end(in: script, at: script.skip(second.end)) else { continue }
                    found.append(.init(span: index..<close, kind: .house))
                    break
                }
            }
        }
        return found
    }

    // MARK: names

    private static let surnames = Set(
        Script.letters(
            "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민나진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용"))
    private static let doubles = ["남궁", "황보", "제갈", "선우", "독고", "사공", "서문", "동방"].map(Script.letters)
    /// What says that a name follows.
    private static let leads = Lexemes([
        "제 이름은", "저의 이름은", "내 이름은", "이름은", "이름이", "성함은", "성함이", "신청인은", "신청인", "신청자는", "신청자", "본인은", "세대주는", "세대주",
        "예금주는", "예금주", "보호자는", "보호자", "환자 이름은", "환자는", "저는", "전", "나는", "my name is", "name is", "i am", "i'm",
        "this is",
        "이름", "성명은", "성명", "어머니 성함은", "아버지 성함은", "남편은", "아내는", "아들은", "딸은",
    ])
    /// Leads behind which only a whole name counts, as much else may follow.
    private static let shy = Lexemes([
        "저는", "전", "나는", "i am", "i'm", "this is", "신청인", "신청자", "보호자", "환자는", "본인은", "세대주", "이름이", "보호자는", "남편은",
        "아내는", "아들은", "딸은", "신청인은", "신청자는", "세대주는",
    ])
    /// What says that a name stood before.
    private static let calls = Lexemes([
        "이라고 합니다", "라고 합니다", "이라고 해요", "라고 해요", "이라고 하는데", "라고 하는데", "이라고 불러", "라고 불러", "이라 캅니더", "라 캅니더", "이라고 하고요",
    ])
    private static let tails = Lexemes([
        "입니다", "이에요", "예요", "이라고", "라고", "인데요", "인데", "이고", "이고요", "고요", "이요", "요", "입니더", "씨", "님", "이며", "이라", "이시고",
        "이세요", "세요", "임", "이구요", "이",
    ])

    private static func names(in script: Script) -> [Masking.Mark] {
        var found: [Masking.Mark] = []
        func add(_ span: Range<Int>?) {
            if let span { found.append(.init(span: span, kind: .name)) }
        }
        for index in 0..<script.count {
            let isStart = script.startsWord(index)
            if isStart, let end = leads.end(in: script, at: index), script.endsWord(end) {
                let isShy = shy.end(in: script, at: index) == end
                var at = script.skip(end)
                while [0x3A, 0x2C].contains(script.letter(at)) { at = script.skip(at + 1) }
                add(led(in: script, at: at, isShy: isShy))
            }
            if !isStart, let end = calls.end(in: script, at: index), end > index {
                add(called(in: script, before: index))
            }
            if isStart || index > 0, [0xC528, 0xB2D8].contains(script.letters[index]) {
                add(titled(in: script, at: index))
            }
        }
        return found
    }

    /// The name that follows a lead.
    private static func led(in script: Script, at index: Int, isShy: Bool) -> Range<Int>? {
        if Script.isLatin(script.letter(index)) {
            guard !isShy else { return nil }
            var end = index
            while Script.isLatin(script.letter(end))
                || (script.letter(end) == 0x20 && Script.isLatin(script.letter(end + 1)))
            {
                end += 1
            }
            return index..<end
        }
        if let name = whole(in: script, at: index) { return name }
        guard !isShy else { return nil }
        // Said to be a name: the word without what follows it.
        var end = index
        while Script.isSyllable(script.letter(end)) { end += 1 }
        for length in 2...4 where index + length <= end {
            if let close = tails.end(in: script, at: index + length), script.endsWord(close) {
                return index..<index + length
            }
        }
        return (2...5).contains(end - index) && surnames.contains(script.letter(index)) ? index..<end : nil
    }

    /// A surname with a given name, then the end of the word or what follows a name.
    private static func whole(in script: Script, at index: Int) -> Range<Int>? {
        let double = doubles.contains { script.reads($0, at: index) != nil }
        guard surnames.contains(script.letter(index)) || double else { return nil }
        let family = double ? 2 : 1
        for given in [2, 1, 3] {
            var start = index + family
            // `김 영희`
            if script.letter(start) == 0x20, given == 2 { start += 1 }
            let end = start + given
            guard end <= script.count, (start..<end).allSatisfy({ Script.isSyllable(script.letter($0)) }) else {
                continue
            }
            if let close = tails.end(in: script, at: end), script.endsWord(close) || script.letter(close) == 0xC694 {
                return index..<end
            }
            if given > 1, script.endsWord(end),
                script.skip(end) >= script.count || [0x2C, 0x2E].contains(script.letter(end))
            {
                return index..<end
            }
        }
        return nil
    }

    /// The name before `라고 합니다`.
    private static func called(in script: Script, before index: Int) -> Range<Int>? {
        var start = index
        while start > 0, Script.isSyllable(script.letter(start - 1)), index - start < 5 { start -= 1 }
        guard (2...4).contains(index - start), script.startsWord(start) else { return nil }
        if start >= 2, script.letter(start - 1) == 0x20, surnames.contains(script.letter(start - 2)),
            script.startsWord(start - 2)
        {
            return start - 2..<index
        }
        return surnames.contains(script.letter(start)) ? start..<index : nil
    }

    private static let titles: Set<String> = [
        "주무관", "구청장", "도지사", "이사장", "조합장", "변호사", "위원장", "임산부", "전문가", "장애인", "반장", "고객", "선생", "원장", "시장", "사장",
        "과장", "기사", "이모", "이장", "조장", "지점장", "지사장", "소장", "주인", "국장", "공무원", "안내원", "차장", "부장", "신부", "목사", "손", "형",
        "심사관", "조사관", "박사", "교수", "어머", "아버", "장모", "장인", "고모", "이웃", "주민", "여러분", "지배인", "심판", "도우미", "노인", "유족", "하느",
        "하나", "선배", "민원인", "국회의원", "시의원", "구의원", "조리사", "한의사", "간호사", "임차인", "임대인", "방문자", "연장자", "기관장", "통장", "동장",
        "면장",
    ]

    /// `홍길동 씨`, `홍길동님`: three syllables that begin with a surname and are no title.
    private static func titled(in script: Script, at index: Int) -> Range<Int>? {
        var end = index
        if script.letter(end - 1) == 0x20 { end -= 1 }
        var start = end
        while start > 0, Script.isSyllable(script.letter(start - 1)) { start -= 1 }
        guard (3...4).contains(end - start), surnames.contains(script.letter(start)),
            !titles.contains(script.said(start..<end)),
            script.letter(index) == 0xB2D8 || script.endsWord(index + 1)
                || Script.isSyllable(script.letter(index + 1)) && end < index
        else { return nil }
        if end - start == 4, !doubles.contains(where: { script.reads($0, at: start) != nil }) { return nil }
        return start..<end
    }
}
