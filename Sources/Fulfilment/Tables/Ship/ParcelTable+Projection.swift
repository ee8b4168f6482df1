import District
import Record
import Store

extension ParcelTable {
    static let projection = Projection(
        tables: ["fulfilment_parcels", "fulfilment_serial_references", "fulfilment_manifests"],
        types: ShipEvents.all + [StockEvent.packed, StockEvent.shipped, StockEvent.unpacked]
    ) { event, payload, writer in
        let (stream, scope) = (event.stream, event.scope.text)
        let sscc = payload["sscc"]?.text ?? ""
        switch event.type {
        case StockEvent.packed where !sscc.isEmpty:
            try writer.execute(
                """
                INSERT INTO fulfilment_parcels (sscc, scope, centre, orders, carton, weight, expected, state, scanned,
                    packed) VALUES (?, ?, ?, ?, ?, ?, ?, 'packed', 0, ?)
                """,
                [
                    .text(sscc), .text(scope), .text(payload["centre"]?.text ?? ""), .text(stream),
                    .text(payload["carton"]?.text ?? ""), .optional(payload["weight"]?.integer),
                    .optional(payload["expected"]?.integer), .integer(event.observed.microseconds),
                ])
            try writer.execute(
                """
                INSERT INTO fulfilment_serial_references (scope, next) VALUES (?, ?)
                ON CONFLICT (scope) DO UPDATE SET next = excluded.next
                """, [.text(scope), .integer((payload["serial"]?.integer ?? 0) + 1)])
        case ShipEvents.opened:
            try writer.execute(
                """
                INSERT INTO fulfilment_manifests (id, scope, centre, carrier, state, opened)
                VALUES (?, ?, ?, ?, 'open', ?)
                """,
                [
                    .text(stream), .text(scope), .text(payload["centre"]?.text ?? ""),
                    .text(payload["carrier"]?.text ?? ""), .integer(event.observed.microseconds),
                ])
            for sscc in payload["parcels"]?.elements?.compactMap(\.text) ?? [] {
                try set("state = 'listed', manifest = '\(stream)', scanned = 0", of: sscc, scope, writer)
            }
        case ShipEvents.scanned: try set("scanned = 1", of: sscc, scope, writer)
        case ShipEvents.removed: try set("state = 'packed', manifest = NULL, scanned = 0", of: sscc, scope, writer)
        case ShipEvents.handed:
            try writer.execute(
                "UPDATE fulfilment_manifests SET state = 'handed', handed = ? WHERE id = ?",
                [.integer(event.observed.microseconds), .text(stream)])
        case ShipEvents.sent, ShipEvents.unsent:
            try writer.execute(
                "UPDATE fulfilment_parcels SET state = ? WHERE orders = ? AND state IN ('packed', 'sent')",
                [.text(event.type == ShipEvents.sent ? "sent" : "packed"), .text(stream)])
        case StockEvent.shipped:
            for sscc in payload["parcels"]?.elements?.compactMap(\.text) ?? [] {
                try set("state = 'gone'", of: sscc, scope, writer)
            }
        // Its number is not used again: whoever scans the old label finds a parcel that is no more.
        case StockEvent.unpacked where !sscc.isEmpty:
            try set("state = 'void', manifest = NULL", of: sscc, scope, writer)
        default: break
        }
    }

    private static func set(_ change: String, of sscc: String, _ scope: String, _ writer: any Writer) throws {
        try writer.execute(
            "UPDATE fulfilment_parcels SET \(change) WHERE scope = ? AND sscc = ?", [.text(scope), .text(sscc)])
    }
}

extension ParcelTable {
    /// A logistic unit.
    struct Box: Sendable, Hashable {
        let sscc: String
        let centre: String
        let order: String
        let carton: String
        let weight: Int64?
        let state: State
        let manifest: String?
        let isScanned: Bool
        let packed: Timestamp

        enum State: String, Sendable, Hashable {
            /// At the station; on a carrier's list; with a robot; out of the house; opened again.
            case packed, listed, sent, gone, void
        }
    }

