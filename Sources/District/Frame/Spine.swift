public import Record
public import Series

/// What a room's services and pages may use: the frame and the spine's living parts.
public struct Spine: Sendable {
    /// The frame.
    public let district: District
    /// The readings.
    public let series: SeriesStore
    /// Samples, told after they are durable; live only, never from an import of the past.
    public let arrivals: Hub<[Sample]>
    /// Signs checkpoints of the Record.
    public let signer: Signer
    /// Signs what people carry away (credentials); nil in a house that has no key for it.
    public let issuer: SigningKey?
    /// How the MQTT broker is reached, where there is one.
    public let mqtt: MQTTAccount?
    /// Who vouches for the Record from outside: witnesses, a time-stamping authority.
    public let vouching: Vouching
    /// Whether the sample district is being served.
    public let isSample: Bool
    /// Counters for whoever watches the house.
    public let gauges: Gauges
    /// Systems outside the house that were named when it was started.
    public let outside: Outside

    /// The frame and the spine's living parts.
    public init(
        district: District, series: SeriesStore, signer: Signer, mqtt: MQTTAccount?, isSample: Bool,
        vouching: Vouching = .none, issuer: SigningKey? = nil
    ) {
        self.district = district
        self.series = series
        self.signer = signer
        self.issuer = issuer
        self.mqtt = mqtt
        self.isSample = isSample
        self.vouching = vouching
        arrivals = Hub(capacity: 4096)
        gauges = Gauges()
        outside = Outside()
    }
}

/// How the MQTT broker is reached.
public struct MQTTAccount: Sendable {
    /// Host and port.
    public let host: String, port: Int
    /// The credential; the password is never logged.
    public let username: String, password: String

    /// How the MQTT broker is reached.
    public init(host: String, port: Int, username: String, password: String) {
        self.host = host
        self.port = port
        self.username = username
        self.password = password
    }
}

extension MQTTAccount: CustomStringConvertible, CustomReflectable {
    /// User and place; an account that finds its way into a log brings no password there.
    public var description: String { "\(username)@\(host):\(port)" }
    /// The same.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
