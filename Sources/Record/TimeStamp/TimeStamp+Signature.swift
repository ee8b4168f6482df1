import Crypto

extension TimeStamp {
    /// Checks the authority's signature: that it covers this time and hash, that the certificate named in it is one of
    /// those trusted or directly issued by one, that it may stamp time, and that it was good at that time.
    ///
    /// Longer chains, revocation and constraints of issuers are not looked at: `openssl ts -verify` does.
    /// - Throws: ``RecordError`` with code `timestamp`.
    public func verify(trusting trust: TimeTrust) throws(RecordError) {
        guard try token.attributes[ObjectID.contentType]?.content(DER.Tag.object, "the type") == ObjectID.timeStamp,
            let digest = SignedDigest(token.digest),
            try token.attributes[ObjectID.messageDigest]?.content(DER.Tag.octets, "the hash")
                == digest.hash(token.content)
        else { throw RecordError(.timestamp, "the signature is not of this time-stamp") }
        let known = token.certificates + trust.certificates
        guard let signer = known.first(where: { $0.name == token.signer }) else {
            throw RecordError(.timestamp, "the signer's certificate is not there")
        }
        try checkNamed(signer)
        guard signer.stampsTime else {
            throw RecordError(.timestamp, "the signer's certificate is not for time-stamps")
        }
        guard signer.validity.contains(time) else {
            throw RecordError(.timestamp, "the signer's certificate was not valid at that time")
        }
        guard
            Signature(token.algorithm, digest)?.verifies(
                token.signature, of: token.signed, by: signer.key, rsa: trust.rsa) ?? false
        else { throw RecordError(.timestamp, "the signature is false, or of a kind that is not known here") }
        guard trust.certificates.contains(where: { $0 == signer || $0.issued(signer, rsa: trust.rsa) }) else {
            throw RecordError(.timestamp, "the signer is not the authority that is trusted, nor certified by it")
        }
    }

    /// The signed attributes name the certificate by its hash, so that no other can be put in its place (RFC 5816).
    private func checkNamed(_ signer: AuthorityCertificate) throws(RecordError) {
        let wanted: [UInt8]
        let names: DER
        if let attribute = token.attributes[ObjectID.certificate2] {
            (names, wanted) = (attribute, Array(SHA256.hash(data: signer.encoded)))
        } else if let attribute = token.attributes[ObjectID.certificate] {
            (names, wanted) = (attribute, Array(Insecure.SHA1.hash(data: signer.encoded)))
        } else {
            throw RecordError(.timestamp, "the signature names no certificate")
        }
        let list = try names.parts(DER.Tag.sequence, "the named certificates", least: 1)[0].parts
        let first = try list.first?.parts(DER.Tag.sequence, "the named certificate", least: 1) ?? []
        guard first.first(where: { $0.tag == DER.Tag.octets }).map({ Array($0.content) }) == wanted else {
            throw RecordError(.timestamp, "the signature names another certificate")
        }
    }
}

extension AuthorityCertificate {
    /// Whether this one's key signed the other.
    func issued(_ other: AuthorityCertificate, rsa: RSACheck) -> Bool {
        guard other.issuer == subject, let signature = Signature(other.algorithm, nil) else { return false }
        return signature.verifies(other.signature, of: other.signed, by: key, rsa: rsa)
    }
}

/// The signatures that are known: RSA (PKCS #1 v1.5) and ECDSA on P-256 and P-384.
private struct Signature {
    private let isRSA: Bool
    private let digest: SignedDigest

    /// - Parameter digest: the hash, where the algorithm's own name does not say it.
    init?(_ object: [UInt8], _ digest: SignedDigest?) {
        guard let last = object.last else { return nil }
        let family = Array(object.dropLast())
        switch (family, last) {
        case (ObjectID.rsa, 1):
            guard let digest else { return nil }
            (isRSA, self.digest) = (true, digest)
        case (ObjectID.rsa, 11): (isRSA, self.digest) = (true, .sha256)
        case (ObjectID.rsa, 12): (isRSA, self.digest) = (true, .sha384)
        case (ObjectID.rsa, 13): (isRSA, self.digest) = (true, .sha512)
        case (ObjectID.ecdsa, 2): (isRSA, self.digest) = (false, .sha256)
        case (ObjectID.ecdsa, 3): (isRSA, self.digest) = (false, .sha384)
        case (ObjectID.ecdsa, 4): (isRSA, self.digest) = (false, .sha512)
        default: return nil
        }
    }

    func verifies(_ signature: [UInt8], of bytes: [UInt8], by key: [UInt8], rsa: RSACheck) -> Bool {
        if isRSA { return rsa(signature, bytes, digest, key) }
        return switch digest {
        case .sha256: verifies(signature, SHA256.hash(data: bytes), key)
        case .sha384: verifies(signature, SHA384.hash(data: bytes), key)
        case .sha512: verifies(signature, SHA512.hash(data: bytes), key)
        }
    }

    private func verifies(_ signature: [UInt8], _ digest: some Digest, _ key: [UInt8]) -> Bool {
        // Whatever cannot be read as a key or a signature verifies nothing.
        if let key = try? P256.Signing.PublicKey(derRepresentation: key),
            let signature = try? P256.Signing.ECDSASignature(derRepresentation: signature)
        {
            return key.isValidSignature(signature, for: digest)
        }
        if let key = try? P384.Signing.PublicKey(derRepresentation: key),
            let signature = try? P384.Signing.ECDSASignature(derRepresentation: signature)
        {
            return key.isValidSignature(signature, for: digest)
        }
        return false
    }
}
