import Crypto
import Store

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Personal content on its way into the vault: salted, committed to, and sealed under its subject's key (AES-GCM).
struct Vault {
    private let reader: any Reader
    /// Keys by the bytes of their subject's name, as the database compares.
    private var secrets: [[UInt8]: SymmetricKey] = [:]
    private var newSecrets: [[SQLValue]] = []
    private var rows: [[SQLValue]] = []

    init(_ reader: any Reader) { self.reader = reader }

    /// Takes an event's personal fields in.
    /// - Returns: what stands in their place.
    mutating func keep(_ fields: [String: PersonalContent], of event: Identifier) throws -> [String: JSON] {
        var commitments: [String: JSON] = [:]
        for (field, personal) in fields.sorted(by: { $0.key < $1.key }) {
            guard personal.content.isCanonicalizable else {
                throw RecordError(.draft, "a number of the personal field \(field) is not finite")
            }
            let content = personal.content.canonical
            let salt = Self.randomBytes()
            let id = Identifier()
            let secret = try secret(of: personal.subject)
            let box = try AES.GCM.seal(salt + content, using: secret, authenticating: Self.place(id, event, field))
            rows.append([
                .text(id.description), .text(event.description), .text(field), .text(personal.subject.rawValue),
                .blob(Array(box.nonce) + Array(box.ciphertext) + Array(box.tag)),
            ])
            commitments[field] = Commitment(to: content, salt: salt, vault: id).json
        }
        return commitments
    }

    /// Writes what was taken in.
    func store(in transaction: any Writer) throws {
        if !newSecrets.isEmpty {
            try transaction.insert(into: "record_vault_keys", columns: ["subject", "secret"], rows: newSecrets)
        }
        if !rows.isEmpty {
            try transaction.insert(
                into: "record_vault", columns: ["id", "event", "field", "subject", "sealed"], rows: rows)
        }
    }

    private mutating func secret(of subject: PersonID) throws -> SymmetricKey {
        let name = Array(subject.rawValue.utf8)
        if let known = secrets[name] { return known }
        let secret: SymmetricKey
        if let row = try reader.first(
            "SELECT secret FROM record_vault_keys WHERE subject = ?", [.text(subject.rawValue)])
        {
            secret = SymmetricKey(data: try row.blob("secret"))
        } else {
            secret = SymmetricKey(size: .bits256)
            newSecrets.append([.text(subject.rawValue), .blob(secret.withUnsafeBytes { Array($0) })])
        }
        secrets[name] = secret
        return secret
    }

    /// Opens what is sealed and holds it against the commitment.
    /// - Throws: ``RecordError`` with code `corrupt` where it is not what was committed to.
    static func open(
        _ sealed: [UInt8], with secret: [UInt8], for commitment: Commitment, event: Identifier, field: String
    ) throws(RecordError) -> JSON {
        let content = try unseal(sealed, with: secret, for: commitment, event: event, field: field).content
        do throws(JSONError) {
            return try JSON(parsing: content)
        } catch {
            throw RecordError(.corrupt, "the vault's \(commitment.vault) cannot be opened: \(error)")
        }
    }

    /// Opens what is sealed: the salt and the canonical content, which together prove the commitment.
    /// - Throws: ``RecordError`` with code `corrupt` where it is not what was committed to.
    static func unseal(
        _ sealed: [UInt8], with secret: [UInt8], for commitment: Commitment, event: Identifier, field: String
    ) throws(RecordError) -> (salt: [UInt8], content: [UInt8]) {
        let opened: [UInt8]
        do {
            let box = try AES.GCM.SealedBox(combined: sealed)
            opened = Array(
                try AES.GCM.open(
                    box, using: SymmetricKey(data: secret), authenticating: place(commitment.vault, event, field)))
        } catch {
            throw RecordError(.corrupt, "the vault's \(commitment.vault) cannot be opened: \(error)")
        }
        let (salt, content) = (Array(opened.prefix(32)), Array(opened.dropFirst(32)))
        guard Commitment(to: content, salt: salt, vault: commitment.vault) == commitment else {
            throw RecordError(.corrupt, "the vault's \(commitment.vault) is not what the event committed to")
        }
        return (salt, content)
    }

    /// Binds sealed content to its place, so that rows cannot be exchanged.
    private static func place(_ id: Identifier, _ event: Identifier, _ field: String) -> [UInt8] {
        Array("\(id)/\(event)/\(field)".utf8)
    }

    /// 32 bytes that nobody can guess.
    static func randomBytes() -> [UInt8] { SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) } }
}
