import Crypto

/// What stands on the Record in place of personal content.
struct Commitment: Sendable, Hashable {
    /// SHA-256(salt ‖ canonical content).
    let hash: [UInt8]
    /// Where in the vault salt and content are.
    let vault: Identifier

    init(to content: [UInt8], salt: [UInt8], vault: Identifier) {
        hash = Array(SHA256.hash(data: salt + content))
        self.vault = vault
    }

    /// From a payload's field; nil where it is none.
    init?(_ json: JSON) {
        guard let members = json.members, members.count == 2, let hash = members["commitment"]?.text,
            let bytes = [UInt8](hex: hash), bytes.count == 32,
            let vault = members["vault"]?.text.flatMap({ Identifier($0) })
        else { return nil }
        self.hash = bytes
        self.vault = vault
    }

    var json: JSON { ["commitment": .string(hash.hex), "vault": .string(vault.description)] }
}
