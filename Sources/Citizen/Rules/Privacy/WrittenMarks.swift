/// What is personal by the way it is written: e-mail addresses, vehicle plates, passport numbers.
enum WrittenMarks {
    // MARK: e-mail

    static func emails(in script: Script) -> [Masking.Mark] {
        var found: [Masking.Mark] = []
        for index in 0..<script.count {
            guard let end = at.end(in: script, at: index) else { continue }
            var (low, high) = (index, end)
            if script.letter(index) == 0x40 {
                while low > 0, isLocal(script.letter(low - 1)) { low -= 1 }
                while high < script.count, isLocal(script.letter(high)) { high += 1 }
            } else {
                // Spoken: `hong 골뱅이 naver 점 com`.
                while low > 0, script.letter(low - 1) == 0x20 { low -= 1 }
                while low > 0, isLocal(script.letter(low - 1)) || Script.isSyllable(script.letter(low - 1)) { low -= 1 }
                high = word(in: script, after: high)
                while let dot = dot.end(in: script, at: script.skip(high)) { high = word(in: script, after: dot) }
            }
            while high > end, script.letter(high - 1) == 0x2E { high -= 1 }
            if low < index, high > end { found.append(.init(span: low..<high, kind: .email)) }
        }
        return found
    }

    private static let at = Lexemes(["@", "골뱅이", "앳"])
    private static let dot = Lexemes(["점", "닷", "쩜", "."])

    private static func word(in script: Script, after index: Int) -> Int {
        var at = script.skip(index)
        while at < script.count, Script.isSpoken(script.letter(at)) || [0x2E, 0x2D].contains(script.letter(at)) {
            if dot.end(in: script, at: at) != nil, Script.isSyllable(script.letter(at)) { break }
            at += 1
        }
        return at
    }

    private static func isLocal(_ letter: UInt32) -> Bool {
        Script.isLatin(letter) || Script.isDigit(letter) || [0x2E, 0x2D, 0x5F, 0x2B, 0x25].contains(letter)
    }

    // MARK: vehicle plates

    /// The letters of Korean plates (자동차등록번호판 등의 기준에 관한 고시): private, rented, commercial, delivery.
    private static let uses = Set(Script.letters("가나다라마거너더러머버서어저고노도로모보소오조구누두루무부수우주바사아자배하허호육해공국합"))

    /// `12가 3456`, `123가4567`, spoken `십이가 삼사오육`.
    static func plates(in script: Script) -> [Masking.Mark] {
        var found: [Masking.Mark] = []
        for index in 0..<script.count where uses.contains(script.letters[index]) {
            guard let low = front(in: script, before: index), let high = back(in: script, after: index + 1) else {
                continue
            }
            found.append(.init(span: low..<high, kind: .plate))
        }
        return found
    }

    /// Two or three digits directly before, or a number in words that fills its word.
    private static func front(in script: Script, before index: Int) -> Int? {
        var end = index
        if end > 0, script.letter(end - 1) == 0x20 { end -= 1 }
        var low = end
        while low > 0, Script.isDigit(script.letter(low - 1)) { low -= 1 }
        if (2...3).contains(end - low) { return low }
        guard low == end else { return nil }
        while low > 0, Script.isSyllable(script.letter(low - 1)) { low -= 1 }
        for start in low..<max(low, end) {
            let isNumber = Numeral.all(in: script, at: start).contains {
                $0.end == end && $0.style == .sino && (10...999).contains($0.value)
            }
            if isNumber
                || (2...3).contains(end - start)
                    && (start..<end).allSatisfy({ DigitWords.sino[script.letter($0)] != nil })
            {
                return start == low ? start : nil
            }
        }
        return nil
    }

    /// Four digits behind, written or said, and nothing that is counted.
    private static func back(in script: Script, after index: Int) -> Int? {
        let start = script.skip(index)
        guard start - index <= 1 else { return nil }
        var (at, count) = (start, 0)
        while let digit = DigitWords.digit(in: script, at: at), count < 5 {
            at = digit.end
            count += 1
            if Script.isSyllable(script.letter(start)), script.letter(at) == 0x20, count < 4 { at = script.skip(at) }
        }
        guard count == 4, counted.end(in: script, at: script.skip(at)) == nil else { return nil }
        return at
    }

    private static let counted = Lexemes(["원", "억", "만", "명", "개", "년", "m", "미터", "킬로", "ppm", "건"])

    // MARK: passports

    /// A letter and eight digits, or since 2021 three digits, a letter and four digits (여권법 시행규칙).
    static func passports(in script: Script) -> [Masking.Mark] {
        var found: [Masking.Mark] = []
        for index in 0..<script.count where letters.contains(script.letters[index]) && starts(script, index) {
            for pattern in ["dddddddd", "dddldddd", "ddddddd"] {
                let end = index + 1 + pattern.count
                let fits = pattern.enumerated().allSatisfy { place, kind in
                    let letter = script.letter(index + 1 + place)
                    return kind == "d" ? Script.isDigit(letter) : Script.isLatin(letter)
                }
                guard fits, !Script.isDigit(script.letter(end)), !Script.isLatin(script.letter(end)) else { continue }
                found.append(.init(span: index..<end, kind: .passport))
                break
            }
        }
        return found
    }

    private static let letters = Set(Script.letters("msrgod"))

    private static func starts(_ script: Script, _ index: Int) -> Bool {
        !Script.isLatin(script.letter(index - 1)) && !Script.isDigit(script.letter(index - 1))
    }
}
