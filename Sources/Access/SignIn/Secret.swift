import Crypto
import Foundation

/// A random secret that is shown once and kept only as its hash: session, token, link.
public struct Secret: Sendable {
    /// The bytes.
    let bytes: [UInt8]

    /// A new secret of 256 bits from the system's generator.
    init() {
        var generator = SystemRandomNumberGenerator()
        bytes = (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    /// Base64url without padding (RFC 4648, section 5): 43 characters.
    var text: String {
        Data(bytes).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// A code of 128 bits that nobody guesses, for an address that whoever holds it may open (a QR code on a machine):
    /// 22 characters of base64url.
    public static func code() -> String {
        Data(Secret().bytes.prefix(16)).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// SHA-256 of a secret's text: what the tables keep. A fast hash is enough, the secret cannot be guessed.
    static func hash(_ text: String) -> [UInt8] { Array(SHA256.hash(data: Data(text.utf8))) }

    /// Compares two texts in a time that depends on their lengths alone.
    public static func isEqual(_ left: String, _ right: String) -> Bool {
        isEqual(Array(left.utf8), Array(right.utf8))
    }

    static func isEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
