import District
import Record
import Store

/// What firms say of themselves. Whoever else may see it is the firm's consent, kept in `shown`.
enum ProfileTable {
    static let kept = "alliance.firm.profiled"

    static let migration = Migration(
        "alliance.firms.profiles.001",
        [
            """
            CREATE TABLE alliance_firms_profiles (
                firm TEXT PRIMARY KEY, scope TEXT NOT NULL, makes TEXT NOT NULL, industry TEXT NOT NULL,
                processes TEXT NOT NULL, region TEXT NOT NULL, languages TEXT NOT NULL, headcount BIGINT,
                shown TEXT NOT NULL, changed BIGINT NOT NULL)
            """,
            "CREATE INDEX alliance_firms_profiles_scope ON alliance_firms_profiles (scope)",
            "CREATE INDEX alliance_firms_profiles_shown ON alliance_firms_profiles (shown)",
        ])

    static let projection = Projection(tables: ["alliance_firms_profiles"], types: [kept]) {
        event, payload, transaction in
        func text(_ key: String) -> SQLValue { .text(payload[key]?.text ?? "") }
        try transaction.execute(
            """
            INSERT INTO alliance_firms_profiles
                (firm, scope, makes, industry, processes, region, languages, headcount, shown, changed)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (firm) DO UPDATE SET makes = excluded.makes, industry = excluded.industry,
                processes = excluded.processes, region = excluded.region, languages = excluded.languages,
                headcount = excluded.headcount, shown = excluded.shown, changed = excluded.changed
            """,
            [
                text("firm"), .text(event.scope.text), text("makes"), text("industry"), text("processes"),
                text("region"), .text(Lists.text(payload["languages"])), .optional(payload["headcount"]?.integer),
                text("shown"), .integer(event.observed.microseconds),
            ])
    }

    /// A firm's, where whoever asks may see it: its own, or one that it shows.
    static func find(_ firm: FirmID, for tenant: some Tenancy, in reader: any Reader) throws -> FirmProfile? {
        let seen = seen(tenant)
        return try reader.first(
            "SELECT \(columns) FROM \(source) WHERE p.firm = ? AND \(seen.sql)",
            [.text(firm.rawValue)] + seen.arguments
        ).map(profile)
    }

    /// Those that whoever asks may see, by name.
    static func page(
        containing words: String = "", limit: Int, offset: Int, for tenant: some Tenancy, in reader: any Reader
    ) throws -> Listing<FirmProfile> {
        let seen = seen(tenant)
        return try page(seen, words, limit, offset, reader)
    }

    /// Those that everyone may see, by name: nobody needs to be known for it.
    static func publicPage(
        containing words: String = "", limit: Int, offset: Int, in reader: any Reader
    ) throws -> Listing<FirmProfile> {
        try page(("p.shown = 'public'", []), words, limit, offset, reader)
    }

    private static func page(
        _ seen: (sql: String, arguments: [SQLValue]), _ words: String, _ limit: Int, _ offset: Int, _ reader: any Reader
    ) throws -> Listing<FirmProfile> {
        let found =
            words.isEmpty
            ? "" : " AND LOWER(f.name || ' ' || p.makes || ' ' || p.processes || ' ' || p.industry) LIKE ? ESCAPE '!'"
        return try reader.listing(
            columns, from: "\(source) WHERE \(seen.sql)\(found)",
            seen.arguments + (words.isEmpty ? [] : [.pattern(containing: words)]), order: "f.name, p.firm",
            limit: limit, offset: offset, profile)
    }

    /// A firm's own rows, and those that it lets people of the zone see.
    static func seen(_ tenant: some Tenancy) -> (sql: String, arguments: [SQLValue]) {
        let own = tenant.condition(column: "p.scope")
        return ("(\(own.sql) OR p.shown IN ('public', 'members'))", own.arguments)
    }

    private static let columns = """
        p.firm, p.makes, p.industry, p.processes, p.region, p.languages, p.headcount, p.shown, p.changed, f.name AS name
        """
    private static let source = "alliance_firms_profiles p JOIN access_firms f ON f.id = p.firm"

    private static func profile(_ row: Row) throws -> FirmProfile {
        FirmProfile(
            firm: FirmID(try row.text("firm")), name: try row.text("name"), makes: try row.text("makes"),
            industry: try row.text("industry"), processes: try row.text("processes"), region: try row.text("region"),
            languages: Lists.parts(try row.text("languages")), headcount: try row.optionalInteger("headcount"),
            shown: FirmProfile.Shown(rawValue: try row.text("shown")) ?? .nobody,
            changed: Timestamp(microseconds: try row.integer("changed")))
    }
}

/// Short lists in one column: identifiers, separated by spaces.
enum Lists {
    /// A JSON list of texts as a column has it.
    static func text(_ json: JSON?) -> String { (json?.elements ?? []).compactMap(\.text).joined(separator: " ") }
    /// The parts of a column.
    static func parts(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }
    /// A list as an event has it.
    static func json(_ parts: [String]) -> JSON { .array(parts.map { .string($0) }) }
}
