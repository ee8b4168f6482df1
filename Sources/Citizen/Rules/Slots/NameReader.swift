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
        if let end = heads.end(in: script, at: start), script.trimmed(end..<script.count).count > 1 {
            start = script.skip(end)
        }
        if (start..<script.count).contains(where: { Script.isSyllable(script.letter($0)) }) {
            return answer(in: script, from: start).map(Heard.value) ?? .nothing
        }
        return name(in: script, from: start).map(Heard.value) ?? .nothing
    }

    /// A Korean answer that is a name and nothing else: `이말자`, `김 순 자`, `김가 순자`, `나? 순자`. Half a sentence is none.
    private static func answer(in script: Script, from start: Int) -> Filled? {
        let span = Politeness.stripped(start..<script.count, in: script)
        var words: [Range<Int>] = []
        for index in span where Script.isSpoken(script.letter(index)) {
            if let last = words.last, last.upperBound == index {
                words[words.count - 1] = last.lowerBound..<index + 1
            } else {
                words.append(index..<index + 1)
            }
        }
        while words.count > 1, let first = words.first {
            let isStopped = script.letter(first.upperBound) != 0x20
            guard pauses.contains(script.said(first)), isStopped || words[1].count > 1 else { break }
            words.removeFirst()
        }
        if words.count > 1, let last = words.last, ["씨", "님"].contains(script.said(last)) { words.removeLast() }
        guard let first = words.first, let last = words.last else { return nil }
        let said = words.map(script.said)
        guard said.allSatisfy({ $0.allSatisfy { Script.isSyllable(Script.letter($0)) } }) else { return nil }
        var name = said.joined()
        switch said.count {
        case 1:
            guard isPlausible(name) else { return nil }
        case 2:
            // `김가 순자`: of the Kims.
            let house = said[0].count == 2 && said[0].hasSuffix("가") ? String(said[0].prefix(1)) : said[0]
            guard surnames.contains(house), (1...3).contains(said[1].count), !denials.contains(said[1]) else {
                return nil
            }
            name = house + said[1]
        default:
            guard said.count <= 4, said.allSatisfy({ $0.count == 1 }), surnames.contains(said[0]) else { return nil }
        }
        let whole = first.lowerBound..<last.upperBound
        return Filled(
            value: .string(name), spoken: Words("\(name) 님", name), span: whole, evidence: script.said(whole))
    }

    /// Whether one word may be a name: a surname with what is given, or what is given alone, and no other word.
    private static func isPlausible(_ word: String) -> Bool {
        let isOther = denials.contains { word.hasPrefix($0) && remains.contains(String(word.dropFirst($0.count))) }
        guard !denials.contains(word), !isOther else { return false }
        // Figures, spoken: `공일공팔팔`.
        if word.count > 2, word.allSatisfy({ "공영일이삼사오육륙칠팔구".contains($0) }) { return false }
        let isWhole =
            surnames.contains(String(word.prefix(1))) && (2...4).contains(word.count)
            || surnames.contains(String(word.prefix(2))) && (3...5).contains(word.count)
        guard !isWhole else { return true }
        return (2...3).contains(word.count) && !sentenceEnds.contains { word.hasSuffix($0) }
    }

    private static let pauses: Set<String> = [
        "음", "어", "아", "저", "그", "뭐", "에", "나", "네", "예", "응", "저는", "나는", "그게", "아이고",
    ]

    /// What an ordinary word ends with: particles and endings.
    private static let remains: Set<String> = [
        "은", "는", "이", "가", "도", "만", "에", "로", "요", "아", "야", "해", "라", "고", "마", "지", "서", "줘", "다", "잖아", "어",
    ]

    /// Endings of sentences, which no given name has.
    private static let sentenceEnds = [
        "요", "잖아", "니까", "는데", "어", "까", "다", "네", "데", "고", "면", "거", "건", "래", "냐", "노", "지", "죠", "게", "해",
    ]

    /// Korean surnames, nearly all there are.
    private static let surnames: Set<String> = Set(
        """
        김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황 안 송 전 홍 유 고 문 양 손 배 백 허 남 심 노 하 곽 성 차 주 우 구 나 민 진 지 엄 채 원 천 방
        공 현 함 변 염 여 추 도 소 석 선 설 마 길 연 위 표 명 기 반 왕 금 옥 육 인 맹 제 모 탁 국 어 은 편 용 예 경 봉 사 부 가 복 태 목 형 피 두 감
        호 음 빈 동 온 시 리 류 라 량 림 련 남궁 황보 제갈 사공 선우 서문 독고 동방
        """.split(whereSeparator: \.isWhitespace).map(String.init))

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
        "얼마", "아까", "우리", "그건", "그거", "이거", "저거", "이제", "괜찮", "계속", "어디", "언제", "누구", "무엇", "여기", "거기", "지금", "오늘",
        "내일", "모레", "전화", "주소", "이름", "영감", "여보", "잠깐", "천천히", "빨리", "정말", "진짜", "한번", "다시", "사람", "취소", "안녕", "나중",
        "공일공", "번호", "말했", "왜", "뭐", "무슨", "어떻게", "그래", "그럼", "조금", "도와", "기다", "하지", "싫어", "맞아", "알아", "나도", "이건",
        "이게",
    ]
}
