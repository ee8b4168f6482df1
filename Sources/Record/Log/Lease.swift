/// The right to number events, where several nodes share a database.
///
/// The token is what counts: every numbering checks it in its own transaction, so that a node that was slow to notice
/// that its time had run out changes nothing.
public struct Lease: Sendable, Hashable {
    /// The node that holds it.
    public let holder: String
    /// Rises with every change of holder.
    public let token: Int64
    /// Until when no other node may take it, by the nodes' own clocks.
    public let expires: Timestamp
}
