import Crypto

/// What turns an anonymous leaf back into an event: disclosed to those whom it is due, never published.
public struct Opening: Sendable, Hashable {
    /// The leaf's number; nil until the sequencer has been by.
    public let leaf: Int64?
    /// The 32 random bytes that keep the leaf from being guessed.
    public let salt: [UInt8]
    /// The event's canonical JSON.
    public let body: [UInt8]

    /// An opening received from elsewhere.
    public init(leaf: Int64?, salt: [UInt8], body: [UInt8]) {
        self.leaf = leaf
        self.salt = salt
        self.body = body
    }

    /// The public log entry: SHA-256(salt ‖ body), 32 bytes.
    public var entry: [UInt8] { Array(SHA256.hash(data: salt + body)) }

    /// The hash that stands in the tree for it.
    public var leafHash: TreeHash { .leaf(entry) }
}
