public import Store

extension RecordLog {
    /// An event's payload with personal content put back from the vault; what was erased becomes `{"erased": true}`.
    ///
    /// Who may see it is the caller's to decide, and to record.
    /// - Throws: ``RecordError`` with code `corrupt` where the vault holds something else than was committed to.
    public func disclosed(_ event: Event, in reader: any Reader) throws -> [String: JSON] {
        let commitments = event.payload.compactMapValues { Commitment($0) }
        guard !commitments.isEmpty else { return event.payload }
        let rows = try reader.query(
            """
            SELECT v.id AS id, v.sealed AS sealed, k.secret AS secret
            FROM record_vault v JOIN record_vault_keys k ON k.subject = v.subject WHERE v.event = ?
            """, [.text(event.id.description)])
        let kept = Dictionary(try rows.map { (try $0.text("id"), $0) }, uniquingKeysWith: { first, _ in first })
        return try event.payload.merging(
            commitments.map { field, commitment in
                guard let row = kept[commitment.vault.description] else { return (field, ["erased": true]) }
                let content = try Vault.open(
                    row.blob("sealed"), with: row.blob("secret"), for: commitment, event: event.id, field: field)
                return (field, content)
            },
            uniquingKeysWith: { $1 })
    }

    /// Forgets a person: content, salts and key go; events, tree and proofs stay as they are.
    ///
    /// The caller records that it was done, by whom and why. Backups made before still hold what was erased.
    /// - Returns: how many fields were erased.
    public func erase(_ subject: PersonID, in transaction: any Writer) throws -> Int {
        let erased = try transaction.execute(
            "DELETE FROM record_vault WHERE subject = ?", [.text(subject.rawValue)])
        try transaction.execute("DELETE FROM record_vault_keys WHERE subject = ?", [.text(subject.rawValue)])
        return erased
    }
}
