/// A number that is said figure by figure: `일이삼 사오육 칠팔구`. Its syllables are other words too (`이사`), and mean none
/// of them.
enum Figures {
    /// So many figures in a row are a number; fewer may be a word.
    private static let least = 5
    private static let spoken = [
        "하나", "다섯", "여섯", "일곱", "여덟", "아홉", "둘", "셋", "넷", "공", "영", "빵", "일", "이", "삼", "사", "오", "육", "륙", "칠",
        "팔", "구", "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "oh",
    ]
    private static let polite: Set<String> = ["요", "이요", "번", "번이요", "번요", "입니다", "이에요", "예요", "번입니다", "please"]

    /// Whether what was said is nothing else.
    static func isAll(_ text: String) -> Bool {
        var rest = text.lowercased().filter { $0.isLetter || $0.isNumber }[...]
        var count = 0
        while let first = rest.first {
            if polite.contains(String(rest)) { break }
            if first.isNumber {
                rest = rest.dropFirst()
            } else if let word = spoken.first(where: { rest.hasPrefix($0) }) {
                rest = rest.dropFirst(word.count)
            } else {
                return false
            }
            count += 1
        }
        return count >= least
    }
}