    /// A carrier's list.
    struct Manifest: Sendable, Hashable {
        let id: String
        let scope: Scope
        let centre: String
        let carrier: String
        let isOpen: Bool
        let opened: Timestamp
        let handed: Timestamp?
    }

    static func nextSerial(of scope: Scope, in reader: any Reader) throws -> Int64 {
        try reader.first(
            "SELECT next FROM fulfilment_serial_references WHERE scope = ?", [.text(scope.text)]
        )?.integer("next") ?? 1
    }

    static func find(_ sscc: String, for tenant: some Tenancy, in reader: any Reader) throws -> Box? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM fulfilment_parcels WHERE sscc = ? AND \(own.sql)", [.text(sscc)] + own.arguments
        ).map(box)
    }

    static func boxes(of order: String, for tenant: some Tenancy, in reader: any Reader) throws -> [Box] {
        try boxes("orders = ? AND state <> 'void'", [.text(order)], for: tenant, in: reader)
    }

    static func boxes(on manifest: String, for tenant: some Tenancy, in reader: any Reader) throws -> [Box] {
        try boxes("manifest = ?", [.text(manifest)], for: tenant, in: reader)
    }

    /// Parcels at the station for a carrier, or for whoever takes them.
    static func ready(
        in centre: String, delivery: String, name: String? = nil, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [Box] {
        let own = tenant.condition(column: "p.scope")
        let named = name == nil ? "" : " AND o.carrier = ?"
        return try reader.query(
            """
            SELECT p.* FROM fulfilment_parcels p JOIN fulfilment_orders o ON o.id = p.orders
            WHERE p.centre = ? AND p.state = 'packed' AND o.held = 0 AND o.delivery = ?\(named) AND \(own.sql)
            ORDER BY o.ship, p.sscc LIMIT 2000
            """, [.text(centre), .text(delivery)] + (name.map { [.text($0)] } ?? []) + own.arguments
        ).map(box)
    }

    private static func boxes(
        _ condition: String, _ arguments: [SQLValue], for tenant: some Tenancy, in reader: any Reader
    ) throws -> [Box] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM fulfilment_parcels WHERE \(condition) AND \(own.sql) ORDER BY sscc",
            arguments + own.arguments
        ).map(box)
    }

    static func manifest(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> Manifest? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM fulfilment_manifests WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).flatMap(manifest)
    }

    /// The lists of a centre, open ones first, the latest first.
    static func manifests(
        in centre: String? = nil, for tenant: some Tenancy, limit: Int = 50, in reader: any Reader
    ) throws -> [Manifest] {
        let own = tenant.condition(column: "scope")
        let within = centre == nil ? "" : "centre = ? AND "
        return try reader.query(
            "SELECT * FROM fulfilment_manifests WHERE \(within)\(own.sql) ORDER BY state DESC, opened DESC LIMIT \(limit)",
            (centre.map { [.text($0)] } ?? []) + own.arguments
        ).compactMap(manifest)
    }

    private static func manifest(_ row: Row) throws -> Manifest? {
        guard let scope = Scope(try row.text("scope")) else { return nil }
        return Manifest(
            id: try row.text("id"), scope: scope, centre: try row.text("centre"), carrier: try row.text("carrier"),
            isOpen: try row.text("state") == "open", opened: Timestamp(microseconds: try row.integer("opened")),
            handed: try row.optionalInteger("handed").map { Timestamp(microseconds: $0) })
    }

    private static func box(_ row: Row) throws -> Box {
        Box(
            sscc: try row.text("sscc"), centre: try row.text("centre"), order: try row.text("orders"),
            carton: try row.text("carton"), weight: try row.optionalInteger("weight"),
            state: Box.State(rawValue: try row.text("state")) ?? .packed, manifest: try row.optionalText("manifest"),
            isScanned: try row.flag("scanned"), packed: Timestamp(microseconds: try row.integer("packed")))
    }
}
