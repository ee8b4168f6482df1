/// A JSON value as the Record keeps it.
///
/// Numbers are IEEE 754 doubles, as RFC 8785 demands. 64-bit integers, money and decimals travel as strings
/// (``JSON/decimal(_:)``), so that no reader loses a digit.
public enum JSON: Sendable, Hashable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSON])
    case object([String: JSON])

    /// A 64-bit integer, carried as its decimal digits.
    public static func decimal(_ value: Int64) -> JSON { .string(String(value)) }

    /// The member of an object, or nil where this is no object or has no such member.
    public subscript(_ key: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members[key]
    }

    /// The text, where this is a string.
    public var text: String? {
        guard case .string(let value) = self else { return nil }
        return value
    }

    /// The number, where this is a number or a string that spells one.
    public var double: Double? {
        switch self {
        case .number(let value): value
        case .string(let text): Double(text)
        default: nil
        }
    }

    /// The whole number, where this is one (or a string that spells one).
    public var integer: Int64? {
        switch self {
        case .number(let value): Int64(exactly: value)
        case .string(let text): Int64(text)
        default: nil
        }
    }

    /// The truth value, where this is one.
    public var bool: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    /// The elements, where this is an array.
    public var elements: [JSON]? {
        guard case .array(let values) = self else { return nil }
        return values
    }

    /// The members, where this is an object.
    public var members: [String: JSON]? {
        guard case .object(let values) = self else { return nil }
        return values
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByFloatLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    /// A JSON string.
    public init(stringLiteral value: String) { self = .string(value) }
    /// A JSON truth value.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// A JSON number.
    public init(floatLiteral value: Double) { self = .number(value) }
    /// A JSON number; a value beyond 2⁵³ belongs in ``JSON/decimal(_:)``.
    public init(integerLiteral value: Int) { self = .number(Double(value)) }
    /// A JSON array.
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    /// A JSON object; of a repeated key the last value stays.
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(Dictionary(elements, uniquingKeysWith: { $1 }))
    }
    /// JSON null.
    public init(nilLiteral: ()) { self = .null }
}
