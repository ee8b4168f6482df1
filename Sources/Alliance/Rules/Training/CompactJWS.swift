import Foundation
import Record

/// A credential as it is carried away: a JWT that is signed with Ed25519 (RFC 7515, RFC 8037; Open Badges 3.0, 8.2).
enum CompactJWS {
    /// `header.payload.signature` in base64url.
    static func sign(_ payload: JSON, keyID: String, with key: SigningKey) throws -> String {
        let header: JSON = ["alg": "EdDSA", "typ": "JWT", "kid": .string(keyID), "jwk": jwk(key.verifier.publicKey)]
        let signed = "\(base64url(header.canonical)).\(base64url(payload.canonical))"
        return "\(signed).\(base64url(try key.signature(over: Array(signed.utf8))))"
    }

    /// The public key as a JSON Web Key (RFC 8037, 2).
    static func jwk(_ publicKey: [UInt8]) -> JSON {
        ["kty": "OKP", "crv": "Ed25519", "x": .string(base64url(publicKey))]
    }

    /// Base64url without padding (RFC 4648, 5).
    static func base64url(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
