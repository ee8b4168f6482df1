import District
import Record
import Series

/// A line that is not taken: where, which field, which rule. Its neighbours are.
struct Rejection: Error, Sendable, Hashable {
    /// What a line can break.
    enum Rule: String, Sendable {
        case syntax, number, notFinite = "not-finite", text, timestamp, missing, tooLong = "too-long", columns, empty
        case name, notYours = "not-yours"
    }

    /// The line of the input, from 1.
    let line: Int
    /// The field or tag.
    let field: String
    let rule: Rule
    /// What stood there, cut short and without control characters.
    let text: String

    init(line: Int, field: String, _ rule: Rule, _ text: String = "") {
        self.line = line
        self.field = field
        self.rule = rule
        self.text = String(
            String.UnicodeScalarView(text.unicodeScalars.prefix(80).filter { $0.value >= 32 && $0.value != 127 }))
    }

    /// What a person reads.
    var words: Words {
        switch rule {
        case .syntax: Words("줄의 형식이 맞지 않습니다.", "The line is not well formed.")
        case .number: Words("숫자가 아닙니다.", "This is no number.")
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

/// What a parser made of an input.
struct Parsed: Sendable, Hashable {
    var samples: [Sample] = []
    var rejections: [Rejection] = []
}

/// Names that series may bear: letters, digits and a few signs, so that they read well in addresses and topics.
enum SeriesName {
    static func isSound(_ name: some StringProtocol) -> Bool {
        (1...100).contains(name.utf8.count)
            && name.unicodeScalars.allSatisfy { scalar in
                scalar.value >= 128 ? scalar.properties.isAlphabetic : allowed.contains(scalar)
            }
    }

    private static let allowed = Set(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:".unicodeScalars)

    /// A heading or field key as a property: lower case, with underscores for what cannot stand in a name.
    static func property(_ text: some StringProtocol) -> String {
        var out = ""
        var previousIsLower = false
        for character in text {
            if character.isLetter || character.isNumber {
                if character.isUppercase, previousIsLower { out.append("_") }
                out += character.lowercased()
                previousIsLower = character.isLowercase || character.isNumber
            } else {
                if !out.isEmpty, out.last != "_" { out.append("_") }
                previousIsLower = false
            }
        }
        while out.last == "_" { out.removeLast() }
        return out
    }
}
