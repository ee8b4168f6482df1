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

    static func keep(_ entry: Entry, at now: Timestamp, in writer: any Writer) throws {
        let content: SQLValue = .optional(entry.order?.json.canonicalText)
        try writer.execute(
            """
            INSERT INTO robots_fleet_journal (thing, fence, content, at) VALUES (?, ?, ?, ?)
            ON CONFLICT (thing) DO UPDATE SET fence = excluded.fence, content = excluded.content, at = excluded.at
            WHERE robots_fleet_journal.fence <= excluded.fence
            """,
            [.text(entry.thing.rawValue), .integer(entry.fence), content, .integer(now.microseconds)])
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
