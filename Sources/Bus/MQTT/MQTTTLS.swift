/// How an MQTT connection is protected. The broker's certificate and host name are always verified.
public struct MQTTTLS: Sendable {
    /// A PEM file of the authorities to trust; nil for those of the operating system.
    public var authorityFile: String?
    /// Our own certificate in PEM, where the broker asks for one.
    public var certificateFile: String?
    /// Its private key in PEM, not encrypted.
    public var keyFile: String?

    /// Trust and, optionally, a certificate of our own.
    public init(authorityFile: String? = nil, certificateFile: String? = nil, keyFile: String? = nil) {
        self.authorityFile = authorityFile
        self.certificateFile = certificateFile
        self.keyFile = keyFile
    }
}
