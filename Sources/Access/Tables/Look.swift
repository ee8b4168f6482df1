public import Record

/// That someone looked at something of a firm's.
public struct Look: Sendable, Hashable {
    /// When.
    public let time: Timestamp
    /// Who looked.
    public let author: Author
    /// Whose data it was.
    public let scope: Scope
    /// By which route: `GET /things/{id}`.
    public let route: String
    /// At what: `thing/press-1`.
    public let object: String

    /// That someone looked at something.
    public init(time: Timestamp, author: Author, scope: Scope, route: String, object: String) {
        self.time = time
        self.author = author
        self.scope = scope
        self.route = route
        self.object = object
    }
}
