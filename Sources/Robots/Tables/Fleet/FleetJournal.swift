import Record
import Store

/// What was last published to each vehicle, durable before it leaves: after kill -9 the next process goes on from here.
enum FleetJournal {
    /// Where a vehicle stood.
    struct Entry: Sendable, Hashable {
        var thing: ThingID
        var fence: Int64
        var order: SentOrder?
    }

    /// Writes down what is about to leave.
    /// - Returns: whether it may: not where another node has taken over since it was released, or has published more.
    static func keep(_ entry: Entry, at now: Timestamp, in writer: any Writer) throws -> Bool {
        if entry.order != nil, try !ConductorLease.holds(entry.fence, in: writer) { return false }
        let content: SQLValue = .optional(entry.order?.json.canonicalText)
        return try writer.execute(
            """
            INSERT INTO robots_fleet_journal (thing, fence, content, at) VALUES (?, ?, ?, ?)
            ON CONFLICT (thing) DO UPDATE SET fence = excluded.fence, content = excluded.content, at = excluded.at
            WHERE robots_fleet_journal.fence <= excluded.fence
            """,
            [.text(entry.thing.rawValue), .integer(entry.fence), content, .integer(now.microseconds)]) > 0
    }

    /// What a vehicle carries at most, as its last factsheet said, kg: known again after a restart, before it speaks.
    static let loads = Migration(
        "robots.fleet.003",
        [
            "CREATE TABLE robots_vehicle_loads (thing TEXT PRIMARY KEY, load DOUBLE PRECISION NOT NULL, at BIGINT NOT NULL)"
        ])

    static func keep(load: Double, of thing: ThingID, at now: Timestamp, in writer: any Writer) throws {
        try writer.execute(
            """
            INSERT INTO robots_vehicle_loads (thing, load, at) VALUES (?, ?, ?)
            ON CONFLICT (thing) DO UPDATE SET load = excluded.load, at = excluded.at
            """, [.text(thing.rawValue), .real(load), .integer(now.microseconds)])
    }

    static func loads(in reader: any Reader) throws -> [ThingID: Double] {
        Dictionary(
            try reader.query("SELECT thing, load FROM robots_vehicle_loads").map {
                (ThingID(try $0.text("thing")), try $0.real("load"))
            }, uniquingKeysWith: { $1 })
    }

    /// The order that a vehicle was sent and that is not over.
    static func order(of thing: ThingID, in reader: any Reader) throws -> String? {
        try reader.first("SELECT content FROM robots_fleet_journal WHERE thing = ?", [.text(thing.rawValue)])?
            .optionalText("content").flatMap { SentOrder(try JSON(parsing: $0))?.id }
    }

    static func all(in reader: any Reader) throws -> [Entry] {
        try reader.query("SELECT thing, fence, content FROM robots_fleet_journal").map { row in
            Entry(
                thing: ThingID(try row.text("thing")), fence: try row.integer("fence"),
                order: try row.optionalText("content").flatMap { SentOrder(try JSON(parsing: $0)) })
        }
    }
}
