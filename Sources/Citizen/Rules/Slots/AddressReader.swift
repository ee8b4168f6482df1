import Record

/// Reads where something is: a road-name address, a lot-number address, a flat in a named house, or a place described in
/// words (`주민센터 앞`).
enum AddressReader {
    static func find(in script: Script, isAsked: Bool, near: Range<Int>?) -> [Finding] {
        let formal = addresses(in: script).map { address in
            guard let tail = Landmarks.tail(in: script, from: address.span.upperBound) else {
                return Finding(address.span, .string(address.text), address.spoken, weight: 3)
            }
            let words = script.said(tail)
            return Finding(
                address.span.lowerBound..<tail.upperBound, .string("\(address.text) \(words)"),
                Words("\(address.spoken.ko) \(words)", "\(address.spoken.en) \(words)"), weight: 3)
        }
        if !formal.isEmpty { return formal }
        if let place = described(in: script) {
            guard isAsked else { return [place] }
            let span = Landmarks.widened(place.span, in: script)
            return [Finding(span, .string(script.said(span)), Words(script.said(span), script.said(span)), weight: 2)]
        }
        guard isAsked || near != nil else { return [] }
        let span = Landmarks.stripped(
            Politeness.stripped(near.flatMap { isAsked ? nil : $0 } ?? 0..<script.count, in: script), in: script)
        let text = script.said(span)
        guard !span.isEmpty, text.count <= 100 else { return [] }
        let letters = text.filter { $0 != " " }
        if isVague(letters) {
            return isAsked
                ? [Finding(span, impossible: Self.where, weight: 1)]
                : []
        }
        guard letters.count >= 2, !Self.denials.contains(letters), near != nil || letters.count >= 2 else { return [] }
        return [Finding(span, .string(text), Words(text, text), weight: 1)]
    }

    private static let `where` = Words(
        "어느 곳인지 알 수 있게 도로명 주소나 가까운 건물 이름을 말씀해 주세요.",
        "Please say a street address or a building nearby, so that the place can be found.")

    /// What only who speaks can see: `여기`, `집 앞`.
    private static func isVague(_ text: String) -> Bool {
        var text = text[...]
        for head in ["우리", "저희", "제", "내", "우리의"] where text.hasPrefix(head) { text = text.dropFirst(head.count) }
        for tail in ["에서", "에요", "에", "요", "도로", "길", "쪽", "앞", "뒤", "옆", "근처", "골목", "의"] where text.hasSuffix(tail) {
            text = text.dropLast(tail.count)
        }
        return ["", "집", "여기", "저기", "거기", "동네", "이곳", "앞", "도", "집앞", "집앞도", "도로", "길", "마을", "아파트", "빌라", "회사"]
            .contains(text)
    }

    private static let denials: Set<String> = [
        "글쎄", "글쎄요", "몰라", "몰라요", "모르겠어", "모르겠어요", "모르겠는데", "모르겠네", "모르겠습니다", "네", "예", "아니", "아니요", "아뇨", "음",
        "어", "뭐", "응", "그냥", "잠깐만", "잠깐만요", "잠시만", "잠시만요", "뭐라고", "왜", "어디", "그게", "안녕하세요", "여보세요", "감사합니다",
        "idon'tknow", "notsure", "hello", "what",
    ]

    // MARK: described places

    private static let suffixes: [[UInt32]] = [
        "시장", "센터", "학교", "병원", "의원", "약국", "역", "은행", "마트", "아파트", "공원", "도서관", "보건소", "경로당", "우체국", "파출소",
        "경찰서", "소방서", "시청", "구청", "군청", "사거리", "네거리", "삼거리", "오거리", "정류장", "교회", "성당", "놀이터", "복지관", "편의점", "빌라",
        "식당", "공장", "교차로", "터미널", "회관", "유치원", "어린이집", "대학", "주차장", "육교", "지하도", "체육관", "수영장", "농협", "슈퍼", "절",
    ].map(Script.letters)
    private static let positions = Lexemes([
        "앞길", "앞", "뒷길", "뒤편", "뒤쪽", "뒤", "옆", "근처", "건너편", "맞은편", "입구", "정문", "후문", "쪽", "사이", "부근", "골목", "담벼락",
        "사거리", "삼거리", "네거리", "1번 출구", "2번 출구", "3번 출구", "4번 출구", "일번 출구", "이번 출구", "삼번 출구", "사번 출구", "정류장", "횡단보도",
        "주차장", "놀이터", "교차로", "육교", "도로",
    ])

