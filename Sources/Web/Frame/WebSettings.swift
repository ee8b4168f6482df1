/// Where and how pages are served.
public struct WebSettings: Sendable {
    /// The address bound; loopback unless the operator says otherwise.
    public var host: String
    /// The port bound; 0 takes a free one.
    public var port: Int
    /// Certificate chain and private key (PEM files); without them the server speaks plain HTTP.
    public var certificate: String?, privateKey: String?
    /// The address people reach it by, where a balancer or another name stands in front.
    public var publicURL: String?
    /// The balancers and proxies that stand in front: only what they say of where a request comes from is believed.
    public var trustedProxies: [NetworkRange]
    /// The release.
    public var version: String

    /// Where and how pages are served.
    public init(
        host: String = "127.0.0.1", port: Int = 8080, certificate: String? = nil, privateKey: String? = nil,
        publicURL: String? = nil, trustedProxies: [NetworkRange] = [], version: String
    ) {
        self.host = host
        self.port = port
        self.certificate = certificate
        self.privateKey = privateKey
        self.publicURL = publicURL
        self.trustedProxies = trustedProxies
        self.version = version
    }

    /// The address people reach it by: as configured, else as whoever asks has reached it.
    func site(for authority: String?) -> String {
        publicURL ?? "\(certificate == nil ? "http" : "https")://\(authority ?? "\(host):\(port)")"
    }

    /// Whether browsers reach it over TLS, so that cookies may be marked Secure.
    var isSecure: Bool { certificate != nil || publicURL?.hasPrefix("https://") == true }
}
