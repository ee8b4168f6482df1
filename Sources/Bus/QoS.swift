/// How hard the bus tries to deliver, in MQTT's numbers.
///
/// Level 2 is left out: what is received is stored idempotently, and level 1 with redelivery then costs half the packets.
public enum QoS: Int, Sendable {
    /// Sent once and forgotten: a lost connection loses the message.
    case atMostOnce = 0
    /// Sent until acknowledged: a lost connection may deliver the message twice.
    case atLeastOnce = 1
}
