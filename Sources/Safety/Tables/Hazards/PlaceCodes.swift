import District
import Record
import Store

/// The codes on places and machines: whoever holds one may report a danger there, without an account.
enum PlaceCodes {
    static let migration = Migration(
        "safety.places.001",
        [
            """
            CREATE TABLE safety_place_codes (
                code TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE, scope TEXT NOT NULL, firm TEXT NOT NULL,
                thing TEXT NOT NULL, made BIGINT NOT NULL, revoked BIGINT)
            """,
            "CREATE INDEX safety_place_codes_scope ON safety_place_codes (scope, thing)",
        ])

    static let projection = Projection(
        tables: ["safety_place_codes"], types: ["safety.place.coded", "safety.place.revoked"]
    ) { event, payload, transaction in
        let id = String(event.stream.dropFirst("place-code/".count))
        guard event.type == "safety.place.coded", case .firm(let firm) = event.scope else {
            try transaction.execute(
                "UPDATE safety_place_codes SET revoked = ? WHERE id = ?",
                [.integer(event.recorded.microseconds), .text(id)])
            return
        }
        try transaction.execute(
            "INSERT INTO safety_place_codes (code, id, scope, firm, thing, made) VALUES (?, ?, ?, ?, ?, ?)",
            [
                .text(payload["code"]?.text ?? id), .text(id), .text(event.scope.text), .text(firm.rawValue),
                .text(payload["thing"]?.text ?? ""), .integer(event.recorded.microseconds),
            ])
    }

    /// A code and what it stands for.
    struct PlaceCode: Sendable, Hashable {
        let id: String
        /// What the QR code's address ends with: 128 random bits.
        let code: String
        let firm: FirmID
        let thing: ThingID
        let made: Timestamp
        let revoked: Timestamp?
    }

    /// What a code stands for, for whoever holds it; nil where it never stood for anything or was revoked.
    static func find(_ code: String, in reader: any Reader) throws -> PlaceCode? {
        try reader.first("SELECT * FROM safety_place_codes WHERE code = ? AND revoked IS NULL", [.text(code)])
            .map(place)
    }

    /// A code by its identifier, for those of its firm.
    static func named(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> PlaceCode? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM safety_place_codes WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).map(place)
    }

    /// The codes in use; `thing` limits them to one place.
    static func list(at thing: ThingID? = nil, for tenant: some Tenancy, in reader: any Reader) throws -> [PlaceCode] {
        let own = tenant.condition(column: "scope")
        let place = thing == nil ? "" : " AND thing = ?"
        return try reader.query(
            """
            SELECT * FROM safety_place_codes WHERE revoked IS NULL AND \(own.sql)\(place) ORDER BY firm, thing, id
            LIMIT 500
            """, own.arguments + (thing.map { [.text($0.rawValue)] } ?? [])
        ).map(Self.place)
    }

    private static func place(_ row: Row) throws -> PlaceCode {
        PlaceCode(
            id: try row.text("id"), code: try row.text("code"), firm: FirmID(try row.text("firm")),
            thing: ThingID(try row.text("thing")), made: Timestamp(microseconds: try row.integer("made")),
            revoked: try row.optionalInteger("revoked").map { Timestamp(microseconds: $0) })
    }
}
