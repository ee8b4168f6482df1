import District
import Record
import Store

/// Firms from outside that may try their robots here, and whom to call there; the contact is NULL once it is forgotten.
enum GuestTable {
    static let registered = "robots.guest.registered"

    static let migration = Migration(
        "robots.guests.001",
        [
            """
            CREATE TABLE robots_guests (
                firm TEXT PRIMARY KEY, name TEXT NOT NULL, contact TEXT, phone TEXT, scope TEXT NOT NULL,
                since BIGINT NOT NULL)
            """
        ])

    static let projection = Projection(tables: ["robots_guests"], types: [registered]) { event, payload, writer in
        guard let firm = payload["firm"]?.text else { return }
        try writer.execute(
            """
            INSERT INTO robots_guests (firm, name, contact, phone, scope, since) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (firm) DO UPDATE SET contact = excluded.contact, phone = excluded.phone
            """,
            [
                .text(firm), .text(payload["name"]?.text ?? firm), .optional(payload["contact"]?.text),
                .optional(payload["phone"]?.text), .text(event.scope.text), .integer(event.recorded.microseconds),
            ])
    }

    /// A firm from outside.
    struct Guest: Sendable, Hashable {
        var firm: FirmID
        var name: String
        var contact: String?
        var phone: String?
    }

    /// All of them, for whoever may see them: the zone.
    static func all(for tenant: some Tenancy, in reader: any Reader) throws -> [Guest] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM robots_guests WHERE \(own.sql) ORDER BY name, firm LIMIT 500", own.arguments
        ).map {
            Guest(
                firm: FirmID(try $0.text("firm")), name: try $0.text("name"), contact: try $0.optionalText("contact"),
                phone: try $0.optionalText("phone"))
        }
    }
}
