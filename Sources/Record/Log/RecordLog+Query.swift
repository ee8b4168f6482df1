public import Store

extension RecordLog {
    /// The event with this identifier, if there is one.
    public func event(_ id: Identifier, in reader: any Reader) throws -> Event? {
        try Self.row(of: id, in: reader)?.event()
    }

    /// A stream's events in their order.
    /// - Parameters:
    ///   - version: the first version wanted.
    ///   - limit: how many at most; ask again from the version after the last one received.
    public func events(
        inStream stream: String, fromVersion version: Int64 = 1, limit: Int = 10_000, in reader: any Reader
    ) throws -> [Event] {
        try Self.events(
            reader.query(
                """
                SELECT \(EventRow.columns) FROM record_events
                WHERE stream = ? AND stream_version >= ? ORDER BY stream_version LIMIT ?
                """, [.text(stream), .integer(version), .integer(Int64(limit))]))
    }

    /// What one beginning led to, numbered events first in the order of their leaves.
    /// - Parameter limit: how many at most.
    public func events(
        withCorrelation correlation: Identifier, limit: Int = 1_000, in reader: any Reader
    ) throws -> [Event] {
        try Self.events(
            reader.query(
                """
                SELECT \(EventRow.columns) FROM record_events
                WHERE correlation = ? ORDER BY leaf IS NULL, leaf, seq LIMIT ?
                """, [.text(correlation.description), .integer(Int64(limit))]))
    }

    /// Events in the order of their leaves, from one on. Those that have no leaf yet are not among them.
    /// - Parameter limit: how many at most.
    public func events(fromLeaf leaf: Int64, limit: Int, in reader: any Reader) throws -> [Event] {
        try Self.events(Self.rows(fromLeaf: leaf, limit: limit, in: reader))
    }

    /// The latest events that someone may see, newest first.
    /// - Parameters:
    ///   - limit: how many at most.
    ///   - most: how far back to look, in events.
    public func recent(
        limit: Int, scanning most: Int64 = 5_000, in reader: any Reader, where wanted: (Event) -> Bool
    ) throws -> [Event] {
        var found: [Event] = []
        var end = try TreeReader(in: reader).size
        let last = max(0, end - most)
        while end > last, found.count < limit {
            let start = max(last, end - 500)
            found += try events(fromLeaf: start, limit: Int(end - start), in: reader).reversed().filter(wanted)
            end = start
        }
        return Array(found.prefix(limit))
    }

    /// The latest events of a scope, newest first, however much else there is between them.
    /// - Parameter limit: how many at most.
    public func recent(of scope: Scope, limit: Int, in reader: any Reader) throws -> [Event] {
        try Self.events(
            reader.query(
                "SELECT \(EventRow.columns) FROM record_events WHERE scope = ? ORDER BY recorded DESC LIMIT ?",
                [.text(scope.text), .integer(Int64(limit))]))
    }

    /// What opens an event's leaf, for evidence packs: give it only to those whom the event is due.
    public func opening(of id: Identifier, in reader: any Reader) throws -> Opening? {
        try Self.row(of: id, in: reader)?.opening()
    }

    static func rows(fromLeaf leaf: Int64, limit: Int, in reader: any Reader) throws -> [Row] {
        try reader.query(
            "SELECT \(EventRow.columns) FROM record_events WHERE leaf >= ? ORDER BY leaf LIMIT ?",
            [.integer(leaf), .integer(Int64(limit))])
    }

    private static func row(of id: Identifier, in reader: any Reader) throws -> EventRow? {
        try reader.first(
            "SELECT \(EventRow.columns) FROM record_events WHERE id = ?", [.text(id.description)]
        ).map { try EventRow($0) }
    }

    private static func events(_ rows: [Row]) throws -> [Event] { try rows.map { try EventRow($0).event() } }
}
