import Record

/// Reads telephone numbers: in digits, digit by digit in words (`공일공 일이삼사 오육칠팔`), with a part said anew
/// (`… 아니 오육칠구`).
enum PhoneReader {
    static func find(in script: Script, isAsked: Bool) -> [Finding] {
        var found: [Finding] = []
        var index = 0
        while index < script.count {
            guard script.startsWord(index), let run = DigitRun(in: script, at: index, isAsked: isAsked) else {
                index += 1
                continue
            }
            if let finding = finding(run, isAsked: isAsked) { found.append(finding) }
            index = max(run.span.upperBound, index + 1)
        }
        return found
    }

    private static func finding(_ run: DigitRun, isAsked: Bool) -> Finding? {
        let digits = run.digits
        if let groups = groups(digits) {
            return Finding(run.span, .string(groups.joined(separator: "-")), spoken(groups))
        }
        guard isAsked, digits.count >= 3 else { return nil }
        if digits.count == 13, !digits.hasPrefix("0") || run.groups.first?.count == 6 {
            return Finding(
                run.span,
                impossible: Words(
                    "주민등록번호는 말씀하지 않으셔도 됩니다. 전화번호만 말씀해 주세요.",
                    "Please do not say a resident registration number, only a phone number."))
        }
        // Without 010 in front: it is asked whether that is meant.
        if digits.count == 8, !digits.hasPrefix("0"), let groups = Self.groups("010" + digits) {
            return Finding(
                run.span,
                [
                    .init(value: .string(groups.joined(separator: "-")), spoken: spoken(groups)),
                    .init(
                        value: .string("02-\(digits.prefix(4))-\(digits.suffix(4))"),
                        spoken: spoken(["02", String(digits.prefix(4)), String(digits.suffix(4))])),
                ])
        }
        let heard = Self.spoken(run.groups)
        return Finding(
            run.span,
            impossible: Words(
                "\(heard.ko), 이렇게 들었는데 전화번호 자릿수가 맞지 않습니다. 처음부터 끝까지 다시 말씀해 주세요.",
                "I heard \(heard.en), which is not a whole phone number. Please say it again from the beginning."))
    }

    /// The groups of a Korean telephone number; nil where the digits are none.
    ///
    /// Mobile 010 and the older 011, 016–019; 02 and the area codes of three digits; 070 and 080; 050 with four digits;
    /// the nationwide numbers 15xx, 16xx and 18xx without an area code.
    static func groups(_ digits: String) -> [String]? {
        var digits = digits
        if digits.hasPrefix("8210") { digits = "0" + digits.dropFirst(2) }
        let count = digits.count
        func split(_ first: Int) -> [String] {
            let middle = count - first - 4
            return [
                String(digits.prefix(first)), String(digits.dropFirst(first).prefix(middle)), String(digits.suffix(4)),
            ]
        }
        if digits.hasPrefix("010") { return count == 11 ? split(3) : nil }
        if let mobile = Int(digits.prefix(3)), digits.hasPrefix("01") {
            return [11, 16, 17, 18, 19].contains(mobile) && (10...11).contains(count) ? split(3) : nil
        }
        if digits.hasPrefix("02") { return (9...10).contains(count) ? split(2) : nil }
        if digits.hasPrefix("050") { return (11...12).contains(count) ? split(4) : nil }
        if digits.hasPrefix("0"), let area = Int(digits.prefix(3)) {
            let known = [31, 32, 33, 41, 42, 43, 44, 51, 52, 53, 54, 55, 61, 62, 63, 64, 70, 80]
            return known.contains(area) && (10...11).contains(count) ? split(3) : nil
        }
        if count == 8, ["15", "16", "18"].contains(digits.prefix(2)) {
            return [String(digits.prefix(4)), String(digits.suffix(4))]
        }
        return nil
    }

    /// As it is read back: digit by digit, group by group.
    static func spoken(_ groups: [String]) -> Words {
        Words(
            groups.map(NumberWords.digitByDigit).joined(separator: ", "),
            groups.map(NumberWords.englishDigits).joined(separator: ", "))
    }
}

/// Digits that were said one after another, in the groups they were said in.
struct DigitRun {
    /// The groups, as they stand after every correction.
    private(set) var groups: [String] = []
    /// Where they were said.
    private(set) var span: Range<Int>

    /// All digits.
    var digits: String { groups.joined() }

    private static let joints = Lexemes(["에", "다시", "국에", "국", "번에", "의", "하고", "그리고", "dash"])
    private static let pauses = Lexemes(["음", "어", "저", "그", "아", "저기", "um", "uh"])
    private static let repairs = Lexemes([
        "아니다", "아니야", "아니요", "아니 아니", "아니고", "아니라", "아니", "아이다", "말고", "죄송", "죄송해요", "no", "sorry",
    ])

    /// Reads on as long as digits come.
    init?(in script: Script, at index: Int, isAsked: Bool) {
        span = index..<index
        var (at, group, isRepair) = (index, "", false)
        if script.letter(at) == 0x2B { at += 1 }
        guard let first = DigitWords.digit(in: script, at: at), Self.begins(script, at, first.end) else { return nil }
        reading: while at < script.count {
            if let (digit, end) = DigitWords.digit(in: script, at: at), Self.begins(script, at, end),
                !DigitWords.isEnding(in: script, at: at, after: group, of: groups.joined() + group)
            {
                group += String(digit)
                at = end
                span = index..<end
                continue
            }
            var next = at
            // Joints, pauses and signs between two groups.
            while next < script.count {
                if let end = Self.repairs.end(in: script, at: next) {
                    close(&group, &isRepair)
                    isRepair = true
                    next = end
                } else if let end = Self.joints.end(in: script, at: next) ?? Self.pauses.end(in: script, at: next) {
                    next = end
                } else if [0x20, 0x2D, 0x2C, 0x2E, 0x28, 0x29].contains(script.letter(next)) {
                    next += 1
                } else {
                    break
                }
            }
            guard next > at, let following = DigitWords.digit(in: script, at: next),
                Self.begins(script, next, following.end)
            else { break reading }
            close(&group, &isRepair)
            at = next
        }
        close(&group, &isRepair)
        guard digits.count >= (isAsked ? 1 : 8) else { return nil }
    }

    /// A digit stands among digits: `이` of `이번에` and `구` of `구청` begin no group of their own.
    private static func begins(_ script: Script, _ index: Int, _ end: Int) -> Bool {
        guard Script.isSyllable(script.letter(index)) else { return true }
        if !script.startsWord(index) { return true }
        var (at, count) = (index, 0)
        while let next = DigitWords.digit(in: script, at: at) {
            count += 1
            at = next.end
        }
        return count >= 2 || script.endsWord(at) || joints.end(in: script, at: at) != nil
            || Politeness.end(in: script, at: at) != nil
    }

    /// A group is over; one that corrects takes the place of the last of its length.
    private mutating func close(_ group: inout String, _ isRepair: inout Bool) {
        defer { group = "" }
        guard !group.isEmpty else { return }
        if isRepair, let last = groups.last {
            isRepair = false
            // Said anew from the beginning.
            if group.count >= 9 || (group.hasPrefix("01") && group.count == 3 && groups.first != last) {
                groups = [group]
                return
            }
            if last.count >= group.count {
                groups[groups.count - 1] = String(last.dropLast(group.count)) + group
                return
            }
        }
        groups.append(group)
    }
}
