import Crypto

/// Asks an authority to vouch that some bytes existed at a time (RFC 3161 §2.4.1).
///
/// It is sent as `application/timestamp-query`; the answer comes as `application/timestamp-reply` (RFC 3161 §3.4). Only
/// a hash leaves the house.
public struct TimeStampRequest: Sendable, Hashable {
    /// SHA-256 of the bytes.
    public let imprint: [UInt8]
    /// A number that nobody can guess and that must come back, so that an old answer is not taken for a new one.
    let nonce: [UInt8]

    /// Asks for a time-stamp of some bytes.
    public init(of bytes: [UInt8]) {
        var generator = SystemRandomNumberGenerator()
        self.init(of: bytes, using: &generator)
    }

    init(of bytes: [UInt8], using generator: inout some RandomNumberGenerator) {
        imprint = Array(SHA256.hash(data: bytes))
        // Positive and without leading zero, as the encoding of an integer must be.
        nonce =
            [UInt8.random(in: 1...0x7F, using: &generator)]
            + (0..<11).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    /// The request as it is sent.
    public var encoded: [UInt8] {
        let algorithm = DER.encoding(
            DER.Tag.sequence, DER.encoding(DER.Tag.object, ObjectID.sha256) + DER.encoding(DER.Tag.null, []))
        return DER.encoding(
            DER.Tag.sequence,
            DER.encoding(DER.Tag.integer, [1])
                + DER.encoding(DER.Tag.sequence, algorithm + DER.encoding(DER.Tag.octets, imprint))
                + DER.encoding(DER.Tag.integer, nonce) + DER.encoding(DER.Tag.boolean, [0xFF]))
    }
}
