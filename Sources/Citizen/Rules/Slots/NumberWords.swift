/// Numbers as they are said.
enum NumberWords {
    private static let digits = Array("영일이삼사오육칠팔구")
    private static let ones = ["", "하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉"]
    private static let before = ["", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉"]
    private static let tens = ["", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔"]

    /// Sino-Korean: 35,000 is `삼만 오천`, 143 is `백사십삼`.
    static func sino(_ number: Int64) -> String {
        guard number > 0 else { return number == 0 ? "영" : "마이너스 " + sino(-number) }
        var (rest, groups) = (number, [String]())
        for unit in ["", "만", "억", "조"] where rest > 0 {
            let part = rest % 10_000
            // 만 alone is said without 일 before it.
            if part > 0 { groups.append(unit == "만" && part == 1 && rest < 10_000 ? unit : below(part) + unit) }
            rest /= 10_000
        }
        return groups.reversed().joined(separator: " ")
    }

    private static func below(_ number: Int64) -> String {
        var text = ""
        for (unit, size) in [("천", Int64(1000)), ("백", 100), ("십", 10), ("", 1)] {
            let digit = number / size % 10
            guard digit > 0 else { continue }
            if digit > 1 || size == 1 { text.append(digits[Int(digit)]) }
            text += unit
        }
        return text
    }

    /// Native, as it is counted: 3 is `셋`; from 100 on Sino-Korean.
    static func native(_ number: Int64) -> String { native(number, ones) }

    /// Native, as it stands before what is counted: `세` 개, `스무` 명, `스물두` 개.
    static func native(before number: Int64) -> String { number == 20 ? "스무" : native(number, before) }

    private static func native(_ number: Int64, _ ones: [String]) -> String {
        guard (1...99).contains(number) else { return sino(number) }
        return tens[Int(number / 10)] + ones[Int(number % 10)]
    }

    /// Digit by digit, as telephone numbers are said: 0 is `공`.
    static func digitByDigit(_ text: some StringProtocol) -> String {
        String(text.compactMap { $0.wholeNumberValue.map { $0 == 0 ? "공" : digits[$0] } })
    }

    /// Digit by digit in English: `zero one zero`.
    static func englishDigits(_ text: some StringProtocol) -> String {
        let names = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
        return text.compactMap { $0.wholeNumberValue.map { names[$0] } }.joined(separator: " ")
    }
}
