/// The signed part of a time-stamp: a CMS SignedData with one signer (RFC 5652 §5; RFC 3161 §2.4.2).
struct TimeStampToken: Sendable, Hashable {
    /// TSTInfo, in its encoding.
    let content: [UInt8]
    /// The certificates that came along.
    let certificates: [AuthorityCertificate]
    /// Issuer and serial number of the signer's certificate, in their encoding.
    let signer: [UInt8]
    /// The hash over ``content``, by its object identifier.
    let digest: [UInt8]
    /// What is signed: the attributes, in the encoding of a SET.
    let signed: [UInt8]
    /// The attributes' values by object identifier.
    let attributes: [[UInt8]: DER]
    /// The signature's algorithm, by its object identifier.
    let algorithm: [UInt8]
    /// The signature.
    let signature: [UInt8]

    init(_ token: DER) throws(RecordError) {
        let info = try token.parts(DER.Tag.sequence, "the token", least: 2)
        guard try info[0].content(DER.Tag.object, "the token's type") == ObjectID.signedData else {
            throw RecordError(.timestamp, "the token is no signed data")
        }
        let wrapped = try info[1].parts(DER.Tag.context(0), "the token", least: 1)
        let data = try wrapped[0].parts(DER.Tag.sequence, "the signed data", least: 4)
        let inner = try data[2].parts(DER.Tag.sequence, "the content", least: 2)
        guard try inner[0].content(DER.Tag.object, "the content's type") == ObjectID.timeStamp else {
            throw RecordError(.timestamp, "what is signed is no time-stamp")
        }
        content = try inner[1].parts(DER.Tag.context(0), "the content", least: 1)[0]
            .content(DER.Tag.octets, "the content")
        var certificates: [AuthorityCertificate] = []
        if let listed = data.dropFirst(3).first(where: { $0.tag == DER.Tag.context(0) }) {
            for part in try listed.parts { certificates.append(try AuthorityCertificate(part)) }
        }
        self.certificates = certificates
        guard let signers = data.last, signers.tag == DER.Tag.set, try signers.parts.count == 1 else {
            throw RecordError(.timestamp, "a time-stamp has one signer")
        }
        let one = try signers.parts[0].parts(DER.Tag.sequence, "the signer", least: 6)
        signer = Array(one[1].whole)
        digest = try one[2].parts(DER.Tag.sequence, "the hash", least: 1)[0].content(DER.Tag.object, "the hash")
        let attributes = try one[3].parts(DER.Tag.context(0), "the signed attributes", least: 1)
        // They are signed as a SET, and stand here under another tag (RFC 5652 §5.4).
        signed = [DER.Tag.set] + one[3].whole.dropFirst()
        var known: [[UInt8]: DER] = [:]
        for attribute in attributes {
            let pair = try attribute.parts(DER.Tag.sequence, "an attribute", least: 2)
            known[try pair[0].content(DER.Tag.object, "an attribute")] =
                try pair[1].parts(DER.Tag.set, "an attribute's value", least: 1)[0]
        }
        self.attributes = known
        algorithm = try one[4].parts(DER.Tag.sequence, "the signature's algorithm", least: 1)[0]
            .content(DER.Tag.object, "the signature's algorithm")
        signature = try one[5].content(DER.Tag.octets, "the signature")
    }
}
