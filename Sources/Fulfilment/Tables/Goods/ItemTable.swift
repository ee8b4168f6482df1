import District
import Record
import Store

/// The items of firms: what is stored, and how it must be.
enum ItemTable {
    static let registered = "fulfilment.item.registered"

    static let migration = Migration(
        "fulfilment.goods.001",
        [
            """
            CREATE TABLE fulfilment_items (
                scope TEXT NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL, gtin TEXT, climate TEXT NOT NULL,
                hazard TEXT, velocity TEXT NOT NULL, content TEXT NOT NULL, registered BIGINT NOT NULL,
                words TEXT NOT NULL, PRIMARY KEY (scope, code))
            """,
            "CREATE INDEX fulfilment_items_gtin ON fulfilment_items (gtin)",
            """
            CREATE TABLE fulfilment_places (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, centre TEXT NOT NULL, name TEXT NOT NULL,
                kind TEXT NOT NULL, climate TEXT NOT NULL, sequence BIGINT NOT NULL, is_closed BIGINT NOT NULL,
                why TEXT, content TEXT NOT NULL)
            """,
            "CREATE INDEX fulfilment_places_centre ON fulfilment_places (scope, centre, sequence)",
            "CREATE UNIQUE INDEX fulfilment_places_name ON fulfilment_places (centre, name)",
        ])

    static let projection = Projection(tables: ["fulfilment_items"], types: [registered]) { event, payload, writer in
        guard let item = Item(payload) else { return }
        try writer.execute(
            """
            INSERT INTO fulfilment_items (scope, code, name, gtin, climate, hazard, velocity, content, registered, words)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (scope, code) DO UPDATE
            SET name = excluded.name, gtin = excluded.gtin, climate = excluded.climate, hazard = excluded.hazard,
                velocity = excluded.velocity, content = excluded.content, words = excluded.words
            """,
            [
                .text(event.scope.text), .text(item.code), .text(item.name), .optional(item.gtin),
                .text(item.climate.rawValue), .optional(item.hazard), .text(item.velocity.rawValue),
                .text(JSON.object(item.json).canonicalText), .integer(event.observed.microseconds),
                .text("\(item.code) \(item.name) \(item.gtin ?? "")".lowercased()),
            ])
    }

    /// An item by its code.
    static func find(_ code: String, for tenant: some Tenancy, in reader: any Reader) throws -> Item? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT content FROM fulfilment_items WHERE code = ? AND \(own.sql) ORDER BY scope",
            [.text(code)] + own.arguments
        ).flatMap(item)
    }

    /// The item that a person or a scanner means: by its code in either case, or by its GTIN with or without zeros
    /// before it, alone or in an element string or a Digital Link of GS1.
    static func meant(_ said: String, for tenant: some Tenancy, in reader: any Reader) throws -> Item? {
        let said = Scanned(said)?.gtin ?? said
        if let item = try find(said.uppercased(), for: tenant, in: reader) { return item }
        let own = tenant.condition(column: "scope")
        let padded = String(repeating: "0", count: max(0, 14 - said.utf8.count)) + said
        let forms = [padded, String(padded.dropFirst(1)), String(padded.dropFirst(2)), String(padded.dropFirst(6))]
        return try reader.first(
            """
            SELECT content FROM fulfilment_items WHERE (gtin IN (?, ?, ?, ?) OR name = ?) AND \(own.sql)
            ORDER BY scope, code
            """, forms.map { .text($0) } + [.text(said)] + own.arguments
        ).flatMap(item)
    }

    /// All items that a tenant may see, by code.
    static func all(for tenant: some Tenancy, limit: Int = 20_000, in reader: any Reader) throws -> [Item] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT content FROM fulfilment_items WHERE \(own.sql) ORDER BY code LIMIT \(limit)", own.arguments
        ).compactMap(item)
    }

    /// Items by code.
    static func byCode(_ codes: Set<String>, for tenant: some Tenancy, in reader: any Reader) throws -> [String: Item] {
        var found: [String: Item] = [:]
        for code in codes.sorted() { found[code] = try find(code, for: tenant, in: reader) }
        return found
    }

    /// A page of items, by code or name.
    static func page(
        containing words: String, order: String, limit: Int, offset: Int, for tenant: some Tenancy,
        in reader: any Reader
    ) throws -> Listing<Item?> {
        let own = tenant.condition(column: "scope")
        var (source, arguments) = ("fulfilment_items WHERE \(own.sql)", own.arguments)
        if !words.isEmpty {
            source += " AND words LIKE ? ESCAPE '!'"
            arguments.append(.pattern(containing: words.lowercased()))
        }
        return try reader.listing(
            "content", from: source, arguments, order: order, limit: limit, offset: offset, item)
    }

    private static func item(_ row: Row) throws -> Item? {
        Item(try JSON(parsing: row.text("content")).members ?? [:])
    }
}
