/// The certificate that the local broker shows.
public struct BrokerTLS: Sendable {
    /// The certificate in PEM, with those between it and the authority.
    public let certificateFile: String
    /// Its private key in PEM, not encrypted.
    public let keyFile: String

    /// A certificate and its key.
    public init(certificateFile: String, keyFile: String) {
        self.certificateFile = certificateFile
        self.keyFile = keyFile
    }
}
