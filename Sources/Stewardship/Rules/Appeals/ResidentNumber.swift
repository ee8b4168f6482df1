/// Resident registration numbers in what somebody writes: the law lets the house keep none that it has no ground for
/// (개인정보 보호법 제24조의2), so they are taken out before anything is kept.
enum ResidentNumber {
    /// What stands where one stood.
    static let mark = "[주민등록번호]"

    /// The text without such numbers: six digits that are a birthday and seven that begin with a digit for sex and century
    /// (주민등록법 시행규칙 제2조), also of foreigners, with or without a hyphen, spaces or points between, also in the wide
    /// digits of Korean keyboards.
    static func masked(_ text: String) -> String {
        let letters = Array(text)
        var (kept, index) = ("", 0)
        while index < letters.count {
            let isBegun = index > 0 && digit(letters[index - 1]) != nil
            if !isBegun, let end = end(of: letters, from: index) {
                kept += mark
                index = end
            } else {
                kept.append(letters[index])
                index += 1
            }
        }
        return kept
    }

    /// Where a number that begins here ends; nil where none does.
    private static func end(of letters: [Character], from start: Int) -> Int? {
        var (digits, index, gap) = ([Int](), start, 0)
        while index < letters.count, digits.count < 13 {
            if let digit = digit(letters[index]) {
                digits.append(digit)
                gap = 0
            } else if !digits.isEmpty, gap < 3, joints.contains(letters[index]) {
                gap += 1
            } else {
                return nil
            }
            index += 1
        }
        guard digits.count == 13, index == letters.count || digit(letters[index]) == nil else { return nil }
        let (month, day) = (digits[2] * 10 + digits[3], digits[4] * 10 + digits[5])
        return (1...12).contains(month) && (1...31).contains(day) ? index : nil
    }

    private static let joints: Set<Character> = ["-", " ", ".", "–", "—", "‐", "－", "ㅡ", "~", "/"]

    private static func digit(_ letter: Character) -> Int? {
        guard let value = letter.wholeNumberValue, (0...9).contains(value), letter.unicodeScalars.count == 1,
            let scalar = letter.unicodeScalars.first,
            (0x30...0x39).contains(scalar.value) || (0xFF10...0xFF19).contains(scalar.value)
        else { return nil }
        return value
    }
}
