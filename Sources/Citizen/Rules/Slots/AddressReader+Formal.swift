import Record

/// An address with its house number.
struct StreetAddress: Sendable, Hashable {
    /// All of it.
    let span: Range<Int>
    /// The house number and what follows it (flat, storey): what tells one household from another.
    let house: Range<Int>
    /// As it is written: `북구 침산로 12길 3, 101동 202호`.
    let text: String
    /// As it is read back.
    let spoken: Words
}

extension AddressReader {
    /// Every address with a house number that was said.
    static func addresses(in script: Script) -> [StreetAddress] {
        var found: [StreetAddress] = []
        let words = words(in: script)
        for (place, word) in words.enumerated() where word.lowerBound >= found.last?.span.upperBound ?? 0 {
            guard let core = road(in: script, word) ?? lot(in: script, word) ?? flat(in: script, word) else { continue }
            // The 구 and the city stand before.
            var first = place
            while first > 0, words[first - 1].lowerBound >= found.last?.span.upperBound ?? 0,
                isRegion(script, words[first - 1]), place - first < 4
            {
                first -= 1
            }
            let region = words[first..<place].map(script.said).joined(separator: " ")
            let text = region.isEmpty ? core.text : "\(region) \(core.text)"
            let spoken = text.replacing("-", with: " 다시 ")
            found.append(
                StreetAddress(
                    span: words[first].lowerBound..<core.end, house: core.house..<core.end, text: text,
                    spoken: Words(spoken, text)))
        }
        return found
    }

    private struct Core {
        let text: String
        let house: Int
        let end: Int
    }

    private static let branches = Lexemes<String>([
        ("번안길", "번안길"), ("번길", "번길"), ("번 길", "번길"), ("가길", "가길"), ("나길", "나길"), ("길", "길"),
    ])
    private static let lotWords = Lexemes(["번지", "번"])
    /// What a number behind `…로` is that is no house number: `우편으로 두 통`, `전화로 3시에`.
    private static let others = Lexemes([
        "통", "개", "장", "명", "부", "매", "시", "분", "월", "일", "년", "원", "건", "회", "권", "대", "만", "천", "번째", "번 버스", "번 출구",
        "번 창구", "주", "세", "살", "차선", "킬로", "미터", "센티", "시간", "퍼센트", "%", "kg", "cm", "km",
    ])

    /// `침산로 12길 3`, `달서대로 백오십`.
    private static func road(in script: Script, _ word: Range<Int>) -> Core? {
        for index in word.dropFirst() {
            let letter = script.letters[index]
            guard letter == 0xB85C || letter == 0xAE38, script.letters[index - 1] != 0xC73C,  // 로 길, but not 으로
                Script.isSyllable(script.letters[word.lowerBound]), index - word.lowerBound >= 1,
                index + 1 == word.upperBound || Script.isDigit(script.letter(index + 1))
                    || DigitWords.sino[script.letter(index + 1)] != nil
            else { continue }
            let name = script.said(word.lowerBound..<index + 1)
            let start = script.skip(index + 1)
            guard !noRoads.contains(name), let number = house(in: script, at: start) else { continue }
            if let (branch, end) = branches.longest(in: script, at: script.skip(number.end)), number.branch == nil {
                // A branch of the road without a house on it is no address.
                guard let inner = house(in: script, at: script.skip(end)), isHouse(script, inner) else { continue }
                return core(script, "\(name) \(number.text)\(branch)", inner, at: script.skip(end))
            }
            guard name.count >= 3 || number.isMarked, isHouse(script, number) else { continue }
            return core(script, name, number, at: start)
        }
        return nil
    }

    private static let noRoads: Set<String> = [
        "바로", "따로", "서로", "별로", "새로", "그대로", "이대로", "제대로", "마음대로", "앞으로", "이메일로", "전화로", "문자로", "택배로", "카드로", "도로",
        "진로",
        "오로", "홀로", "실제로", "주로", "억지로", "절대로", "추가로", "대로", "버스로", "차로", "번호로", "날짜로", "휴대폰으로", "핸드폰으로", "메일로", "피해로",
        "때로", "그걸로", "이걸로", "걸로", "프로", "하루로",
    ]

    /// `침산동 123-4번지`.
    private static func lot(in script: Script, _ word: Range<Int>) -> Core? {
        for index in word.dropFirst() {
            guard [0xB3D9, 0xB9AC, 0xAC00].contains(script.letters[index]),  // 동 리 가
                Script.isSyllable(script.letters[word.lowerBound]),
                Numeral.longest(in: script, at: word.lowerBound)?.end != index,
                index + 1 == word.upperBound || Script.isDigit(script.letter(index + 1))
            else { continue }
            var start = script.skip(index + 1)
            if script.letter(start) == 0xC0B0, script.letter(start + 1) == 0x20 { start = script.skip(start + 1) }  // 산
            guard let number = house(in: script, at: start),
                number.isMarked || (number.branch != nil && isHouse(script, number))
            else { continue }
            return core(script, script.said(word.lowerBound..<index + 1), number, at: start)
        }
        return nil
    }

