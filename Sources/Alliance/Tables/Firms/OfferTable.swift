import District
import Record
import Store

/// What suppliers offer. An offer is seen by whoever sees its supplier's profile.
enum OfferTable {
    static let published = "alliance.offer.published"
    static let closed = "alliance.offer.closed"

    static let migration = Migration(
        "alliance.firms.offers.001",
        [
            """
            CREATE TABLE alliance_firms_offers (
                id TEXT PRIMARY KEY, firm TEXT NOT NULL, scope TEXT NOT NULL, title TEXT NOT NULL, about TEXT NOT NULL,
                kinds TEXT NOT NULL, industries TEXT NOT NULL, regions TEXT NOT NULL, languages TEXT NOT NULL,
                price_low BIGINT NOT NULL, price_high BIGINT NOT NULL, lead_days BIGINT NOT NULL,
                capacity BIGINT NOT NULL, certificates TEXT NOT NULL, avoided TEXT NOT NULL, is_open BIGINT NOT NULL,
                event TEXT NOT NULL)
            """,
            "CREATE INDEX alliance_firms_offers_firm ON alliance_firms_offers (firm)",
        ])

    static let projection = Projection(tables: ["alliance_firms_offers"], types: [published, closed]) {
        event, payload, transaction in
        let id = String(event.stream.dropFirst("offer/".count))
        guard event.type == published else {
            try transaction.execute("UPDATE alliance_firms_offers SET is_open = 0 WHERE id = ?", [.text(id)])
            return
        }
        func text(_ key: String) -> SQLValue { .text(payload[key]?.text ?? "") }
        func list(_ key: String) -> SQLValue { .text(Lists.text(payload[key])) }
        func number(_ key: String) -> SQLValue { .integer(payload[key]?.integer ?? 0) }
        // Published again is revised: the offer stays the same one.
        try transaction.execute(
            """
            INSERT INTO alliance_firms_offers (id, firm, scope, title, about, kinds, industries, regions, languages,
                price_low, price_high, lead_days, capacity, certificates, avoided, is_open, event)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)
            ON CONFLICT (id) DO UPDATE SET title = excluded.title, about = excluded.about, kinds = excluded.kinds,
                industries = excluded.industries, regions = excluded.regions, languages = excluded.languages,
                price_low = excluded.price_low, price_high = excluded.price_high, lead_days = excluded.lead_days,
                capacity = excluded.capacity, certificates = excluded.certificates, avoided = excluded.avoided,
                is_open = 1, event = excluded.event
            """,
            [
                .text(id), text("firm"), .text(event.scope.text), text("title"), text("about"), list("kinds"),
                list("industries"), list("regions"), list("languages"), number("price_low"), number("price_high"),
                number("lead_days"), number("capacity"), text("certificates"), list("avoided"),
                .text(event.id.description),
            ])
    }

    /// One that whoever asks may see.
    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> FirmOffer? {
        let seen = ProfileTable.seen(tenant)
        return try reader.first(
            "SELECT \(columns) FROM \(source) WHERE o.id = ? AND \(seen.sql)", [.text(id)] + seen.arguments
        ).map(offer)
    }

    /// A firm's open offers, where whoever asks may see them.
    static func of(_ firm: FirmID, for tenant: some Tenancy, in reader: any Reader) throws -> [FirmOffer] {
        let seen = ProfileTable.seen(tenant)
        return try reader.query(
            """
            SELECT \(columns) FROM \(source) WHERE o.firm = ? AND o.is_open = 1 AND \(seen.sql) ORDER BY o.title, o.id
            """, [.text(firm.rawValue)] + seen.arguments
        ).map(offer)
    }

    /// Open offers that whoever asks may see; of one kind where it is named.
    static func page(
        kind: String = "", limit: Int, offset: Int, for tenant: some Tenancy, in reader: any Reader
    ) throws -> Listing<FirmOffer> {
        let seen = ProfileTable.seen(tenant)
        let of = kind.isEmpty ? "" : " AND ' ' || o.kinds || ' ' LIKE ?"
        return try reader.listing(
            columns, from: "\(source) WHERE o.is_open = 1 AND \(seen.sql)\(of)",
            seen.arguments + (kind.isEmpty ? [] : [.text("% \(kind) %")]), order: "f.name, o.id", limit: limit,
            offset: offset, offer)
    }

    /// Every open offer of a supplier that lets others see it: for the rules that match.
    static func shown(in reader: any Reader) throws -> [FirmOffer] {
        try reader.query(
            """
            SELECT \(columns) FROM \(source) WHERE o.is_open = 1 AND p.shown IN ('public', 'members') ORDER BY o.id
            """, []
        ).map(offer)
    }

    private static let columns = """
        o.id, o.firm, o.title, o.about, o.kinds, o.industries, o.regions, o.languages, o.price_low, o.price_high,
        o.lead_days, o.capacity, o.certificates, o.avoided, o.is_open, o.event, f.name AS supplier
        """
    private static let source = """
        alliance_firms_offers o JOIN alliance_firms_profiles p ON p.firm = o.firm JOIN access_firms f ON f.id = o.firm
        """

    private static func offer(_ row: Row) throws -> FirmOffer {
        let low = try row.integer("price_low")
        return FirmOffer(
            id: try row.text("id"), firm: FirmID(try row.text("firm")), supplier: try row.text("supplier"),
            title: try row.text("title"), about: try row.text("about"), kinds: Lists.parts(try row.text("kinds")),
            industries: Lists.parts(try row.text("industries")), regions: Lists.parts(try row.text("regions")),
            languages: Lists.parts(try row.text("languages")), price: low...max(low, try row.integer("price_high")),
            leadDays: try row.integer("lead_days"), capacity: try row.integer("capacity"),
            certificates: try row.text("certificates"), excluded: Lists.parts(try row.text("avoided")),
            isOpen: try row.flag("is_open"), event: try row.text("event"))
    }
}
