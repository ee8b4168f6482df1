import Crypto

/// Checks an RSA signature (PKCS #1 v1.5): of a message under a hash, by a key in its encoding (SubjectPublicKeyInfo).
public typealias RSACheck =
    @Sendable (
        _ signature: [UInt8], _ message: [UInt8], _ digest: SignedDigest, _ key: [UInt8]
    ) -> Bool

/// Whom one believes about the time: certificates of authorities, or of who issued theirs.
public struct TimeTrust: Sendable {
    let certificates: [AuthorityCertificate]
    let rsa: RSACheck

    /// Trust in the certificates of PEM texts.
    /// - Parameter rsa: how RSA signatures are checked; this module itself knows ECDSA only.
    /// - Throws: ``RecordError`` with code `timestamp` where a text holds no certificate or one that cannot be read.
    public init(pem texts: [String], rsa: @escaping RSACheck) throws(RecordError) {
        var certificates: [AuthorityCertificate] = []
        for text in texts { certificates += try AuthorityCertificate.list(pem: text) }
        guard !certificates.isEmpty else { throw RecordError(.timestamp, "there is no certificate") }
        self.certificates = certificates
        self.rsa = rsa
    }
}

/// The hashes under which signatures are known.
public enum SignedDigest: Sendable, Hashable {
    case sha256, sha384, sha512

    init?(_ object: [UInt8]) {
        switch object {
        case ObjectID.sha256: self = .sha256
        case ObjectID.sha384: self = .sha384
        case ObjectID.sha512: self = .sha512
        default: return nil
        }
    }

    func hash(_ bytes: [UInt8]) -> [UInt8] {
        switch self {
        case .sha256: Array(SHA256.hash(data: bytes))
        case .sha384: Array(SHA384.hash(data: bytes))
        case .sha512: Array(SHA512.hash(data: bytes))
        }
    }
}
