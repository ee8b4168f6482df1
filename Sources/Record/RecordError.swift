/// What can go wrong on the Record.
public struct RecordError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds a caller can act on.
    public enum Code: String, Sendable {
        /// Another event came first in the stream; look again and decide anew.
        case conflict
        /// The event that is said to have led to this one is not on the Record.
        case cause
        /// The draft cannot be recorded as it is.
        case draft
        /// What is stored is not what was written; run `slipway verify`.
        case corrupt
        /// Another node holds the sequencer's lease.
        case fenced
        /// The tree no longer contains what an earlier checkpoint signed; nothing was signed.
        case inconsistent
        /// The tree has no such leaf or size.
        case range
        /// The text is no signed note or checkpoint.
        case note
        /// The text is no key, or its parts do not belong together.
        case key
        /// The witness policy cannot be used.
        case policy
        /// The witness knows another history of this log than the one it is shown.
        case witness
        /// The time-stamp cannot be read, or does not belong to what it should stamp.
        case timestamp
        /// The evidence pack cannot be made or read.
        case pack
        /// The signature does not belong to the text, or no known key signed it.
        case signature
    }

    /// The kind.
    public let code: Code
    /// What happened, for the log.
    public let message: String

    /// An error of a kind, with what happened in words.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The kind and what happened.
    public var description: String { "record.\(code.rawValue): \(message)" }
}
