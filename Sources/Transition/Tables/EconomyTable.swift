import Access
import District
import Record
import Store

/// The data versions: which statistics were brought in, from where, under what licence, and how they treat what may
/// not be told. The file itself is an attachment, which the event names by its SHA-256: an event of a hundred
/// megabytes would be on every node and in every proof, and says no more.
enum EconomyTable {
    static let imported = "transition.economy.imported"
    static let withdrawn = "transition.economy.withdrawn"

    static let migration = Migration(
        "transition.economy.001",
        [
            """
            CREATE TABLE transition_versions (
                id TEXT PRIMARY KEY, economy TEXT NOT NULL, title TEXT NOT NULL, measure TEXT NOT NULL,
                file TEXT NOT NULL, source TEXT NOT NULL, licence TEXT NOT NULL, published TEXT NOT NULL,
                suppression TEXT NOT NULL, reading TEXT NOT NULL, years TEXT NOT NULL, regions BIGINT NOT NULL,
                industries BIGINT NOT NULL, known BIGINT NOT NULL, refused BIGINT NOT NULL, totals BIGINT NOT NULL,
                scope TEXT NOT NULL, at BIGINT NOT NULL, is_synthetic BIGINT NOT NULL, withdrawn TEXT)
            """,
            "CREATE INDEX transition_versions_economy ON transition_versions (economy, at)",
        ])

    /// Whether everybody may see what is in it. What came in before that was asked stays as it was: for the district.
    static let openness = Migration(
        "transition.economy.002",
        ["ALTER TABLE transition_versions ADD COLUMN is_open BIGINT NOT NULL DEFAULT 0"])

    static let projection = Projection(tables: ["transition_versions"], types: [imported, withdrawn]) {
        event, payload, writer in
        guard event.type == imported else {
            try writer.execute(
                "UPDATE transition_versions SET withdrawn = ? WHERE id = ?",
                [.text(payload["reason"]?.text ?? ""), .text(payload["version"]?.text ?? "")])
            return
        }
        func text(_ key: String) -> SQLValue { .text(payload[key]?.text ?? "") }
        func count(_ key: String) -> SQLValue { .integer(payload[key]?.integer ?? 0) }
        try writer.execute(
            """
            INSERT INTO transition_versions
                (id, economy, title, measure, file, source, licence, published, suppression, reading, years, regions,
                 industries, known, refused, totals, scope, at, is_synthetic, is_open)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(event.id.description), text("economy"), text("title"), text("measure"), text("file"),
                text("source"), text("licence"), text("published"), text("suppression"),
                .text((payload["reading"] ?? .object([:])).canonicalText),
                .text((payload["years"] ?? .array([])).canonicalText), count("regions"), count("industries"),
                // Whoever is of the district reads the pages; whom the Record shows what came in stands on its event.
                count("known"), count("refused"), count("totals"), .text(Scope.everyone.text),
                .integer(event.observed.microseconds), .flag(payload["synthetic"]?.bool ?? false),
                .flag(payload["open"]?.bool ?? false),
            ])
    }

    /// One data version.
    struct Version: Sendable, Hashable {
        let id: String, economy: String, title: String, measure: String, file: String
        let source: String, licence: String, published: String, suppression: String
        let reading: JSON
        let years: [Int]
        let regions: Int64, industries: Int64, known: Int64, refused: Int64, totals: Int64
        let at: Timestamp
        let isSynthetic: Bool
        /// Whether its licence lets everybody see what is in it.
        let isOpen: Bool
        /// Why it was withdrawn; nil where it stands.
        let withdrawn: String?

        /// To whom the Record shows what is told of it.
        var scope: Scope { EconomyTable.scope(isOpen: isOpen) }
    }

    /// To whom the Record shows what is told of statistics: strangers read it too, so what is closed is the zone's.
    static func scope(isOpen: Bool) -> Scope { isOpen ? .everyone : .zone }

    /// The versions that someone may see, the newest first; of one economy where it is named.
    static func versions(
        of economy: String? = nil, for tenant: Tenant?, in reader: any Reader
    ) throws -> [Version] {
        let scope = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT * FROM transition_versions WHERE \(scope.sql)\(economy == nil ? "" : " AND economy = ?")
            ORDER BY at DESC, id DESC LIMIT 500
            """,
            scope.arguments + (economy.map { [.text($0)] } ?? [])
        ).map(version)
    }

    /// A version that someone may see.
    static func version(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> Version? {
        let scope = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM transition_versions WHERE id = ? AND \(scope.sql)", [.text(id)] + scope.arguments
        ).map(version)
    }

    /// The economies that stand, by their titles.
    static func named(for onlooker: Tenant?, in reader: any Reader) throws -> [Named] {
        let standing = try versions(for: onlooker, in: reader).filter { $0.withdrawn == nil }
        return Dictionary(grouping: standing, by: \.economy).sorted { $0.key < $1.key }.map { economy, versions in
            let title = versions.first?.title ?? economy
            return Named(economy, [title], label: Words(title, title))
        }
    }

    /// Whether someone may see the pages of an economy: a stranger only where all of its versions are open.
    static func isShown(_ economy: String, to onlooker: Tenant?, in reader: any Reader) throws -> Bool {
        let standing = try versions(of: economy, for: onlooker, in: reader).filter { $0.withdrawn == nil }
        return !standing.isEmpty && (onlooker != nil || standing.allSatisfy(\.isOpen))
    }

    private static func version(_ row: Row) throws -> Version {
        Version(
            id: try row.text("id"), economy: try row.text("economy"), title: try row.text("title"),
            measure: try row.text("measure"), file: try row.text("file"), source: try row.text("source"),
            licence: try row.text("licence"), published: try row.text("published"),
            suppression: try row.text("suppression"), reading: try JSON(parsing: try row.text("reading")),
            years: try JSON(parsing: try row.text("years")).elements?.compactMap { $0.integer.map(Int.init) } ?? [],
            regions: try row.integer("regions"), industries: try row.integer("industries"),
            known: try row.integer("known"), refused: try row.integer("refused"), totals: try row.integer("totals"),
            at: Timestamp(microseconds: try row.integer("at")),
            isSynthetic: try row.flag("is_synthetic"), isOpen: try row.flag("is_open"),
            withdrawn: try row.optionalText("withdrawn"))
    }
}

extension EconomyFile.Reading {
    /// As an event carries it.
    var json: JSON {
        var members: [String: JSON] = [
            "missing": .string(missingIsZero ? "zero" : "unknown"), "dash": .string(dashIsZero ? "zero" : "unknown"),
        ]
        for (name, value) in [
            ("region", columns.region), ("industry", columns.industry), ("value", columns.value),
            ("year_column", columns.year), ("item", item),
        ] where !value.isEmpty { members[name] = .string(value) }
        if let year { members["year"] = .number(Double(year)) }
        return .object(members)
    }

    /// Out of an event.
    init(_ json: JSON) {
        self.init()
        columns = .init(
            region: json["region"]?.text ?? "", industry: json["industry"]?.text ?? "",
            value: json["value"]?.text ?? "", year: json["year_column"]?.text ?? "")
        item = json["item"]?.text ?? ""
        year = json["year"]?.integer.map(Int.init)
        missingIsZero = json["missing"]?.text == "zero"
        dashIsZero = json["dash"]?.text == "zero"
    }
}
