import Record

/// Who issues credentials, and under which addresses everything about them is found.
struct BadgeIssuer: Sendable, Hashable {
    /// `https://district.example`, without a slash at its end.
    let address: String
    let name: Words

    static let unnamed = Words("산업구역 관리기관", "The zone administration")

    private var root: String { "\(address)/alliance/badges" }

    /// The issuer: a did:web where the house is reached over TLS, else the address of its profile.
    var id: String {
        guard address.hasPrefix("https://") else { return profile }
        let host = address.dropFirst("https://".count)
        let parts = host.split(separator: "/").map { $0.replacing(":", with: "%3A") }
        return "did:web:" + (parts + ["alliance", "badges"]).joined(separator: ":")
    }

    /// The name of its key, under which the key is found.
    var keyID: String { address.hasPrefix("https://") ? "\(id)#key-1" : "\(root)/key" }
    var profile: String { "\(root)/issuer" }

    func achievement(_ programme: String) -> String { "\(root)/a/\(programme)" }
    func result(_ programme: String) -> String { "\(achievement(programme))#score" }
    func credential(_ badge: String) -> String { "\(root)/c/\(badge)" }
    func status(_ list: Int64) -> String { "\(root)/status/\(list)" }

    /// Whether the house may sign under an address that only whoever asks has said: on this machine alone.
    static func isLoopback(_ address: String) -> Bool {
        let parts = address.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].hasSuffix(":"), parts[1].isEmpty else { return false }
        let authority = parts[2].prefix { $0 != "/" }
        if authority.hasPrefix("[::1]") { return true }
        let host = authority.prefix { $0 != ":" }
        return host == "127.0.0.1" || host == "localhost"
    }

    /// The profile that stands in credentials and under its address.
    var json: JSON {
        ["id": .string(id), "type": ["Profile"], "name": .string("\(name.ko) / \(name.en)"), "url": .string(address)]
    }

    /// The document that a did:web leads to (W3C DID Core; the key as JsonWebKey2020).
    func document(_ publicKey: [UInt8]) -> JSON {
        [
            "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/suites/jws-2020/v1"],
            "id": .string(id),
            "verificationMethod": [
                [
                    "id": .string(keyID), "type": "JsonWebKey2020", "controller": .string(id),
                    "publicKeyJwk": CompactJWS.jwk(publicKey),
                ]
            ],
            "assertionMethod": [.string(keyID)], "authentication": [.string(keyID)],
        ]
    }
}
