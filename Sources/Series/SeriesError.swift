/// What can go wrong between Slipway and its readings; what the database refuses comes as a `StoreError`.
public struct SeriesError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds a caller can act on.
    public enum Code: String, Sendable {
        /// A sample's value is NaN or infinite; ``SeriesError/index`` says which. Nothing of the batch was stored.
        case value
        /// Stored bytes do not decode; ``SeriesError/index`` is the offset at which that showed.
        case damaged
        /// Another process, or another opening in this one, has taken the readings over; this one no longer writes.
        case superseded
        /// The series store is closed.
        case closed
    }

    /// The kind.
    public let code: Code
    /// The index of the sample in its batch, or the offset of a byte, where the kind has one.
    public let index: Int?
    /// What happened, for the log.
    public let message: String

    /// An error of a kind, with its place and what happened in words.
    public init(_ code: Code, at index: Int? = nil, _ message: String) {
        self.code = code
        self.index = index
        self.message = message
    }

    /// The rule, the reading it concerns and the message, for logs.
    public var description: String { "series.\(code.rawValue)\(index.map { "[\($0)]" } ?? ""): \(message)" }
}
