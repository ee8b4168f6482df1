/// A message as it came from the broker.
public struct MQTTMessage: Sendable, Hashable {
    /// Where it was published.
    public let topic: String
    /// What it carries.
    public let payload: [UInt8]
    /// How surely it was sent: at most once (0) or at least once (1).
    public let qos: Int
    /// Whether the broker had kept it from before we subscribed.
    public let isRetained: Bool
}

/// Where and as whom to connect.
public struct MQTTSettings: Sendable {
    /// Host and port of the broker.
    public var host: String, port: Int
    /// Names the session: with a lasting one the broker keeps what we missed.
    public var clientID: String
    /// The credential; never logged.
    public var username: String, password: String
    /// CA certificate (PEM file) to trust; with it the connection is TLS.
    public var caFile: String?
    /// Seconds between signs of life.
    public var keepAlive = 20
    /// The most messages handed over at once, and so the most that wait in memory.
    public var batch = 1000

    /// Where and as whom to connect.
    public init(host: String, port: Int, clientID: String, username: String, password: String, caFile: String? = nil) {
        self.host = host
        self.port = port
        self.clientID = clientID
        self.username = username
        self.password = password
        self.caFile = caFile
    }
}

/// What can go wrong between Slipway and a broker.
public struct BusError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds a caller can act on.
    public enum Code: String, Sendable {
        /// No broker answers.
        case unreachable
        /// The broker does not know the credential.
        case refused
        /// The connection ended before the broker acknowledged.
        case disconnected
        /// The topic or filter is none.
        case topic
        /// The payload is larger than MQTT takes (268,435,455 bytes).
        case tooLarge
        /// The certificate or key cannot be used.
        case tls
        /// A broker of our own could not be started.
        case broker
        /// The library refused.
        case library
    }

    /// The kind.
    public let code: Code
    /// What happened, for the log; holds no credential.
    public let message: String

    /// An error of a kind, with what happened in words.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The rule and the message, for logs.
    public var description: String { "bus.\(code.rawValue): \(message)" }
}

/// What a client has done since it was made.
public struct MQTTCounts: Sendable, Hashable {
    /// Messages handed over, messages published and acknowledged, connections made.
    public var received = 0, published = 0, connections = 0
}
