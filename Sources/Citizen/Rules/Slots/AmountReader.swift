import Record
import Web

/// Reads money, in won: `만 오천 원`, `3만5천원`, `₩35,000`.
enum AmountReader {
    private static let units = Lexemes(["원", "won", "krw", "₩"])

    static func find(in script: Script, isBare: Bool) -> [Finding] {
        var found: [Finding] = []
        var index = 0
        while index < script.count {
            let isSigned = script.letter(index) == 0x20A9
            let start = isSigned ? script.skip(index + 1) : index
            guard script.startsWord(start) || isSigned, let hit = hit(in: script, at: start, isBare: isBare, isSigned)
            else {
                index += 1
                continue
            }
            let (value, end, weight) = hit
            let numeral = Numeral(value: value, end: end, style: .sino)
            let round = weight == 1 ? numeral.shorter(in: script) : nil
            let options = [round, value].compactMap { $0 }.map { value in
                Finding.Option(
                    value: .number(Double(value)),
                    spoken: Words("\(NumberWords.sino(value)) 원", "\(Show.count(value)) won"))
            }
            found.append(Finding(index..<end, options, weight: weight))
            index = end
        }
        return found
    }

    private static func hit(in script: Script, at index: Int, isBare: Bool, _ isSigned: Bool) -> (Int64, Int, Int)? {
        for numeral in Numeral.all(in: script, at: index) where numeral.style != .native {
            let after = script.skip(numeral.end)
            // `만 원짜리`, `원이요`; but `일 원장님` is a person.
            if let end = units.end(in: script, at: after), !isOther(script.letter(end)) {
                return (numeral.value, end, 2)
            }
            if isSigned { return (numeral.value, numeral.end, 2) }
            if isBare, Politeness.isWhole(index..<numeral.end, in: script) {
                return (numeral.value, numeral.end, 1)
            }
        }
        return nil
    }

    /// 장 님 룸 래: words that only begin with `원`.
    private static func isOther(_ letter: UInt32) -> Bool { [0xC7A5, 0xB8F8, 0xB798].contains(letter) }
}
