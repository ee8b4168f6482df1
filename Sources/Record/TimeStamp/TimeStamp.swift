import Crypto

/// An authority's word that some bytes existed at a time (RFC 3161 §2.4.2), read out of its answer.
public struct TimeStamp: Sendable, Hashable {
    /// The authority's answer as it came; `openssl ts -verify` takes it.
    public let response: [UInt8]
    /// When, by the authority's clock.
    public let time: Timestamp
    /// SHA-256 of what was stamped.
    public let imprint: [UInt8]
    /// The number that the request carried.
    let nonce: [UInt8]?
    /// What the authority signed, and its signature.
    let token: TimeStampToken

    /// Reads an authority's answer. Its signature is not checked yet.
    /// - Throws: ``RecordError`` with code `timestamp` where it grants nothing or cannot be read.
    public init(response: [UInt8]) throws(RecordError) {
        let parts = try DER(response).parts(DER.Tag.sequence, "the answer", least: 1)
        let status = try parts[0].parts(DER.Tag.sequence, "the status", least: 1)
        let number = try status[0].content(DER.Tag.integer, "the status")
        guard number == [0] || number == [1], parts.count == 2 else {
            throw RecordError(.timestamp, "the authority granted no time-stamp (status \(number.hex))")
        }
        token = try TimeStampToken(parts[1])
        let info = try DER(token.content).parts(DER.Tag.sequence, "the time-stamp", least: 5)
        let imprint = try info[2].parts(DER.Tag.sequence, "the imprint", least: 2)
        let algorithm = try imprint[0].parts(DER.Tag.sequence, "the algorithm", least: 1)
        guard try info[0].content(DER.Tag.integer, "the version") == [1],
            try algorithm[0].content(DER.Tag.object, "the algorithm") == ObjectID.sha256
        else { throw RecordError(.timestamp, "the imprint is not SHA-256") }
        self.imprint = try imprint[1].content(DER.Tag.octets, "the imprint")
        time = try info[4].moment()
        nonce = info.dropFirst(5).first { $0.tag == DER.Tag.integer }.map { Array($0.content) }
        self.response = response
    }

    /// Checks that this answers a request: the same hash, the same number.
    /// - Throws: ``RecordError`` with code `timestamp`.
    public func check(answers request: TimeStampRequest) throws(RecordError) {
        guard imprint == request.imprint else { throw RecordError(.timestamp, "it stamps something else") }
        guard nonce == request.nonce else { throw RecordError(.timestamp, "it answers another request") }
    }

    /// Checks that these are the bytes that were stamped.
    /// - Throws: ``RecordError`` with code `timestamp`.
    public func check(stamps bytes: [UInt8]) throws(RecordError) {
        guard imprint == Array(SHA256.hash(data: bytes)) else {
            throw RecordError(.timestamp, "it stamps something else")
        }
    }
}
