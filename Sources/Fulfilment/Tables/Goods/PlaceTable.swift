import District
import Record
import Store

/// The places of centres. Their table is part of the migration of goods.
enum PlaceTable {
    static let projection = Projection(
        tables: ["fulfilment_places"], types: [Place.registered, Place.closed, Place.opened]
    ) { event, payload, writer in
        guard event.type == Place.registered else {
            let isClosed = event.type == Place.closed
            try writer.execute(
                "UPDATE fulfilment_places SET is_closed = ?, why = ? WHERE id = ? AND scope = ?",
                [
                    .flag(isClosed), isClosed ? .optional(payload["why"]?.text) : .null,
                    .text(payload["place"]?.text ?? ""), .text(event.scope.text),
                ])
            return
        }
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

    /// A place by the thing it is.
    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> Place? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM fulfilment_places WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).flatMap(place)
    }

    /// The place that a person or a scanner means: by its thing, or by its name in a centre, in either case.
    static func meant(
        _ said: String, in centre: String?, for tenant: some Tenancy, in reader: any Reader
    ) throws -> Place? {
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
