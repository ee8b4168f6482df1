/// What can go wrong between Slipway and its database.
public struct StoreError: Error, Sendable, CustomStringConvertible {
    /// The kinds a caller can act on.
    public enum Code: String, Sendable {
        /// The location names no store Slipway knows.
        case location
        /// The database cannot be reached or does not answer; try again later.
        case unavailable
        /// A rule of the schema refused the write (unique, not null, check, foreign key).
        case constraint
        /// Other transactions kept winning; nothing was written.
        case conflict
        /// No room left on the disk; nothing was written.
        case full
        /// The connection broke during the commit: look the outcome up before repeating.
        case outcomeUnknown
        /// A row has no such column, or the column another type.
        case column
        /// The SQL itself was refused.
        case statement
        /// A migration that ran here differs from the one in this release.
        case migration
        /// The store is closed.
        case closed
    }

    /// The kind.
    public let code: Code
    /// What happened, for the log; never shown to a caller of a route.
    public let message: String

    /// An error of a kind, with what happened in words.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The rule and the message, for logs.
    public var description: String { "store.\(code.rawValue): \(message)" }
}
