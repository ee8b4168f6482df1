/// Why a text is not the JSON that Slipway takes: where it stops being so, and which rule it breaks.
public struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The rules a text can break.
    public enum Rule: String, Sendable {
        /// The text is longer than allowed.
        case tooLong
        /// Arrays and objects stand in each other more deeply than allowed.
        case tooDeep
        /// The text ends within a value.
        case endsEarly
        /// Something follows the value.
        case trailingText
        /// A value, a comma, a colon or a closing bracket is wanted here.
        case unexpectedByte
        /// The number is not written as RFC 8259 §6 has it.
        case malformedNumber
        /// The number is too large for a double.
        case numberOutOfRange
        /// A control character stands unescaped in a string.
        case controlCharacter
        /// The escape is none of JSON's, or half of a surrogate pair.
        case malformedEscape
        /// The string is not UTF-8.
        case malformedUTF8
        /// The object has this member already (or one that Unicode holds to be the same text).
        case duplicateKey
    }

    /// The rule that is broken.
    public let rule: Rule
    /// The byte, from 0, where it is broken.
    public let offset: Int

    /// A broken rule and its place.
    public init(_ rule: Rule, at offset: Int) {
        self.rule = rule
        self.offset = offset
    }

    /// The rule and the place.
    public var description: String { "json.\(rule.rawValue) at byte \(offset)" }

    /// The error as a person reads it.
    public var words: Words {
        switch rule {
        case .tooLong: Words("본문이 허용 길이를 넘습니다.", "The text is longer than allowed.")
        case .tooDeep: Words("중첩이 허용 깊이를 넘습니다.", "The text is nested more deeply than allowed.")
        case .endsEarly: Words("값이 끝나기 전에 본문이 끝났습니다.", "The text ends within a value.")
        case .trailingText:
            Words("\(offset)번째 바이트: 값 뒤에 다른 내용이 있습니다.", "Byte \(offset): something follows the value.")
        case .unexpectedByte:
            Words("\(offset)번째 바이트: 올 수 없는 문자입니다.", "Byte \(offset): this character cannot stand here.")
        case .malformedNumber:
            Words("\(offset)번째 바이트: 숫자 표기가 올바르지 않습니다.", "Byte \(offset): this is not a JSON number.")
        case .numberOutOfRange:
            Words("\(offset)번째 바이트: 숫자가 표현 범위를 넘습니다.", "Byte \(offset): the number is out of range.")
        case .controlCharacter:
            Words(
                "\(offset)번째 바이트: 문자열에 제어 문자가 있습니다.",
                "Byte \(offset): a control character stands in a string.")
        case .malformedEscape:
            Words("\(offset)번째 바이트: 이스케이프가 올바르지 않습니다.", "Byte \(offset): this escape is not JSON's.")
        case .malformedUTF8:
            Words("\(offset)번째 바이트: UTF-8이 아닙니다.", "Byte \(offset): this is not UTF-8.")
        case .duplicateKey:
            Words("\(offset)번째 바이트: 같은 항목이 두 번 나옵니다.", "Byte \(offset): this member stands twice.")
        }
    }
}

/// How large a JSON text may be before it is refused unread.
public struct JSONLimits: Sendable, Hashable {
    /// The most bytes of the whole text.
    public var bytes: Int
    /// The most arrays and objects that may stand in each other.
    public var depth: Int

    /// Bounds of a text.
    public init(bytes: Int, depth: Int) {
        self.bytes = bytes
        self.depth = depth
    }

    /// 8 MiB, 64 levels.
    public static let standard = JSONLimits(bytes: 8 << 20, depth: 64)
}
