/// Numbers that are a person's: telephone, resident registration, card, account, driving licence; written or said digit by
/// digit.
enum NumberMarks {
    static func find(in script: Script) -> [Masking.Mark] {
        var found: [Masking.Mark] = []
        var index = 0
        while index < script.count {
            guard let run = Run(in: script, at: index) else {
                index += 1
                continue
            }
            if let kind = kind(of: run, in: script) { found.append(.init(span: run.span, kind: kind)) }
            index = run.span.upperBound
        }
        return found
    }

    /// Digits that stand together, with what joins their groups.
    struct Run {
        private(set) var groups: [String] = []
        private(set) var span: Range<Int>
        /// Whether any digit was said in words.
        private(set) var isSpoken = false
        /// What joins the groups, one sign each: a hyphen, a space, a point.
        private(set) var joints: [UInt32] = []

        var digits: String { groups.joined() }

        private static let words = Lexemes(["에", "다시", "국에", "국", "하이픈", "대시", "의"])

        init?(in script: Script, at index: Int) {
            guard !Script.isDigit(script.letter(index - 1)), let first = Self.digit(in: script, at: index) else {
                return nil
            }
            span = index..<index
            var (at, group) = (index, "")
            _ = first
            while at < script.count {
                if let digit = Self.digit(in: script, at: at),
                    !DigitWords.isEnding(in: script, at: at, after: group, of: groups.joined() + group)
                {
                    group += String(digit.digit)
                    if !Script.isDigit(script.letter(at)) { isSpoken = true }
                    at = digit.end
                    span = index..<at
                    continue
                }
                var (next, joint) = (at, UInt32(0x20))
                while next < script.count {
                    let letter = script.letter(next)
                    if letter == 0x20 {
                        next += 1
                    } else if [0x2D, 0x2E, 0x29, 0x28, 0x7E].contains(letter) {
                        (joint, next) = (letter, next + 1)
                    } else if letter == 0x2C, script.letter(next + 1) == 0x20 {
                        // A comma with a space parts what is said; without one it parts thousands.
                        next += 1
                    } else if let end = Self.words.end(in: script, at: next), !group.isEmpty {
                        next = end
                    } else {
                        break
                    }
                }
                // `010-1234-5678, 820101-…`: two numbers.
                if script.letter(at) == 0x2C, PhoneReader.groups(digits + group) != nil { break }
                guard next > at, next - at <= 4, Self.digit(in: script, at: next) != nil else { break }
                groups.append(group)
                joints.append(joint)
                (group, at) = ("", next)
            }
            if !group.isEmpty { groups.append(group) }
        }

        /// A digit; a syllable only where others follow it or stand before it, so that `이` of `이 번호` is none.
        private static func digit(in script: Script, at index: Int) -> (digit: Int, end: Int)? {
            guard let digit = DigitWords.digit(in: script, at: index) else { return nil }
            let letter = script.letter(index)
            if Script.isDigit(letter) { return digit }
            if Script.isLatin(letter) { return script.startsWord(index) && script.endsWord(digit.end) ? digit : nil }
            let isBetween =
                DigitWords.digit(in: script, at: digit.end) != nil
                || (index > 0 && DigitWords.sino[script.letter(index - 1)] != nil)
                || (script.startsWord(index) && script.endsWord(digit.end))
                || digit.end - index > 1
            return isBetween ? digit : nil
        }
    }

    private static let banks = ["은행", "농협", "계좌", "통장", "뱅크", "새마을금고", "우체국", "신협", "입금"].map(Script.letters)
    private static let units = Lexemes(["원", "년", "명", "개", "번지", "ppm", "건", "km", "kg", "m", "%", "번 버스"])

    /// Whose number it is; nil where it is nobody's.
    private static func kind(of run: Run, in script: Script) -> Masking.Kind? {
        let (digits, lengths) = (run.digits, run.groups.map(\.count))
        let count = digits.count
        guard count >= 7 else { return nil }
        if isResident(run) { return .resident }
        if PhoneReader.groups(digits) != nil { return .phone }
        if digits.hasPrefix("01"), (7...13).contains(count) { return .phone }
        if lengths == [4, 4, 4, 4] || lengths == [4, 6, 5] || count == 16 { return .card }
        if lengths == [2, 2, 6, 2] || lengths == [2, 6, 2] { return .licence }
        if isDate(run) || units.end(in: script, at: script.skip(run.span.upperBound)) != nil { return nil }
        guard count >= 8 else {
            // Seven digits are a local number where they are said as one.
            return lengths == [3, 4] && (run.isSpoken || run.joints == [0x2D]) ? .phone : nil
        }
        let before = script.letters[max(0, run.span.lowerBound - 12)..<run.span.lowerBound]
        let isBank = banks.contains { bank in
            before.indices.contains { before[$0...].starts(with: bank) }
        }
        if isBank || (10...14).contains(count) && lengths.count >= 3 { return .account }
        if lengths == [4, 4] { return .phone }
        return .number
    }

    /// Six digits that are a date of birth and seven that begin with 0–9 for sex and century (주민등록법 시행규칙); also the
    /// numbers of foreigners.
    private static func isResident(_ run: Run) -> Bool {
        let digits = run.digits.compactMap(\.wholeNumberValue)
        guard digits.count == 13, run.groups.count <= 6 else { return false }
        let (month, day) = (digits[2] * 10 + digits[3], digits[4] * 10 + digits[5])
        return (1...12).contains(month) && (1...31).contains(day) || run.groups.map(\.count) == [6, 7]
    }

    /// `2026-11-21`, `2026. 11. 21`, `20261121`, also with a time behind.
    private static func isDate(_ run: Run) -> Bool {
        let numbers = run.groups.compactMap { Int($0) }
        guard !run.isSpoken, let year = numbers.first else { return false }
        if numbers.count >= 3, (1900...2200).contains(year), (1...12).contains(numbers[1]),
            (1...31).contains(numbers[2])
        {
            return true
        }
        let digits = run.groups[0]
        guard digits.count == 8, run.groups.count == 1, let first = Int(digits.prefix(4)),
            (1990...2100).contains(first),
            let month = Int(digits.dropFirst(4).prefix(2)), let day = Int(digits.suffix(2))
        else { return false }
        return (1...12).contains(month) && (1...31).contains(day)
    }
}
