public import District
public import Record

/// A capability with pages: what it shows, and where it stands in the menu.
public protocol Room: Capability {
    /// Its pages and calls.
    var routes: [Route] { get }
    /// Its entries in the menu.
    var menu: [MenuEntry] { get }
    /// The folder of its templates and their `wording.json`; nil where it has none.
    var templates: String? { get }
    /// Which of its events change which live topic: a type's beginning, and the topic's name (`alarms`).
    var topics: [(prefix: String, name: String)] { get }
    /// What it puts on the first page: members of the `home` template's context.
    func home(_ visit: Visit) async throws -> JSON
    /// Founds what the room has in the fictitious sample district, drawn from a seed; once, however often it is called.
    func foundSample(_ spine: Spine, seed: UInt64) async throws
}

extension Room {
    /// None.
    public var routes: [Route] { [] }
    /// None.
    public var menu: [MenuEntry] { [] }
    /// None.
    public var templates: String? { nil }
    /// None.
    public var topics: [(prefix: String, name: String)] { [] }
    /// Nothing.
    public func home(_ visit: Visit) async throws -> JSON { .null }
    /// Nothing.
    public func foundSample(_ spine: Spine, seed: UInt64) async throws {}
}

/// One entry of the menu.
public struct MenuEntry: Sendable {
    /// Where it leads.
    public let path: String
    /// What it says.
    public let label: Words

    /// One entry of the menu.
    public init(_ path: String, _ label: Words) {
        self.path = path
        self.label = label
    }
}