    private static let homes: [[UInt32]] = [
        "아파트", "빌라", "맨션", "타워", "빌딩", "오피스텔", "원룸", "연립", "주택", "하이츠", "캐슬", "자이", "푸르지오", "래미안",
    ].map(Script.letters)

    /// `화성아파트 101동 202호`.
    private static func flat(in script: Script, _ word: Range<Int>) -> Core? {
        guard homes.contains(where: { script.letters[word].suffix($0.count).elementsEqual($0) }),
            let (detail, end) = detail(in: script, at: word.upperBound)
        else { return nil }
        return Core(text: "\(script.said(word)) \(detail)", house: script.skip(word.upperBound), end: end)
    }

    private struct House {
        let number: Int64
        let branch: Int64?
        let end: Int
        /// Whether 번지 was said behind it.
        let isMarked: Bool
        var text: String { "\(number)" + (branch.map { "-\($0)" } ?? "") }
    }

    private static func house(in script: Script, at index: Int) -> House? {
        guard let numeral = Numeral.all(in: script, at: index).first(where: { $0.style != .native }),
            (1...9999).contains(numeral.value), script.letter(index) != 0x30
        else { return nil }
        var (end, branch) = (numeral.end, Int64?.none)
        let joint = script.skip(end)
        let next =
            script.letter(joint) == 0x2D
            ? script.skip(joint + 1) : again.end(in: script, at: joint).map { script.skip($0) }
        if let next, let part = Numeral.all(in: script, at: next).first(where: { $0.style != .native }),
            part.value < 10_000
        {
            (branch, end) = (part.value, part.end)
        }
        let marked = lotWords.end(in: script, at: script.skip(end))
        let isMarked = marked.map { script.letter($0 - 1) == 0xC9C0 } ?? false
        let isBranch = branches.longest(in: script, at: script.skip(end)) != nil
        return House(
            number: numeral.value, branch: branch, end: isMarked && !isBranch ? marked ?? end : end, isMarked: isMarked)
    }
    private static let again = Lexemes(["다시", "의 ", "에 "])

    /// Whether a number is a house's: nothing that is counted follows it, and no longer number.
    private static func isHouse(_ script: Script, _ house: House) -> Bool {
        if house.isMarked { return true }
        guard others.end(in: script, at: script.skip(house.end)) == nil else { return false }
        return ![0x2D, 0x3A, 0x2F].contains(script.letter(house.end))
            && (!Script.isDigit(script.letter(script.skip(house.end))) || detail(in: script, at: house.end) != nil)
    }

    private static func core(_ script: Script, _ road: String, _ house: House, at start: Int) -> Core {
        var at = house.end
        if script.letter(script.skip(at)) == 0x2C { at = script.skip(at) + 1 }
        guard let (detail, end) = detail(in: script, at: at) else {
            return Core(text: "\(road) \(house.text)", house: start, end: house.end)
        }
        return Core(text: "\(road) \(house.text), \(detail)", house: start, end: end)
    }

    private static let parts = Lexemes<String>([("동", "동"), ("호", "호"), ("층", "층")])

    /// `101동 202호`, `백일동 이백이호`, `3층`, with the house's name before it.
    private static func detail(in script: Script, at index: Int) -> (String, Int)? {
        var (at, texts, end) = (script.skip(index), [String](), index)
        if Script.isSyllable(script.letter(at)), Numeral.longest(in: script, at: at) == nil {
            var close = at
            while Script.isSyllable(script.letter(close)) { close += 1 }
            guard homes.contains(where: { script.letters[at..<close].suffix($0.count).elementsEqual($0) }) else {
                return nil
            }
            texts.append(script.said(at..<close))
            (end, at) = (close, script.skip(close))
        }
        while texts.count < 4 {
            var hit: (String, Int)?
            for numeral in Numeral.all(in: script, at: at) where numeral.style != .native && numeral.value < 10_000 {
                if let (part, close) = parts.longest(in: script, at: script.skip(numeral.end)) {
                    // `이층집` is a house of two storeys, no flat on the second.
                    if part == "층", script.letter(script.skip(close)) == 0xC9D1 { continue }
                    hit = ("\(numeral.value)\(part)", close)
                    break
                }
            }
            guard let (text, close) = hit else { break }
            texts.append(text)
            (end, at) = (close, script.skip(close))
        }
        return texts.isEmpty ? nil : (texts.joined(separator: " "), end)
    }
}
