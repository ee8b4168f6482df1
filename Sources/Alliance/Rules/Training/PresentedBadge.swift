import Foundation
import Record

/// A credential as somebody holds it up: the signed file (a JWT), or the JSON in it, which carries no signature.
struct PresentedBadge: Sendable {
    /// Why a text is none.
    enum Fault: String, Error, CaseIterable {
        case empty, large, unreadable, other
    }

    /// As large a text as is read, in bytes: a credential has two or three thousand.
    static let largest = 64 << 10

    /// What it says.
    let document: JSON
    /// What was signed, how and with which signature; nil for JSON alone.
    let signed: (text: String, algorithm: String, signature: [UInt8])?

    /// - Throws: ``Fault`` where the text is no credential of Open Badges 3.0.
    init(_ sent: String) throws(Fault) {
        let text = sent.trimmingCharacters(in: .whitespacesAndNewlines.union(["\u{FEFF}"]))
        guard !text.isEmpty else { throw .empty }
        guard text.utf8.count <= Self.largest else { throw .large }
        if text.hasPrefix("{") {
            guard let json = try? JSON(parsing: Array(text.utf8)) else { throw .unreadable }
            (document, signed) = (json, nil)
        } else {
            let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 3, let head = Self.bytes(parts[0]), let body = Self.bytes(parts[1]),
                let signature = Self.bytes(parts[2]), let header = try? JSON(parsing: head),
                let json = try? JSON(parsing: body)
            else { throw .unreadable }
            document = json
            signed = ("\(parts[0]).\(parts[1])", header["alg"]?.text ?? "", signature)
        }
        let types = (document["type"]?.elements ?? []).compactMap(\.text)
        guard types.contains("OpenBadgeCredential") || types.contains("AchievementCredential") else { throw .other }
    }

    /// Base64url without padding (RFC 4648, 5).
    private static func bytes(_ text: String) -> [UInt8]? {
        let plain = text.replacing("-", with: "+").replacing("_", with: "/")
        return Data(base64Encoded: plain + String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)).map(
            Array.init)
    }

    /// Who issued it, as it says itself.
    var issuer: String { document["issuer"]?["id"]?.text ?? document["issuer"]?.text ?? "" }
    /// What that one is called.
    var issuerName: String { document["issuer"]?["name"]?.text ?? issuer }

    /// The name under which this house keeps it; nil where it is of another house.
    var badge: String? {
        let mark = "/alliance/badges/c/"
        guard let id = document["id"]?.text, let place = id.range(of: mark) else { return nil }
        let name = String(id[place.upperBound...])
        return name.isEmpty || name.contains("/") ? nil : name
    }

    /// Whether it says of its holder, its achievement and its days what the Record says: how JSON without a signature is
    /// held against what was issued.
    func agrees(with issued: JSON) -> Bool {
        func told(_ json: JSON) -> [JSON?] {
            let subject = json["credentialSubject"]
            return [
                json["id"], json["validFrom"], json["validUntil"], json["credentialStatus"], json["name"],
                subject?["id"], subject?["identifier"], subject?["result"], subject?["achievement"]?["id"],
                subject?["achievement"]?["name"], subject?["achievement"]?["description"],
                subject?["achievement"]?["criteria"],
            ]
        }
        return told(document) == told(issued)
    }
}

/// What a credential that was held up came to.
enum BadgeVerdict: String, Sendable, CaseIterable {
    case valid, ending, expired, revoked
    /// It begins later.
    case early
    /// Its signature is not of this house: it was altered, or somebody else signed it.
    case forged
    /// It has no signature, and says other than what was issued.
    case differs
    /// Another house issued it.
    case foreign
    /// It is signed here and stands on no list: it was erased.
    case unknown

    /// What is known of it once it is found here.
    /// - Parameters:
    ///   - isGenuine: whether the signature is right, or what it says is what was issued.
    static func of(
        _ badge: BadgeCredential, isSigned: Bool, isGenuine: Bool, at now: Timestamp
    ) -> BadgeVerdict {
        guard isGenuine else { return isSigned ? .forged : .differs }
        let state = badge.state(on: KoreanDay(now))
        if state == .revoked { return .revoked }
        if badge.from > now { return .early }
        switch state {
        case .valid: return .valid
        case .ending: return .ending
        case .expired: return .expired
        case .revoked: return .revoked
        }
    }

    /// The kind of notice it is told in.
    var kind: String {
        switch self {
        case .valid: "verified"
        case .ending, .early, .foreign, .unknown: "warn"
        case .expired, .revoked, .forged, .differs: "danger"
        }
    }

    /// Whether what the file says may be believed.
    var isGenuine: Bool { ![.forged, .differs, .foreign, .unknown].contains(self) }
}
