/// One message as it came over the bus.
public struct BusMessage: Sendable, Equatable {
    /// Where it was published: `slipway/foundry/press-1/pressure`.
    public var topic: String
    /// Its content, not interpreted.
    public var payload: [UInt8]
    /// How it was delivered to us.
    public var qos: QoS
    /// Whether the broker had kept it and gave it to us because we subscribed, so that it may be old.
    public var retained: Bool

    /// A message of these parts.
    public init(topic: String, payload: [UInt8], qos: QoS, retained: Bool = false) {
        self.topic = topic
        self.payload = payload
        self.qos = qos
        self.retained = retained
    }
}
