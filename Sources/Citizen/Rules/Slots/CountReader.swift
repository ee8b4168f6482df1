import Record

/// Reads how many: a number with what is counted (`세 통`), or a bare one where it was asked for.
struct CountReader {
    /// The unit of the form (UCUM code), where it has one.
    let unit: String?

    /// What things are counted in, in Korean and English.
    private static let counters = Lexemes<String>(
        [
            "개", "통", "장", "명", "번", "권", "대", "건", "부", "매", "분", "사람", "회", "차례", "곳", "군데", "마리", "가지",
            "병", "상자", "박스", "봉지", "포대", "켤레", "벌", "세트", "줄", "짝", "자루", "그루", "송이", "인분", "인", "가구",
            "세대", "점", "필지", "살", "쪽", "판", "짐", "차", "트럭",
        ].map { ($0, $0) }
            + [
                "copies", "copy", "pieces", "piece", "people", "persons", "person", "items", "item", "times", "tickets",
                "ticket", "boxes", "box", "bags", "bag", "certificates", "certificate", "documents", "document",
                "sheets", "sheet",
            ].map { ($0, "") })
    /// Units of forms as they are said, by their code.
    private static let units: [String: [String]] = [
        "min": ["분", "minutes", "minute"], "h": ["시간", "hours", "hour"], "d": ["일", "days", "day"],
        "m": ["미터", "m", "meters", "metres"], "cm": ["센티미터", "센티", "cm"], "kg": ["킬로그램", "킬로", "kg"],
        "t": ["톤", "t"], "L": ["리터", "l"], "l": ["리터", "l"], "%": ["퍼센트", "프로", "%", "percent"],
        "Cel": ["도", "°c", "degrees"], "dB": ["데시벨", "db"], "m2": ["제곱미터", "평방미터", "m²"], "a": ["년", "살", "세"],
        "mo": ["개월", "달"], "wk": ["주"],
    ]
    /// What a number is that is no count: hours, days, money, places.
    private static let others = Lexemes([
        "시", "월", "일", "년", "원", "층", "호", "동", "번지", "길", "로", "단지", "학년", "주", "개월", "달", "구", "반",
        "미터", "킬로", "리터", "도", "퍼센트", "동네", "째", "번째", "번 버스", "번 출구", "am", "pm", "o'clock", "차선",
        "-", ":", "/",
    ])
    /// What may stand directly behind a bare number.
    private static let tails = Lexemes([
        "이요", "요", "이에요", "예요", "에요", "입니다", "이오", "이야", "야", "만", "이면", "면", "로", "으로", "을", "를", "은",
        "정도", "쯤", "씩", "하고", "이랑", "다", "인데", "인데요", "이고", "이고요", "입니더", "예", "이예", "하이소",
    ])

    func find(in script: Script, isBare: Bool, range: ClosedRange<Int64>) -> [Finding] {
        read(in: script, isBare: isBare) { number, span, spoken, weight in
            let whole = Int64(exactly: number)
            guard let whole, range.contains(whole) else {
                return Finding(
                    span, impossible: Self.bounds("\(range.lowerBound)", "\(range.upperBound)"), weight: weight)
            }
            return Finding(span, .number(number), spoken, weight: weight)
        }
    }

    func find(in script: Script, isBare: Bool, range: ClosedRange<Double>) -> [Finding] {
        read(in: script, isBare: isBare) { number, span, spoken, weight in
            guard range.contains(number) else {
                let (low, high) = (JSON.number(range.lowerBound), JSON.number(range.upperBound))
                return Finding(span, impossible: Self.bounds(low.canonicalText, high.canonicalText), weight: weight)
            }
            return Finding(span, .number(number), spoken, weight: weight)
        }
    }

    private static func bounds(_ low: String, _ high: String) -> Words {
        Words("\(low)에서 \(high) 사이의 숫자로 말씀해 주세요.", "Please say a number from \(low) to \(high).")
    }

