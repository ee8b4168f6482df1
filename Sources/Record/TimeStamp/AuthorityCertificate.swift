import Foundation

/// A certificate of a time-stamping authority or of who issued it (RFC 5280 §4.1): as much as a time-stamp's check needs.
struct AuthorityCertificate: Sendable, Hashable {
    /// The certificate in its encoding.
    let encoded: [UInt8]
    /// What its issuer signed.
    let signed: [UInt8]
    /// Issuer and serial number, as a signer names them.
    let name: [UInt8]
    /// Who issued it and for whom, in their encoding.
    let issuer: [UInt8], subject: [UInt8]
    /// From when until when it is good.
    let validity: ClosedRange<Timestamp>
    /// The key (SubjectPublicKeyInfo).
    let key: [UInt8]
    /// Whether it may stamp time (extended key usage timeStamping).
    let stampsTime: Bool
    /// The issuer's algorithm and signature.
    let algorithm: [UInt8], signature: [UInt8]

    /// Reads certificates in PEM.
    /// - Throws: ``RecordError`` with code `timestamp`.
    static func list(pem: String) throws(RecordError) -> [AuthorityCertificate] {
        var found: [AuthorityCertificate] = []
        for part in pem.components(separatedBy: "-----BEGIN CERTIFICATE-----").dropFirst() {
            let text = part.components(separatedBy: "-----END CERTIFICATE-----")[0]
            guard let data = Data(base64Encoded: text, options: .ignoreUnknownCharacters) else {
                throw RecordError(.timestamp, "a certificate is not in PEM")
            }
            found.append(try AuthorityCertificate(DER([UInt8](data))))
        }
        return found
    }

    init(_ whole: DER) throws(RecordError) {
        let parts = try whole.parts(DER.Tag.sequence, "a certificate", least: 3)
        var body = try parts[0].parts(DER.Tag.sequence, "a certificate", least: 6)
        if body[0].tag == DER.Tag.context(0) { body.removeFirst() }
        guard body.count >= 6 else { throw RecordError(.timestamp, "a certificate is incomplete") }
        encoded = Array(whole.whole)
        signed = Array(parts[0].whole)
        issuer = Array(body[2].whole)
        name = DER.encoding(DER.Tag.sequence, issuer + body[0].whole)
        let times = try body[3].parts(DER.Tag.sequence, "a certificate's validity", least: 2)
        let (from, until) = (try times[0].moment(), try times[1].moment())
        guard from <= until else { throw RecordError(.timestamp, "a certificate ends before it begins") }
        validity = from...until
        subject = Array(body[4].whole)
        key = Array(body[5].whole)
        stampsTime = try Self.stampsTime(body.dropFirst(6).first { $0.tag == DER.Tag.context(3) })
        algorithm = try parts[1].parts(DER.Tag.sequence, "a certificate's signature", least: 1)[0]
            .content(DER.Tag.object, "a certificate's signature")
        // The first octet counts unused bits, of which a signature has none.
        signature = Array(try parts[2].content(DER.Tag.bits, "a certificate's signature").dropFirst())
    }

    private static func stampsTime(_ extensions: DER?) throws(RecordError) -> Bool {
        guard let extensions else { return false }
        for each in try extensions.parts.first?.parts ?? [] {
            let parts = try each.parts(DER.Tag.sequence, "an extension", least: 2)
            guard Array(parts[0].content) == ObjectID.extendedKeyUsage, let value = parts.last else { continue }
            let uses = try DER(value.content).parts
            return uses.contains { Array($0.content) == ObjectID.stamping }
        }
        return false
    }
}
