import Record

/// What people say of a place beside its name, so that it can be found: `감나무 있는 집`, `이층집 앞`, and the name itself
/// (`솔마루` of `솔마루 시장 앞`). Nothing of it may be lost or made up.
enum Landmarks {
    /// What words of a place end with.
    private static let nouns: [[UInt32]] = [
        "집", "앞", "뒤", "옆", "밑", "아래", "위", "근처", "부근", "건너편", "건너", "맞은편", "골목", "입구", "정문", "후문", "대문", "담", "담벼락",
        "나무", "전봇대", "전신주", "가게", "슈퍼", "편의점", "마당", "옥상", "지하", "쪽", "사이", "모퉁이", "코너", "빌라", "상가", "건물", "시장", "센터",
        "학교", "병원", "약국", "역", "은행", "마트", "아파트", "공원", "교회", "성당", "놀이터", "정류장", "주차장", "사거리", "삼거리", "횡단보도", "다리",
        "공터", "텃밭", "계단", "창고", "식당", "미용실", "세탁소", "경로당", "우체국", "파출소",
    ].map(Script.letters)
    private static let particles = Lexemes([
        "에서", "에", "에요", "이에요", "예요", "요", "이요", "입니다", "이라예", "쪽", "쪽에", "쪽이요", "인데", "인데요", "이지", "이지요",
    ])

    /// Where the words about a place end that stand behind it; nil where there are none.
    static func tail(in script: Script, from start: Int) -> Range<Int>? {
        let words = AddressReader.words(in: script).filter { $0.lowerBound >= start }.prefix(8)
        // Directly behind it, with nothing but a particle between: `12번지에 …`.
        guard let first = words.first, words.count <= 8 else { return nil }
        let between = script.said(start..<first.lowerBound)
        guard between.allSatisfy({ $0 == " " || $0 == "," }) else { return nil }
        var end: Int?
        for word in words {
            if let close = placeEnd(of: word, in: script) { end = close }
            if breaks(word, in: script) { break }
        }
        return end.map { first.lowerBound..<$0 }
    }

    /// Where a word's noun of a place ends; nil where it has none.
    private static func placeEnd(of word: Range<Int>, in script: Script) -> Int? {
        for noun in nouns where noun.count <= word.count {
            for index in word.lowerBound...(word.upperBound - noun.count) {
                guard let end = script.reads(noun, at: index), end <= word.upperBound else { continue }
                if end == word.upperBound || particles.end(in: script, at: end) == word.upperBound { return end }
            }
        }
        return nil
    }

    /// Words that tell what is the matter, and no place: what follows them is none either.
    private static let verbal: [[UInt32]] = [
        "고장", "났어", "났어요", "안", "꺼졌", "켜져", "깜빡", "부서", "파였", "막혔", "버렸", "쌓였", "때문", "니까", "데요", "어요", "습니다", "네요",
        "거든요",
    ].map(Script.letters)

    private static func breaks(_ word: Range<Int>, in script: Script) -> Bool {
        let letters = script.letters[word]
        return verbal.contains { letters.starts(with: $0) || letters.suffix($0.count).elementsEqual($0) }
    }

    /// A described place with its name before it and what is said of it behind.
    static func widened(_ span: Range<Int>, in script: Script) -> Range<Int> {
        var start = span.lowerBound
        for word in AddressReader.words(in: script).filter({ $0.upperBound <= span.lowerBound }).reversed().prefix(4) {
            let between = script.said(word.upperBound..<start)
            guard between.allSatisfy({ $0 == " " }), isName(word, in: script) else { break }
            start = word.lowerBound
        }
        let end = tail(in: script, from: span.upperBound)?.upperBound ?? span.upperBound
        return start..<end
    }

    private static let fillers: Set<String> = [
        "어", "음", "아", "저", "저기", "그", "그게", "네", "예", "응", "뭐", "저기요", "그러니까", "여기", "거기", "지금", "아까", "어제", "오늘",
        "어디냐면",
        "어디긴", "어디야", "아니", "이제", "좀", "제가", "내가", "the", "at", "near", "it's", "in", "front", "of", "um", "uh", "well",
    ]
    /// What a word that is no part of a name ends with.
    private static let endings: [[UInt32]] = [
        "는", "은", "를", "을", "에", "에서", "요", "면", "데", "고", "서", "니까", "다", "까", "네", "죠",
    ].map(Script.letters)

    private static func isName(_ word: Range<Int>, in script: Script) -> Bool {
        let text = script.said(word)
        guard !fillers.contains(text.lowercased()) else { return false }
        return !endings.contains { word.count > 1 && script.letters[word].suffix($0.count).elementsEqual($0) }
    }

    // MARK: what is no part of an answer

    private static let heads = Lexemes([
        "어디긴 어디야", "어디긴 어디예요", "어디긴", "어디냐면", "어디냐 하면", "그게 어디냐면", "위치는", "장소는", "주소는", "거기가", "여기가",
    ])
    private static let tails: [[UInt32]] = ["이잖아요", "이잖아", "이지요", "이지", "잖아요", "잖아", "인데요", "인데"].map(Script.letters)

    private static let sayings = Lexemes([
        "is ", "are ", "has ", "have ", "was ", "isn't", "does not", "doesn't", "keeps ",
    ])

    /// An answer without what it begins and ends with beside the place: `어디긴 어디야 우리 집 앞이지`.
    static func stripped(_ span: Range<Int>, in script: Script) -> Range<Int> {
        var span = span
        while let end = heads.end(in: script, at: span.lowerBound), end < span.upperBound {
            let rest = script.trimmed(end..<span.upperBound)
            guard !rest.isEmpty else { break }
            span = rest
        }
        for index in span where script.letter(index) == 0x20 {
            // `12 Solmaru-ro is broken`: what is the matter is no part of the place.
            if sayings.end(in: script, at: index + 1) != nil, index > span.lowerBound {
                span = span.lowerBound..<index
                break
            }
        }
        for tail in tails where tail.count < span.count {
            let start = span.upperBound - tail.count
            if script.letters[start..<span.upperBound].elementsEqual(tail) {
                return script.trimmed(span.lowerBound..<start)
            }
        }
        return span
    }
}
