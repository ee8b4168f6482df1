import Store

/// A row of `record_events`: the body that counts, and the columns copied out of it for queries.
struct EventRow: Sendable {
    static let columns =
        "seq, id, type, stream, stream_version, scope, author, correlation, cause, observed, recorded, leaf, salt, body"

    let leaf: Int64?
    let salt: [UInt8]
    let body: [UInt8]
    private let copies: [String: SQLValue]

    init(_ row: Row) throws {
        leaf = try row.optionalInteger("leaf")
        salt = try row.blob("salt")
        body = try row.blob("body")
        copies = Dictionary(uniqueKeysWithValues: Self.copied.map { ($0, row[$0]) })
    }

    private static let copied = [
        "id", "type", "stream", "stream_version", "scope", "author", "correlation", "cause", "observed", "recorded",
    ]

    /// The columns that an event is inserted with.
    static let inserted = copied + ["salt", "body"]

    /// An event's values in the order of ``inserted``.
    static func values(of event: Event, salt: [UInt8], body: [UInt8]) -> [SQLValue] {
        copies(of: event) + [.blob(salt), .blob(body)]
    }

    private static func copies(of event: Event) -> [SQLValue] {
        [
            .text(event.id.description), .text(event.type), .text(event.stream), .integer(event.streamVersion),
            .text(event.scope.text), .text(event.author.text), .text(event.correlation.description),
            .optional(event.cause?.description), .integer(event.observed.microseconds),
            .integer(event.recorded.microseconds),
        ]
    }

    /// The event that the body tells of.
    func event() throws(RecordError) -> Event { try Event(body: body, leaf: leaf) }

    /// The columns whose values differ from what the body says.
    func columnsUnlike(_ event: Event) -> [String] {
        zip(Self.copied, Self.copies(of: event)).compactMap { copies[$0] == $1 ? nil : $0 }
    }

    /// What opens the event's leaf.
    func opening() -> Opening { Opening(leaf: leaf, salt: salt, body: body) }
}
