import District
import Record

/// A line (or one field of it) that is not taken: where, which field, which rule. Its neighbours are.
struct Rejection: Error, Sendable, Hashable {
    /// What a line can break.
    enum Rule: String, Sendable, CaseIterable {
        case syntax, number, range, notFinite = "not-finite", text, timestamp, missing, tooLong = "too-long", columns
        case empty, name, notYours = "not-yours"
    }

    /// The line of the input, from 1.
    let line: Int
    /// The field or tag, cut short and without control characters: it is the sender's text as well.
    let field: String
    let rule: Rule
    /// What stood there, cut short and without control characters.
    let text: String

    init(line: Int, field: String, _ rule: Rule, _ text: String = "") {
        self.line = line
        self.field = Self.shown(field)
        self.rule = rule
        self.text = Self.shown(text)
    }

    /// At most 80 signs that can be shown: no control characters, none that turn the direction of writing.
    private static func shown(_ text: String) -> String {
        // An input of nothing but faults should not cost more than a good one: most texts need no look at Unicode.
        if text.utf8.count <= 80, text.utf8.allSatisfy({ $0 >= 32 && $0 < 127 }) { return text }
        let printable = text.unicodeScalars.lazy.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned: false
            default: true
            }
        }
        return String(String.UnicodeScalarView(printable.prefix(80)))
    }

    /// What a person reads.
    var words: Words {
        switch rule {
        case .syntax: Words("줄의 형식이 맞지 않습니다.", "The line is not well formed.")
        case .number: Words("숫자가 아닙니다.", "This is no number.")
        case .range: Words("다룰 수 있는 범위를 넘는 숫자입니다.", "The number is out of range.")
        case .notFinite: Words("NaN이나 무한대는 저장하지 않습니다.", "NaN and infinity are not stored.")
        case .text: Words("글자 값은 측정값이 아닙니다.", "A text is no reading.")
        case .timestamp: Words("시각을 읽을 수 없습니다.", "The time cannot be read.")
        case .missing: Words("필요한 항목이 없습니다.", "Something needed is missing.")
        case .tooLong: Words("줄이 너무 깁니다.", "The line is too long.")
        case .columns: Words("열의 수가 머리글과 다릅니다.", "The number of columns differs from the heading's.")
        case .empty: Words("측정값이 없습니다.", "There is no reading.")
        case .name:
            Words("이름에 쓸 수 없는 문자가 있거나 이름이 너무 깁니다.", "The name is too long or has a character that cannot be used.")
        case .notYours: Words("이 설비에 값을 보낼 권한이 없습니다.", "Values for this thing may not be sent with this token.")
        }
    }

    /// As a fault of the frame.
    var fault: Refusal.Fault { .init(field: field, line: line, rule: rule.rawValue, words: words) }
}
