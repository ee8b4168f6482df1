import District
import Record
import Store

/// The places of centres. Their table is part of the migration of goods.
enum PlaceTable {
    /// What closes a place: people once, and each closure of Safety's that holds it. It is open when none is left.
    static let closures = Migration(
        "fulfilment.places.002",
        [
            """
            CREATE TABLE fulfilment_place_closures (
                place TEXT NOT NULL, cause TEXT NOT NULL, scope TEXT NOT NULL, why TEXT, PRIMARY KEY (place, cause))
            """,
            "CREATE INDEX fulfilment_place_closures_cause ON fulfilment_place_closures (cause)",
            """
            INSERT INTO fulfilment_place_closures (place, cause, scope, why)
            SELECT id, 'people', scope, why FROM fulfilment_places WHERE is_closed = 1
            """,
        ])

    /// The cause that people are.
    static let people = "people"

    static let projection = Projection(
        tables: ["fulfilment_places", "fulfilment_place_closures"],
        types: [Place.registered, Place.closed, Place.opened]
    ) { event, payload, writer in
        guard event.type == Place.registered else { return try close(event, payload, writer) }
        guard let place = Place(payload) else { return }
        try writer.execute(
            """
            INSERT INTO fulfilment_places (id, scope, centre, name, kind, climate, sequence, is_closed, why, content)
            VALUES (?, ?, ?, ?, ?, ?, ?, 0, NULL, ?) ON CONFLICT (id) DO UPDATE
            SET name = excluded.name, kind = excluded.kind, climate = excluded.climate, sequence = excluded.sequence,
                content = excluded.content
            """,
            [
                .text(place.id), .text(event.scope.text), .text(place.centre), .text(place.name),
                .text(place.kind.rawValue), .text(place.climate.rawValue), .integer(Int64(place.sequence)),
                .text(JSON.object(place.json).canonicalText),
            ])
    }

    private static func close(_ event: Event, _ payload: [String: JSON], _ writer: any Writer) throws {
        let (place, scope) = (payload["place"]?.text ?? "", event.scope.text)
        let cause = payload["closure"]?.text ?? people
        if event.type == Place.closed {
            try writer.execute(
                """
                INSERT INTO fulfilment_place_closures (place, cause, scope, why)
                SELECT id, ?, scope, ? FROM fulfilment_places WHERE id = ? AND scope = ?
                ON CONFLICT (place, cause) DO UPDATE SET why = excluded.why
                """, [.text(cause), .optional(payload["why"]?.text), .text(place), .text(scope)])
        } else {
            try writer.execute(
                "DELETE FROM fulfilment_place_closures WHERE place = ? AND cause = ? AND scope = ?",
                [.text(place), .text(cause), .text(scope)])
        }
        try writer.execute(
            """
            UPDATE fulfilment_places SET
                is_closed = CASE WHEN EXISTS (SELECT 1 FROM fulfilment_place_closures c WHERE c.place = id)
                    THEN 1 ELSE 0 END,
                why = (SELECT c.why FROM fulfilment_place_closures c WHERE c.place = id
                    ORDER BY c.cause DESC LIMIT 1)
            WHERE id = ? AND scope = ?
            """, [.text(place), .text(scope)])
    }

