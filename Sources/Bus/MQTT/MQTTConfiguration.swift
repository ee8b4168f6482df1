/// Where an MQTT broker is and how to be its client.
public struct MQTTConfiguration: Sendable {
    /// The broker's host name or address.
    public var host: String
    /// The broker's port: 1883, with TLS 8883.
    public var port: Int
    /// The client's name, under which the broker keeps what it has not delivered yet; unique on that broker. What is
    /// published goes over a second connection with `-out` behind the name.
    public var clientID: String
    /// Who we are; nil for brokers that ask nobody.
    public var credential: BusCredential?
    /// Trust and certificates; nil for a plain connection, which belongs on loopback only.
    public var tls: MQTTTLS?
    /// The longest silence on a connection in seconds, at least 5. A batch held longer than one and a half times this
    /// costs the connection, and the batch comes again.
    public var keepAlive: Int
    /// Whether the broker forgets us when the connection ends, and with us every message not delivered yet.
    public var cleanSession: Bool
    /// The most messages that are received and not yet released by the consumer, 1 to 65,535.
    public var window: Int
    /// The most payload bytes held so; one message may go beyond it.
    public var windowBytes: Int
    /// The pause after a failed connection in milliseconds, doubled after each further one.
    public var firstRetry: Int
    /// The longest such pause in milliseconds.
    public var lastRetry: Int
    /// What the broker publishes for us when the connection over which we publish breaks without a goodbye; nil for
    /// nothing.
    public var will: BusMessage?

    /// A configuration of these parts; the defaults suit the broker on this machine.
    public init(
        host: String = "127.0.0.1", port: Int = 1883, clientID: String, credential: BusCredential? = nil,
        tls: MQTTTLS? = nil, keepAlive: Int = 60, cleanSession: Bool = false, window: Int = 1000,
        windowBytes: Int = 16 << 20, firstRetry: Int = 100, lastRetry: Int = 10_000,
        will: BusMessage? = nil
    ) {
        self.host = host
        self.port = port
        self.clientID = clientID
        self.credential = credential
        self.tls = tls
        self.keepAlive = keepAlive
        self.cleanSession = cleanSession
        self.window = window
        self.windowBytes = windowBytes
        self.firstRetry = firstRetry
        self.lastRetry = lastRetry
        self.will = will
    }

    /// Refuses what the library or the protocol would refuse later, less clearly.
    func validate() throws(BusError) {
        func demand(_ condition: Bool, _ rule: String) throws(BusError) {
            guard condition else { throw BusError(.configuration, rule) }
        }
        try demand(!host.isEmpty, "host: is not empty")
        try demand((1...65_535).contains(port), "port: 1 to 65535")
        try demand(!clientID.isEmpty, "clientID: is not empty, or the broker could not know us again")
        try demand((5...65_535).contains(keepAlive), "keepAlive: 5 to 65535 seconds")
        try demand((1...65_535).contains(window), "window: 1 to 65535 messages")
        if let will { try TopicName.validate(will.topic) }
        try demand(windowBytes > 0, "windowBytes: above 0")
        try demand(firstRetry > 0 && firstRetry <= lastRetry, "firstRetry: above 0, at most lastRetry")
    }
}
