public import Record

/// What Stewardship, or whoever runs the training, tells the house: a person has shown that they know a module.
public struct CertificateIssued: Sendable, Hashable {
    /// The event type that carries it.
    public static let type = "district.certificate.issued"
    /// A certificate counts no more; its payload names `certificate` and `reason`.
    public static let revoked = "district.certificate.revoked"

    /// The certificate.
    public let certificate: String
    /// Whose it is.
    public let person: PersonID
    /// What was learnt, and in which version.
    public let module: String, version: String
    /// Out of 100.
    public let score: Int64
    /// The day it was passed, and the last day it counts: `2026-11-21`.
    public let passed: String, expires: String
    /// SHA-256 of the file that shows it, where there is one.
    public let evidence: String?

    /// A certificate.
    public init(
        certificate: String, person: PersonID, module: String, version: String, score: Int64, passed: String,
        expires: String, evidence: String? = nil
    ) {
        self.certificate = certificate
        self.person = person
        self.module = module
        self.version = version
        self.score = score
        self.passed = passed
        self.expires = expires
        self.evidence = evidence
    }

    /// Reads the fact from its payload; nil where it is another.
    public init?(_ payload: [String: JSON]) {
        guard let certificate = payload["certificate"]?.text, let person = payload["person"]?.text,
            let module = payload["module"]?.text, let version = payload["version"]?.text,
            let score = payload["score"]?.integer, let passed = payload["passed"]?.text,
            let expires = payload["expires"]?.text
        else { return nil }
        self.init(
            certificate: certificate, person: PersonID(person), module: module, version: version, score: score,
            passed: passed, expires: expires, evidence: payload["evidence"]?.text)
    }

    /// The event to append.
    public var draft: Draft {
        var payload: [String: JSON] = [
            "certificate": .string(certificate), "person": .string(person.rawValue), "module": .string(module),
            "version": .string(version), "score": .decimal(score), "passed": .string(passed),
            "expires": .string(expires),
        ]
        if let evidence { payload["evidence"] = .string(evidence) }
        return Draft(Self.type, stream: "certificate/\(certificate)", scope: .zone, payload: payload)
    }
}
