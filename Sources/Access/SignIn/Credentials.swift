import Foundation
public import Record
public import Store

/// Accounts and their password hashes. Not on the Record: they come back from backup only.
public enum Credentials {
    static let migration = Migration(
        "access.002.credentials",
        [
            """
            CREATE TABLE access_credentials (
              account TEXT PRIMARY KEY, person TEXT NOT NULL UNIQUE, hash TEXT NOT NULL, changed BIGINT NOT NULL)
            """
        ])

    /// An account name as it is compared: composed, trimmed, lower case, at most 100 characters.
    static func normal(_ account: String) -> String {
        String(
            account.precomposedStringWithCompatibilityMapping.lowercased()
                .trimmingCharacters(in: .whitespacesAndNewlines).prefix(100))
    }

    /// Gives a person an account, or a new password or name to the one they have.
    ///
    /// Whoever changes a password should also call ``Sessions/revokeAll(of:except:in:)``.
    /// - Throws: ``AccessError`` with code `taken` where someone else has this account name, `invalid` where it is none.
    public static func set(
        person: PersonID, account: String, hash: PasswordHash, at now: Timestamp, in transaction: any Writer
    ) throws {
        let account = normal(account)
        try Checks.text(account, field: "account", 1...100)
        let owner = try transaction.first("SELECT person FROM access_credentials WHERE account = ?", [.text(account)])
        guard try owner.map({ try $0.text("person") == person.rawValue }) ?? true else {
            throw AccessError(
                .taken, field: "account", rule: "unique",
                Words("이미 사용 중인 아이디입니다.", "This account name is in use."))
        }
        try transaction.execute(
            """
            INSERT INTO access_credentials (account, person, hash, changed) VALUES (?, ?, ?, ?)
            ON CONFLICT (person) DO UPDATE
              SET account = excluded.account, hash = excluded.hash, changed = excluded.changed
            """,
            [.text(account), .text(person.rawValue), .text(hash.text), .integer(now.microseconds)])
    }

    /// The account name of a person, nil where they have none.
    public static func account(of person: PersonID, in transaction: any Reader) throws -> String? {
        try transaction.first("SELECT account FROM access_credentials WHERE person = ?", [.text(person.rawValue)])?
            .text("account")
    }

    /// Whether nobody has an account yet, so that a first sign-in link is due.
    public static func areEmpty(in transaction: any Reader) throws -> Bool {
        try transaction.query("SELECT 1 AS one FROM access_credentials LIMIT 1").isEmpty
    }

    /// The person and hash of an account of someone active.
    static func find(_ account: String, in transaction: any Reader) throws -> (person: PersonID, hash: PasswordHash)? {
        try transaction.first(
            """
            SELECT c.person, c.hash FROM access_credentials c JOIN access_people p ON p.id = c.person
            WHERE c.account = ? AND p.active = 1
            """, [.text(normal(account))]
        ).map { (PersonID(try $0.text("person")), PasswordHash(text: try $0.text("hash"))) }
    }
}
