import Crypto

/// The SHA-256 of a file's content, by which evidence names it.
public enum ContentHash {
    /// 64 lower-case hexadecimal digits.
    public static func sha256(_ bytes: some Sequence<UInt8>) -> String {
        Array(SHA256.hash(data: Array(bytes))).hex
    }
}