    /// What closes a place now.
    static func causes(of id: String, for tenant: some Tenancy, in reader: any Reader) throws -> [String] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT cause FROM fulfilment_place_closures WHERE place = ? AND \(own.sql) ORDER BY cause",
            [.text(id)] + own.arguments
        ).map { try $0.text("cause") }
    }

    /// The places that one cause closes.
    static func closed(by cause: String, for tenant: some Tenancy, in reader: any Reader) throws -> [Owned] {
        let own = tenant.condition(column: "p.scope")
        return try reader.query(
            """
            SELECT p.id, p.centre, p.scope FROM fulfilment_place_closures c JOIN fulfilment_places p ON p.id = c.place
            WHERE c.cause = ? AND \(own.sql) ORDER BY p.id
            """, [.text(cause)] + own.arguments
        ).compactMap(owned)
    }

    /// A place with whose it is.
    struct Owned: Sendable, Hashable {
        let id: String
        let centre: String
        let scope: Scope
    }

    /// Which of these things are places.
    static func among(_ things: [String], for tenant: some Tenancy, in reader: any Reader) throws -> [Owned] {
        guard !things.isEmpty else { return [] }
        let own = tenant.condition(column: "scope")
        let marks = things.map { _ in "?" }.joined(separator: ", ")
        return try reader.query(
            "SELECT id, centre, scope FROM fulfilment_places WHERE id IN (\(marks)) AND \(own.sql) ORDER BY id",
            things.map { .text($0) } + own.arguments
        ).compactMap(owned)
    }

    private static func owned(_ row: Row) throws -> Owned? {
        guard let scope = Scope(try row.text("scope")) else { return nil }
        return Owned(id: try row.text("id"), centre: try row.text("centre"), scope: scope)
    }

    /// A place by the thing it is.
    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> Place? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM fulfilment_places WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).flatMap(place)
    }

    /// Places by the things they are.
    static func several(_ ids: [String], for tenant: some Tenancy, in reader: any Reader) throws -> [Place] {
        let own = tenant.condition(column: "scope")
        return try stride(from: 0, to: ids.count, by: 400).flatMap { start in
            let some = ids[start..<min(start + 400, ids.count)]
            let marks = some.map { _ in "?" }.joined(separator: ", ")
            return try reader.query(
                "SELECT * FROM fulfilment_places WHERE id IN (\(marks)) AND \(own.sql) ORDER BY sequence, name",
                some.map { .text($0) } + own.arguments
            ).compactMap(place)
        }
    }

    /// The place that a person or a scanner means: by its thing, or by its name in a centre, in either case, or as GS1 writes it.
    static func meant(
        _ said: String, in centre: String?, for tenant: some Tenancy, in reader: any Reader
    ) throws -> Place? {
        let said = Scanned(said)?.place ?? said
        if let place = try find(said.lowercased(), for: tenant, in: reader),
            centre.map({ $0 == place.centre }) ?? true
        {
            return place
        }
        let own = tenant.condition(column: "scope")
        let within = centre == nil ? "" : " AND centre = ?"
        return try reader.first(
            "SELECT * FROM fulfilment_places WHERE name = ?\(within) AND \(own.sql) ORDER BY centre",
            [.text(said.uppercased())] + (centre.map { [.text($0)] } ?? []) + own.arguments
        ).flatMap(place)
    }

    /// The places of a centre, as pickers come by; only of some kinds where kinds are given.
    static func list(
        in centre: String, kinds: [Place.Kind] = [], for tenant: some Tenancy, limit: Int = 20_000,
        in reader: any Reader
    ) throws -> [Place] {
        let own = tenant.condition(column: "scope")
        let of = kinds.isEmpty ? "" : " AND kind IN (\(kinds.map { _ in "?" }.joined(separator: ", ")))"
        return try reader.query(
            """
            SELECT * FROM fulfilment_places WHERE centre = ?\(of) AND \(own.sql)
            ORDER BY sequence, name LIMIT \(limit)
            """, [.text(centre)] + kinds.map { .text($0.rawValue) } + own.arguments
        ).compactMap(place)
    }

    /// The centres that a tenant may see: things that places belong to.
    static func centres(for tenant: some Tenancy, in reader: any Reader) throws -> [String] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT DISTINCT centre FROM fulfilment_places WHERE \(own.sql) ORDER BY centre", own.arguments
        ).map { try $0.text("centre") }
    }

    /// Why a place is closed, by place; only those that are.
    static func closed(in centre: String, for tenant: some Tenancy, in reader: any Reader) throws -> [String: String] {
        let own = tenant.condition(column: "scope")
        let rows = try reader.query(
            "SELECT id, why FROM fulfilment_places WHERE centre = ? AND is_closed = 1 AND \(own.sql)",
            [.text(centre)] + own.arguments)
        return Dictionary(
            try rows.map { (try $0.text("id"), try $0.optionalText("why") ?? "") }, uniquingKeysWith: { $1 })
    }

    /// Whose a place is.
    static func scope(of id: String, for tenant: some Tenancy, in reader: any Reader) throws -> Scope? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT scope FROM fulfilment_places WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).flatMap { Scope(try $0.text("scope")) }
    }

    private static func place(_ row: Row) throws -> Place? {
        var place = Place(try JSON(parsing: row.text("content")).members ?? [:])
        place?.isClosed = try row.flag("is_closed")
        return place
    }
}
