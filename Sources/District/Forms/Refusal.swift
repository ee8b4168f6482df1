public import Record

/// Why something asked for is not done: typed for machines, in words for people.
public struct Refusal: Error, Sendable, Hashable {
    /// What kind of no this is; decides the HTTP status and the exit code.
    public enum Kind: String, Sendable {
        /// The values break a rule (422).
        case invalid
        /// Who asks may not (403), or has not signed in (401).
        case forbidden, unauthenticated
        /// There is no such thing, or not for who asks (404).
        case notFound
        /// The state of things does not allow it now (409).
        case conflict
        /// It must be read back and confirmed first (428).
        case needsConfirmation
        /// More than a bound allows (413), or too often (429).
        case tooLarge, tooOften
        /// A part of the house is not ready (503).
        case unavailable
    }

    /// What kind of no this is.
    public let kind: Kind
    /// A stable code: `alarm.already-acknowledged`.
    public let code: String
    /// What a person reads.
    public let words: Words
    /// What is wrong with which field, where fields are wrong.
    public let faults: [Fault]
    /// In how many seconds it may be asked again, where that is known.
    public let retryAfter: Int?

    /// A no with its reason.
    public init(_ kind: Kind, _ code: String, _ words: Words, faults: [Fault] = [], retryAfter: Int? = nil) {
        self.kind = kind
        self.code = code
        self.words = words
        self.faults = faults
        self.retryAfter = retryAfter
    }

    /// A no because one field breaks a rule: said of the whole and beside the field in the same words.
    public init(_ kind: Kind, _ code: String, of field: String, _ rule: String, _ words: Words) {
        self.init(kind, code, words, faults: [Fault(field: field, rule: rule, words: words)])
    }

    /// The same, where field and rule make the code: `milestone.closed`.
    public init(_ kind: Kind, of field: String, _ rule: String, _ words: Words) {
        self.init(kind, "\(field).\(rule)", of: field, rule, words)
    }

    /// The same, where the rule is what the code ends in: `investment.exceeded`.
    public init(_ kind: Kind, _ code: String, of field: String, _ words: Words) {
        self.init(kind, code, of: field, String(code.split(separator: ".").last ?? ""), words)
    }

    /// What is wrong with one field or line.
    public struct Fault: Sendable, Hashable {
        /// The field's name.
        public let field: String
        /// The line of the input, from 1, where it came in lines.
        public let line: Int?
        /// The rule that is broken: `required`, `maximum`, `unit` …
        public let rule: String
        /// What a person reads.
        public let words: Words

        /// What is wrong with one field or line.
        public init(field: String, line: Int? = nil, rule: String, words: Words) {
            self.field = field
            self.line = line
            self.rule = rule
            self.words = words
        }
    }
}

extension Refusal: CustomStringConvertible {
    /// The code and, per fault, field and rule; holds no value that somebody entered.
    public var description: String {
        ([code] + faults.map { "\($0.field): \($0.rule)" }).joined(separator: "; ")
    }
}
