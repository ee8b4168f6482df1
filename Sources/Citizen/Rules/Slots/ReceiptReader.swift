import Record

/// Reads the number of a receipt as people say it: `T-100003`, `티 일공공공공삼`, `T에 십만삼`, `일공공공공삼번이요`,
/// `이육일일이일에 육일삼구삼구`, `261121-613939`.
enum ReceiptReader {
    static func find(in script: Script, isAsked: Bool) -> [Finding] {
        var found: [Finding] = []
        var index = 0
        while index < script.count {
            guard script.startsWord(index), let hit = read(in: script, at: index, isAsked: isAsked) else {
                index += 1
                continue
            }
            found.append(hit)
            index = max(hit.span.upperBound, index + 1)
        }
        return found
    }

    private static let letters = Lexemes(["티에", "티 에", "t에", "티의", "t", "티"])
    /// What makes a number of so many figures a receipt's where none was asked for.
    private static let lead = Lexemes(["접수 번호는", "접수 번호가", "접수 번호", "receipt number", "request number", "request"])

    private static func read(in script: Script, at index: Int, isAsked: Bool) -> Finding? {
        if let end = lead.end(in: script, at: index),
            let hit = read(in: script, at: script.skip(end), isAsked: true)
        {
            return hit
        }
        if let end = letters.end(in: script, at: index) {
            var at = end
            while [0x20, 0x2D].contains(script.letter(at)), at < script.count { at += 1 }
            if let (digits, close) = figures(in: script, at: at), (4...9).contains(digits.count) {
                return finding("T-\(digits)", index..<close, weight: 3)
            }
        }
        // The city's own numbers may have letters among their figures: `1AA-2611-0123456`.
        if isAsked, let coded = coded(in: script, at: index) { return coded }
        guard let (digits, close) = figures(in: script, at: index) else { return nil }
        if digits.count == 12 {
            return finding("\(digits.prefix(6))-\(digits.suffix(6))", index..<close, weight: 3)
        }
        guard isAsked, (4...9).contains(digits.count) else { return nil }
        return finding(digits, index..<close, weight: 2)
    }

    private static func finding(_ number: String, _ span: Range<Int>, weight: Int) -> Finding {
        Finding(span, .string(number), Words(number, number), weight: weight)
    }

    /// Letters and figures in one word.
    private static func coded(in script: Script, at index: Int) -> Finding? {
        var end = index
        while Script.isDigit(script.letter(end)) || Script.isLatin(script.letter(end))
            || script.letter(end) == 0x2D && end > index
        {
            end += 1
        }
        let text = script.said(index..<end).uppercased()
        guard text.count(where: \.isNumber) >= 4, text.contains(where: \.isLetter), text.count <= 40 else { return nil }
        return finding(text, index..<end, weight: 3)
    }

    /// Figures as they are written, as they are said one by one, or as one number (`십만삼`), up to `번`; the joint between
    /// two groups may be a sign or `에`.
    private static func figures(in script: Script, at index: Int) -> (digits: String, end: Int)? {
        var (at, end, digits) = (index, index, "")
        while at < script.count {
            if let numeral = Numeral.longest(in: script, at: at), numeral.style == .sino, numeral.value >= 10,
                (at..<numeral.end).contains(where: { units.contains(script.letter($0)) })
            {
                digits += "\(numeral.value)"
                (at, end) = (numeral.end, numeral.end)
            } else if let digit = DigitWords.digit(in: script, at: at) {
                // `…오이요`: the last `이` belongs to what is polite.
                if script.letter(at) == 0xC774, digits.count >= 4, digits.count != 11,
                    Politeness.end(in: script, at: at) != nil
                {
                    break
                }
                digits += "\(digit.digit)"
                (at, end) = (digit.end, digit.end)
            } else if [0x20, 0x2D, 0x2C].contains(script.letter(at)), !digits.isEmpty {
                at += 1
            } else if script.letter(at) == 0xC5D0, !digits.isEmpty, digits.count == 6 {
                at += 1
            } else {
                break
            }
        }
        return digits.isEmpty || digits.count > 14 ? nil : (digits, end)
    }

    /// Ten, hundred, thousand, ten thousand: a number read as one.
    private static let units = Set(Script.letters("십백천만"))
}
