import Crypto
import Foundation

/// Seals content that somebody else carries for a while, so that it comes back unchanged or not at all: HMAC-SHA-256
/// (RFC 2104). What is sealed can be read by whoever carries it.
public struct Seal: Sendable {
    private let key: SymmetricKey

    /// A seal with this key of 256 bits.
    public init(key: [UInt8]) { self.key = SymmetricKey(data: key) }

    /// A new key from the system's generator.
    public static func newKey() -> [UInt8] { Secret().bytes }

    /// `content.code`, both in base64url.
    public func sealed(_ content: [UInt8]) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: content, using: key)
        return "\(Self.text(Data(content))).\(Self.text(Data(code)))"
    }

    /// The content; nil where a bit of it or of its code is not as it was given out.
    public func opened(_ text: String) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let content = Self.bytes(parts[0]), let code = Self.bytes(parts[1]),
            HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: content, using: key)
        else { return nil }
        return [UInt8](content)
    }

    private static func text(_ data: Data) -> String {
        data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// The bytes of base64url; nil also where the same bytes would be written otherwise.
    private static func bytes(_ text: Substring) -> Data? {
        let plain = String(text).replacing("-", with: "+").replacing("_", with: "/")
        let padded = plain + String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: padded), Self.text(data) == text else { return nil }
        return data
    }
}
