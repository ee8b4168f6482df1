import District
import Record
import Store

/// The last check of each item of a site.
enum ReadinessTable {
    static let checked = "robots.readiness.checked"

    static let migration = Migration(
        "robots.readiness.001",
        [
            """
            CREATE TABLE robots_readiness (
                site TEXT NOT NULL, item TEXT NOT NULL, value DOUBLE PRECISION, how TEXT NOT NULL, evidence TEXT,
                checked BIGINT NOT NULL, author TEXT NOT NULL, scope TEXT NOT NULL, PRIMARY KEY (site, item))
            """
        ])

    static let projection = Projection(tables: ["robots_readiness"], types: [checked]) { event, payload, writer in
        guard let site = payload["site"]?.text, let item = payload["item"]?.text else { return }
        try writer.execute(
            """
            INSERT INTO robots_readiness (site, item, value, how, evidence, checked, author, scope)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (site, item) DO UPDATE SET value = excluded.value, how = excluded.how,
                evidence = excluded.evidence, checked = excluded.checked, author = excluded.author, scope = excluded.scope
            """,
            [
                .text(site), .text(item), .optional(payload["value"]?.double), .text(payload["how"]?.text ?? ""),
                .optional(payload["evidence"]?.text), .integer(event.observed.microseconds),
                .text(event.author.text), .text(event.scope.text),
            ])
    }

    /// A check with how it was made.
    struct Entry: Sendable, Hashable {
        var check: Readiness.Check
        var how: String
        /// SHA-256 of a file.
        var evidence: String?
    }

    /// The last checks of a site, by item.
    static func checks(of site: String, for tenant: some Tenancy, in reader: any Reader) throws -> [String: Entry] {
        let scope = tenant.condition(column: "scope")
        let rows = try reader.query(
            "SELECT * FROM robots_readiness WHERE site = ? AND \(scope.sql)", [.text(site)] + scope.arguments)
        return Dictionary(
            uniqueKeysWithValues: try rows.map { row in
                (
                    try row.text("item"),
                    Entry(
                        check: .init(
                            value: try row.optionalReal("value"),
                            checked: Timestamp(microseconds: try row.integer("checked"))),
                        how: try row.text("how"), evidence: try row.optionalText("evidence"))
                )
            })
    }
}
