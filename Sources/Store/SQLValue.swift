/// What a column holds or a placeholder takes: the common ground of SQLite and PostgreSQL.
///
/// Truth values are integers 0 and 1 in both.
public enum SQLValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])

    /// The value, or null where there is none.
    public static func optional(_ text: String?) -> SQLValue { text.map { .text($0) } ?? .null }
    /// The value, or null where there is none.
    public static func optional(_ integer: Int64?) -> SQLValue { integer.map { .integer($0) } ?? .null }
    /// The value, or null where there is none.
    public static func optional(_ real: Double?) -> SQLValue { real.map { .real($0) } ?? .null }
    /// The value, or null where there is none.
    public static func optional(_ blob: [UInt8]?) -> SQLValue { blob.map { .blob($0) } ?? .null }
    /// 1 or 0.
    public static func flag(_ value: Bool) -> SQLValue { .integer(value ? 1 : 0) }
}

extension SQLValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByNilLiteral
{
    /// Text.
    public init(stringLiteral value: String) { self = .text(value) }
    /// A 64-bit integer.
    public init(integerLiteral value: Int64) { self = .integer(value) }
    /// A double.
    public init(floatLiteral value: Double) { self = .real(value) }
    /// Null.
    public init(nilLiteral: ()) { self = .null }
}