    private func read(
        in script: Script, isBare: Bool, _ finding: (Double, Range<Int>, Words, Int) -> Finding
    ) -> [Finding] {
        var found: [Finding] = []
        var index = 0
        let own = unit.flatMap { Self.units[$0] }.map { Lexemes<String>($0.map { word in (word, word) }) }
        while index < script.count {
            guard script.startsWord(index), let hit = hit(in: script, at: index, own: own, isBare: isBare) else {
                index += 1
                continue
            }
            if let round = hit.round {
                // Both may be meant: it is asked.
                found.append(finding(round.number, index..<hit.end, round.spoken, hit.weight))
            }
            found.append(finding(hit.number, index..<hit.end, hit.spoken, hit.weight))
            index = max(hit.end, index + 1)
        }
        return found
    }

    private struct Hit {
        let number: Double
        let end: Int
        let spoken: Words
        let weight: Int
        /// Ten or twenty, where `이` may belong to `이요`.
        var round: (number: Double, spoken: Words)?
    }

    private func hit(in script: Script, at index: Int, own: Lexemes<String>?, isBare: Bool) -> Hit? {
        for numeral in Numeral.all(in: script, at: index) {
            let (number, end) = fraction(numeral, in: script)
            let after = script.skip(end)
            if let (word, counted) = own?.longest(in: script, at: after) {
                return Hit(number: number, end: counted, spoken: spoken(number, numeral, word, isOwn: true), weight: 2)
            }
            let other = Self.others.end(in: script, at: after)
            if let (counter, counted) = Self.counters.longest(in: script, at: after), counted >= other ?? 0 {
                guard unit == nil || isBare,
                    counter != "번" || numeral.style == .native || (isBare && numeral.style == .digits)
                else { continue }
                // `이 사람`, `이 건`: this one, not two.
                if end == index + 1, script.letter(index) == 0xC774, after > end { continue }
                // `두 개도 없어요`, `한 번도`: that none is meant.
                if script.letter(counted) == 0xB3C4 { continue }
                // `사람` is no `사` with a counter, `대구` no `대`.
                guard counter.isEmpty ? script.endsWord(counted) : Self.fits(script, counted) else { continue }
                return Hit(
                    number: number, end: counted, spoken: spoken(number, numeral, counter, isOwn: false), weight: 2)
            }
            // A tail (`다`, `로`) wins over a unit that begins alike only where the word ends with it.
            guard isBare, script.letter(end) != 0xB3C4, Self.standsAlone(numeral, index..<end, in: script) else {
                continue
            }
            let tail = Self.tails.end(in: script, at: end) ?? end
            guard script.endsWord(tail), other == nil || (tail > end && script.endsWord(tail)) else { continue }
            let round = numeral.shorter(in: script).map { value in
                let number = Double(value)
                return (number: number, spoken: spoken(number, numeral, "", isOwn: false))
            }
            return Hit(
                number: number, end: end, spoken: spoken(number, numeral, "", isOwn: false), weight: 1, round: round)
        }
        return nil
    }

    /// Whether a number without a counter is one: `네` is yes, and `이`, `일` or `만` among other words are none.
    static func standsAlone(_ numeral: Numeral, _ span: Range<Int>, in script: Script) -> Bool {
        guard numeral.style != .digits else { return true }
        if numeral.style == .native, ["한", "두", "세", "네", "석", "넉", "무"].contains(script.said(span).suffix(1)) {
            return false
        }
        return span.count > 1 || Politeness.isWhole(span, in: script)
    }

    /// Whether the word ends after a counter, or goes on with a particle.
    private static func fits(_ script: Script, _ index: Int) -> Bool {
        guard !script.endsWord(index) else { return true }
        return follows.end(in: script, at: index) != nil || tails.end(in: script, at: index) != nil
    }
    private static let follows = Lexemes([
        "가", "이", "은", "는", "도", "를", "을", "만", "로", "의", "에", "쯤", "정도", "씩", "까지", "이상", "이나", "나", "떼",
        "뽑", "발급", "신청", "주", "줘", "말고", "아니", "해", "버", "필요", "있", "예약", "부탁", "하고", "이랑", "랑", "면",
    ])

