/// What can go wrong between Slipway and a message broker.
///
/// Messages name hosts, ports, topics and files; never a password.
public struct BusError: Error, Sendable, CustomStringConvertible {
    /// The kinds a caller can act on.
    public enum Code: String, Sendable {
        /// Nobody answers at that host and port; try again later.
        case unreachable
        /// The broker does not know these credentials, or they may not do this.
        case notAuthorised
        /// No trust could be established: an unknown authority, a wrong host name, an unreadable certificate.
        case tls
        /// The connection broke, and whether the broker has the message is not known.
        case disconnected
        /// The broker was reached, and refuses the connection or the request for another reason.
        case refused
        /// A topic, filter or template breaks the rules of MQTT.
        case invalidTopic
        /// The payload is larger than the protocol or this broker takes.
        case payloadTooLarge
        /// A setting cannot be used.
        case configuration
        /// The client has been stopped.
        case stopped
        /// No broker program is installed on this machine.
        case brokerMissing
        /// Another running process has this broker's folder.
        case brokerInUse
        /// Another program listens on the port asked for.
        case portInUse
        /// The broker program ended, or did not begin to listen.
        case brokerFailed
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

    /// The kind and the message, for logs.
    public var description: String { "bus.\(code.rawValue): \(message)" }
}