    /// `침산동 주민센터 앞`: something that many know, and where by it.
    private static func described(in script: Script) -> Finding? {
        let words = words(in: script)
        for (place, word) in words.enumerated() {
            var end = word.upperBound
            if suffixes.contains(where: { ends(script, word, $0) }) {
                var at = script.skip(end)
                var isPlaced = false
                while let close = positions.end(in: script, at: at) {
                    (end, at, isPlaced) = (close, script.skip(close), true)
                }
                guard isPlaced else { continue }
            } else {
                // `주민센터앞에`: written as one word.
                guard let close = glued(script, word) else { continue }
                end = close
            }
            var start = word.lowerBound
            if place > 0, isRegion(script, words[place - 1]) { start = words[place - 1].lowerBound }
            let span = start..<end
            return Finding(span, .string(script.said(span)), Words(script.said(span), script.said(span)), weight: 2)
        }
        return nil
    }

    private static func glued(_ script: Script, _ word: Range<Int>) -> Int? {
        for suffix in suffixes {
            for index in word where index > word.lowerBound || suffix.count > 2 {
                guard let end = script.reads(suffix, at: index), end < word.upperBound else { continue }
                if let close = positions.end(in: script, at: end), close <= word.upperBound { return close }
            }
        }
        return nil
    }

    private static func ends(_ script: Script, _ word: Range<Int>, _ suffix: [UInt32]) -> Bool {
        word.count >= max(2, suffix.count) && script.letters[word].suffix(suffix.count).elementsEqual(suffix)
    }

    /// The words as spans.
    static func words(in script: Script) -> [Range<Int>] {
        var (words, start): ([Range<Int>], Int?) = ([], nil)
        for index in 0...script.count {
            if index < script.count, Script.isSpoken(script.letters[index]) {
                start = start ?? index
            } else if let from = start {
                words.append(from..<index)
                start = nil
            }
        }
        return words
    }

    // MARK: regions

    private static let provinces = Set(
        [
            "서울", "서울시", "서울특별시", "부산", "부산시", "부산광역시", "대구", "대구시", "대구광역시", "인천", "인천시", "인천광역시", "광주", "광주시",
            "광주광역시", "대전", "대전시", "대전광역시", "울산", "울산시", "울산광역시", "세종", "세종시", "세종특별자치시", "경기", "경기도", "강원", "강원도",
            "강원특별자치도", "충북", "충청북도", "충남", "충청남도", "전북", "전라북도", "전북특별자치도", "전남", "전라남도", "경북", "경상북도", "경남",
            "경상남도", "제주", "제주도", "제주시", "제주특별자치도",
        ])
    private static let noRegions: Set<String> = [
        "친구", "입구", "출구", "창구", "요구", "도구", "가구", "다시", "역시", "잠시", "혹시", "두시", "한시", "세시", "네시", "행동", "이동", "운동",
        "자동",
        "활동", "이리", "저리", "빨리", "멀리", "미리", "우리", "머리", "거리", "소리", "자리", "정리", "관리", "처리", "수리", "하면", "으면", "되면",
        "이면", "라면", "측면", "화면", "그러면", "누구", "아무도",
    ]

    /// Whether a word is a part of an address above the road: a city, a 구, a 동.
    static func isRegion(_ script: Script, _ word: Range<Int>) -> Bool {
        let text = script.said(word)
        if provinces.contains(text) { return true }
        guard text.count >= 2, !noRegions.contains(text), let last = text.last, "시군구읍면동리".contains(last) else {
            return false
        }
        return word.allSatisfy { Script.isSyllable(script.letters[$0]) || Script.isDigit(script.letters[$0]) }
            && Script.isSyllable(script.letters[word.lowerBound]) && text.count <= 8
    }
}
