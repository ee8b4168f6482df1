import District
import Record
import Store

/// The certificates of the district's staff. They are the zone's rows: no query here serves a firm.
enum CertificateTable {
    static let migration = Migration(
        "stewardship.certificates.001",
        [
            """
            CREATE TABLE stewardship_certificates (
                id TEXT PRIMARY KEY, person TEXT NOT NULL, module TEXT NOT NULL, version TEXT NOT NULL,
                score BIGINT NOT NULL, passed BIGINT NOT NULL, expires BIGINT NOT NULL, evidence TEXT,
                recorded BIGINT NOT NULL, revoked BIGINT)
            """,
            "CREATE INDEX stewardship_certificates_person ON stewardship_certificates (person, module, expires)",
        ])

    static let projection = Projection(
        tables: ["stewardship_certificates"], types: [CertificateIssued.type, CertificateIssued.revoked]
    ) { event, payload, writer in
        guard event.type == CertificateIssued.type else {
            try writer.execute(
                "UPDATE stewardship_certificates SET revoked = ? WHERE id = ? AND revoked IS NULL",
                [.integer(event.recorded.microseconds), .text(payload["certificate"]?.text ?? "")])
            return
        }
        guard let issued = CertificateIssued(payload), let passed = KoreanDay(issued.passed),
            let expires = KoreanDay(issued.expires)
        else { return }
        try writer.execute(
            """
            INSERT INTO stewardship_certificates
                (id, person, module, version, score, passed, expires, evidence, recorded)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING
            """,
            [
                .text(issued.certificate), .text(issued.person.rawValue), .text(issued.module), .text(issued.version),
                .integer(issued.score), .integer(passed.number), .integer(expires.number), .optional(issued.evidence),
                .integer(event.recorded.microseconds),
            ])
    }

    /// Whether somebody's certificate for a module counts at a moment.
    static func isValid(
        _ person: PersonID, _ module: TrainingModule, at now: Timestamp, in reader: any Reader
    ) throws -> Bool {
        try reader.query(
            """
            SELECT * FROM stewardship_certificates
            WHERE person = ? AND module = ? AND revoked IS NULL AND expires >= ? ORDER BY id
            """,
            [.text(person.rawValue), .text(module.id), .integer(KoreanDay(now).number)]
        ).map(certificate).contains { $0.state(on: KoreanDay(now), module).counts }
    }

    static func find(_ id: String, in reader: any Reader) throws -> Certificate? {
        try reader.first("SELECT * FROM stewardship_certificates WHERE id = ?", [.text(id)]).map(certificate)
    }

    /// Everybody's latest certificate of each module.
    static func latest(in reader: any Reader) throws -> [Certificate] {
        var seen: Set<String> = []
        return try reader.query(
            """
            SELECT * FROM stewardship_certificates
            ORDER BY person, module, CASE WHEN revoked IS NULL THEN 0 ELSE 1 END, expires DESC, id LIMIT 5000
            """
        ).map(certificate).filter { seen.insert("\($0.person)/\($0.module)").inserted }
    }

    private static func certificate(_ row: Row) throws -> Certificate {
        Certificate(
            id: try row.text("id"), person: PersonID(try row.text("person")), module: try row.text("module"),
            version: try row.text("version"), score: try row.integer("score"),
            passed: KoreanDay(number: try row.integer("passed")),
            expires: KoreanDay(number: try row.integer("expires")), evidence: try row.optionalText("evidence"),
            revoked: try row.optionalInteger("revoked").map { Timestamp(microseconds: $0) })
    }
}
