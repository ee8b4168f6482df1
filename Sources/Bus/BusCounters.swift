/// What a client has done since it was made; a snapshot for `/metrics`.
public struct BusCounters: Sendable, Equatable {
    /// Messages received, redelivered ones included.
    public var received: Int64 = 0
    /// Messages published: acknowledged at level 1, handed to the network at level 0.
    public var published: Int64 = 0
    /// Connections made after the first.
    public var reconnects: Int64 = 0
    /// Level 0 messages received but never released by the consumer before the client stopped. Nothing else is ever
    /// dropped: a full window holds the broker back instead.
    public var dropped: Int64 = 0
    /// Messages handed to the consumer, or waiting for it, and not yet released.
    public var held: Int = 0
    /// Whether every connection that is needed stands.
    public var connected = false

    /// Nothing done yet.
    public init() {}

    /// Both together; connected only where both are.
    static func + (left: BusCounters, right: BusCounters) -> BusCounters {
        var sum = left
        sum.received += right.received
        sum.published += right.published
        sum.reconnects += right.reconnects
        sum.dropped += right.dropped
        sum.held += right.held
        sum.connected = left.connected && right.connected
        return sum
    }
}
