import District
import Record
import Store

/// What was released to each vehicle, written before it is published: so that after a kill the same reservations stand before
/// anything new is released. No projection: it is the fleet's working memory, and no evidence.
enum ReleaseJournal {
    static let migration = Migration(
        "robots.releases.001",
        [
            """
            CREATE TABLE robots_releases (
                vehicle TEXT PRIMARY KEY, manufacturer TEXT NOT NULL, serial TEXT NOT NULL, site TEXT NOT NULL,
                fence BIGINT NOT NULL, state TEXT NOT NULL, written BIGINT NOT NULL)
            """,
            "CREATE INDEX robots_releases_site ON robots_releases (site)",
            """
            CREATE TABLE robots_conductor (
                id TEXT PRIMARY KEY, holder TEXT NOT NULL, fence BIGINT NOT NULL, until BIGINT NOT NULL)
            """,
        ])

    /// From which fence on the present holder releases: whatever has a lower one is its predecessor's.
    static let takeover = Migration(
        "robots.releases.002", ["ALTER TABLE robots_conductor ADD COLUMN taken BIGINT NOT NULL DEFAULT 0"])

    /// What stands in the journal of one vehicle.
    struct Entry: Sendable, Hashable {
        let vehicle: VehicleID
        let site: String
        /// The fence of the release it was written for.
        let fence: Int64
        /// What the conductor knows of it, as JSON.
        let state: String
    }

    static func entries(in reader: any Reader) throws -> [Entry] {
        try reader.query("SELECT * FROM robots_releases ORDER BY vehicle").map {
            Entry(
                vehicle: VehicleID(manufacturer: try $0.text("manufacturer"), serial: try $0.text("serial")),
                site: try $0.text("site"), fence: try $0.integer("fence"), state: try $0.text("state"))
        }
    }

    static func write(_ entry: Entry, at now: Timestamp, in writer: any Writer) throws {
        try writer.execute(
            """
            INSERT INTO robots_releases (vehicle, manufacturer, serial, site, fence, state, written)
            VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (vehicle) DO UPDATE SET manufacturer = excluded.manufacturer,
                serial = excluded.serial, site = excluded.site, fence = excluded.fence, state = excluded.state,
                written = excluded.written
            """,
            [
                .text(entry.vehicle.thing.rawValue), .text(entry.vehicle.manufacturer), .text(entry.vehicle.serial),
                .text(entry.site), .integer(entry.fence), .text(entry.state), .integer(now.microseconds),
            ])
    }

    static func forget(_ vehicle: VehicleID, in writer: any Writer) throws {
        try writer.execute("DELETE FROM robots_releases WHERE vehicle = ?", [.text(vehicle.thing.rawValue)])
    }
}

/// Which node of the house conducts the vehicles: one at a time, by a lease; its fence grows with every holder and every
/// release, so that who lost the lease without knowing cannot release anything more.
enum ConductorLease {
    /// For how long it is held without being renewed, in seconds.
    static let length = 10.0

    /// Whose the lease is after somebody asked for it.
    enum Taking: Sendable, Hashable {
        /// It was the asker's already.
        case renewed
        /// It is now; whoever had it before may have released anything.
        case taken
        case anothers
    }

    /// Takes or renews the lease.
    static func take(_ holder: String, at now: Timestamp, in writer: any Writer) throws -> Taking {
        let row = try writer.first("SELECT * FROM robots_conductor WHERE id = 'fleet'")
        let until = now.advanced(bySeconds: length).microseconds
        guard let row else {
            try writer.execute(
                "INSERT INTO robots_conductor (id, holder, fence, until) VALUES ('fleet', ?, 1, ?)",
                [.text(holder), .integer(until)])
            return .taken
        }
        let isMine = try row.text("holder") == holder
        guard try isMine || row.integer("until") < now.microseconds else { return .anothers }
        let fence = try row.integer("fence") + (isMine ? 0 : 1)
        try writer.execute(
            "UPDATE robots_conductor SET holder = ?, fence = ?, until = ?, taken = ? WHERE id = 'fleet'",
            [
                .text(holder), .integer(fence), .integer(until),
                .integer(isMine ? try row.integer("taken") : fence),
            ])
        return isMine ? .renewed : .taken
    }

    /// Whether a release under this fence is the present holder's, and not of a node that another has taken over from.
    static func holds(_ fence: Int64, in reader: any Reader) throws -> Bool {
        guard let row = try reader.first("SELECT taken FROM robots_conductor WHERE id = 'fleet'") else { return true }
        return try fence >= row.integer("taken")
    }

    /// The next fence for whoever holds the lease; nil where it is another's by now.
    static func next(_ holder: String, in writer: any Writer) throws -> Int64? {
        guard let row = try writer.first("SELECT * FROM robots_conductor WHERE id = 'fleet'"),
            try row.text("holder") == holder
        else { return nil }
        let fence = try row.integer("fence") + 1
        try writer.execute("UPDATE robots_conductor SET fence = ? WHERE id = 'fleet'", [.integer(fence)])
        return fence
    }
}