    /// With a fraction: `3.5`, `삼 점 오`, `세 시간 반` is another reader's.
    private func fraction(_ numeral: Numeral, in script: Script) -> (Double, Int) {
        let value = Double(numeral.value)
        if numeral.style == .digits, script.letter(numeral.end) == 0x2E,
            let part = Numeral.arabic(in: script, at: numeral.end + 1)
        {
            let digits = script.said(numeral.end + 1..<part.end).filter(\.isNumber).count
            return (value + Double(part.value) / Self.power(digits), part.end)
        }
        let point = script.skip(numeral.end)
        if numeral.style == .sino, script.letter(point) == 0xC810 {
            let start = script.skip(point + 1)
            var (at, part, digits) = (start, Int64(0), 0)
            while let digit = DigitWords.sino[script.letter(at)], digits < 6 {
                part = part * 10 + Int64(digit)
                digits += 1
                at += 1
            }
            if digits > 0 { return (value + Double(part) / Self.power(digits), at) }
        }
        return (value, numeral.end)
    }

    private static func power(_ digits: Int) -> Double { (0..<digits).reduce(1.0) { power, _ in power * 10 } }

    /// As it is read back: native with what is counted (`세 통`), Sino-Korean with a unit (`삼십 분`).
    private func spoken(_ number: Double, _ numeral: Numeral, _ counter: String, isOwn: Bool) -> Words {
        let plain = JSON.number(number).canonicalText
        guard let whole = Int64(exactly: number) else {
            return Words(counter.isEmpty ? plain : "\(plain) \(counter)", plain)
        }
        let english = isOwn && counter.allSatisfy(\.isASCII) ? "\(plain) \(counter)" : plain
        if counter.isEmpty || counter.allSatisfy(\.isASCII) {
            return Words(unit == nil && (1...20).contains(whole) ? NumberWords.native(whole) : plain, english)
        }
        let isNative = counter == "시간" || counter == "살" || (!isOwn && !["인분", "인", "회", "세"].contains(counter))
        let words = isNative ? NumberWords.native(before: whole) : NumberWords.sino(whole)
        return Words("\(words) \(counter)", english)
    }
}

/// Digits as they are said one by one.
enum DigitWords {
    /// One syllable each: 공 영 일 이 삼 사 오 육 칠 팔 구, and 륙 after another.
    static let sino: [UInt32: Int] = {
        var table = Dictionary(uniqueKeysWithValues: zip(Script.letters("영일이삼사오육칠팔구"), 0...))
        for (letter, digit) in zip(Script.letters("공빵륙"), [0, 0, 6]) { table[letter] = digit }
        return table
    }()

    /// Words of one digit: native and English.
    static let words = Lexemes<Int>([
        ("하나", 1), ("둘", 2), ("셋", 3), ("넷", 4), ("다섯", 5), ("여섯", 6), ("일곱", 7), ("여덟", 8), ("여덜", 8),
        ("아홉", 9), ("zero", 0), ("oh", 0), ("one", 1), ("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6),
        ("seven", 7), ("eight", 8), ("nine", 9), ("제로", 0),
    ])

    /// Whether `이` ends what was said (`오육칠팔이에요`, `오육칠팔이 아니라`) and is no digit: behind a group of four, or
    /// a whole number, with no digit after it.
    static func isEnding(in script: Script, at index: Int, after group: String, of digits: String) -> Bool {
        guard script.letter(index) == 0xC774, digit(in: script, at: index + 1) == nil else { return false }
        return group.count == 4 || PhoneReader.groups(digits) != nil
    }

    /// The digit at a place and where it ends.
    static func digit(in script: Script, at index: Int) -> (digit: Int, end: Int)? {
        let letter = script.letter(index)
        if Script.isDigit(letter) { return (Int(letter - 0x30), index + 1) }
        if let word = words.longest(in: script, at: index) { return (word.value, word.end) }
        return sino[letter].map { ($0, index + 1) }
    }
}
