import Access
import District
import Record
import Store

/// The imports that were made, each with its counts and what it refused, as pages and files show them.
enum FirmImports {
    static let migration = Migration(
        "safety.firms.002",
        [
            """
            CREATE TABLE safety_firm_imports (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, at BIGINT NOT NULL, rows BIGINT NOT NULL,
                added BIGINT NOT NULL, changed BIGINT NOT NULL, unchanged BIGINT NOT NULL, refused BIGINT NOT NULL,
                findings TEXT NOT NULL)
            """
        ])

    static let projection = Projection(
        tables: ["safety_firm_imports"], types: ["safety.tenants.imported"]
    ) { event, payload, transaction in
        let counts = ["rows", "added", "changed", "unchanged", "refused"].map {
            SQLValue.integer(payload[$0]?.integer ?? 0)
        }
        try transaction.execute(
            """
            INSERT INTO safety_firm_imports (id, scope, at, rows, added, changed, unchanged, refused, findings)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(String(event.stream.dropFirst("firm-import/".count))), .text(event.scope.text),
                .integer(event.recorded.microseconds),
            ] + counts + [.text((payload["findings"] ?? []).canonicalText)])
    }

    /// An import as it is shown again.
    struct Report: Sendable {
        let id: String
        let at: Timestamp
        let rows: Int64, added: Int64, changed: Int64, unchanged: Int64, refused: Int64
        let findings: [FirmListing.Finding]
    }

    /// An import that a tenant may see; only the zone's own people may.
    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> Report? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM safety_firm_imports WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).map(report)
    }

    /// The latest imports.
    static func latest(_ limit: Int64, for tenant: some Tenancy, in reader: any Reader) throws -> [Report] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM safety_firm_imports WHERE \(own.sql) ORDER BY at DESC, id LIMIT ?",
            own.arguments + [.integer(limit)]
        ).map(report)
    }

    /// Every firm that there is, as an import is held against it.
    static func known(for tenant: Tenant, in reader: any Reader) throws -> [FirmImport.Known] {
        var firms: [Firm] = []
        while true {
            let page = try Directory.firms(
                for: tenant, limit: Listing<Firm>.largestPage, offset: firms.count, in: reader)
            firms += page.rows
            guard !page.rows.isEmpty, Int64(firms.count) < page.total else { break }
        }
        let profiles = Dictionary(
            uniqueKeysWithValues: try FirmProfiles.all(for: tenant, in: reader).map { ($0.firm, $0) })
        return firms.map {
            FirmImport.Known(firm: $0, industry: profiles[$0.id]?.industry, address: profiles[$0.id]?.address)
        }
    }

    private static func report(_ row: Row) throws -> Report {
        let findings = try JSON(parsing: Array(try row.text("findings").utf8)).elements ?? []
        return Report(
            id: try row.text("id"), at: Timestamp(microseconds: try row.integer("at")), rows: try row.integer("rows"),
            added: try row.integer("added"), changed: try row.integer("changed"),
            unchanged: try row.integer("unchanged"), refused: try row.integer("refused"),
            findings: findings.compactMap { finding in
                guard let line = finding["line"]?.integer,
                    let column = finding["field"]?.text.flatMap({ FirmListing.Column(rawValue: $0) }),
                    let rule = finding["rule"]?.text.flatMap({ FirmListing.Rule(rawValue: $0) })
                else { return nil }
                return .init(line: Int(line), column: column, rule: rule, other: finding["other"]?.text)
            })
    }
}
