import Crypto
import CryptoExtras
import Foundation

/// A password as it is kept: scrypt (RFC 7914) with its parameters, `scrypt$15$8$3$salt$key`.
///
/// Making and verifying take about a fifth of a second and 32 MB: run them off the event loop.
public struct PasswordHash: Sendable, Hashable {
    /// The encoded text for the table.
    public let text: String

    /// What one verification costs. N = 2¹⁵, r = 8, p = 3 is one of the equivalent settings that OWASP's Password
    /// Storage Cheat Sheet recommends; of those it takes the least memory, which sign-ins at shift change need.
    struct Cost: Sendable, Hashable {
        var logN = 15
        var r = 8
        var p = 3
    }

    /// Hashes a new password.
    /// - Throws: ``AccessError`` with code `weakPassword` where it breaks a rule.
    public init(_ password: String, account: String) throws {
        if let refusal = PasswordRules.refusals(of: password, account: account).first { throw refusal }
        try self.init(password, salt: Array(Secret().bytes.prefix(16)), cost: Cost())
    }

    /// As the table keeps it.
    init(text: String) { self.text = text }

    init(_ password: String, salt: [UInt8], cost: Cost) throws {
        let key = try Self.key(password, salt: salt, cost: cost)
        text =
            "scrypt$\(cost.logN)$\(cost.r)$\(cost.p)$\(Data(salt).base64EncodedString())$"
            + Data(key).base64EncodedString()
    }

    /// Whether a password is the one that was hashed.
    ///
    /// An account that does not exist (`nil`) takes as long as a wrong password, so that the time tells nothing.
    public static func verify(_ password: String, against hash: PasswordHash?) throws -> Bool {
        let known = hash.flatMap(Parts.init)
        let parts = known ?? Parts.decoy
        // An empty or overlong password was never accepted; it costs the same and fails.
        let plausible = !password.isEmpty && password.utf8.count <= PasswordRules.longest * 8
        let key = try key(plausible ? password : "-", salt: parts.salt, cost: parts.cost)
        return Secret.isEqual(key, parts.key) && plausible && known != nil
    }

    private static func key(_ password: String, salt: [UInt8], cost: Cost) throws -> [UInt8] {
        // Korean syllables come composed or as letters, by keyboard; compatibility composition makes them one text.
        let normal = Array(password.precomposedStringWithCompatibilityMapping.utf8)
        return try scrypt(normal, salt: salt, cost: cost, count: 32)
    }

    /// The bare function, for the vectors of RFC 7914.
    static func scrypt(_ password: [UInt8], salt: [UInt8], cost: Cost, count: Int) throws -> [UInt8] {
        let key = try KDF.Scrypt.deriveKey(
            from: password, salt: salt, outputByteCount: count, rounds: 1 << cost.logN, blockSize: cost.r,
            parallelism: cost.p)
        return key.withUnsafeBytes { Array($0) }
    }

    /// The encoded text, taken apart.
    private struct Parts {
        let cost: Cost
        let salt: [UInt8]
        let key: [UInt8]

        /// Stands in for an account that does not exist.
        static let decoy = Parts(
            cost: Cost(), salt: Array(repeating: 0, count: 16), key: Array(repeating: 0, count: 32))

        private init(cost: Cost, salt: [UInt8], key: [UInt8]) {
            self.cost = cost
            self.salt = salt
            self.key = key
        }

        init?(_ hash: PasswordHash) {
            let fields = hash.text.split(separator: "$", omittingEmptySubsequences: false).map(String.init)
            guard fields.count == 6, fields[0] == "scrypt", let logN = Int(fields[1]), (1...20).contains(logN),
                let r = Int(fields[2]), (1...32).contains(r), let p = Int(fields[3]), (1...16).contains(p),
                let salt = Data(base64Encoded: fields[4]), !salt.isEmpty, let key = Data(base64Encoded: fields[5]),
                key.count == 32
            else { return nil }
            self.init(cost: Cost(logN: logN, r: r, p: p), salt: Array(salt), key: Array(key))
        }
    }
}
