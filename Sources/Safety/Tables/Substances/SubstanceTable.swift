import District
import Record
import Store
import Twin

/// The chemicals at a firm's places.
enum SubstanceTable {
    static let migration = Migration(
        "safety.substances.001",
        [
            """
            CREATE TABLE safety_substances (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, thing TEXT NOT NULL, name TEXT NOT NULL, cas TEXT,
                supplier TEXT NOT NULL, hazards TEXT NOT NULL, sheet TEXT, revised BIGINT NOT NULL,
                code TEXT NOT NULL UNIQUE, is_removed BIGINT NOT NULL)
            """,
            "CREATE INDEX safety_substances_scope ON safety_substances (scope, thing)",
        ])

    static let types = ["safety.substance.registered", "safety.substance.revised", "safety.substance.removed"]

    static let projection = Projection(tables: ["safety_substances"], types: types) { event, payload, transaction in
        let id = String(event.stream.dropFirst("substance/".count))
        let hazards = (payload["hazards"]?.elements ?? []).compactMap(\.text).joined(separator: " ")
        let revised = payload["revised"]?.text.flatMap { KoreanDay($0) } ?? KoreanDay(event.observed)
        switch event.type {
        case "safety.substance.registered":
            try transaction.insert(
                into: "safety_substances",
                columns: [
                    "id", "scope", "thing", "name", "cas", "supplier", "hazards", "sheet", "revised", "code",
                    "is_removed",
                ],
                rows: [
                    [
                        .text(id), .text(event.scope.text), .text(payload["thing"]?.text ?? ""),
                        .text(payload["name"]?.text ?? ""), .optional(payload["cas"]?.text),
                        .text(payload["supplier"]?.text ?? ""), .text(hazards), .optional(payload["sheet"]?.text),
                        .integer(revised.number), .text(payload["code"]?.text ?? id), .flag(false),
                    ]
                ])
        case "safety.substance.revised":
            try transaction.execute(
                "UPDATE safety_substances SET hazards = ?, sheet = ?, revised = ? WHERE id = ?",
                [.text(hazards), .optional(payload["sheet"]?.text), .integer(revised.number), .text(id)])
        default:
            try transaction.execute("UPDATE safety_substances SET is_removed = 1 WHERE id = ?", [.text(id)])
        }
    }

    /// What a tenant has, by place and name; `thing` limits it to one place.
    static func list(
        at thing: ThingID? = nil, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [Substance] {
        let own = tenant.condition(column: "scope")
        let place = thing == nil ? "" : " AND thing = ?"
        return try reader.query(
            """
            SELECT * FROM safety_substances WHERE is_removed = 0 AND \(own.sql)\(place) ORDER BY thing, name, id LIMIT 2000
            """, own.arguments + (thing.map { [.text($0.rawValue)] } ?? [])
        ).map(substance)
    }

    /// One that a tenant may see.
    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> Substance? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM safety_substances WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).map(substance)
    }

    /// The one a QR code stands for, for whoever holds the code: workers read it without an account.
    static func coded(_ code: String, in reader: any Reader) throws -> Substance? {
        try reader.first("SELECT * FROM safety_substances WHERE code = ? AND is_removed = 0", [.text(code)])
            .map(substance)
    }

    /// What catches fire at a place, at what it is part of or at what is part of it: hot work there asks for it.
    static func flammables(
        at thing: ThingID, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [Substance] {
        let above = Set(try Things.path(to: thing, for: tenant, in: reader).map(\.id))
        return try list(for: tenant, in: reader).filter { substance in
            guard substance.isFlammable else { return false }
            if above.contains(substance.thing) { return true }
            return try Things.path(to: substance.thing, for: tenant, in: reader).contains { $0.id == thing }
        }
    }

    private static func substance(_ row: Row) throws -> Substance {
        Substance(
            id: try row.text("id"), scope: Scope(try row.text("scope")) ?? .zone,
            thing: ThingID(try row.text("thing")), name: try row.text("name"), cas: try row.optionalText("cas"),
            supplier: try row.text("supplier"),
            hazards: try row.text("hazards").split(separator: " ").map(String.init),
            sheet: try row.optionalText("sheet"), revised: KoreanDay(number: try row.integer("revised")),
            code: try row.text("code"), isRemoved: try row.flag("is_removed"))
    }
}
