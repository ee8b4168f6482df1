import Crypto
import CryptoExtras
public import Record

/// RSA signatures of others, which time-stamping authorities still make. Slipway signs nothing with RSA.
public enum RSASignature {
    /// Whether a signature (PKCS #1 v1.5) is of a message, by a key of 2,048 bits or more.
    public static let check: RSACheck = { signature, message, digest, key in
        // Whatever cannot be read as a key verifies nothing.
        guard let key = try? _RSA.Signing.PublicKey(derRepresentation: key), key.keySizeInBits >= 2048 else {
            return false
        }
        let signature = _RSA.Signing.RSASignature(rawRepresentation: signature)
        switch digest {
        case .sha256:
            return key.isValidSignature(signature, for: SHA256.hash(data: message), padding: .insecurePKCS1v1_5)
        case .sha384:
            return key.isValidSignature(signature, for: SHA384.hash(data: message), padding: .insecurePKCS1v1_5)
        case .sha512:
            return key.isValidSignature(signature, for: SHA512.hash(data: message), padding: .insecurePKCS1v1_5)
        }
    }
}
