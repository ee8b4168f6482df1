/// A number as it is said at a place: native (`스물셋`), Sino-Korean (`이십육`, `삼만 오천`), in digits (`3만 5천`, `1,200`),
/// or in English.
struct Numeral: Sendable, Hashable {
    /// The number.
    let value: Int64
    /// Where it ends.
    let end: Int
    /// How it was said.
    let style: Style

    /// How a number is said.
    enum Style: Sendable, Hashable { case digits, sino, native, english }

    /// Every number that can be read at a place, the longest first: `이십일` is 21, and 20 before `일`.
    static func all(in script: Script, at index: Int) -> [Numeral] {
        let first = script.letter(index)
        if Script.isLatin(first) { return english(in: script, at: index) }
        guard Script.isSyllable(first) || Script.isDigit(first) else { return [] }
        return (sino(in: script, at: index) + native(in: script, at: index)).sorted { $0.end > $1.end }
    }

    /// The number it is where its last `이` belongs to what follows: `이십이요` is twenty-two, or twenty.
    func shorter(in script: Script) -> Int64? {
        guard style == .sino, value > 10, value % 10 == 2, script.letter(end - 1) == 0xC774,
            Politeness.end(in: script, at: end - 1) != nil
        else { return nil }
        return value - 2
    }

    /// The longest number at a place.
    static func longest(in script: Script, at index: Int) -> Numeral? { all(in: script, at: index).first }

    // MARK: Sino-Korean and digits

    private static let digits: [UInt32: Int64] = table("일이삼사오육칠팔구", from: 1)
    private static let small: [UInt32: Int64] = [
        0xC2ED: 10, 0xBC31: 100, 0xCC9C: 1000,  // 십 백 천
    ]
    private static let large: [UInt32: Int64] = [0xB9CC: 10_000, 0xC5B5: 100_000_000]  // 만 억

    private static func table(_ text: String, from start: Int64) -> [UInt32: Int64] {
        Dictionary(uniqueKeysWithValues: zip(Script.letters(text), start...))
    }

    private static func sino(in script: Script, at index: Int) -> [Numeral] {
        let first = script.letter(index)
        if first == 0xC601 || first == 0xACF5 {  // 영 공
            return [Numeral(value: 0, end: index + 1, style: .sino)]
        }
        var found: [Numeral] = []
        var (total, section, digit): (Int64, Int64, Int64?) = (0, 0, nil)
        var (lastSmall, lastLarge): (Int64, Int64) = (10_000, Int64.max)
        var (at, mayPause, style) = (index, false, Style.digits)
        while true {
            var next = at
            if mayPause, script.letter(at) == 0x20 { next = at + 1 }
            // `3 만` is one number, `3 백일동` is two.
            if next > at, Script.isDigit(script.letter(at - 1)), large[script.letter(next)] == nil { break }
            let letter = script.letter(next)
            if let value = digits[letter] {
                guard digit == nil else { break }
                (digit, mayPause, style) = (value, false, .sino)
                at = next + 1
            } else if Script.isDigit(letter) {
                guard digit == nil, let run = arabic(in: script, at: next) else { break }
                (digit, mayPause) = (run.value, true)
                at = run.end
            } else if let unit = small[letter] {
                guard unit < lastSmall, (digit ?? 1) < 10 else { break }
                section += (digit ?? 1) * unit
                (digit, lastSmall, mayPause) = (nil, unit, true)
                if !Script.isDigit(first) { style = .sino }
                at = next + 1
            } else if let unit = large[letter] {
                let part = section + (digit ?? 0)
                guard unit < lastLarge, part < 10_000, part > 0 || at == index else { break }
                total += max(part, 1) * unit
                (section, digit, lastSmall, lastLarge, mayPause) = (0, nil, 10_000, unit, true)
                if !Script.isDigit(first) { style = .sino }
                at = next + 1
            } else {
                break
            }
            found.append(Numeral(value: total + section + (digit ?? 0), end: at, style: style))
        }
        return found
    }

    /// Digits with commas between thousands, at most fifteen of them.
    static func arabic(in script: Script, at index: Int) -> (value: Int64, end: Int)? {
        var (value, at): (Int64, Int) = (0, index)
        while at < script.count {
            let letter = script.letters[at]
            if Script.isDigit(letter) {
                guard value < 100_000_000_000_000 else { return nil }
                value = value * 10 + Int64(letter - 0x30)
            } else if letter != 0x2C || at == index || !(1...3).allSatisfy({ Script.isDigit(script.letter(at + $0)) })
                || Script.isDigit(script.letter(at + 4))
            {
                break
            }
            at += 1
        }
        return at > index ? (value, at) : nil
    }

    // MARK: native

    private static let tens = Lexemes<Int64>([
        ("열", 10), ("스물", 20), ("스무", 20), ("서른", 30), ("마흔", 40), ("쉰", 50), ("예순", 60), ("일흔", 70),
        ("여든", 80), ("아흔", 90),
    ])
    private static let ones = Lexemes<Int64>([
        ("하나", 1), ("한", 1), ("둘", 2), ("두", 2), ("셋", 3), ("세", 3), ("석", 3), ("서이", 3), ("넷", 4), ("네", 4),
        ("넉", 4), ("너이", 4), ("다섯", 5), ("여섯", 6), ("일곱", 7), ("여덟", 8), ("여덜", 8), ("아홉", 9),
    ])

    private static func native(in script: Script, at index: Int) -> [Numeral] {
        guard let (ten, end) = tens.longest(in: script, at: index) else {
            guard let (one, end) = ones.longest(in: script, at: index) else { return [] }
            return [Numeral(value: one, end: end, style: .native)]
        }
        var found = [Numeral(value: ten, end: end, style: .native)]
        if let (one, end) = ones.longest(in: script, at: script.skip(end)) {
            found.append(Numeral(value: ten + one, end: end, style: .native))
        }
        return found
    }

    // MARK: English

    private static let words: Lexemes<Int64> = {
        let small = [
            "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
            "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
        ]
        let tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
        return Lexemes<Int64>(
            zip(small, Int64(0)...).map { ($0, $1) } + zip(tens, Int64(2)...).map { ($0, $1 * 10) }
                + [("hundred", 100), ("thousand", 1000), ("a hundred", 100), ("a thousand", 1000)])
    }()

    private static func english(in script: Script, at index: Int) -> [Numeral] {
        var found: [Numeral] = []
        var (total, section, at) = (Int64(0), Int64(0), index)
        while let (value, end) = words.longest(in: script, at: at), script.endsWord(end) {
            switch value {
            case 1000:
                total += max(section, 1) * 1000
                section = 0
            case 100: section = max(section, 1) * 100
            default:
                // `twenty five` is one number, `five twenty` is two.
                guard section % 100 == 0 || (section % 10 == 0 && section % 100 >= 20 && (1...9).contains(value)) else {
                    return found.reversed()
                }
                section += value
            }
            found.append(Numeral(value: total + section, end: end, style: .english))
            at = script.skip(end)
            if script.letter(at) == 0x2D { at += 1 }
        }
        return found.reversed()
    }
}
