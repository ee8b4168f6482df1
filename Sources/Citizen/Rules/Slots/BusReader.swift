import Record

/// Reads the number of a bus line: `백사십삼 번`, `143`, `마을버스 3번`, `급행 삼 번`, `1000-1`.
enum BusReader {
    /// Kinds of lines whose name belongs to the number.
    private static let kinds = Lexemes<String>([
        ("마을버스", "마을"), ("마을", "마을"), ("급행버스", "급행"), ("급행", "급행"), ("순환버스", "순환"), ("순환", "순환"),
        ("북구", "북구"), ("동구", "동구"), ("남구", "남구"), ("서구", "서구"), ("중구", "중구"), ("수성", "수성"), ("달서", "달서"),
        ("칠곡", "칠곡"), ("성서", "성서"), ("가창", "가창"), ("팔공", "팔공"), ("직행", "직행"), ("심야", "심야"),
    ])
    private static let plain = Lexemes([
        "시내버스", "간선버스", "간선", "지선버스", "지선", "좌석버스", "좌석", "일반버스", "버스", "bus number", "bus no.", "bus",
        "line", "route", "number",
    ])
    /// What a number is that is no line's: places and counts.
    private static let others = Lexemes([
        "번 출구", "번 창구", "번지", "번째", "번길", "번 국도", "번방", "시", "분", "월", "일", "년", "원", "층", "호", "개", "통",
        "명", "장", "정거장", "정류장",
    ])

    static func find(in script: Script, isBare: Bool) -> [Finding] {
        var found: [Finding] = []
        var index = 0
        while index < script.count {
            guard script.startsWord(index), let (finding, end) = line(in: script, at: index, isBare: isBare) else {
                index += 1
                continue
            }
            found.append(finding)
            index = end
        }
        return found
    }

    private static func line(in script: Script, at index: Int, isBare: Bool) -> (Finding, Int)? {
        var (at, kind, isNamed) = (index, "", false)
        if let (name, end) = kinds.longest(in: script, at: at) {
            (kind, at) = (name, script.skip(end))
            if let bus = plain.end(in: script, at: at) { at = script.skip(bus) }
            isNamed = true
        } else if let end = plain.end(in: script, at: at) {
            (at, isNamed) = (script.skip(end), true)
        } else if Script.isLatin(script.letter(at)), Script.isDigit(script.letter(at + 1)) {
            (kind, at) = (script.said(at..<at + 1).uppercased(), at + 1)
        }
        guard let (number, end) = number(in: script, at: at), script.reads(thisOne, at: at) == nil else { return nil }
        var close = end
        var branch: Int64?
        // A branch of a line: `1000-1`, `천 다시 일`.
        let joint = script.skip(end)
        if script.letter(joint) == 0x2D, let part = Numeral.longest(in: script, at: script.skip(joint + 1)) {
            (branch, close) = (part.value, part.end)
        } else if let dash = script.reads(again, at: joint),
            let part = Numeral.longest(in: script, at: script.skip(dash)), part.style != .native
        {
            (branch, close) = (part.value, part.end)
        }
        let after = script.skip(close)
        if others.end(in: script, at: after) != nil, script.reads(counter, at: after).map({ isBus(script, $0) }) != true
        {
            return nil
        }
        var weight = isNamed ? 2 : 1
        if let end = script.reads(counter, at: after) {
            (close, weight) = (end, 2)
        } else if let end = plain.end(in: script, at: after) {
            (close, weight) = (end, 2)
        } else if !isBare, !isNamed {
            return nil
        } else if !script.endsWord(close), Politeness.end(in: script, at: close) == nil {
            return nil
        } else if close - index == 1, !Script.isDigit(script.letter(index)),
            !Politeness.isWhole(index..<close, in: script)
        {
            return nil
        }
        let span = index..<close
        guard (1...9999).contains(number), (branch ?? 1) > 0 else {
            return (
                Finding(span, impossible: Words("그런 번호의 버스는 없습니다.", "There is no bus of that number."), weight: weight),
                close
            )
        }
        let numeral = Numeral(value: number, end: close, style: .sino)
        let round = weight == 1 && branch == nil ? numeral.shorter(in: script) : nil
        let options = [round, number].compactMap { $0 }.map { option(kind, $0, branch) }
        return (Finding(span, options, weight: weight), close)
    }

    /// A line as the form takes it, and as it is read back.
    private static func option(_ kind: String, _ number: Int64, _ branch: Int64?) -> Finding.Option {
        let value = kind + "\(number)" + (branch.map { "-\($0)" } ?? "")
        let tail = branch.map { " 다시 \(NumberWords.sino($0))" } ?? ""
        let head = kind.isEmpty ? "" : (kind == "마을" ? "마을버스" : kind) + " "
        return .init(
            value: .string(value), spoken: Words("\(head)\(NumberWords.sino(number))\(tail) 번", "bus \(value)"))
    }

    private static let counter = Script.letters("번")
    /// This one, hardly ever the second.
    private static let thisOne = Script.letters("이번")
    private static let again = Script.letters("다시")

    /// Whether `번` goes on as a bus: not `번지`, `번 출구`.
    private static func isBus(_ script: Script, _ end: Int) -> Bool {
        others.end(in: script, at: end - 1) == nil
    }

    /// A number, or digits said one by one: `일사삼`.
    private static func number(in script: Script, at index: Int) -> (Int64, Int)? {
        var (at, value, count) = (index, Int64(0), 0)
        while count < 5, let digit = DigitWords.sino[script.letter(at)] {
            value = value * 10 + Int64(digit)
            count += 1
            at += 1
        }
        let numeral = Numeral.all(in: script, at: index).first { $0.style != .native }
        if count >= 2, at > numeral?.end ?? 0 { return (value, at) }
        return numeral.map { ($0.value, $0.end) }
    }
}
