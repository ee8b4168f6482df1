import Store

/// Checks that what the vault holds is what events committed to.
struct VaultCheck {
    private let reader: any Reader

    init(_ reader: any Reader) { self.reader = reader }

    func run(_ report: inout VerificationReport) throws {
        var (kept, last) = (Int64(0), "")
        while true {
            let rows = try reader.query(
                """
                SELECT v.id AS id, v.field AS field, v.sealed AS sealed, k.secret AS secret, e.leaf AS leaf, e.body AS body
                FROM record_vault v LEFT JOIN record_vault_keys k ON k.subject = v.subject
                LEFT JOIN record_events e ON e.id = v.event WHERE v.id > ? ORDER BY v.id LIMIT 256
                """, [.text(last)])
            guard let end = rows.last else { break }
            for row in rows {
                do {
                    try check(row)
                } catch let error as RecordError {
                    report.add(.vault, leaf: try row.optionalInteger("leaf"), error.message)
                }
            }
            kept += Int64(rows.count)
            last = try end.text("id")
        }
        report.personal.erased = max(0, report.personal.fields - kept)
    }

    private func check(_ row: Row) throws {
        let (id, field) = (try row.text("id"), try row.text("field"))
        guard let body = try row.optionalBlob("body"), let secret = try row.optionalBlob("secret") else {
            throw RecordError(.corrupt, "the vault's \(id) has lost its event or its key")
        }
        let event = try Event(body: body, leaf: nil)
        guard let commitment = event.payload[field].flatMap({ Commitment($0) }), commitment.vault.description == id
        else {
            throw RecordError(.corrupt, "no event committed to the vault's \(id)")
        }
        _ = try Vault.open(row.blob("sealed"), with: secret, for: commitment, event: event.id, field: field)
    }
}
