import Access
import District
import Record
import Store

/// The centres, with what they promise by.
enum CentreTable {
    static let migration = Migration(
        "fulfilment.orders.001",
        [
            """
            CREATE TABLE fulfilment_centres (
                centre TEXT PRIMARY KEY, scope TEXT NOT NULL, shop BIGINT NOT NULL, terms TEXT NOT NULL)
            """
        ])

    static let projection = Projection(tables: ["fulfilment_centres"], types: [OrderEvents.centre]) {
        event, payload, writer in
        guard let terms = payload["terms"].flatMap({ CentreTerms($0) }) else { return }
        try writer.execute(
            """
            INSERT INTO fulfilment_centres (centre, scope, shop, terms) VALUES (?, ?, ?, ?)
            ON CONFLICT (centre) DO UPDATE SET shop = excluded.shop, terms = excluded.terms
            """,
            [
                .text(terms.centre), .text(event.scope.text), .flag(terms.isShop),
                .text(terms.json.canonicalText),
            ])
    }

    /// A centre with whose it is.
    struct Centre: Sendable, Hashable {
        let terms: CentreTerms
        let scope: Scope

        /// On behalf of the firm whose centre it is: for what a customer asks of its shop, whose rows are that firm's.
        var owner: Tenant? { Self.owner(scope) }

        /// On behalf of the firm whose rows are of a scope.
        static func owner(_ scope: Scope) -> Tenant? {
            guard case .firm(let firm) = scope else { return nil }
            return .firm(firm)
        }
    }

    static func find(_ centre: String, for tenant: some Tenancy, in reader: any Reader) throws -> Centre? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM fulfilment_centres WHERE centre = ? AND \(own.sql)", [.text(centre)] + own.arguments
        ).flatMap(read)
    }

    /// A centre whose shop is open to anybody.
    static func shop(_ centre: String, in reader: any Reader) throws -> Centre? {
        try reader.first("SELECT * FROM fulfilment_centres WHERE centre = ? AND shop = 1", [.text(centre)])
            .flatMap(read)
    }

    static func shops(in reader: any Reader) throws -> [Centre] {
        try reader.query("SELECT * FROM fulfilment_centres WHERE shop = 1 ORDER BY centre LIMIT 200").compactMap(read)
    }

    static func all(for tenant: some Tenancy, in reader: any Reader) throws -> [Centre] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM fulfilment_centres WHERE \(own.sql) ORDER BY centre LIMIT 500", own.arguments
        ).compactMap(read)
    }

    private static func read(_ row: Row) throws -> Centre? {
        guard let scope = Scope(try row.text("scope")), let json = try? JSON(parsing: try row.text("terms")),
            let terms = CentreTerms(json)
        else { return nil }
        return Centre(terms: terms, scope: scope)
    }
}
