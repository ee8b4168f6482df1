/// One value in ASN.1's distinguished encoding (ITU-T X.690): as much of it as time-stamps need.
struct DER: Sendable, Hashable {
    /// The identifier octet.
    let tag: UInt8
    /// What it holds.
    let content: ArraySlice<UInt8>
    /// All of it, with tag and length.
    let whole: ArraySlice<UInt8>

    /// The identifier octets used here.
    enum Tag {
        static let boolean: UInt8 = 0x01
        static let integer: UInt8 = 0x02
        static let bits: UInt8 = 0x03
        static let octets: UInt8 = 0x04
        static let null: UInt8 = 0x05
        static let object: UInt8 = 0x06
        static let utcTime: UInt8 = 0x17
        static let time: UInt8 = 0x18
        static let sequence: UInt8 = 0x30
        static let set: UInt8 = 0x31
        /// `[n]`, constructed.
        static func context(_ number: UInt8) -> UInt8 { 0xA0 | number }
    }

    /// The one value that some bytes are.
    init(_ bytes: some Collection<UInt8>) throws(RecordError) {
        let all = Array(bytes)[...]
        let (value, rest) = try Self.first(of: all)
        guard rest.isEmpty else { throw RecordError(.timestamp, "bytes follow the ASN.1 value") }
        self = value
    }

    private init(tag: UInt8, content: ArraySlice<UInt8>, whole: ArraySlice<UInt8>) {
        self.tag = tag
        self.content = content
        self.whole = whole
    }

    private static func first(of bytes: ArraySlice<UInt8>) throws(RecordError) -> (DER, rest: ArraySlice<UInt8>) {
        let broken = RecordError(.timestamp, "the ASN.1 value is cut short or not in its distinguished form")
        guard bytes.count >= 2, let tag = bytes.first, tag & 0x1F != 0x1F else { throw broken }
        var at = bytes.startIndex + 2
        var length = Int(bytes[at - 1])
        if length >= 0x80 {
            let many = length & 0x7F
            guard (1...4).contains(many), bytes.endIndex - at >= many else { throw broken }
            length = bytes[at..<at + many].reduce(0) { $0 << 8 | Int($1) }
            guard length >= 0x80, bytes[at] != 0 else { throw broken }
            at += many
        }
        guard bytes.endIndex - at >= length else { throw broken }
        let end = at + length
        return (
            DER(tag: tag, content: bytes[at..<end], whole: bytes[bytes.startIndex..<end]), bytes[end...]
        )
    }

    /// The values that it holds.
    var parts: [DER] {
        get throws(RecordError) {
            var (found, rest) = ([DER](), content)
            while !rest.isEmpty {
                let (value, behind) = try Self.first(of: rest)
                found.append(value)
                rest = behind
            }
            return found
        }
    }

    /// What it holds, where it is of a kind.
    func content(_ tag: UInt8, _ what: String) throws(RecordError) -> [UInt8] {
        guard self.tag == tag else { throw RecordError(.timestamp, "\(what) is not what it should be") }
        return Array(content)
    }

    /// The values that it holds, where it is of a kind and holds at least so many.
    func parts(_ tag: UInt8, _ what: String, least: Int = 0) throws(RecordError) -> [DER] {
        guard self.tag == tag else { throw RecordError(.timestamp, "\(what) is not what it should be") }
        let parts = try parts
        guard parts.count >= least else { throw RecordError(.timestamp, "\(what) is incomplete") }
        return parts
    }

    /// A value's encoding.
    static func encoding(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        guard content.count >= 0x80 else { return [tag, UInt8(content.count)] + content }
        let length = [UInt8](bigEndian: UInt32(content.count)).drop { $0 == 0 }
        return [tag, 0x80 | UInt8(length.count)] + length + content
    }

    /// A moment written as `YYYYMMDDHHMMSS[.f…]Z`, or with two digits of the year.
    func moment() throws(RecordError) -> Timestamp {
        var text = String(decoding: content, as: UTF8.self)
        if tag == Tag.utcTime {
            guard let year = Int(text.prefix(2)) else { throw RecordError(.timestamp, "\(text) is no time") }
            text = (year < 50 ? "20" : "19") + text
        }
        let digits = Array(text)
        guard tag == Tag.time || tag == Tag.utcTime, digits.count >= 15, digits.last == "Z",
            let moment = Timestamp(
                iso8601: "\(String(digits[0..<4]))-\(String(digits[4..<6]))-\(String(digits[6..<8]))"
                    + "T\(String(digits[8..<10])):\(String(digits[10..<12])):\(String(digits[12...]))")
        else { throw RecordError(.timestamp, "\(text) is no time") }
        return moment
    }
}

/// The object identifiers that time-stamps speak of, as their encoding holds them.
enum ObjectID {
    static let signedData: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02]
    /// id-ct-TSTInfo (RFC 3161 §2.4.2).
    static let timeStamp: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x10, 0x01, 0x04]
    static let contentType: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x03]
    static let messageDigest: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x04]
    /// signingCertificate (RFC 2634 §5.4) and signingCertificateV2 (RFC 5035 §3).
    static let certificate: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x10, 0x02, 0x0C]
    static let certificate2: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x10, 0x02, 0x2F]
    static let sha256: [UInt8] = [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01]
    static let sha384: [UInt8] = [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02]
    static let sha512: [UInt8] = [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03]
    /// 1.2.840.113549.1.1: rsaEncryption (1) and its signatures with SHA-256 (11), SHA-384 (12), SHA-512 (13).
    static let rsa: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01]
    /// 1.2.840.10045.4.3: ECDSA with SHA-256 (2), SHA-384 (3), SHA-512 (4).
    static let ecdsa: [UInt8] = [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03]
    static let extendedKeyUsage: [UInt8] = [0x55, 0x1D, 0x25]
    /// id-kp-timeStamping (RFC 3161 §2.3).
    static let stamping: [UInt8] = [0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x08]
}
