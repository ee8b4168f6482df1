public import Record

/// Why the Twin refuses, by field and rule.
public struct TwinError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The rules that can be broken.
    public enum Rule: String, Sendable {
        /// There is no such thing, or none that may be seen.
        case unknown
        /// The identifier is in use for something else.
        case taken
        /// The row would belong to someone else.
        case scope
        /// A thing would be part of itself.
        case cycle
        /// A level of ISA-95 would stand beneath its own or a lower one.
        case order
        /// Things stand in each other more deeply than the Twin allows.
        case depth
        /// Other things are still part of it.
        case parts
        /// A text, list or number is out of its bounds.
        case bounds
        /// A text has signs it may not have.
        case characters
        /// The time lies in the future.
        case future
        /// A recorded payload is not this event's.
        case payload
    }

    /// The rule that is broken.
    public let rule: Rule
    /// The field that breaks it.
    public let field: String
    /// What to tell the person.
    public let words: Words

    init(_ rule: Rule, _ field: String, _ words: Words) {
        self.rule = rule
        self.field = field
        self.words = words
    }

    /// Kind, field, rule and words, for the log.
    public var description: String { "twin.\(rule.rawValue) \(field): \(words.en)" }

    static func unknown(_ field: String, _ id: ThingID) -> TwinError {
        TwinError(
            .unknown, field, Words("\(id)에 해당하는 사물을 찾을 수 없습니다.", "There is no thing \(id) that you may see."))
    }
}
